//! Promises to the requester, by the API.

use super::bodies::{NothingBody, PromiseBody, WithdrawalBody};
use super::doing::Asking;
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::response::Response;
use kernel::Uuid;
use web::{ApiBody, ApiError, ApiPath, ChangeRefused};

/// Promises the requester something until an instant.
#[utoipa::path(
    post, path = "/tickets/{ticket}/promises", tag = "acts", request_body = PromiseBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn promise(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<PromiseBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Promise {
        text: body.text,
        due_at: body.due_at,
    }];
    asking.act(&key, "promise", &raw, acts).await
}

/// Notes that a promise was kept.
#[utoipa::path(
    post, path = "/tickets/{ticket}/promises/{promise}/kept", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"),
        ("promise" = Uuid, Path, description = "Which promise"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn keep_promise(
    asking: Asking,
    ApiPath((key, promise)): ApiPath<(String, Uuid)>,
    body: ApiBody<NothingBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::KeepPromise { promise }];
    asking.act(&key, "keep_promise", &body.raw, acts).await
}

/// Takes a promise back.
#[utoipa::path(
    post, path = "/tickets/{ticket}/promises/{promise}/withdrawal", tag = "acts", request_body = WithdrawalBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("promise" = Uuid, Path, description = "Which promise"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn withdraw_promise(
    asking: Asking,
    ApiPath((key, promise)): ApiPath<(String, Uuid)>,
    ApiBody { value: body, raw }: ApiBody<WithdrawalBody>,
) -> Result<Response, ApiError> {
    let reason = body.reason;
    let acts = vec![TicketAct::WithdrawPromise { promise, reason }];
    asking.act(&key, "withdraw_promise", &raw, acts).await
}
