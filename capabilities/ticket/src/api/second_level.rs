//! Parts of the work at the second level.

use super::bodies::{AssignmentBody, ClassificationBody, NothingBody, ReasonBody, TechnicalClosureBody};
use super::doing::{Request, act};
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::Uuid;
use people::Signed;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch};

/// Sends a ticket, or a part of it, to the second level (SD-070).
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments", tag = "acts", request_body = AssignmentBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn send_to_second_level(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<AssignmentBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = {
        let diagnosis = body.diagnosis.map(|diagnosis| TicketAct::Diagnose { diagnosis });
        let classification = body.classification.map(ClassificationBody::act);
        let send = TicketAct::SendToSecondLevel {
            group: body.group,
            note: body.note,
        };
        [diagnosis, classification, Some(send)].into_iter().flatten().collect()
    };
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "send_to_second_level",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Accepts an assignment.
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/acceptance", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn accept_assignment(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::AcceptAssignment { assignment }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "accept_assignment",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}

/// Closes an assignment technically (SD-073, SD-074).
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/technical-closure", tag = "acts", request_body = TechnicalClosureBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn close_technically(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<TechnicalClosureBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = {
        let classification = body.classification.map(ClassificationBody::act);
        let closure = TicketAct::CloseTechnically {
            assignment,
            activity: body.activity,
            outcome: body.outcome,
            callback_required: body.callback_required,
        };
        [classification, Some(closure)].into_iter().flatten().collect()
    };
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "close_technically",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Gives an assignment back to the desk, with a reason.
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/return", tag = "acts", request_body = ReasonBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn return_assignment(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let raw = body.raw.clone();
    let body = body.value;
    let acts = vec![TicketAct::ReturnAssignment {
        assignment,
        reason: body.reason,
    }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "return_assignment",
        raw: &raw,
    };
    act(&app, request, acts).await
}

/// Takes an assignment back.
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments/{assignment}/withdrawal", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("assignment" = Uuid, Path, description = "Which assignment"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn withdraw_assignment(
    State(app): State<App>,
    signed: Signed,
    if_match: IfMatch,
    headers: HeaderMap,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::WithdrawAssignment { assignment }];
    let request = Request {
        signed,
        headers: &headers,
        if_match,
        key: &key,
        route: "withdraw_assignment",
        raw: &body.raw,
    };
    act(&app, request, acts).await
}
