//! One act on many tickets: rehearsed before it is asked for, held for a moment in which it can be taken back, then done
//! ticket by ticket with the same command as everywhere. What one ticket refuses does not stop the others.

use super::directory::Directory;
use super::perform::try_out;
use super::prepared::{self, Prepared};
use super::{Conditions, TicketAct, perform};
use crate::domain::ClosedReason;
use host::{JobHandler, Scheduled};
use i18n::Language;
use kernel::{Error, Instant, Outcome, Refusal, RefusalKind, Uuid};
use people::{Act, Actor, Door};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Idempotency, Lane, NewJob, Row, Sql, Store};
use utoipa::ToSchema;
use web::{App, Problem};

/// Tickets that one bulk act takes at the most.
pub(crate) const MOST: usize = 200;
/// How long it can be taken back, in seconds.
pub(crate) const UNDO_SECONDS: i64 = 10;
/// How long what became of it can be read, in seconds.
const KEPT: i64 = 30 * 86_400;
const KIND: &str = "ticket.bulk";

/// What is done to each of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub(crate) enum BulkAct {
    /// Take in charge.
    Take,
    /// Give to a group, a person, or both.
    Assign {
        /// Group by identity.
        group: Option<String>,
        /// Operator.
        operator: Option<Uuid>,
    },
    /// Close.
    Close {
        /// Why.
        reason: ClosedReason,
        /// In words.
        note: Option<String>,
    },
    /// Cancel.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Several acts that were prepared.
    Prepared(Prepared),
}

impl BulkAct {
    /// The one act that it is; nothing for what was prepared.
    fn one(&self) -> Option<TicketAct> {
        Some(match self.clone() {
            Self::Take => TicketAct::Take,
            Self::Assign { group, operator } => TicketAct::Assign { group, operator },
            Self::Close { reason, note } => TicketAct::Close { reason, note },
            Self::Cancel { reason } => TicketAct::Cancel { reason },
            Self::Prepared(_) => return None,
        })
    }

    /// What it does to one ticket; of what was prepared, what that comes to there and now.
    async fn acts(&self, app: &App, actor: &Arc<Actor>, ticket: Uuid) -> Outcome<Vec<TicketAct>> {
        match (self, self.one()) {
            (Self::Prepared(prepared), _) => prepared::acts(app, actor, prepared.clone(), ticket).await,
            (_, act) => act.into_iter().map(TicketAct::checked).collect(),
        }
    }

    /// What somebody must be allowed to do somewhere.
    fn permission(&self) -> Act {
        self.one().map_or(Act::Handle, |act| act.permission())
    }
}

/// Where a bulk act stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum BulkState {
    /// It can still be taken back.
    Waiting,
    /// It is being done.
    Running,
    /// Each ticket has its answer.
    Done,
    /// It was taken back; nothing happened.
    Undone,
}

impl BulkState {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Waiting, "waiting"),
        (Self::Running, "running"),
        (Self::Done, "done"),
        (Self::Undone, "undone"),
    ];

    pub(crate) fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(state, _)| *state == self)
            .map_or("", |(_, code)| code)
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, known)| *known == code)
            .map(|(state, _)| *state)
    }
}

/// A bulk act that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Bulk {
    pub(crate) id: Uuid,
    pub(crate) person: Uuid,
    language: Language,
    pub(crate) act: BulkAct,
    pub(crate) tickets: Vec<Uuid>,
    /// What became of each so far: nothing for done, or why it was not, in the language of whoever asked.
    pub(crate) answers: Vec<Option<String>>,
    pub(crate) state: BulkState,
    pub(crate) run_at: Instant,
}

/// A bulk act as it is asked for.
pub(crate) struct BulkOrder {
    pub(crate) tickets: Vec<Uuid>,
    pub(crate) act: BulkAct,
    /// The language in which what becomes of it is told.
    pub(crate) language: Language,
    /// The key under which it is done once.
    pub(crate) once: Option<Idempotency>,
}

