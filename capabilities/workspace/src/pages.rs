//! What the pages' scripts ask for: `/drafts/{key}` and `/preferences/{name}`, always of whoever is signed in.

use crate::drafts::{self, Standing, Typed};
use crate::preferences;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use kernel::{Refusal, RefusalKind, Uuid};
use people::{SignedPage, local_path};
use serde::Deserialize;
use serde_json::json;
use web::{ApiBody, ApiError, ApiPath, App, FormBody};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/drafts/{key}", get(show).put(write))
        .route("/drafts/{key}/thrown-away", post(throw_away))
        .route("/drafts/{key}/fetched-back", post(fetch_back))
        .route("/preferences/{name}", get(prefers).put(prefer))
}

/// Whose desk it is; a script is told 401 instead of being led to the page where one signs in.
struct Owner(Uuid);

impl FromRequestParts<App> for Owner {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let refused = |_| {
            let (code, key) = ("unauthenticated", "refusal-unauthenticated");
            ApiError::from(Refusal::new(RefusalKind::Unauthenticated, code, key))
        };
        let signed = SignedPage::from_request_parts(parts, app).await.map_err(refused)?;
        Ok(Self(signed.0.person))
    }
}

/// What a page sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    fields: crate::Fields,
    writer: String,
    #[serde(default)]
    based_on: i64,
    #[serde(default)]
    settled: bool,
}

async fn show(
    State(app): State<App>,
    Owner(person): Owner,
    ApiPath(key): ApiPath<String>,
) -> Result<Response, ApiError> {
    Ok(told(drafts::draft(&app.store, person, &key).await?))
}

async fn write(
    State(app): State<App>,
    Owner(person): Owner,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<Sent>,
) -> Result<Response, ApiError> {
    let sent = body.value;
    let typed = Typed {
        fields: sent.fields,
        writer: sent.writer,
        based_on: sent.based_on,
        settled: sent.settled,
    };
    Ok(told(drafts::keep(&app.store, person, &key, typed).await?))
}

/// A draft as the script reads it; `ended_by` where it was sent or thrown away.
fn told(standing: Standing) -> Response {
    let body = match standing.draft {
        Some(draft) => json!({
            "fields": draft.fields,
            "writer": draft.writer,
            "at": draft.at.as_millis(),
            "others": draft.others,
        }),
        None => json!({"at": 0, "ended_by": standing.ended_by}),
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

async fn throw_away(
    State(app): State<App>,
    Owner(person): Owner,
    ApiPath(key): ApiPath<String>,
    form: FormBody,
) -> Result<Response, ApiError> {
    drafts::throw_away(&app.store, person, &key)?;
    Ok(back(&form))
}

async fn fetch_back(
    State(app): State<App>,
    Owner(person): Owner,
    ApiPath(key): ApiPath<String>,
    form: FormBody,
) -> Result<Response, ApiError> {
    drafts::fetch_back(&app.store, person, &key)?;
    Ok(back(&form))
}

/// Where the form came from, as far as it is a page of ours.
fn back(form: &FormBody) -> Response {
    web::see_other(local_path(form.text("to")).unwrap_or("/"))
}

async fn prefers(
    State(app): State<App>,
    Owner(person): Owner,
    ApiPath(name): ApiPath<String>,
) -> Result<Response, ApiError> {
    let value = preferences::preference(&app.store, person, &name).await?;
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    Ok((no_store, Json(json!({"value": value.unwrap_or_default()}))).into_response())
}

/// A value to be kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Preferred {
    value: String,
}

async fn prefer(
    State(app): State<App>,
    Owner(person): Owner,
    ApiPath(name): ApiPath<String>,
    body: ApiBody<Preferred>,
) -> Result<StatusCode, ApiError> {
    preferences::set_preference(&app.store, person, &name, &body.value.value).await?;
    Ok(StatusCode::NO_CONTENT)
}
