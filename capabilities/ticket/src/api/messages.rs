//! What people write.

use super::bodies::MessageBody;
use super::doing::Asking;
use crate::commands::TicketAct;
use crate::domain::Visibility;
use crate::queries::TicketView;
use axum::response::Response;
use web::{ApiBody, ApiError, ApiPath, ChangeRefused};

/// Adds a message or an internal note.
#[utoipa::path(
    post, path = "/tickets/{ticket}/messages", tag = "acts", request_body = MessageBody,
    params(("ticket" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated request with the same key gets the first answer")),
    responses((status = 200, description = "Done: the ticket as it is now", body = TicketView), ChangeRefused)
)]
pub(super) async fn say(
    asking: Asking,
    ApiPath(key): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<MessageBody>,
) -> Result<Response, ApiError> {
    let acts = vec![TicketAct::Say {
        visibility: body.visibility.unwrap_or(Visibility::Public),
        body: body.body,
    }];
    asking.act(&key, "say", &raw, acts).await
}