/// Whether each ticket would take the act, without doing it: nothing, or the refusal.
pub(crate) async fn rehearse(
    app: &App,
    actor: &Arc<Actor>,
    tickets: &[Uuid],
    act: &BulkAct,
) -> Outcome<Vec<Option<Refusal>>> {
    allowed(actor, tickets, act)?;
    let mut planned = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        planned.push((*ticket, or_refused(act.acts(app, actor, *ticket).await)?));
    }
    let directory = Directory::of(&app.store).await?;
    let actor = actor.clone();
    let rehearse = app.store.write(Lane::Background, move |tx| {
        Box::pin(async move {
            let mut answers = Vec::with_capacity(planned.len());
            for (ticket, acts) in planned {
                let tried = match acts {
                    Ok(acts) => or_refused(try_out(tx, &directory, &actor, ticket, acts).await)?,
                    Err(refusal) => Err(refusal),
                };
                answers.push(tried.err());
            }
            Ok(answers)
        })
    });
    rehearse.await
}

/// A refusal is an answer; only a failure ends the whole.
fn or_refused<T>(done: Outcome<T>) -> Outcome<Result<T, Refusal>> {
    match done {
        Ok(value) => Ok(Ok(value)),
        Err(Error::Refused(refusal)) => Ok(Err(*refusal)),
        Err(failure) => Err(failure),
    }
}

/// Whether somebody may do it at all and asks for as many as one bulk act takes.
fn allowed(actor: &Actor, tickets: &[Uuid], act: &BulkAct) -> Outcome<()> {
    act.one().map(TicketAct::checked).transpose()?;
    actor.allow_any(act.permission())?;
    match tickets.len() {
        0 => Err(Refusal::field("tickets", "ticket-bulk-none").into()),
        1..=MOST => Ok(()),
        _ => Err(Refusal::field("tickets", "ticket-bulk-too-many").into()),
    }
}

/// Asks for it: it is done after the time in which it can be taken back, also when the node dies meanwhile. Asked for again
/// under the same key, it is done once.
pub(crate) async fn plan(store: &Store, actor: &Actor, order: BulkOrder) -> Outcome<Uuid> {
    let BulkOrder {
        tickets,
        act,
        language,
        once,
    } = order;
    allowed(actor, &tickets, &act)?;
    let (id, person) = (Uuid::now_v7(), actor.person);
    let (act, tickets) = (serde_json::to_string(&act)?, serde_json::to_string(&tickets)?);
    store
        .write_once(Lane::People, once, move |tx| {
            Box::pin(async move {
                let run_at = tx.now().plus_seconds(UNDO_SECONDS);
                let sql = "INSERT INTO bulk (id, person_id, language, act, tickets, answers, state, run_at, recorded_at) \
                           VALUES ($1, $2, $3, $4, $5, '[]', 'waiting', $6, $7)";
                let values = vec![
                    id.into(),
                    person.into(),
                    language.code().into(),
                    act.into(),
                    tickets.into(),
                    run_at.as_millis().into(),
                    tx.now().as_millis().into(),
                ];
                tx.run(sql, values).await?;
                tx.enqueue(NewJob {
                    kind: KIND,
                    payload: serde_json::to_string(&id)?,
                    run_at,
                    unique_key: Some(format!("{KIND}:{id}")),
                })
                .await?;
                Ok(id)
            })
        })
        .await
}

/// Takes it back.
///
/// # Errors
/// A refusal 404 when it is somebody else's, 409 when it has begun.
pub(crate) async fn undo(store: &Store, actor: &Actor, id: Uuid) -> Outcome<()> {
    // A token that only reads takes nothing back.
    actor.allow_any(Act::Create)?;
    of(store, actor, id).await?;
    let undone = store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                let sql = "UPDATE bulk SET state = 'undone' WHERE id = $1 AND state IN ('waiting', 'undone')";
                tx.run(sql, vec![id.into()]).await
            })
        })
        .await?;
    if undone == 1 {
        return Ok(());
    }
    Err(Refusal::new(RefusalKind::Conflict, "too_late_to_undo", "ticket-bulk-too-late").into())
}

/// A bulk act of one's own.
///
/// # Errors
/// A refusal 404 for anybody else's.
pub(crate) async fn of(store: &Store, actor: &Actor, id: Uuid) -> Outcome<Bulk> {
    let bulk = load(store.read(), id).await?;
    let mine = bulk.filter(|bulk| bulk.person == actor.person);
    mine.ok_or_else(|| Refusal::not_found().into())
}

