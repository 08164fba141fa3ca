//! Working on a ticket at the desk: taking it, knowing whose it is and what it is, waiting.

use super::bodies::{
    ClassificationBody, DiagnosisBody, IdentificationBody, NothingBody, OwnerBody, PauseBody, ReasonBody, RerouteBody,
};
use super::doing::{Request, act};
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use people::Signed;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch};

/// Takes a ticket in charge; of two people one wins and the other is told who (SD-112).
#[utoipa::path(
    post, path = "/tickets/{ticket}/take", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn take(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Take];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "take",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}

/// Gives a ticket to a group of the desk, a person, or both.
#[utoipa::path(
    post, path = "/tickets/{ticket}/owner", tag = "acts", request_body = OwnerBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn assign_owner(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<OwnerBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Assign {
        group: body.group,
        operator: body.operator,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "assign_owner",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Says who the requester is (SD-041, SD-042).
#[utoipa::path(
    post, path = "/tickets/{ticket}/identification", tag = "acts", request_body = IdentificationBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn identify(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<IdentificationBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![body.act()];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "identify",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Registers the reason (SD-052).
#[utoipa::path(
    post, path = "/tickets/{ticket}/registration", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn register(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Register { reason: body.reason }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "register",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Records a diagnosis (SD-053).
#[utoipa::path(
    post, path = "/tickets/{ticket}/diagnosis", tag = "acts", request_body = DiagnosisBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn diagnose(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<DiagnosisBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Diagnose {
        diagnosis: body.diagnosis,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "diagnose",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Classifies a ticket, or classifies it again (SD-054).
#[utoipa::path(
    post, path = "/tickets/{ticket}/classification", tag = "acts", request_body = ClassificationBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn classify(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ClassificationBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![body.act()];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "classify",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Sends a ticket to another area (SD-050).
#[utoipa::path(
    post, path = "/tickets/{ticket}/reroute", tag = "acts", request_body = RerouteBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn reroute(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<RerouteBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Reroute {
        area: body.area,
        reason: body.reason,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "reroute",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Lets a ticket wait for a coded reason.
#[utoipa::path(
    post, path = "/tickets/{ticket}/pause", tag = "acts", request_body = PauseBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn pause(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<PauseBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::Pause {
        reason: body.reason,
        wake_at: body.wake_at,
        note: body.note,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "pause",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Goes on with a ticket that waits.
#[utoipa::path(
    post, path = "/tickets/{ticket}/resumption", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn resume(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Resume];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "resume",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}
