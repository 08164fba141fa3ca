//! What rules did and did not do, as rows: the history of a rule. What a rule did to a ticket stands in the ticket's journal.

use host::Scheduled;
use kernel::{Instant, Outcome, Uuid};
use serde::{Deserialize, Serialize};
use store::{Lane, Row, Sql, Store, Tx, Value};
use utoipa::ToSchema;
use web::App;

/// How long what a rule did is told, in seconds: ninety days.
const KEPT: i64 = 90 * 24 * 3600;
/// Rows that are thrown away in one transaction.
const AT_ONCE: i64 = 1_000;

/// What became of a rule that was set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunOutcome {
    /// It acted.
    Done,
    /// What it waited for in vain happened after all.
    Prevented,
    /// The ticket did not allow what it does.
    Refused,
    /// It had acted on this ticket too often in an hour.
    HeldBack,
}

impl RunOutcome {
    const ALL: [Self; 4] = [Self::Done, Self::Prevented, Self::Refused, Self::HeldBack];

    /// As stored, and in the keys of texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Prevented => "prevented",
            Self::Refused => "refused",
            Self::HeldBack => "held_back",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A rule that was set off.
#[derive(Clone, Debug)]
pub(crate) struct RunRow {
    pub(crate) id: Uuid,
    pub(crate) rule: Uuid,
    pub(crate) edition: i64,
    pub(crate) ticket: Uuid,
    /// The place in the ticket's history of what set it off.
    pub(crate) cause: i64,
    pub(crate) outcome: RunOutcome,
    /// The code of the refusal, where there was one.
    pub(crate) detail: String,
    pub(crate) at: Instant,
}

impl RunRow {
    fn read(row: &Row) -> Outcome<Self> {
        let outcome: String = row.get(5)?;
        Ok(Self {
            id: row.get(0)?,
            rule: row.get(1)?,
            edition: row.get(2)?,
            ticket: row.get(3)?,
            cause: row.get(4)?,
            outcome: RunOutcome::from_code(&outcome).ok_or_else(|| anyhow::anyhow!("unknown outcome {outcome}"))?,
            detail: row.get(6)?,
            at: row.instant(7)?,
        })
    }
}

/// Writes a row down; one for the same cause stays as it is.
pub(crate) async fn insert(tx: &Tx, run: &RunRow) -> Outcome<()> {
    let sql = "INSERT INTO automation_run (id, rule_id, edition, ticket_id, cause, outcome, detail, at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
    let values: Vec<Value> = vec![
        run.id.into(),
        run.rule.into(),
        run.edition.into(),
        run.ticket.into(),
        run.cause.into(),
        run.outcome.code().into(),
        run.detail.as_str().into(),
        run.at.as_millis().into(),
    ];
    tx.run(sql, values).await.map(drop)
}

/// The runs of a rule before a place, the newest first.
pub(crate) async fn of_rule(store: &Store, rule: Uuid, (at, id): (Instant, Uuid), limit: i64) -> Outcome<Vec<RunRow>> {
    let sql = "SELECT id, rule_id, edition, ticket_id, cause, outcome, detail, at FROM automation_run \
               WHERE rule_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4";
    let values = vec![rule.into(), at.as_millis().into(), id.into(), limit.into()];
    let rows = store.read().rows(sql, values).await?;
    rows.iter().map(RunRow::read).collect()
}

/// How often a rule acted on a ticket since an instant.
pub(crate) async fn acted_since(store: &Store, (rule, ticket): (Uuid, Uuid), since: Instant) -> Outcome<i64> {
    let sql = "SELECT COUNT(*) FROM automation_run \
               WHERE ticket_id = $1 AND rule_id = $2 AND at >= $3 AND outcome = 'done'";
    let values = vec![ticket.into(), rule.into(), since.as_millis().into()];
    let row = store.read().row(sql, values).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

/// Throws old rows away, once an hour.
pub(crate) const fn tidying() -> Scheduled {
    Scheduled {
        name: "automation.tidy",
        every: 3600,
        run: |app| Box::pin(tidy(app)),
    }
}

async fn tidy(app: App) -> Outcome<()> {
    let before = app.store.clock().now().plus_seconds(-KEPT);
    loop {
        let swept = app.store.write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "DELETE FROM automation_run WHERE id IN \
                           (SELECT id FROM automation_run WHERE at < $1 ORDER BY at LIMIT $2)";
                tx.run(sql, vec![before.as_millis().into(), AT_ONCE.into()]).await
            })
        });
        if swept.await? < AT_ONCE as u64 {
            return Ok(());
        }
    }
}
