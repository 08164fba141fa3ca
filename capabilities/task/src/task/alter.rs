//! What becomes of a task: changed, done, not done after all, withdrawn.

use super::permission::{card, standing, task};
use super::{Standing, Task, TaskEvent, TaskToDo, TaskView, overdue, row};
use kernel::{Checks, Limit, Outcome, Refusal, Uuid};
use people::Actor;
use std::sync::Arc;
use store::{Idempotency, Lane, Loaded, NewContent, Recorded, Store, Tx};
use web::IfMatch;

const REASON: Limit = Limit::line(400);

/// What the tick box says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It was done.
    Done,
    /// It was not done after all.
    Undone,
}

/// A task that is being altered.
struct Altered {
    view: TaskView,
    loaded: Loaded<Task>,
}

impl Altered {
    /// Holds a task to which somebody is what is needed, at the version that is meant.
    async fn hold(tx: &Tx, actor: &Actor, id: Uuid, needed: Standing, if_match: &IfMatch) -> Outcome<Self> {
        let loaded = tx.load::<Task>(id).await?;
        let view = row::row(tx, id).await?.ok_or_else(Refusal::not_found)?;
        let card = card(tx, view.ticket).await?;
        standing(actor, &card, view.group, view.operator)?.must_reach(needed)?;
        if_match.check(view.version, || serde_json::to_value(&view).unwrap_or_default())?;
        Ok(Self { view, loaded })
    }

    async fn save(self, tx: &Tx, actor: &Actor, event: TaskEvent, contents: &[NewContent]) -> Outcome<TaskView> {
        let Self { view, mut loaded } = self;
        let recorded = Recorded {
            event,
            occurred_at: tx.now(),
        };
        tx.save(&mut loaded, &actor.author(), vec![recorded], contents).await?;
        let duty = view.duty();
        let now = TaskView::of(&loaded, view.number, duty, view.reason);
        row::write(tx, &now).await?;
        Ok(now)
    }
}

/// Says what is to be done from now on, by whom and until when; what is as it was makes no event.
///
/// # Errors
/// A refusal 403, 404, 409 when it is not open, 412 when it has changed, 422 that names the fields.
pub async fn change(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    wanted: TaskToDo,
    if_match: IfMatch,
) -> Outcome<TaskView> {
    let (before, card, standing) = task(store, actor, id).await?;
    standing.must_reach(Standing::Handles)?;
    let duty = wanted.checked(store, card.area, before.due_at).await?;
    let actor = actor.clone();
    let change = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut altered = Altered::hold(tx, &actor, id, Standing::Handles, &if_match).await?;
            altered.loaded.state.must_be_open()?;
            if altered.view.duty() == duty {
                return Ok(altered.view);
            }
            let (said, contents) = duty.said();
            altered.view = TaskView::of(&altered.loaded, altered.view.number, duty, altered.view.reason);
            let now = altered.save(tx, &actor, TaskEvent::Changed { said }, &contents).await?;
            overdue::queue(tx, &now).await?;
            Ok(now)
        })
    });
    change.await
}

/// Says that a task was done, or not after all; said twice it makes one event.
///
/// # Errors
/// A refusal 403, 404, 409 when it was withdrawn, 412 when it has changed.
pub async fn tick(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    tick: Tick,
    if_match: IfMatch,
    once: Option<Idempotency>,
) -> Outcome<TaskView> {
    let actor = actor.clone();
    let tick = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let altered = Altered::hold(tx, &actor, id, Standing::Does, &if_match).await?;
            match altered.loaded.state.ticked(tick)? {
                Some(event) => {
                    let now = altered.save(tx, &actor, event, &[]).await?;
                    if now.is_open() {
                        overdue::queue(tx, &now).await?;
                    }
                    Ok(now)
                }
                None => Ok(altered.view),
            }
        })
    });
    tick.await
}

/// Says that a task is not to be done any more, and why.
///
/// # Errors
/// A refusal 403, 404, 409 when it is not open, 412 when it has changed, 422 without a reason.
pub async fn withdraw(
    store: &Store,
    actor: &Arc<Actor>,
    id: Uuid,
    reason: Option<&str>,
    if_match: IfMatch,
    once: Option<Idempotency>,
) -> Outcome<TaskView> {
    let (.., standing) = task(store, actor, id).await?;
    standing.must_reach(Standing::Handles)?;
    let mut checks = Checks::new();
    let reason = checks.required("reason", reason, REASON);
    checks.done()?;
    let actor = actor.clone();
    let withdraw = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let mut altered = Altered::hold(tx, &actor, id, Standing::Handles, &if_match).await?;
            altered.loaded.state.must_be_open()?;
            let content = NewContent::new(&reason);
            let event = TaskEvent::Withdrawn {
                reason: content.reference(),
            };
            altered.view.reason = reason;
            altered.save(tx, &actor, event, &[content]).await
        })
    });
    withdraw.await
}
