//! Reckoning the clocks of many tickets beside what people do, in short transactions.

use super::directory::Directory;
use crate::domain::{Ticket, Working};
use futures_util::{StreamExt, stream};
use kernel::{Outcome, Uuid};
use people::Actor;
use service_level::Book;
use std::sync::Arc;
use store::{Backend, Lane, Store};

/// How many tickets share a transaction, and how many transactions go on side by side where the database can.
const TOGETHER: usize = 25;
const SIDE_BY_SIDE: usize = 4;

/// What is reckoned of a ticket: what is new by now, or what another edition moves.
pub(super) type Reckon = for<'p> fn(&mut Working<'p>, &Book);

/// Reckons the clocks of all these tickets and records what is new.
///
/// # Errors
/// When the database is away; what was recorded stays.
pub(super) async fn of_all(store: &Store, tickets: &[Uuid], reckon: Reckon) -> Outcome<()> {
    let directory = Arc::new(Directory::of(store).await?);
    let side_by_side = match store.backend() {
        Backend::Sqlite => 1,
        Backend::Postgres => SIDE_BY_SIDE,
    };
    let parts: Vec<Vec<Uuid>> = tickets.chunks(TOGETHER).map(<[Uuid]>::to_vec).collect();
    let done = stream::iter(parts)
        .map(|part| of_part(store, &directory, part, reckon))
        .buffer_unordered(side_by_side);
    let done: Vec<Outcome<()>> = done.collect().await;
    done.into_iter().collect()
}

async fn of_part(store: &Store, directory: &Arc<Directory>, tickets: Vec<Uuid>, reckon: Reckon) -> Outcome<()> {
    let directory = directory.clone();
    let recorded = store.write(Lane::Background, move |tx| {
        let (directory, tickets) = (directory.clone(), tickets.clone());
        Box::pin(async move {
            let author = Actor::system().author();
            for ticket in tickets {
                let mut loaded = tx.load::<Ticket>(ticket).await?;
                let parameters = directory.parameters(loaded.state.area);
                let mut working = Working::on(loaded.state.clone(), parameters, tx.now(), author.clone());
                reckon(&mut working, directory.book());
                if !working.events.is_empty() {
                    tx.save(&mut loaded, &author, working.events, &[]).await?;
                }
            }
            Ok(())
        })
    });
    recorded.await
}
