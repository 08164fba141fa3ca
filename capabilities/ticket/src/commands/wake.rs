//! Coming back from waiting: the instant is kept with a job, so that one node acts on it once, even after an outage.

use super::{Conditions, TicketAct, perform};
use crate::domain::Ticket;
use host::JobHandler;
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Loaded, NewJob, Tx};
use web::App;

const KIND: &str = "ticket.wake";

/// Which ticket, and the instant it waits for.
#[derive(Serialize, Deserialize)]
struct Wake {
    ticket: Uuid,
    wake_at: Instant,
}

/// Queues the waking of a ticket that has just begun to wait until an instant.
pub(super) async fn queue(tx: &Tx, before: &Ticket, loaded: &Loaded<Ticket>) -> Outcome<()> {
    let until = |ticket: &Ticket| ticket.waiting.as_ref().and_then(|waiting| waiting.wake_at);
    let Some(wake_at) = until(&loaded.state).filter(|wake_at| until(before) != Some(*wake_at)) else {
        return Ok(());
    };
    let ticket = loaded.id;
    tx.enqueue(NewJob {
        kind: KIND,
        payload: serde_json::to_string(&Wake { ticket, wake_at })?,
        run_at: wake_at,
        unique_key: Some(format!("{KIND}:{ticket}:{}", wake_at.as_millis())),
    })
    .await
}

/// The job: the act that a person could have done. A ticket that does not wait for this instant any more is left alone.
pub(super) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(wake(app, payload)),
    }
}

async fn wake(app: App, payload: String) -> Outcome<()> {
    let Wake { ticket, wake_at } = serde_json::from_str(&payload)?;
    let (actor, acts) = (Arc::new(Actor::system()), vec![TicketAct::Wake { wake_at }]);
    perform(&app.store, &actor, ticket, acts, Conditions::default())
        .await
        .map(drop)
}
