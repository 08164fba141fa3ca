//! Taking the second step of signing in away from somebody by the API.

use crate::Signed;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::Uuid;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused};

/// Why it is taken away.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RemovalBody {
    /// The reason; the person reads it on their own page.
    #[schema(min_length = 1, max_length = 400)]
    reason: String,
}

/// Takes the second step of signing in away from somebody who lost telephone and recovery codes.
#[utoipa::path(
    post, path = "/people/{person}/second-factor-removal", tag = "people", request_body = RemovalBody,
    params(("person" = Uuid, Path, description = "Identity")),
    responses((status = 204, description = "From now on the password is enough"), ChangeRefused)
)]
pub(super) async fn remove(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(person): ApiPath<Uuid>,
    body: ApiBody<RemovalBody>,
) -> Result<StatusCode, ApiError> {
    crate::take_second_factor(&app.store, &actor, person, &body.value.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}
