//! From the solution to the end, and back.

use super::bodies::{ClosureBody, ContactAttemptBody, OutcomeBody, RatingBody, ReasonBody, SolutionBody};
use super::doing::Asking;
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::response::Response;
use web::{ApiBody, ApiError, ApiPath, ChangeRefused};

/// Gives a solution; earlier facts may come along (SD-059).
#[utoipa::path(
    post, path = "/tickets/{ticket}/solution", tag = "acts", request_body = SolutionBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn solve(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<SolutionBody>,
) -> Result<Response, ApiError> {
    let acts = body.acts();
    asking.act(&key, "solve", &raw, acts).await
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
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<OutcomeBody>,
) -> Result<Response, ApiError> {
    let acts = vec![body.act()];
    asking.act(&key, "hear", &raw, acts).await
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
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<ContactAttemptBody>,
) -> Result<Response, ApiError> {
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
    asking.act(&key, "call", &raw, acts).await
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
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<ClosureBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Close {
        reason: body.reason,
        note: body.note,
    }];
    asking.act(&key, "close", &raw, acts).await
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
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Reopen { reason: body.reason }];
    asking.act(&key, "reopen", &raw, acts).await
}

/// Rates the service, as the one who asked: once it is closed, for some days (SD-087).
#[utoipa::path(
    post, path = "/tickets/{ticket}/rating", tag = "acts", request_body = RatingBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn rate(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<RatingBody>,
) -> Result<Response, ApiError> {
    let RatingBody { score, note } = body;
    let acts = vec![TicketAct::Rate { score, note }];
    asking.act(&key, "rate", &raw, acts).await
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
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<ReasonBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Cancel { reason: body.reason }];
    asking.act(&key, "cancel", &raw, acts).await
}
