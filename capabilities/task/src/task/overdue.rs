//! That a task's instant has passed: it is kept with a job, so that one node tells it once, even after an outage.

use super::permission::card;
use super::{Task, TaskView, row};
use host::JobHandler;
use kernel::{Outcome, Uuid};
use people::Actor;
use serde::{Deserialize, Serialize};
use store::{Lane, NewJob, Recorded, Tx};
use web::App;

const KIND: &str = "task.overdue";

/// Which task.
#[derive(Serialize, Deserialize)]
struct Due {
    task: Uuid,
}

/// Queues the look at a task when its instant passes; where it has passed meanwhile, at once.
pub(super) async fn queue(tx: &Tx, task: &TaskView) -> Outcome<()> {
    let Some(due_at) = task.due_at else { return Ok(()) };
    let payload = serde_json::to_string(&Due { task: task.id })?;
    tx.enqueue(NewJob {
        kind: KIND,
        payload,
        run_at: due_at,
        unique_key: Some(format!("{KIND}:{}:{}", task.id, task.version)),
    })
    .await
}

/// The job: what is done, withdrawn or due later by then is left alone, and so is all of a ticket that has ended.
pub(crate) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(look(app, payload)),
    }
}

async fn look(app: App, payload: String) -> Outcome<()> {
    let Due { task } = serde_json::from_str(&payload)?;
    let look = app.store.write(Lane::Background, move |tx| Box::pin(tell(tx, task)));
    look.await
}

async fn tell(tx: &Tx, id: Uuid) -> Outcome<()> {
    let mut task = tx.load::<Task>(id).await?;
    let Some(event) = task.state.late(tx.now()) else {
        return Ok(());
    };
    if !card(tx, task.state.ticket).await?.open {
        return Ok(());
    }
    let Some(view) = row::row(tx, id).await? else {
        return Ok(());
    };
    let overdue = Recorded {
        event,
        occurred_at: tx.now(),
    };
    tx.save(&mut task, &Actor::system().author(), vec![overdue], &[])
        .await?;
    let duty = view.duty();
    let now = TaskView::of(&task, view.number, duty, view.reason);
    row::write(tx, &now).await
}
