//! What was promised to the requester: beside the ticket, with what becomes of it.

use super::asked::Asked;
use super::desk::Opened;
use super::sentence::text;
use super::show::card;
use super::staff::Staff;
use crate::commands::{Conditions, TicketAct, perform};
use axum::extract::State;
use axum::response::Response;
use kernel::{Instant, Refusal, Uuid};
use web::{App, FormBody, PageError, PagePath, see_other};

/// A promise that is still to be kept.
pub(super) struct Promised {
    pub(super) id: String,
    pub(super) words: String,
    pub(super) by: String,
    pub(super) due: Instant,
    pub(super) missed: bool,
}

/// The promises of a ticket, the next one first.
pub(super) fn promised(opened: &Opened) -> Vec<Promised> {
    let mut promises: Vec<Promised> = opened
        .ticket
        .promises
        .iter()
        .map(|promise| {
            let id = promise.id.to_string();
            let made = opened
                .entries
                .iter()
                .find(|entry| entry.kind == "ticket.promise_made" && text(&entry.data, "id") == id);
            let by = made
                .and_then(|entry| entry.actor.as_ref())
                .and_then(|actor| actor.name.clone());
            Promised {
                words: made
                    .map(|entry| text(&entry.data, "text").to_owned())
                    .unwrap_or_default(),
                by: by.unwrap_or_default(),
                due: promise.due_at,
                missed: promise.missed,
                id,
            }
        })
        .collect();
    promises.sort_by_key(|promise| promise.due);
    promises
}

/// `POST /tickets/{number}/promises/{promise}`: kept, or taken back.
pub(super) async fn answer(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath((number, promise)): PagePath<(String, Uuid)>,
    body: FormBody,
) -> Result<Response, PageError> {
    let card = card(&app, &staff, &number).await?;
    let act = match body.text("do") {
        "kept" => TicketAct::KeepPromise { promise },
        "withdrawn" => TicketAct::WithdrawPromise { promise, reason: None },
        _ => return Err(Refusal::not_found().into()),
    };
    perform(&app.store, &staff.actor, card.id, vec![act], Conditions::default()).await?;
    Ok(see_other(&asked.ticket(&card.number, "")))
}
