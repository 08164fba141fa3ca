//! Tickets that belong together.

use super::bodies::{LinkBody, MergeBody};
use super::doing::{Request, act};
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::Uuid;
use people::Signed;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch};

/// Links a ticket to another (SD-055).
#[utoipa::path(
    post, path = "/tickets/{ticket}/link", tag = "acts", request_body = LinkBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn link(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<LinkBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Link {
        kind: body.kind,
        to: body.to,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "link",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Takes a link away; from a parent the ticket goes back to where it was.
#[utoipa::path(
    delete, path = "/tickets/{ticket}/links/{other}", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"), ("other" = Uuid, Path, description = "The other ticket")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn unlink(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, other)): ApiPath<(String, Uuid)>,
) -> Result<Response, ApiError> {
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "unlink",
        raw: other.as_bytes(),
    };
    act(&app, request, vec![TicketAct::Unlink { to: other }]).await
}

/// Ends a ticket as merged into another.
#[utoipa::path(
    post, path = "/tickets/{ticket}/merge", tag = "acts", request_body = MergeBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn merge(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<MergeBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Merge { into: body.into }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "merge",
        raw: &raw,
    };
    act(&app, request, acts).await
}