async fn load(reader: &impl Sql, id: Uuid) -> Outcome<Option<Bulk>> {
    let sql = "SELECT id, person_id, language, act, tickets, answers, state, run_at FROM bulk WHERE id = $1";
    let row = reader.row(sql, vec![id.into()]).await?;
    row.as_ref().map(bulk_of).transpose()
}

fn bulk_of(row: &Row) -> Outcome<Bulk> {
    let text = |column: usize| row.get::<String>(column);
    Ok(Bulk {
        id: row.get(0)?,
        person: row.get(1)?,
        language: Language::ALL
            .into_iter()
            .find(|language| text(2).is_ok_and(|code| code == language.code()))
            .unwrap_or(Language::It),
        act: serde_json::from_str(&text(3)?)?,
        tickets: serde_json::from_str(&text(4)?)?,
        answers: serde_json::from_str(&text(5)?)?,
        state: BulkState::from_code(&text(6)?).unwrap_or(BulkState::Done),
        run_at: row.instant(7)?,
    })
}

/// The job.
pub(super) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(run(app, payload)),
    }
}

/// Forgets what is old.
pub(super) const fn tidying() -> Scheduled {
    Scheduled {
        name: "ticket.bulk.tidy",
        every: 3600,
        run: |app| Box::pin(tidy(app)),
    }
}

async fn run(app: App, payload: String) -> Outcome<()> {
    let id: Uuid = serde_json::from_str(&payload)?;
    let Some(mut bulk) = begun(&app.store, id).await? else {
        return Ok(());
    };
    let person = bulk.person;
    let names = people::names(app.store.read(), [person]).await?;
    let name = names.get(&person).cloned().unwrap_or_default();
    let actor = Actor::load(&app.store, person, name, Some(bulk.language), Door::Console).await?;
    let actor = Arc::new(actor.ok_or_else(Refusal::not_found)?);
    // A node that died in between is followed by another, which goes on behind the last answer.
    for place in bulk.answers.len()..bulk.tickets.len() {
        let answer = done(&app, &actor, &bulk, bulk.tickets[place]).await?;
        bulk.answers.push(answer);
        let last = place + 1 == bulk.tickets.len();
        note(
            &app.store,
            &bulk,
            if last { BulkState::Done } else { BulkState::Running },
        )
        .await?;
    }
    Ok(())
}

/// Begins, unless it was taken back.
async fn begun(store: &Store, id: Uuid) -> Outcome<Option<Bulk>> {
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "UPDATE bulk SET state = 'running' WHERE id = $1 AND state IN ('waiting', 'running')";
                if tx.run(sql, vec![id.into()]).await? == 0 {
                    return Ok(None);
                }
                load(tx, id).await
            })
        })
        .await
}

/// Does it to one ticket, once: nothing, or why not.
async fn done(app: &App, actor: &Arc<Actor>, bulk: &Bulk, ticket: Uuid) -> Outcome<Option<String>> {
    let key = format!("bulk:{}:{ticket}", bulk.id);
    let conditions = Conditions {
        idempotency: Some(Idempotency::new(actor.person, &key, &[])),
        ..Conditions::default()
    };
    let done = match bulk.act.acts(app, actor, ticket).await {
        Ok(acts) => perform(&app.store, actor, ticket, acts, conditions).await.map(drop),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(None),
        Err(refused @ Error::Refused(_)) => Ok(Some(Problem::of(&refused, bulk.language).detail)),
        Err(failure) => Err(failure),
    }
}

async fn note(store: &Store, bulk: &Bulk, state: BulkState) -> Outcome<()> {
    let (id, answers) = (bulk.id, serde_json::to_string(&bulk.answers)?);
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "UPDATE bulk SET answers = $2, state = $3 WHERE id = $1";
                let values = vec![id.into(), answers.into(), state.code().into()];
                tx.run(sql, values).await.map(drop)
            })
        })
        .await
}

async fn tidy(app: App) -> Outcome<()> {
    app.store
        .write(Lane::Background, |tx| {
            Box::pin(async move {
                let before = tx.now().plus_seconds(-KEPT).as_millis();
                tx.run("DELETE FROM bulk WHERE recorded_at < $1", vec![before.into()])
                    .await
                    .map(drop)
            })
        })
        .await
}
