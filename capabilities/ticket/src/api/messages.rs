//! What people write.

use super::bodies::MessageBody;
use super::doing::{Request, act};
use crate::commands::TicketAct;
use crate::domain::Visibility;
use crate::queries::TicketView;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use people::Signed;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch};

/// Adds a message or an internal note.
#[utoipa::path(
    post, path = "/tickets/{ticket}/messages", tag = "acts", request_body = MessageBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn say(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<MessageBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Say {
        visibility: body.visibility.unwrap_or(Visibility::Public),
        body: body.body,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "say",
        raw: &raw,
    };
    act(&app, request, acts).await
}
