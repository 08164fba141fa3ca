//! What the card's boxes and its list of checklists send.

use super::MINE;
use crate::checklist;
use crate::task::{self, Tick};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use kernel::{Refusal, Uuid};
use people::{Act, Visit};
use web::{App, FormBody, IfMatch, PageError, PagePath, see_other};

/// `POST /tasks/{task}/tick`: done, or not done after all.
pub(super) async fn tick(
    State(app): State<App>,
    visit: Visit,
    RawQuery(query): RawQuery,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let tick = match form.text("do") {
        "done" => Tick::Done,
        "undone" => Tick::Undone,
        _ => return Err(Refusal::not_found().into()),
    };
    let once = form.once(visit.actor.person, "task tick");
    let task = task::tick(&app.store, &visit.actor, id, tick, IfMatch::default(), once).await?;
    Ok(match form.text("back") {
        "ticket" => see_other(&ticket(&task.number, query)),
        _ => see_other(MINE),
    })
}

/// `POST /tickets/{number}/checklists`: all tasks of a checklist in one go.
pub(super) async fn put(
    State(app): State<App>,
    visit: Visit,
    RawQuery(query): RawQuery,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let card = task::seen_ticket(&app.store, &visit.actor, &number).await?;
    visit.actor.allow(Act::Handle, &card)?;
    let chosen = form.text("checklist").parse().unwrap_or(kernel::NIL);
    let once = form.once(visit.actor.person, "checklist");
    checklist::put(&app.store, &visit.actor, &card.number, chosen, once).await?;
    Ok(see_other(&ticket(&card.number, query)))
}

/// The card on a ticket's page, with the list that it was opened from.
pub(super) fn ticket(number: &str, query: Option<String>) -> String {
    let query = query.filter(|query| !query.is_empty());
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    format!("/tickets/{number}{query}#tasks")
}
