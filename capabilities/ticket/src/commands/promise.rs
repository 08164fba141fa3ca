//! What was promised by an instant: the instant is kept with a job, so that one node tells once that it has passed, even
//! after an outage.

use super::{Conditions, TicketAct, perform};
use crate::domain::{Promise, Ticket};
use host::JobHandler;
use kernel::{Outcome, Uuid};
use people::Actor;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Loaded, NewJob, Tx};
use web::App;

const KIND: &str = "ticket.promise";

/// Which promise of which ticket.
#[derive(Serialize, Deserialize)]
struct Due {
    ticket: Uuid,
    promise: Uuid,
}

/// Queues the look at each promise that has just been made.
pub(super) async fn queue(tx: &Tx, before: &Ticket, loaded: &Loaded<Ticket>) -> Outcome<()> {
    let is_new = |promise: &&Promise| !before.promises.iter().any(|known| known.id == promise.id);
    for promise in loaded.state.promises.iter().filter(is_new) {
        let due = Due {
            ticket: loaded.id,
            promise: promise.id,
        };
        tx.enqueue(NewJob {
            kind: KIND,
            payload: serde_json::to_string(&due)?,
            run_at: promise.due_at,
            unique_key: Some(format!("{KIND}:{}", promise.id)),
        })
        .await?;
    }
    Ok(())
}

/// The job: what is kept, withdrawn or over by then is left alone.
pub(super) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(look(app, payload)),
    }
}

async fn look(app: App, payload: String) -> Outcome<()> {
    let Due { ticket, promise } = serde_json::from_str(&payload)?;
    let (actor, acts) = (Arc::new(Actor::system()), vec![TicketAct::MissPromise { promise }]);
    perform(&app.store, &actor, ticket, acts, Conditions::default())
        .await
        .map(drop)
}
