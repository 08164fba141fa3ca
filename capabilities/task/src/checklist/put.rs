//! Putting a checklist on a ticket: all its tasks in one go, or none.

use super::ChecklistView;
use super::row::{self, ChecklistItem};
use crate::task::{Duty, Hung, TaskView, hang, of_ticket};
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor, Group};
use std::collections::HashSet;
use std::sync::Arc;
use store::{Idempotency, Lane, Store, Tx};

/// Hangs the tasks of a checklist on a ticket, in their order. The same list comes a second time when those of the first are
/// done or withdrawn.
///
/// # Errors
/// A refusal 403, 404, 409 when the ticket has ended or tasks of this list are open there, 422 for a list that is not
/// offered here.
pub async fn put(
    store: &Store,
    actor: &Arc<Actor>,
    ticket: &str,
    checklist: Uuid,
    once: Option<Idempotency>,
) -> Outcome<Vec<TaskView>> {
    let card = record::card(store.read(), actor, Act::Handle, ticket).await?;
    let list = match row::checklist(store.read(), actor, checklist).await {
        Ok(list) if list.fits(&card) => list,
        Err(error) if error.refusal().is_none() => return Err(error),
        _ => return Err(Refusal::field("checklist", "task-field-checklist").into()),
    };
    let groups = store.all::<Group>().await?;
    let in_use = groups.iter().filter(|group| !group.state.closed);
    let in_use: HashSet<Uuid> = in_use.map(|group| group.id).collect();
    let actor = actor.clone();
    let put = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let mut hung = Hung::on(tx, &actor, card.id).await?;
            refuse_open(tx, card.id, &list).await?;
            let mut tasks = Vec::with_capacity(list.items.len());
            for item in list.items {
                let duty = duty(tx, item, &in_use);
                tasks.push(hang(tx, &actor, &mut hung, duty, Some(list.id)).await?);
            }
            Ok(tasks)
        })
    });
    put.await
}

/// A list whose tasks are still open is not put there a second time.
async fn refuse_open(tx: &Tx, ticket: Uuid, list: &ChecklistView) -> Outcome<()> {
    let there = of_ticket(tx, ticket).await?;
    if there
        .iter()
        .any(|task| task.is_open() && task.checklist == Some(list.id))
    {
        return Err(Refusal::rule("checklist_open", "task-refusal-checklist-open")
            .with("name", &list.name)
            .into());
    }
    Ok(())
}

/// What an item asks for from now on; a group that was closed since is left out.
fn duty(tx: &Tx, item: ChecklistItem, in_use: &HashSet<Uuid>) -> Duty {
    Duty {
        title: item.text,
        details: None,
        group: item.group.filter(|group| in_use.contains(group)),
        operator: None,
        due_at: item.due_minutes.map(|minutes| tx.now().plus_seconds(minutes * 60)),
    }
}
