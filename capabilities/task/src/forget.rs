//! Words of tasks that are erased with those of their ticket.

use crate::task::{self, Task};
use kernel::{Author, Outcome, Uuid};
use store::{Sql, Tx};

/// Erases what was written in the tasks of a ticket.
pub async fn forget_tasks_of(tx: &Tx, author: &Author, ticket: Uuid, reason: &str) -> Outcome<()> {
    for view in task::of_ticket(tx, ticket).await? {
        let rows = tx
            .rows("SELECT id FROM content WHERE record_id = $1", vec![view.id.into()])
            .await?;
        let contents: Vec<Uuid> = rows.iter().map(|row| row.get(0)).collect::<Outcome<_>>()?;
        if !contents.is_empty() {
            let mut loaded = tx.load::<Task>(view.id).await?;
            tx.erase_contents(&mut loaded, author, &contents, reason).await?;
            task::forget_words(tx, view.id, loaded.version).await?;
        }
    }
    Ok(())
}
