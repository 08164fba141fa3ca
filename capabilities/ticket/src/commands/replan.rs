//! Planning clocks anew: after an agreement or a calendar got another edition, and only when that is wanted, the clocks of
//! open tickets move to it, in the background, with progress; what has stopped is not touched (IM-028). Before, it can be
//! shown what would move.

use super::directory::Directory;
use super::reckoned;
use crate::domain::{Ticket, TicketEvent, Working};
use host::{JobHandler, Scheduled};
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use serde::Serialize;
use service_level::{Book, Clock, Draft, Metric, Turn};
use store::{Lane, Loaded, NewJob, Row, Sql, Store, Tx};
use utoipa::ToSchema;
use web::App;

const KIND: &str = "ticket.replan";
/// Tickets that are looked at together.
const AT_ONCE: i64 = 400;
/// The newest open tickets that a preview looks at.
pub const PREVIEWED: usize = 2_000;
/// Examples that a preview shows.
const EXAMPLES: usize = 8;
/// How long it can be read what became of it, in seconds.
const KEPT: i64 = 30 * 86_400;

/// What would move if open tickets came under a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Preview {
    /// Open tickets.
    pub open: i64,
    /// How many of them were looked at, from the first opened on.
    pub looked_at: i64,
    /// Tickets of which a clock would move, begin or end.
    pub tickets: i64,
    /// Clocks that would be due earlier.
    pub earlier: i64,
    /// Clocks that would be due later.
    pub later: i64,
    /// Clocks that would begin.
    pub started: i64,
    /// Clocks that would be owed no more.
    pub dropped: i64,
    /// Clocks that would be late at once.
    pub late: i64,
    /// A few of them.
    pub examples: Vec<Moved>,
}

/// A clock that would move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Moved {
    /// The ticket's number.
    pub number: String,
    /// What the clock measures.
    pub metric: String,
    /// When it is due now.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub before: Option<Instant>,
    /// When it would be due.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub after: Option<Instant>,
}

/// How far it has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Replanning {
    /// Identity.
    pub id: Uuid,
    /// The agreement or calendar for whose sake.
    pub name: String,
    /// Open tickets when it began.
    pub total: i64,
    /// Tickets that were looked at.
    pub done: i64,
    /// Tickets of which a clock moved.
    pub moved: i64,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: Instant,
    /// When it was done.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub ended_at: Option<Instant>,
}

/// What would move if open tickets came under a draft; nothing is changed.
///
/// # Errors
/// When the database is away.
pub async fn preview_replanning(store: &Store, draft: &Draft) -> Outcome<Preview> {
    let (book, directory) = (
        service_level::book_with(store, draft).await?,
        Directory::of(store).await?,
    );
    let mut preview = Preview {
        open: open(store.read()).await?,
        ..Preview::default()
    };
    let mut after = 0;
    while preview.looked_at < PREVIEWED as i64 {
        let tickets = store.read().open_after::<Ticket>(after, AT_ONCE).await?;
        let Some(last) = tickets.last() else { break };
        after = last.ordinal;
        preview.looked_at += tickets.len() as i64;
        for ticket in &tickets {
            preview.add(ticket, &replanned(&directory, &book, ticket, store.clock().now()));
        }
    }
    Ok(preview)
}

/// How many tickets are open.
async fn open(sql: &impl Sql) -> Outcome<i64> {
    let row = sql
        .row("SELECT COUNT(*) FROM card WHERE is_open = 1", Vec::new())
        .await?;
    row.map_or(Ok(0), |row| row.get(0))
}

impl Preview {
    fn add(&mut self, ticket: &Loaded<Ticket>, events: &[TicketEvent]) {
        let before = self.clone();
        for event in events {
            if let TicketEvent::ClocksTurned { turn, clocks, .. } = event {
                clocks.iter().for_each(|clock| self.add_clock(ticket, *turn, clock));
            }
        }
        // What only comes under another edition moves nothing.
        self.tickets += i64::from(*self != before);
    }

    fn add_clock(&mut self, ticket: &Loaded<Ticket>, turn: Turn, clock: &Clock) {
        let before = ticket
            .state
            .clocks
            .iter()
            .find(|one| one.is_same(clock))
            .and_then(|one| one.due);
        match turn {
            Turn::Started => self.started += 1,
            Turn::Dropped => self.dropped += 1,
            Turn::Breached => self.late += 1,
            Turn::Replanned if both_and(clock.due, before, |due, was| due < was) => self.earlier += 1,
            Turn::Replanned if both_and(clock.due, before, |due, was| due > was) => self.later += 1,
            _ => {}
        }
        if turn == Turn::Replanned && clock.due != before {
            self.show(ticket, clock.metric, before, clock.due);
        }
    }

    fn show(&mut self, ticket: &Loaded<Ticket>, metric: Metric, before: Option<Instant>, after: Option<Instant>) {
        let number = ticket.card.as_ref().map(|card| card.number.clone());
        if self.examples.len() < EXAMPLES {
            self.examples.push(Moved {
                number: number.unwrap_or_default(),
                metric: metric.code().to_owned(),
                before,
                after,
            });
        }
    }
}

/// Whether both are known and compare so: what stands still is due at no instant.
fn both_and(one: Option<Instant>, other: Option<Instant>, compare: impl Fn(Instant, Instant) -> bool) -> bool {
    one.zip(other).is_some_and(|(one, other)| compare(one, other))
}

