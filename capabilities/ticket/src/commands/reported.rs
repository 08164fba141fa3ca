//! Hanging on a parent by itself what was reported already, where the area wants it so (`parent.link_policy`, SD-055).
//!
//! A malfunction is looked at once, when it becomes one. It is hung on what stands out clearly, and on nothing where two
//! parents might be meant: an operator undoes it by taking the link away, and it goes back to where it was.

use super::{Conditions, TicketAct, perform};
use crate::domain::{LinkKind, Ticket, TicketKind};
use crate::queries::{self, Proposal};
use configuration::{LinkPolicy, Parameters};
use host::JobHandler;
use kernel::{Error, Outcome, Uuid};
use people::{Act, Actor};
use record::Reading;
use std::sync::Arc;
use store::{Loaded, NewJob, Tx};
use web::App;

const KIND: &str = "ticket.reported";

/// From this score on a parent is sure enough to be taken without asking.
const SURE: i64 = 80;
/// By how much it must stand out from the next parent.
const APART: i64 = 15;

/// Queues the look at a ticket that has just become a malfunction, where its area links by itself.
pub(super) async fn queue(tx: &Tx, before: &Ticket, loaded: &Loaded<Ticket>, parameters: &Parameters) -> Outcome<()> {
    let ticket = &loaded.state;
    let became = before.kind != TicketKind::Incident && ticket.kind == TicketKind::Incident;
    let wanted = parameters.parent_link_policy == LinkPolicy::Automatic;
    if !(became && wanted && ticket.state.is_open() && ticket.parent().is_none()) {
        return Ok(());
    }
    tx.enqueue(NewJob {
        kind: KIND,
        payload: loaded.id.to_string(),
        run_at: tx.now(),
        unique_key: Some(format!("{KIND}:{}:{}", loaded.id, loaded.version)),
    })
    .await
}

/// The job: the act that a person could have done.
pub(super) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(link(app, payload)),
    }
}

async fn link(app: App, payload: String) -> Outcome<()> {
    let ticket: Uuid = payload
        .parse()
        .map_err(|cause| Error::Failed(anyhow::anyhow!("{cause}")))?;
    let actor = Arc::new(Actor::system());
    let card = record::card(app.store.read(), &actor, Act::View, &payload).await?;
    let reading = Reading {
        actor: actor.clone(),
        language: i18n::Language::default(),
        now: app.store.clock().now(),
        zone: i18n::default_zone(),
    };
    let reported = queries::reported_in(&app.store, &card).await?;
    let proposals = queries::similar_now(&app, &reading, reported).await?;
    let Some(to) = clear_parent(&proposals) else {
        return Ok(());
    };
    let acts = vec![TicketAct::Link {
        kind: LinkKind::Parent,
        to: to.to_string(),
    }];
    match perform(&app.store, &actor, ticket, acts, Conditions::default()).await {
        // Meanwhile somebody linked it, or the parent ended: then it is for people.
        Err(Error::Refused(_)) => Ok(()),
        done => done.map(drop),
    }
}

/// The one parent that is meant beyond doubt.
fn clear_parent(proposals: &[Proposal]) -> Option<Uuid> {
    let mut parents = proposals.iter().filter(|one| one.is_for_linking());
    let first = parents.next()?;
    let stands_out = parents.next().is_none_or(|next| first.score - next.score >= APART);
    let sure = first.score >= SURE && stands_out && !first.is_child;
    first.card.as_ref().filter(|_| sure).map(|card| card.id)
}
