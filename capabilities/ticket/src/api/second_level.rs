//! Parts of the work at the second level.

use super::bodies::{AssignmentBody, ClassificationBody, NothingBody, ReasonBody, TechnicalClosureBody};
use super::doing::Asking;
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::response::Response;
use kernel::Uuid;
use web::{ApiBody, ApiError, ApiPath, ChangeRefused};

/// Sends a ticket, or a part of it, to the second level (SD-070).
#[utoipa::path(
    post, path = "/tickets/{ticket}/assignments", tag = "acts", request_body = AssignmentBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn send_to_second_level(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<AssignmentBody>,
) -> Result<Response, ApiError> {
    let acts = {
        let diagnosis = body.diagnosis.map(|diagnosis| TicketAct::Diagnose { diagnosis });
        let classification = body.classification.map(ClassificationBody::act);
        let send = TicketAct::SendToSecondLevel {
            group: body.group,
            note: body.note,
        };
        [diagnosis, classification, Some(send)].into_iter().flatten().collect()
    };
    asking.act(&key, "send_to_second_level", &raw, acts).await
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
    asking: Asking,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::AcceptAssignment { assignment }];
    asking.act(&key, "accept_assignment", &body.raw, acts).await
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
    asking: Asking,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    ApiBody { value: body, raw }: ApiBody<TechnicalClosureBody>,
) -> Result<Response, ApiError> {
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
    asking.act(&key, "close_technically", &raw, acts).await
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
    asking: Asking,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    ApiBody { value: body, raw }: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::ReturnAssignment {
        assignment,
        reason: body.reason,
    }];
    asking.act(&key, "return_assignment", &raw, acts).await
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
    asking: Asking,
    ApiPath((key, assignment)): ApiPath<(String, Uuid)>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::WithdrawAssignment { assignment }];
    asking.act(&key, "withdraw_assignment", &body.raw, acts).await
}
