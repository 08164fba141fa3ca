//! A repeated request gets the answer of the first, once: keys are kept a day, in the command's own transaction.

use crate::{Sql, Tx};
use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

/// Hours a key is kept.
const KEPT_HOURS: i64 = 24;

/// A key that a caller sent, with what was asked under it.
#[derive(Clone, Debug)]
pub struct Idempotency {
    key: Vec<u8>,
    asked: Vec<u8>,
}

impl Idempotency {
    /// A caller's key; `asked` is the route and body, so that the same key with another request is told apart.
    pub fn new(caller: Uuid, key: &str, asked: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        hash.update(caller.as_bytes());
        hash.update(key.as_bytes());
        let key = hash.finalize().to_vec();
        let mut hash = Sha256::new();
        for part in asked {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self { key, asked: hash.finalize().to_vec() }
    }

    /// The answer given before, if any.
    ///
    /// # Errors
    /// A refusal 422 when the key was used for another request.
    pub async fn answered<T: DeserializeOwned>(&self, tx: &Tx) -> Outcome<Option<T>> {
        let sql = "SELECT asked, answer FROM idempotency WHERE id = $1 AND recorded_at > $2";
        let since = tx.now().plus_seconds(-KEPT_HOURS * 3600).as_millis();
        let Some(row) = tx.row(sql, vec![self.key.clone().into(), since.into()]).await? else { return Ok(None) };
        if row.get::<Vec<u8>>(0)? != self.asked {
            let code = "idempotency_key_reused";
            return Err(Refusal::new(RefusalKind::Invalid, code, "refusal-idempotency-key-reused").into());
        }
        Ok(Some(serde_json::from_str(&row.get::<String>(1)?)?))
    }

    /// Keeps the answer for a day.
    pub async fn keep<T: Serialize>(&self, tx: &Tx, answer: &T) -> Outcome<()> {
        let sql = "INSERT INTO idempotency (id, asked, answer, recorded_at) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (id) DO UPDATE SET asked = excluded.asked, answer = excluded.answer, recorded_at = excluded.recorded_at";
        let values = vec![
            self.key.clone().into(),
            self.asked.clone().into(),
            serde_json::to_string(answer)?.into(),
            tx.now().as_millis().into(),
        ];
        tx.run(sql, values).await.map(drop)
    }

    /// Forgets keys older than a day; answers how many.
    pub async fn forget_old(tx: &Tx) -> Outcome<u64> {
        let before = tx.now().plus_seconds(-KEPT_HOURS * 3600).as_millis();
        tx.run("DELETE FROM idempotency WHERE recorded_at < $1", vec![before.into()]).await
    }
}
