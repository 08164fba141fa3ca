//! What was just asked for on the ticket before, on the page of the next: done in some seconds, and taken back until then.

use super::bulk::{name_of, summary};
use super::staff::Staff;
use crate::commands::{self, BulkState};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Error, Outcome, Uuid};
use people::Act;
use ui::Frame;
use web::{App, PageError, PagePath};

/// The band that says so.
#[derive(Template)]
#[template(path = "ticket/_used.html")]
pub(super) struct Used {
    frame: Frame,
    /// What it is called.
    name: String,
    number: String,
    /// Where it stands.
    summary: String,
    /// Why it was not done; empty otherwise.
    reason: String,
    address: String,
    waits: bool,
    ended: bool,
    tone: &'static str,
}

/// The page of a ticket that says what was just asked for.
pub(super) fn ticket_after(number: &str, bulk: Uuid) -> String {
    format!("/tickets/{number}?did={bulk}")
}

/// What was asked for on one ticket, for whoever did; nothing for what is not theirs.
pub(super) async fn used(app: &App, staff: &Staff, bulk: Option<Uuid>) -> Outcome<Option<Used>> {
    let Some(id) = bulk else { return Ok(None) };
    let bulk = match commands::bulk_of(&app.store, &staff.actor, id).await {
        Ok(bulk) => bulk,
        Err(Error::Refused(_)) => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let cards = app
        .store
        .read()
        .cards(&bulk.tickets[..bulk.tickets.len().min(1)])
        .await?;
    let Some(card) = cards.first().filter(|card| staff.actor.may(Act::View, card)) else {
        return Ok(None);
    };
    let frame = &staff.frame;
    let reason = bulk.answers.first().cloned().flatten().unwrap_or_default();
    let tone = match bulk.state {
        BulkState::Done if reason.is_empty() => "success",
        BulkState::Done => "danger",
        _ => "info",
    };
    Ok(Some(Used {
        name: name_of(frame, &bulk.act),
        number: card.number.clone(),
        summary: match bulk.state {
            BulkState::Done if reason.is_empty() => frame.t("ticket-bulk-was-done"),
            BulkState::Done => frame.t("ticket-bulk-was-not"),
            _ => summary(frame, &bulk),
        },
        reason,
        address: format!("/tickets/bulk/{id}"),
        waits: bulk.state == BulkState::Waiting,
        ended: matches!(bulk.state, BulkState::Done | BulkState::Undone),
        tone,
        frame: frame.clone(),
    }))
}

/// `GET /tickets/bulk/{id}/band`: the same, as it stands now.
pub(super) async fn band(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    let band = used(&app, &staff, Some(id)).await?;
    Ok(web::html(&band.ok_or_else(kernel::Refusal::not_found)?))
}
