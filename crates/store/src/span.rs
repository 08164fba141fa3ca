//! The whole journal, a span of records at a time: for verification, export and rebuilding.
//!
//! Records are walked by identity, so that what belongs to them (events, texts, cards) is read by the same range and
//! memory stays bounded however many there are.

use crate::hand;
use crate::journal::{EVENT_COLUMNS, event_from};
use crate::{Card, Content, HandRow, Row, Sql, StoredEvent, Value};
use kernel::{Error, Instant, Outcome, Uuid};

/// A record's row as it stands.
#[derive(Clone, Debug)]
pub struct RecordRow {
    /// Its identity.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its place among records.
    pub ordinal: i64,
    /// How many events it says it has.
    pub version: i64,
    /// The hash it says is its last.
    pub head: Vec<u8>,
    /// Its state.
    pub state: String,
    /// When it was made.
    pub recorded_at: Instant,
    /// Whether it is kept at hand.
    pub listed: bool,
}

/// The identities after one and up to another.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// Exclusive; nothing means from the first.
    pub after: Option<Uuid>,
    /// Inclusive.
    pub upto: Uuid,
}

impl Span {
    fn condition(&self, column: &str) -> (String, Vec<Value>) {
        match self.after {
            Some(after) => (
                format!("{column} > $1 AND {column} <= $2"),
                vec![after.into(), self.upto.into()],
            ),
            None => (format!("{column} <= $1"), vec![self.upto.into()]),
        }
    }
}

fn record_from(row: &Row) -> Outcome<RecordRow> {
    Ok(RecordRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        ordinal: row.get(2)?,
        version: row.get(3)?,
        head: row.get(4)?,
        state: row.get(5)?,
        recorded_at: row.instant(6)?,
        listed: row.get::<i64>(7)? == 1,
    })
}

const RECORDS: &str = "SELECT id, kind, ordinal, version, head, state, recorded_at, is_listed FROM record";

/// The next records by identity.
pub async fn records_after(sql: &impl Sql, after: Option<Uuid>, limit: i64) -> Outcome<Vec<RecordRow>> {
    let rows = match after {
        Some(after) => {
            let text = format!("{RECORDS} WHERE id > $1 ORDER BY id LIMIT $2");
            sql.rows(&text, vec![after.into(), limit.into()]).await?
        }
        None => {
            sql.rows(&format!("{RECORDS} ORDER BY id LIMIT $1"), vec![limit.into()])
                .await?
        }
    };
    rows.iter().map(record_from).collect()
}

/// A record as far as its row can be read: a column may hold something of another kind than it should.
#[derive(Clone, Debug)]
pub struct RecordRemains {
    /// Its place among records.
    pub ordinal: i64,
    /// Its identity, where that is one.
    pub id: Option<Uuid>,
    /// Its row, where all of it can be read.
    pub row: Option<RecordRow>,
}

/// The next records by identity, one at a time, for whoever met one that cannot be read.
pub async fn records_apart(sql: &impl Sql, after: Option<Uuid>, limit: i64) -> Outcome<Vec<RecordRemains>> {
    let (condition, mut values): (_, Vec<Value>) = match after {
        Some(after) => ("WHERE id > $2", vec![after.into()]),
        None => ("", vec![]),
    };
    values.insert(0, limit.into());
    let text = format!("SELECT ordinal, id FROM record {condition} ORDER BY id LIMIT $1");
    let mut remains = Vec::new();
    for row in sql.rows(&text, values).await? {
        let ordinal: i64 = row.get(0)?;
        let whole = sql
            .row(&format!("{RECORDS} WHERE ordinal = $1"), vec![ordinal.into()])
            .await;
        remains.push(RecordRemains {
            ordinal,
            id: row.get(1).ok(),
            row: readable(whole.and_then(|row| row.as_ref().map(record_from).transpose()))?.flatten(),
        });
    }
    Ok(remains)
}

/// The first event of a record that cannot be read.
pub async fn unreadable_event(sql: &impl Sql, record: Uuid) -> Outcome<Option<i64>> {
    let text = "SELECT seq FROM event WHERE record_id = $1 ORDER BY seq";
    for place in sql.rows(text, vec![record.into()]).await? {
        let seq: i64 = place.get(0)?;
        let text = format!("SELECT {EVENT_COLUMNS} FROM event WHERE seq = $1");
        let row = sql.row(&text, vec![seq.into()]).await;
        if readable(row.and_then(|row| row.as_ref().map(event_from).transpose()))?.is_none() {
            return Ok(Some(seq));
        }
    }
    Ok(None)
}

