//! Ready texts by the API.

use crate::commands::{self, Change, Wording};
use crate::row::{self, ReadyTextView};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use kernel::Uuid;
use people::{Act, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused, etag};

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_ready_texts, new_ready_text))
        .routes(routes!(get_ready_text, change_ready_text))
}

/// A ready text to be written.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ReadyTextToWrite {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
    /// Its words in Italian, with places such as `{richiedente}`; one of the two languages must be there.
    #[schema(max_length = 8000)]
    italian: String,
    /// Its words in English, with places such as `{requester}`.
    #[schema(max_length = 8000)]
    english: String,
}

/// What a ready text is from now on, whole.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ReadyTextToBe {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
    /// Its words in Italian; one of the two languages must be there.
    #[schema(max_length = 8000)]
    italian: String,
    /// Its words in English.
    #[schema(max_length = 8000)]
    english: String,
    /// Whether it is offered; left out, as it was.
    active: Option<bool>,
}

/// The ready texts of the areas one works in, by name, those that are closed too.
#[utoipa::path(
    get, path = "/ready-texts", tag = "ready_text",
    responses((status = 200, description = "All of them", body = Page<ReadyTextView>), ReadRefused)
)]
async fn list_ready_texts(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<ReadyTextView>>, ApiError> {
    let items = row::ready_texts(&app.store, &actor).await?;
    Ok(Json(Page { items, next: None }))
}

/// Writes a ready text.
#[utoipa::path(
    post, path = "/ready-texts", tag = "ready_text", request_body = ReadyTextToWrite, params(IdempotencyKey),
    responses((status = 201, description = "Written", body = ReadyTextView), ChangeRefused)
)]
async fn new_ready_text(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<ReadyTextToWrite>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"ready-texts", &body.raw]);
    let ReadyTextToWrite {
        name,
        area,
        italian,
        english,
    } = body.value;
    let wording = Wording {
        name,
        area,
        italian,
        english,
    };
    let text = commands::write(&app.store, &actor, wording, once).await?;
    let location = [(LOCATION, format!("/api/v1/ready-texts/{}", text.id))];
    Ok((StatusCode::CREATED, location, told(text)).into_response())
}

fn told(text: ReadyTextView) -> Response {
    ([(ETAG, etag(text.version))], Json(text)).into_response()
}

/// A ready text.
#[utoipa::path(
    get, path = "/ready-texts/{text}", tag = "ready_text", params(("text" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The text", body = ReadyTextView), ReadRefused)
)]
async fn get_ready_text(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    Ok(told(row::ready_text(&app.store, &actor, id).await?))
}

/// Says what a ready text is from now on, and whether it is offered.
#[utoipa::path(
    put, path = "/ready-texts/{text}", tag = "ready_text", request_body = ReadyTextToBe,
    params(("text" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the text as it is now", body = ReadyTextView), ChangeRefused)
)]
async fn change_ready_text(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ReadyTextToBe>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let ReadyTextToBe {
        name,
        area,
        italian,
        english,
        active,
    } = body.value;
    let wording = Wording {
        name,
        area,
        italian,
        english,
    };
    let change = Change {
        wording: Some(wording),
        active,
    };
    Ok(told(commands::alter(&app.store, &actor, id, change, if_match).await?))
}