/// What would be told of a ticket.
fn replanned(directory: &Directory, book: &Book, ticket: &Loaded<Ticket>, now: Instant) -> Vec<TicketEvent> {
    let parameters = directory.parameters(ticket.state.area);
    let mut working = Working::on(ticket.state.clone(), parameters, now, Actor::system().author());
    working.replan_clocks(book);
    working.events.into_iter().map(|recorded| recorded.event).collect()
}

/// Asks, in the transaction that changes an agreement or a calendar, for open tickets to come under it.
///
/// # Errors
/// When the database is away.
pub async fn ask_replanning(tx: &Tx, actor: &Actor, name: &str) -> Outcome<Uuid> {
    let id = Uuid::now_v7();
    let total = tx
        .row("SELECT COUNT(*) FROM card WHERE is_open = 1", Vec::new())
        .await?;
    let total: i64 = total.map_or(Ok(0), |row| row.get(0))?;
    let sql = "INSERT INTO replanning (id, name, person_id, total, done, moved, after_ordinal, recorded_at) \
               VALUES ($1, $2, $3, $4, 0, 0, 0, $5)";
    let values = vec![
        id.into(),
        name.into(),
        actor.person.into(),
        total.into(),
        tx.now().as_millis().into(),
    ];
    tx.run(sql, values).await?;
    tx.enqueue(NewJob {
        kind: KIND,
        payload: serde_json::to_string(&id)?,
        run_at: tx.now(),
        unique_key: Some(format!("{KIND}:{id}")),
    })
    .await?;
    Ok(id)
}

/// What was asked for lately, the newest first.
pub async fn replannings(store: &Store) -> Outcome<Vec<Replanning>> {
    let sql =
        "SELECT id, name, total, done, moved, recorded_at, ended_at FROM replanning ORDER BY recorded_at DESC LIMIT 5";
    let rows = store.read().rows(sql, Vec::new()).await?;
    rows.iter().map(replanning_of).collect()
}

fn replanning_of(row: &Row) -> Outcome<Replanning> {
    let ended: Option<i64> = row.get(6)?;
    Ok(Replanning {
        id: row.get(0)?,
        name: row.get(1)?,
        total: row.get(2)?,
        done: row.get(3)?,
        moved: row.get(4)?,
        asked_at: row.instant(5)?,
        ended_at: ended.map(Instant::from_millis),
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
        name: "ticket.replan.tidy",
        every: 3600,
        run: |app| Box::pin(tidy(app)),
    }
}

async fn tidy(app: App) -> Outcome<()> {
    let tidy = app.store.write(Lane::Background, |tx| {
        Box::pin(async move {
            let before = tx.now().plus_seconds(-KEPT).as_millis();
            let sql = "DELETE FROM replanning WHERE recorded_at < $1";
            tx.run(sql, vec![before.into()]).await.map(drop)
        })
    });
    tidy.await
}

async fn run(app: App, payload: String) -> Outcome<()> {
    replan(&app.store, serde_json::from_str(&payload)?).await
}

/// Plans the clocks of every open ticket anew. A node that died in between is followed by another, which goes on behind the
/// last that were looked at.
///
/// # Errors
/// When the database is away; what was moved stays moved.
pub async fn replan(store: &Store, id: Uuid) -> Outcome<()> {
    let sql = "SELECT after_ordinal FROM replanning WHERE id = $1 AND ended_at IS NULL";
    let Some(row) = store.read().row(sql, vec![id.into()]).await? else {
        return Ok(());
    };
    let mut after: i64 = row.get(0)?;
    loop {
        let tickets = store.read().open_after::<Ticket>(after, AT_ONCE).await?;
        let moved = move_clocks(store, &tickets).await?;
        let Some(last) = tickets.last() else {
            return note(store, id, Step::default()).await;
        };
        after = last.ordinal;
        let step = Step {
            after: Some(after),
            done: tickets.len() as i64,
            moved,
        };
        note(store, id, step).await?;
    }
}

/// How far a part of it came; without a place it is the end.
#[derive(Clone, Copy, Default)]
struct Step {
    after: Option<i64>,
    done: i64,
    moved: i64,
}

async fn note(store: &Store, id: Uuid, step: Step) -> Outcome<()> {
    let note = store.write(Lane::Background, move |tx| {
        Box::pin(async move {
            let Some(after) = step.after else {
                let sql = "UPDATE replanning SET ended_at = $2 WHERE id = $1";
                let values = vec![id.into(), tx.now().as_millis().into()];
                return tx.run(sql, values).await.map(drop);
            };
            let sql = "UPDATE replanning SET after_ordinal = $2, done = done + $3, moved = moved + $4 WHERE id = $1";
            let values = vec![id.into(), after.into(), step.done.into(), step.moved.into()];
            tx.run(sql, values).await.map(drop)
        })
    });
    note.await
}

/// Moves the clocks of those tickets that have any to move; answers of how many.
async fn move_clocks(store: &Store, tickets: &[Loaded<Ticket>]) -> Outcome<i64> {
    let directory = Directory::of(store).await?;
    let now = store.clock().now();
    let is_to_move = |ticket: &&Loaded<Ticket>| !replanned(&directory, directory.book(), ticket, now).is_empty();
    let moving: Vec<Uuid> = tickets.iter().filter(is_to_move).map(|ticket| ticket.id).collect();
    reckoned::of_all(store, &moving, |working, book| working.replan_clocks(book)).await?;
    Ok(moving.len() as i64)
}
