//! Tickets of somebody who turned out to be another: each changes hands by an event of its own, a few in a transaction.

use crate::domain::{Ticket, Working};
use configuration::Parameters;
use futures_util::future::BoxFuture;
use kernel::{Outcome, Uuid};
use people::{Actor, Belongings, Direction, HandOver};
use store::{Lane, Sql, Store, Tx};
use web::App;

/// Tickets that share a transaction.
const TOGETHER: i64 = 25;
/// Tickets that are counted before it is only said that there are more.
const COUNTED: i64 = 1_000;
/// A chain of merges is no longer than this.
const CHAIN: usize = 64;

/// The tickets of people, for whoever says that two are one.
pub(crate) const fn belongings() -> Belongings {
    Belongings {
        label: "ticket-belongings",
        count: |app, person| Box::pin(async move { count(&app.store, person).await }),
        hand_over: |app, handing| Box::pin(hand_over(app, handing)),
    }
}

async fn count(store: &Store, person: Uuid) -> Outcome<i64> {
    let sql =
        "SELECT COUNT(*) FROM (SELECT 1 AS one FROM card WHERE requester_id = $1 AND kind = 'ticket' LIMIT $2) found";
    let row = store.read().row(sql, vec![person.into(), (COUNTED + 1).into()]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

async fn hand_over(app: App, handing: HandOver) -> Outcome<()> {
    match handing.direction {
        Direction::Over => walk(&app.store, handing.person, handing).await,
        Direction::Back => {
            // What went on to somebody else meanwhile comes back from there.
            let mut holder = Some(handing.into);
            for _ in 0..CHAIN {
                let Some(person) = holder else { break };
                walk(&app.store, person, handing).await?;
                holder = people::person_row(app.store.read(), person)
                    .await?
                    .and_then(|person| person.merged_into);
            }
            Ok(())
        }
    }
}

/// Goes through all tickets of somebody, those opened first first.
async fn walk(store: &Store, holder: Uuid, handing: HandOver) -> Outcome<()> {
    let mut after = 0_i64;
    loop {
        let sql = "SELECT id, ordinal FROM card WHERE requester_id = $1 AND ordinal > $2 AND kind = 'ticket' \
                   ORDER BY ordinal LIMIT $3";
        let values = vec![holder.into(), after.into(), TOGETHER.into()];
        let rows = store.read().rows(sql, values).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.get(1)?;
        let tickets: Vec<Uuid> = rows.iter().map(|row| row.get(0)).collect::<Outcome<_>>()?;
        store
            .write(Lane::Background, move |tx| {
                let part: BoxFuture<'_, Outcome<()>> = Box::pin(of_part(tx, tickets, handing));
                part
            })
            .await?;
    }
}

async fn of_part(tx: &Tx, tickets: Vec<Uuid>, handing: HandOver) -> Outcome<()> {
    // What was said in between holds: a merge that was undone takes nothing with it any more.
    if people::stands(tx, &handing).await? != (handing.direction == Direction::Over) {
        return Ok(());
    }
    tx.hold_all(&tickets).await?;
    let (author, parameters) = (Actor::system().author(), Parameters::default());
    for ticket in tickets {
        let mut loaded = tx.load::<Ticket>(ticket).await?;
        let mut working = Working::on(loaded.state.clone(), &parameters, tx.now(), author.clone());
        match handing.direction {
            Direction::Over => working.hand_over(handing.merge, handing.person, handing.into),
            Direction::Back => working.hand_back(handing.merge),
        }
        if !working.events.is_empty() {
            tx.save(&mut loaded, &author, working.events, &[]).await?;
            tx.index_scope(loaded.ordinal, loaded.state.area, loaded.state.requester)
                .await?;
        }
    }
    Ok(())
}
