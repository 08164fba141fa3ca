//! Hanging a task on a ticket.

use super::permission::held;
use super::{Duty, Task, TaskEvent, TaskToDo, TaskView, overdue, row};
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor};
use std::sync::Arc;
use store::{Card, Idempotency, Lane, Recorded, Store, Tx};

/// A ticket on which tasks are hung, and where the next one goes.
pub(crate) struct Hung {
    card: Card,
    place: i64,
}

impl Hung {
    /// Holds a ticket so that tasks can be hung on it.
    ///
    /// # Errors
    /// A refusal 403, 404, or 409 when the ticket has ended.
    pub(crate) async fn on(tx: &Tx, actor: &Actor, ticket: Uuid) -> Outcome<Self> {
        let card = held(tx, ticket).await?;
        actor.allow(Act::Handle, &card)?;
        if !card.open {
            return Err(Refusal::rule("SD-110", "task-refusal-ended").into());
        }
        let place = row::next_place(tx, ticket).await?;
        Ok(Self { card, place })
    }
}

/// Hangs a task on a ticket.
///
/// # Errors
/// A refusal 403, 404, 409 when the ticket has ended or has too many, 422 that names the fields.
pub async fn add(
    store: &Store,
    actor: &Arc<Actor>,
    ticket: &str,
    new: TaskToDo,
    once: Option<Idempotency>,
) -> Outcome<TaskView> {
    let card = record::card(store.read(), actor, Act::Handle, ticket).await?;
    let duty = new.checked(store, card.area, None).await?;
    let actor = actor.clone();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let mut hung = Hung::on(tx, &actor, card.id).await?;
            hang(tx, &actor, &mut hung, duty, None).await
        })
    });
    add.await
}

/// Hangs one more task on a ticket that is held.
///
/// # Errors
/// A refusal 409 when it has too many.
pub(crate) async fn hang(
    tx: &Tx,
    actor: &Actor,
    hung: &mut Hung,
    duty: Duty,
    checklist: Option<Uuid>,
) -> Outcome<TaskView> {
    if hung.place > row::MOST {
        return Err(Refusal::rule("too_many_tasks", "task-refusal-too-many").into());
    }
    let (said, contents) = duty.said();
    let event = TaskEvent::Created {
        ticket: hung.card.id,
        place: hung.place,
        checklist,
        said,
    };
    let created = Recorded {
        event,
        occurred_at: tx.now(),
    };
    let mut task = tx.fresh::<Task>(Uuid::now_v7());
    tx.save(&mut task, &actor.author(), vec![created], &contents).await?;
    hung.place += 1;
    let view = TaskView::of(&task, hung.card.number.clone(), duty, String::new());
    row::write(tx, &view).await?;
    overdue::queue(tx, &view).await?;
    Ok(view)
}
