//! What all acts by the API have in common: who asks, which ticket and version are meant, and the ticket as an answer.

use crate::commands::{self, Conditions, TicketAct};
use crate::queries::TicketView;
use axum::Json;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::Outcome;
use people::{Act, Actor, Signed};
use store::Idempotency;
use web::{ApiError, App, IfMatch, etag};

/// The caller's key, bound to what is asked.
pub(super) fn idempotency(actor: &Actor, headers: &HeaderMap, route: &str, raw: &[u8]) -> Outcome<Option<Idempotency>> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= 255);
    let key = key.ok_or_else(|| kernel::Refusal::field("Idempotency-Key", "field-wrong-type"))?;
    Ok(Some(Idempotency::new(actor.person, key, &[route.as_bytes(), raw])))
}

/// A ticket as an answer, with its version.
pub(super) fn answer(status: StatusCode, ticket: &TicketView) -> Response {
    let mut response = (status, [(ETAG, etag(ticket.version))], Json(ticket)).into_response();
    if status == StatusCode::CREATED
        && let Ok(location) = format!("/api/v1/tickets/{}", ticket.number).parse()
    {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}

/// Loads the ticket's identity, does the acts, answers the ticket.
pub(super) async fn act(app: &App, request: Request<'_>, acts: Vec<TicketAct>) -> Result<Response, ApiError> {
    let Request {
        signed,
        headers,
        if_match,
        key,
        route,
        raw,
    } = request;
    let actor = signed.0;
    let card = record::card(app.store.read(), &actor, Act::View, key).await?;
    let idempotency = idempotency(&actor, headers, &format!("{route} {}", card.id), raw)?;
    let ticket = commands::perform(&app.store, &actor, card.id, acts, Conditions { idempotency, if_match }).await?;
    Ok(answer(StatusCode::OK, &ticket))
}

/// What all acts have in common.
pub(super) struct Request<'r> {
    pub(super) signed: Signed,
    pub(super) headers: &'r HeaderMap,
    pub(super) if_match: IfMatch,
    pub(super) key: &'r str,
    pub(super) route: &'static str,
    pub(super) raw: &'r [u8],
}
