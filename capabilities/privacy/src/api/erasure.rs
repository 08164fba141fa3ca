//! Forgetting a person by the API.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::Uuid;
use people::Signed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, Problem};

/// Why a person is erased.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ErasureBody {
    /// The reason; it stays in the journal and must not name the person.
    #[schema(min_length = 1, max_length = 400)]
    reason: String,
}

/// What was removed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct ErasureView {
    /// The person, by identity alone.
    person: Uuid,
    /// Tickets that were gone through.
    tickets: u64,
    /// Texts removed.
    texts: u64,
    /// Files removed.
    files: u64,
}

/// Erases a person: identity, account, and every text and file of their tickets. It cannot be undone.
#[utoipa::path(
    post, path = "/people/{person}/erasure", tag = "privacy",
    params(("person" = Uuid, Path, description = "Who")), request_body = ErasureBody,
    responses(
        (status = 201, description = "Erased", body = ErasureView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Nobody has this identity", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn erase(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(person): ApiPath<Uuid>,
    body: ApiBody<ErasureBody>,
) -> Result<Response, ApiError> {
    let erased = crate::erase_person(&app.store, &actor, person, &body.value.reason).await?;
    let view = ErasureView {
        person,
        tickets: erased.tickets,
        texts: erased.texts,
        files: erased.files,
    };
    Ok((StatusCode::CREATED, Json(view)).into_response())
}
