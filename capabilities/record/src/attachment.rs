//! Attachments: which file belongs to which record. The bytes are kept once, under their hash.

use crate::received::InHand;
use kernel::{Checks, Instant, Limit, Outcome, Refusal, Uuid};
use serde::Serialize;
use std::sync::Arc;
use store::span::Span;
use store::{Reader, Row, Sql, StoredBlob, Tx, Value};
use utoipa::ToSchema;

/// A file on a record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Attachment {
    /// Its identity.
    pub id: Uuid,
    /// The record.
    #[serde(skip)]
    pub record: Uuid,
    /// Name as sent, cleaned.
    pub name: String,
    /// Type, told from the bytes and never from the name.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes.
    pub sha256: String,
    /// True when requesters do not see it.
    pub internal: bool,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    pub attached_at: Instant,
}

/// A file that has been received and is to be put on a record.
#[derive(Clone, Debug)]
pub struct NewAttachment {
    /// Its identity.
    pub id: Uuid,
    /// Name, cleaned.
    pub name: String,
    /// Where its bytes are.
    pub blob: StoredBlob,
    /// Type.
    pub media_type: String,
    /// True when requesters do not see it.
    pub internal: bool,
    _in_hand: Option<Arc<InHand>>,
}

impl NewAttachment {
    /// A received file under a cleaned name.
    ///
    /// # Errors
    /// A refusal when the name is missing or too long, or the file is empty.
    pub fn new(name: &str, blob: StoredBlob, internal: bool) -> Outcome<Self> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let mut checks = Checks::new();
        let name = checks.required("file", Some(name), Limit::line(200));
        if blob.size == 0 {
            checks.wrong("file", "field-required");
        }
        checks.done()?;
        let media_type = media_type_of(&blob.start);
        Ok(Self {
            id: Uuid::now_v7(),
            name,
            _in_hand: None,
            blob,
            media_type,
            internal,
        })
    }

    /// The same, its bytes held until it is on its record.
    #[must_use]
    pub(crate) fn held(self, in_hand: InHand) -> Self {
        Self {
            _in_hand: Some(Arc::new(in_hand)),
            ..self
        }
    }
}

/// The type that the first bytes tell; plain text when they are text, bytes otherwise.
pub fn media_type_of(start: &[u8]) -> String {
    if let Some(kind) = infer::get(start) {
        return kind.mime_type().to_owned();
    }
    let text = match std::str::from_utf8(start) {
        Ok(_) => true,
        Err(cause) => cause.error_len().is_none(),
    };
    let text = text && !start.contains(&0);
    if text {
        "text/plain".to_owned()
    } else {
        "application/octet-stream".to_owned()
    }
}

/// Puts a file on a record.
pub async fn insert_attachment(tx: &Tx, record: Uuid, attachment: &NewAttachment) -> Outcome<()> {
    let sql = "INSERT INTO attachment (id, record_id, name, media_type, size, sha256, is_internal, attached_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    let values: Vec<Value> = vec![
        attachment.id.into(),
        record.into(),
        attachment.name.as_str().into(),
        attachment.media_type.as_str().into(),
        (attachment.blob.size as i64).into(),
        attachment.blob.hash.as_str().into(),
        i64::from(attachment.internal).into(),
        tx.now().as_millis().into(),
    ];
    tx.run(sql, values).await.map(drop)
}

const COLUMNS: &str = "id, record_id, name, media_type, size, sha256, is_internal, attached_at";

fn from_row(row: &Row) -> Outcome<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        record: row.get(1)?,
        name: row.get(2)?,
        media_type: row.get(3)?,
        size: row.get(4)?,
        sha256: row.get(5)?,
        internal: row.get::<i64>(6)? == 1,
        attached_at: row.instant(7)?,
    })
}

/// The files of a record, in the order in which they came.
pub async fn attachments_of(reader: &Reader, record: Uuid) -> Outcome<Vec<Attachment>> {
    let sql = format!("SELECT {COLUMNS} FROM attachment WHERE record_id = $1 ORDER BY id LIMIT 500");
    reader
        .rows(&sql, vec![record.into()])
        .await?
        .iter()
        .map(from_row)
        .collect()
}

/// One file of a record.
///
/// # Errors
/// A refusal 404 when it is not on that record.
pub async fn attachment(reader: &Reader, record: Uuid, id: Uuid) -> Outcome<Attachment> {
    let sql = format!("SELECT {COLUMNS} FROM attachment WHERE id = $1 AND record_id = $2");
    let row = reader
        .row(&sql, vec![id.into(), record.into()])
        .await?
        .ok_or_else(Refusal::not_found)?;
    from_row(&row)
}

/// How many attachments are kept under a hash: bytes may be removed when none is left.
pub async fn kept_under(sql: &impl Sql, hash: &str) -> Outcome<i64> {
    let row = sql
        .row("SELECT COUNT(*) FROM attachment WHERE sha256 = $1", vec![hash.into()])
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// The files of the records of a span.
pub async fn attachments_between(sql: &impl Sql, span: Span) -> Outcome<Vec<Attachment>> {
    let (text, values): (_, Vec<Value>) = match span.after {
        Some(after) => (
            "record_id > $1 AND record_id <= $2",
            vec![after.into(), span.upto.into()],
        ),
        None => ("record_id <= $1", vec![span.upto.into()]),
    };
    let text = format!("SELECT {COLUMNS} FROM attachment WHERE {text} ORDER BY record_id, id");
    sql.rows(&text, values).await?.iter().map(from_row).collect()
}

/// The hashes under which files are kept, in order, at most `limit`.
pub async fn hashes_after(sql: &impl Sql, after: &str, limit: i64) -> Outcome<Vec<String>> {
    let text = "SELECT DISTINCT sha256 FROM attachment WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";
    sql.rows(text, vec![after.into(), limit.into()])
        .await?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// The records that hold a file.
pub async fn records_holding(sql: &impl Sql, hash: &str) -> Outcome<Vec<Uuid>> {
    let text = "SELECT DISTINCT record_id FROM attachment WHERE sha256 = $1 LIMIT 100";
    sql.rows(text, vec![hash.into()])
        .await?
        .iter()
        .map(|row| row.get(0))
        .collect()
}

/// Takes all files off a record; answers the hashes that nothing else is kept under.
pub async fn remove_attachments(tx: &Tx, record: Uuid) -> Outcome<Vec<String>> {
    let held = tx
        .rows(
            "SELECT DISTINCT sha256 FROM attachment WHERE record_id = $1",
            vec![record.into()],
        )
        .await?;
    tx.run("DELETE FROM attachment WHERE record_id = $1", vec![record.into()])
        .await?;
    let mut free = Vec::new();
    for row in &held {
        let hash: String = row.get(0)?;
        if kept_under(tx, &hash).await? == 0 {
            free.push(hash);
        }
    }
    Ok(free)
}

/// True when a file hangs on a record that is not there.
pub async fn any_attachment_of_nothing(sql: &impl Sql) -> Outcome<bool> {
    let text = "SELECT 1 FROM attachment a LEFT JOIN record r ON r.id = a.record_id WHERE r.id IS NULL LIMIT 1";
    Ok(sql.row(text, vec![]).await?.is_some())
}
