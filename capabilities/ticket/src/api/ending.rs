//! From the solution to the end, and back.

use super::bodies::{ClosureBody, ContactAttemptBody, OutcomeBody, ReasonBody, SolutionBody};
use super::doing::{Request, act};
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use people::Signed;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch};

/// Gives a solution; earlier facts may come along (SD-059).
#[utoipa::path(
    post, path = "/tickets/{ticket}/solution", tag = "acts", request_body = SolutionBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn solve(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<SolutionBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = body.acts();
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "solve",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Records what the requester says of the solution (SD-061).
#[utoipa::path(
    post, path = "/tickets/{ticket}/outcome", tag = "acts", request_body = OutcomeBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn hear(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<OutcomeBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![body.act()];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "hear",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Records a call to the requester (SD-084); when reached, the answer may come along.
#[utoipa::path(
    post, path = "/tickets/{ticket}/contact-attempts", tag = "acts", request_body = ContactAttemptBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn call(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ContactAttemptBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = {
        let heard = body.satisfied.map(|satisfied| TicketAct::Hear {
            satisfied,
            class_right: true,
            note: body.note,
        });
        [Some(TicketAct::Call { outcome: body.outcome }), heard]
            .into_iter()
            .flatten()
            .collect()
    };
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "call",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Closes a ticket where the requester was heard or need not be (SD-080…089).
#[utoipa::path(
    post, path = "/tickets/{ticket}/closure", tag = "acts", request_body = ClosureBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn close(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ClosureBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Close {
        reason: body.reason,
        note: body.note,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "close",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Opens a closed ticket again within the term (SD-088).
#[utoipa::path(
    post, path = "/tickets/{ticket}/reopening", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn reopen(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Reopen { reason: body.reason }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "reopen",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Cancels a ticket: it was none.
#[utoipa::path(
    post, path = "/tickets/{ticket}/cancellation", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn cancel(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Cancel { reason: body.reason }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "cancel",
        raw: &raw,
    };
    act(&app, request, acts).await
}