/// What was read; nothing where it could not be, though the database answers.
pub(crate) fn readable<T>(read: Outcome<T>) -> Outcome<Option<T>> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(Error::Failed(_)) => Ok(None),
        Err(why) => Err(why),
    }
}

/// One record's row.
pub async fn record(sql: &impl Sql, id: Uuid) -> Outcome<Option<RecordRow>> {
    let row = sql.row(&format!("{RECORDS} WHERE id = $1"), vec![id.into()]).await?;
    row.as_ref().map(record_from).transpose()
}

/// The events of the records of a span, by record and position.
pub async fn events(sql: &impl Sql, span: Span) -> Outcome<Vec<StoredEvent>> {
    let (condition, values) = span.condition("record_id");
    let text = format!(
        "SELECT {EVENT_COLUMNS} FROM event WHERE {condition} AND EXISTS (SELECT 1 FROM record r WHERE r.id = record_id) \
         ORDER BY record_id, position"
    );
    sql.rows(&text, values).await?.iter().map(event_from).collect()
}

/// All events of one record, whether it has a row or not.
pub async fn events_of(sql: &impl Sql, record: Uuid) -> Outcome<Vec<StoredEvent>> {
    let text = format!("SELECT {EVENT_COLUMNS} FROM event WHERE record_id = $1 ORDER BY position");
    sql.rows(&text, vec![record.into()])
        .await?
        .iter()
        .map(event_from)
        .collect()
}

/// Events by sequence.
pub async fn events_after(sql: &impl Sql, after: i64, limit: i64) -> Outcome<Vec<StoredEvent>> {
    let text = format!("SELECT {EVENT_COLUMNS} FROM event WHERE seq > $1 ORDER BY seq LIMIT $2");
    sql.rows(&text, vec![after.into(), limit.into()])
        .await?
        .iter()
        .map(event_from)
        .collect()
}

/// Sequences and hashes alone: what seals cover. What is no hash any more is an empty one, which no seal fits.
pub async fn hashes_after(sql: &impl Sql, after: i64, limit: i64) -> Outcome<Vec<(i64, Vec<u8>)>> {
    let text = "SELECT seq, hash FROM event WHERE seq > $1 ORDER BY seq LIMIT $2";
    let rows = sql.rows(text, vec![after.into(), limit.into()]).await?;
    rows.iter()
        .map(|row| Ok((row.get(0)?, row.get(1).unwrap_or_default())))
        .collect()
}

/// The texts of the records of a span, with the record each belongs to.
pub async fn contents(sql: &impl Sql, span: Span) -> Outcome<Vec<(Uuid, Content)>> {
    let (condition, values) = span.condition("record_id");
    let rows = sql
        .rows(
            &format!("SELECT record_id, id, salt, body FROM content WHERE {condition}"),
            values,
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.get(0)?,
                Content {
                    id: row.get(1)?,
                    salt: row.get(2)?,
                    body: row.get(3)?,
                },
            ))
        })
        .collect()
}

/// The cards of a span.
pub async fn cards(sql: &impl Sql, span: Span) -> Outcome<Vec<Card>> {
    let (condition, values) = span.condition("c.id");
    let text = format!("SELECT {} FROM card c WHERE {condition}", Card::columns("c"));
    sql.rows(&text, values)
        .await?
        .iter()
        .map(|row| Card::from_row(row, 0))
        .collect()
}

/// The hands of the records of a span, with the record each belongs to.
pub async fn hands(sql: &impl Sql, span: Span) -> Outcome<Vec<(Uuid, HandRow)>> {
    let (condition, values) = span.condition("c.id");
    let text = format!(
        "SELECT c.id, {} FROM card c JOIN hand h ON h.ordinal = c.ordinal WHERE {condition} ORDER BY h.ordinal, h.place",
        hand::COLUMNS
    );
    let rows = sql.rows(&text, values).await?;
    rows.iter()
        .map(|row| Ok((row.get(0)?, hand::from_row(row, 1)?)))
        .collect()
}

/// How many events, in an instant.
pub async fn count_events(sql: &impl Sql) -> Outcome<i64> {
    let row = sql.row("SELECT COUNT(*) FROM event", vec![]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}
