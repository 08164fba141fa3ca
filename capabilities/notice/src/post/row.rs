//! The rows of mail: what is looked for by ticket, by state and by age.

use super::mail::MailState;
use super::occasion::Occasion;
use kernel::{Instant, Outcome, Refusal, Uuid};
use store::{Row, Sql, Tx, Value};

/// A mail as lists show it.
#[derive(Clone, Debug)]
pub(crate) struct MailRow {
    pub(crate) id: Uuid,
    pub(crate) ticket: Uuid,
    pub(crate) place: i64,
    pub(crate) person: Uuid,
    pub(crate) occasion: Occasion,
    pub(crate) state: MailState,
    pub(crate) attempts: i64,
    pub(crate) last_error: String,
    pub(crate) next_at: Instant,
    pub(crate) recorded_at: Instant,
    pub(crate) updated_at: Instant,
}

const COLUMNS: &str =
    "id, ticket_id, place, person_id, occasion, state, attempts, last_error, next_at, recorded_at, updated_at";

impl MailRow {
    fn read(row: &Row) -> Outcome<Self> {
        let (occasion, state): (String, String) = (row.get(4)?, row.get(5)?);
        let unknown = || anyhow::anyhow!("a mail of no known kind: {occasion} {state}");
        Ok(Self {
            id: row.get(0)?,
            ticket: row.get(1)?,
            place: row.get(2)?,
            person: row.get(3)?,
            occasion: Occasion::from_code(&occasion).ok_or_else(unknown)?,
            state: MailState::from_code(&state).ok_or_else(unknown)?,
            attempts: row.get(6)?,
            last_error: row.get(7)?,
            next_at: row.instant(8)?,
            recorded_at: row.instant(9)?,
            updated_at: row.instant(10)?,
        })
    }
}

/// Writes a row for what was prepared; false when there is one for the same cause.
pub(crate) async fn insert(tx: &Tx, mail: &MailRow) -> Outcome<bool> {
    let sql = format!(
        "INSERT INTO mail ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING"
    );
    let values: Vec<Value> = vec![
        mail.id.into(),
        mail.ticket.into(),
        mail.place.into(),
        mail.person.into(),
        mail.occasion.code().into(),
        mail.state.code().into(),
        mail.attempts.into(),
        mail.last_error.as_str().into(),
        mail.next_at.as_millis().into(),
        mail.recorded_at.as_millis().into(),
        mail.updated_at.as_millis().into(),
    ];
    Ok(tx.run(&sql, values).await? == 1)
}

/// What became of a try, if the row still stands as it was read.
pub(crate) struct After<'a> {
    pub(crate) state: MailState,
    pub(crate) attempts: i64,
    pub(crate) error: &'a str,
    pub(crate) next_at: Instant,
}

/// Notes what became of a mail; false when another node was quicker.
pub(crate) async fn note(tx: &Tx, mail: &MailRow, after: After<'_>) -> Outcome<bool> {
    let sql = "UPDATE mail SET state = $2, attempts = $3, last_error = $4, next_at = $5, updated_at = $6 \
               WHERE id = $1 AND state = $7 AND attempts = $8";
    let values: Vec<Value> = vec![
        mail.id.into(),
        after.state.code().into(),
        after.attempts.into(),
        after.error.into(),
        after.next_at.as_millis().into(),
        tx.now().as_millis().into(),
        mail.state.code().into(),
        mail.attempts.into(),
    ];
    Ok(tx.run(sql, values).await? == 1)
}

/// A mail.
///
/// # Errors
/// A refusal 404.
pub(crate) async fn mail(sql: &impl Sql, id: Uuid) -> Outcome<MailRow> {
    let text = format!("SELECT {COLUMNS} FROM mail WHERE id = $1");
    let row = sql.row(&text, vec![id.into()]).await?;
    MailRow::read(&row.ok_or_else(Refusal::not_found)?)
}

/// The mails of a ticket, the oldest first.
pub(crate) async fn of_ticket(sql: &impl Sql, ticket: Uuid) -> Outcome<Vec<MailRow>> {
    let text = format!("SELECT {COLUMNS} FROM mail WHERE ticket_id = $1 ORDER BY place, occasion LIMIT 500");
    let rows = sql.rows(&text, vec![ticket.into()]).await?;
    rows.iter().map(MailRow::read).collect()
}

/// Where a walk through mails goes on.
pub(crate) type Walk = (i64, Uuid);

/// Mails in a state, or all, the newest first, after a place of the walk.
pub(crate) async fn list(
    sql: &impl Sql,
    state: Option<MailState>,
    after: Option<Walk>,
    limit: i64,
) -> Outcome<Vec<MailRow>> {
    let (at, id) = after.unwrap_or((i64::MAX, kernel::NIL));
    let (condition, mut values) = match state {
        Some(state) => ("state = $4 AND ", vec![Value::from(state.code())]),
        None => ("", Vec::new()),
    };
    let text = format!(
        "SELECT {COLUMNS} FROM mail WHERE {condition}(recorded_at, id) < ($1, $2) ORDER BY recorded_at DESC, id DESC LIMIT $3"
    );
    let mut all: Vec<Value> = vec![at.into(), id.into(), limit.into()];
    all.append(&mut values);
    let rows = sql.rows(&text, all).await?;
    rows.iter().map(MailRow::read).collect()
}

/// How many are in a state, up to a thousand.
pub(crate) async fn count(sql: &impl Sql, state: MailState) -> Outcome<i64> {
    let text = "SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE state = $1 LIMIT 1000) counted";
    let row = sql.row(text, vec![state.code().into()]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// The last mail of a ticket that the server took.
pub(crate) async fn last_sent(sql: &impl Sql, ticket: Uuid, but: Uuid) -> Outcome<Option<Uuid>> {
    let text = "SELECT id FROM mail WHERE ticket_id = $1 AND state = 'sent' AND id <> $2 ORDER BY place DESC LIMIT 1";
    let row = sql.row(text, vec![ticket.into(), but.into()]).await?;
    row.map(|row| row.get(0)).transpose()
}
