//! Tickets that belong together.

use super::bodies::{LinkBody, MergeBody};
use super::doing::Asking;
use crate::commands::TicketAct;
use crate::queries::TicketView;
use axum::response::Response;
use kernel::Uuid;
use web::{ApiBody, ApiError, ApiPath, ChangeRefused};

/// Links a ticket to another (SD-055).
#[utoipa::path(
    post, path = "/tickets/{ticket}/link", tag = "acts", request_body = LinkBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn link(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<LinkBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Link {
        kind: body.kind,
        to: body.to,
    }];
    asking.act(&key, "link", &raw, acts).await
}

/// Takes a link away; from a parent the ticket goes back to where it was.
#[utoipa::path(
    delete, path = "/tickets/{ticket}/links/{other}", tag = "acts",
    params(("ticket" = String, Path, description = "Identity or number"), ("other" = Uuid, Path, description = "The other ticket")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn unlink(
    asking: Asking,
    ApiPath((key, other)): ApiPath<(String, Uuid)>,
) -> Result<Response, ApiError> {
    asking
        .act(&key, "unlink", other.as_bytes(), vec![TicketAct::Unlink { to: other }])
        .await
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
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<MergeBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Merge { into: body.into }];
    asking.act(&key, "merge", &raw, acts).await
}
