//! `GET /tickets/{number}/area-texts`: the texts for the list that opens while one writes.

use crate::text::for_ticket::offers;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::Refusal;
use people::{Act, Visit};
use web::{App, PageError, PagePath};

pub(super) async fn offered(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let card = record::card(app.store.read(), &actor, Act::View, &number).await?;
    if !actor.may(Act::ViewInternal, &card) {
        return Err(Refusal::not_found().into());
    }
    let offers = offers(&app, &card, &actor.name, frame.language).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(offers)).into_response())
}
