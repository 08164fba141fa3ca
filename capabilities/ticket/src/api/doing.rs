//! What all acts by the API have in common: who asks, which ticket and version are meant, and the ticket as an answer.

use crate::commands::{self, Conditions, TicketAct};
use crate::queries::TicketView;
use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::header::{ETAG, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::Outcome;
use people::{Act, Actor, Signed};
use store::Idempotency;
use web::{ApiError, App, IdempotencyKey, IfMatch, etag};

/// The caller's key, bound to what is asked.
pub(super) fn idempotency(actor: &Actor, headers: &HeaderMap, route: &str, raw: &[u8]) -> Outcome<Option<Idempotency>> {
    Ok(IdempotencyKey::read(headers)?.bound(actor.person, &[route.as_bytes(), raw]))
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

/// Who asks, and under which conditions: what all acts have in common.
pub(super) struct Asking {
    app: App,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
}

impl FromRequestParts<App> for Asking {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let signed = Signed::from_request_parts(parts, app).await?;
        let Ok(if_match) = IfMatch::from_request_parts(parts, app).await;
        Ok(Self {
            app: app.clone(),
            signed,
            if_match,
            headers: parts.headers.clone(),
        })
    }
}

impl Asking {
    /// Does the acts on the ticket that `key` names, and answers the ticket. `route` and the body as sent bind the caller's
    /// key to what is asked.
    pub(super) async fn act(
        self,
        key: &str,
        route: &'static str,
        raw: &[u8],
        acts: Vec<TicketAct>,
    ) -> Result<Response, ApiError> {
        let (store, actor) = (&self.app.store, self.signed.0);
        let card = record::card(store.read(), &actor, Act::View, key).await?;
        let idempotency = idempotency(&actor, &self.headers, &format!("{route} {}", card.id), raw)?;
        let conditions = Conditions {
            idempotency,
            if_match: self.if_match,
        };
        let ticket = commands::perform(store, &actor, card.id, acts, conditions).await?;
        Ok(answer(StatusCode::OK, &ticket))
    }
}
