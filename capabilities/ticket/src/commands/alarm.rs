//! Alarms of clocks: the next instant at which something is to be told about a ticket's clocks stands on its card, in an
//! index of its own, so that whoever watches takes what is due and looks at nothing else.

use super::directory::Directory;
use crate::domain::{Ticket, Working};
use futures_util::{StreamExt, stream};
use host::Scheduled;
use kernel::{Outcome, Uuid};
use people::Actor;
use std::sync::Arc;
use store::{Backend, Lane, Sql, Store, Tx};
use web::App;

/// Tickets that are taken at once.
const AT_ONCE: i64 = 500;
/// Of those, how many share a transaction, and how many transactions go on side by side where the database can.
const TOGETHER: usize = 25;
const SIDE_BY_SIDE: usize = 4;
/// Most rounds of one look: what is left is taken by the next.
const ROUNDS: usize = 40;

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
    let sql = "SELECT id FROM card WHERE alarm_at <= $1 AND alarm_at < 9223372036854775807 ORDER BY alarm_at LIMIT $2";
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
    if events.is_empty() {
        return Ok(());
    }
    tx.save(&mut loaded, &author, events, &[]).await.map(drop)
}
