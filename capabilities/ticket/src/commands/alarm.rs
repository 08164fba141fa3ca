//! Alarms of clocks: the next instant at which something is to be told about a ticket's clocks stands on its card, in an
//! index of its own, so that whoever watches takes what is due and looks at nothing else.

use super::reckoned;
use host::Scheduled;
use kernel::{Outcome, Uuid};
use store::{Sql, Store};
use web::App;

/// Tickets that are taken at once.
const AT_ONCE: i64 = 500;
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
        reckoned::of_all(store, &due, |working, book| working.reckon_clocks(book)).await?;
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
