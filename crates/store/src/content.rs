//! What people wrote: rows of their own, so that a person can be erased and the chain still verifies.
//!
//! An event never holds the text; it holds a reference: which content, and the digest of its salt and body. Erasing
//! removes body and salt together, after which the digest tells nothing, and an erasure event says that it was done.

use crate::journal::push_row;
use crate::{Aggregate, Loaded, Reader, Sql, Tx, Value};
use kernel::{Author, Outcome, Uuid};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How an event refers to what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentRef {
    /// Which content.
    pub content: Uuid,
    /// SHA-256 over salt and body, in hexadecimal.
    pub digest: String,
}

/// A text to be kept, with its salt.
#[derive(Clone, Debug)]
pub struct NewContent {
    /// Its identity.
    pub id: Uuid,
    /// The text.
    pub body: String,
    salt: Vec<u8>,
}

/// A text that is kept.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its identity.
    pub id: Uuid,
    /// The text.
    pub body: String,
    /// Its salt.
    pub salt: Vec<u8>,
}

impl NewContent {
    /// Salts a text.
    pub fn new(body: impl Into<String>) -> Self {
        let id = Uuid::now_v7();
        // The random half of one v4 identity and the whole of another: 122 random bits are plenty for a salt.
        Self {
            id,
            body: body.into(),
            salt: Uuid::new_v4().as_bytes().to_vec(),
        }
    }

    /// The reference that an event holds.
    pub fn reference(&self) -> ContentRef {
        ContentRef {
            content: self.id,
            digest: digest_of(&self.salt, &self.body),
        }
    }
}

/// The digest of a text with its salt.
pub fn digest_of(salt: &[u8], body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(body.as_bytes());
    hex::encode(hash.finalize())
}

pub(crate) const INSERT_CONTENT: &str = "INSERT INTO content (id, record_id, salt, body) VALUES ";

pub(crate) fn values(record: Uuid, content: &NewContent) -> Vec<Value> {
    vec![
        content.id.into(),
        record.into(),
        content.salt.clone().into(),
        content.body.as_str().into(),
    ]
}

pub(crate) async fn insert(tx: &Tx, record: Uuid, contents: &[NewContent]) -> Outcome<()> {
    for contents in contents.chunks(64) {
        let mut sql = INSERT_CONTENT.to_owned();
        let mut values: Vec<Value> = Vec::with_capacity(contents.len() * 4);
        for content in contents {
            push_row(&mut sql, values.len(), 4);
            values.extend(self::values(record, content));
        }
        // Texts are new rows: nothing else writes to them.
        let key = contents
            .first()
            .map_or(0, |content| content.id.as_u64_pair().1.cast_signed());
        tx.later("content", key, sql, values).await?;
    }
    Ok(())
}

impl Reader {
    /// All texts of a record, by identity.
    pub async fn contents_of(&self, record: Uuid) -> Outcome<HashMap<Uuid, Content>> {
        of_record(self, record).await
    }
}

/// All texts of a record, by identity.
pub(crate) async fn of_record(sql: &impl Sql, record: Uuid) -> Outcome<HashMap<Uuid, Content>> {
    let text = "SELECT id, salt, body FROM content WHERE record_id = $1";
    let mut contents = HashMap::new();
    for row in sql.rows(text, vec![record.into()]).await? {
        let content = Content {
            id: row.get(0)?,
            salt: row.get(1)?,
            body: row.get(2)?,
        };
        contents.insert(content.id, content);
    }
    Ok(contents)
}

#[derive(Serialize)]
struct Erased<'a> {
    contents: &'a [Uuid],
    reason: &'a str,
}

impl Tx {
    /// Removes texts of a record with their salts and says so in its chain. Answers how many were there.
    pub async fn erase_contents<A: Aggregate>(
        &self,
        loaded: &mut Loaded<A>,
        author: &Author,
        contents: &[Uuid],
        reason: &str,
    ) -> Outcome<u64> {
        let mut erased = 0;
        for content in contents {
            let sql = "DELETE FROM content WHERE id = $1 AND record_id = $2";
            erased += self.run(sql, vec![(*content).into(), loaded.id.into()]).await?;
        }
        if let (Some(subject), Some(card)) = (loaded.state.subject(), loaded.card.as_mut())
            && contents.contains(&subject)
        {
            card.subject.clear();
            let sql = "UPDATE card SET subject = '' WHERE id = $1";
            self.run(sql, vec![loaded.id.into()]).await?;
        }
        let payload = serde_json::to_string(&Erased { contents, reason })?;
        self.append_erasure(loaded, author, payload).await?;
        Ok(erased)
    }
}
