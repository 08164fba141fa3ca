//! What the pages and their scripts ask for: `/drafts/{key}`, `/preferences/{name}` and `/presence`, always of whoever is signed in.

use crate::drafts::{self, Standing, Typed};
use crate::preferences;
use crate::presence::{self, Presence};
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::future::BoxFuture;
use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use people::{Actor, SignedPage, local_path};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use ui::Choice;
use web::{ApiBody, ApiError, ApiPath, App, FormBody, PageError};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/drafts/{key}", get(show).put(write))
        .route("/drafts/{key}/thrown-away", post(throw_away))
        .route("/drafts/{key}/fetched-back", post(fetch_back))
        .route("/preferences/{name}", get(prefers).put(prefer))
        .route("/presence", post(say))
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

/// Somebody of the desk says whether they are there.
async fn say(
    State(app): State<App>,
    SignedPage(actor): SignedPage,
    headers: HeaderMap,
    form: FormBody,
) -> Result<Response, PageError> {
    if !actor.is_staff() {
        return Err(Refusal::not_found().into());
    }
    let said = Presence::from_code(form.text("presence"));
    let said = said.ok_or_else(|| Refusal::field("presence", "field-unknown-value"))?;
    presence::say(&app.store, actor.person, said).await?;
    Ok(web::see_other(&came_from(&headers)))
}

/// The page a form came from.
fn came_from(headers: &HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let uri = referer.and_then(|referer| referer.parse::<Uri>().ok());
    let path = uri
        .as_ref()
        .and_then(|uri| uri.path_and_query())
        .map(|path| path.as_str());
    path.and_then(local_path).unwrap_or("/").to_owned()
}

/// What somebody of the desk can say of themselves, what they are by now chosen; nothing for anybody else.
pub(crate) fn presences(app: App, actor: Arc<Actor>) -> BoxFuture<'static, Outcome<Vec<Choice>>> {
    Box::pin(async move {
        if !actor.is_staff() {
            return Ok(Vec::new());
        }
        // Whoever opens a page is there to see it.
        presence::seen(&app.store, actor.person);
        let present = presence::present(&app.store).await?;
        let own = present.of(actor.person, app.store.clock().now());
        let language = web::language();
        let choice = |one: Presence| Choice::new(one.code(), language.text(one.text_key()), own.code());
        Ok(Presence::ALL.map(choice).into())
    })
}
