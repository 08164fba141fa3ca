//! Alarms of clocks: the next instant at which something is to be told about a ticket's clocks, in an index of its own, so
//! that whoever watches takes what is due and looks at nothing else.

use super::directory::Directory;
use crate::domain::{Ticket, Working};
use futures_util::{StreamExt, stream};
use host::Scheduled;
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use service_level::Book;
use std::sync::Arc;
use store::{Backend, Lane, Loaded, Sql, Store, Tx};
use web::App;

/// Tickets that are taken at once.
const AT_ONCE: i64 = 500;
/// Of those, how many share a transaction, and how many transactions go on side by side where the database can.
const TOGETHER: usize = 25;
const SIDE_BY_SIDE: usize = 4;
/// Most rounds of one look: what is left is taken by the next.
const ROUNDS: usize = 40;

/// Keeps a ticket's next alarm, where it is another one than before.
pub(super) async fn keep(tx: &Tx, book: &Book, before: &Ticket, loaded: &Loaded<Ticket>) -> Outcome<()> {
    if before.clocks.is_empty() && loaded.state.clocks.is_empty() {
        return Ok(());
    }
    let next = loaded.state.next_alarm(book);
    if before.next_alarm(book) == next {
        return Ok(());
    }
    set(tx, loaded, next).await
}

async fn set(tx: &Tx, ticket: &Loaded<Ticket>, next: Option<Instant>) -> Outcome<()> {
    let (sql, values) = match next {
        Some(at) => (
            "INSERT INTO clock_alarm (ordinal, ticket_id, alarm_at) VALUES ($1, $2, $3) \
             ON CONFLICT (ordinal) DO UPDATE SET alarm_at = excluded.alarm_at",
            vec![ticket.ordinal.into(), ticket.id.into(), at.as_millis().into()],
        ),
        None => (
            "DELETE FROM clock_alarm WHERE ordinal = $1",
            vec![ticket.ordinal.into()],
        ),
    };
    tx.later("clock_alarm", ticket.ordinal, sql.to_owned(), values).await
}

/// Looks each second for clocks of which something is to be told: attention, or that they were not stopped in time.
pub(super) const fn watch() -> Scheduled {
    Scheduled {
        name: "ticket.clocks",
        every: 1,
        run: |app| Box::pin(look(app)),
    }
}

async fn look(app: App) -> Outcome<()> {
    ring(&app.store).await.map(drop)
}

/// Tells what is due by now, oldest first; answers of how many tickets.
///
/// # Errors
/// When the database is away; what was told stays told.
pub async fn ring(store: &Store) -> Outcome<usize> {
    let mut told = 0;
    for _ in 0..ROUNDS {
        let due = due(store).await?;
        if due.is_empty() {
            break;
        }
        told += due.len();
        let side_by_side = match store.backend() {
            Backend::Sqlite => 1,
            Backend::Postgres => SIDE_BY_SIDE,
        };
        let parts: Vec<Vec<Uuid>> = due.chunks(TOGETHER).map(<[Uuid]>::to_vec).collect();
        let done = stream::iter(parts)
            .map(|part| tell(store, part))
            .buffer_unordered(side_by_side);
        let done: Vec<Outcome<()>> = done.collect().await;
        done.into_iter().collect::<Outcome<()>>()?;
        if due.len() < AT_ONCE as usize {
            break;
        }
    }
    Ok(told)
}

async fn due(store: &Store) -> Outcome<Vec<Uuid>> {
    let sql = "SELECT ticket_id FROM clock_alarm WHERE alarm_at <= $1 ORDER BY alarm_at LIMIT $2";
    let values = vec![store.clock().now().as_millis().into(), AT_ONCE.into()];
    let rows = store.read().rows(sql, values).await?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Reckons some tickets' clocks anew, in one transaction.
async fn tell(store: &Store, tickets: Vec<Uuid>) -> Outcome<()> {
    let directory = Arc::new(Directory::of(store).await?);
    let told = store.write(Lane::Background, move |tx| {
        let (directory, tickets) = (directory.clone(), tickets.clone());
        Box::pin(async move {
            for ticket in tickets {
                tell_one(tx, &directory, ticket).await?;
            }
            Ok(())
        })
    });
    told.await
}

async fn tell_one(tx: &Tx, directory: &Directory, ticket: Uuid) -> Outcome<()> {
    let mut loaded = tx.load::<Ticket>(ticket).await?;
    let parameters = directory.parameters(loaded.state.area);
    let author = Actor::system().author();
    let mut working = Working::on(loaded.state.clone(), parameters, tx.now(), author.clone());
    working.reckon_clocks(directory.book());
    let events = working.events;
    if !events.is_empty() {
        tx.save(&mut loaded, &author, events, &[]).await?;
    }
    let next = loaded.state.next_alarm(directory.book());
    set(tx, &loaded, next).await
}
