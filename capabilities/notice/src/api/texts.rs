//! Texts of the area by the API.

use crate::text::area_text::{Agreed, AreaText, Words};
use crate::text::commands::{self, Which};
use crate::text::key::TextKey;
use crate::text::preview::{Preview, preview};
use crate::text::view::{self, EditionView, TextView};
use crate::text::voice::Voice;
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use kernel::{Outcome, Refusal};
use people::{Act, Actor, Signed};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IfMatch, Page, ReadRefused, etag};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_texts))
        .routes(routes!(get_text, write_text, withdraw_text))
        .routes(routes!(agree_text))
        .routes(routes!(preview_text))
}

/// Of which area.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct OfArea {
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
}

/// A text with the editions it had in its area.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct TextWithEditions {
    #[serde(flatten)]
    text: TextView,
    /// The editions of the area's own, the newest first.
    editions: Vec<EditionView>,
}

/// Words to be tried on a ticket.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ToTry {
    /// The ticket's number.
    ticket: String,
    /// Subject of the mail.
    #[schema(max_length = 200)]
    subject: String,
    /// The text.
    #[schema(max_length = 8000)]
    body: String,
}

/// Words to be kept.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct WordsToKeep {
    /// Subject of the mail.
    #[schema(max_length = 200)]
    subject: String,
    /// The text, with places such as `{{ numero }}`.
    #[schema(max_length = 8000)]
    body: String,
}

/// An agreement to be noted.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct AgreementToNote {
    /// The body or office it was agreed with.
    #[schema(max_length = 200)]
    with: String,
    /// The day, as `2026-11-23`.
    on: String,
    /// Where that is written.
    #[schema(max_length = 200)]
    reference: String,
}

/// What is named in the address; a text or a voice that is not there does not exist.
async fn which(app: &App, actor: &Actor, (key, voice): (String, String), of: OfArea) -> Outcome<Which> {
    actor.allow_any(Act::Configure)?;
    let (Some(key), Some(voice)) = (TextKey::from_code(&key), Voice::from_code(&voice)) else {
        return Err(Refusal::not_found().into());
    };
    let area = commands::area_of(&app.store, of.area.as_deref()).await?;
    Ok(Which { key, area, voice })
}

async fn told(app: &App, which: Which) -> Outcome<Response> {
    let all = app.store.all::<AreaText>().await?;
    let text = view::text(&all, which.key, which.area, which.voice);
    let editions = view::editions(&all, which.key, which.area, which.voice);
    Ok(([(ETAG, etag(text.version))], Json(TextWithEditions { text, editions })).into_response())
}

/// All texts in all voices, as an area says them now.
#[utoipa::path(
    get, path = "/texts", tag = "notice", params(OfArea),
    responses((status = 200, description = "All of them", body = Page<TextView>), ReadRefused)
)]
async fn list_texts(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(of): ApiQuery<OfArea>,
) -> Result<Json<Page<TextView>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let area = commands::area_of(&app.store, of.area.as_deref()).await?;
    let all = app.store.all::<AreaText>().await?;
    let each = TextKey::ALL
        .into_iter()
        .flat_map(|key| Voice::ALL.map(|voice| (key, voice)));
    let items = each.map(|(key, voice)| view::text(&all, key, area, voice)).collect();
    Ok(Json(Page { items, next: None }))
}

/// A text in one voice, with its editions.
#[utoipa::path(
    get, path = "/texts/{key}/{voice}", tag = "notice",
    params(("key" = String, Path, description = "Which text"), ("voice" = String, Path, description = "it_tu, it_lei, en"), OfArea),
    responses((status = 200, description = "The text", body = TextWithEditions), ReadRefused)
)]
async fn get_text(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(named): ApiPath<(String, String)>,
    ApiQuery(of): ApiQuery<OfArea>,
) -> Result<Response, ApiError> {
    let which = which(&app, &actor, named, of).await?;
    Ok(told(&app, which).await?)
}

/// Says a text otherwise, for an area or for all.
#[utoipa::path(
    put, path = "/texts/{key}/{voice}", tag = "notice", request_body = WordsToKeep,
    params(("key" = String, Path, description = "Which text"), ("voice" = String, Path, description = "it_tu, it_lei, en"), OfArea,
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the text as it is now", body = TextWithEditions), ChangeRefused)
)]
async fn write_text(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(named): ApiPath<(String, String)>,
    ApiQuery(of): ApiQuery<OfArea>,
    body: ApiBody<WordsToKeep>,
) -> Result<Response, ApiError> {
    let which = which(&app, &actor, named, of).await?;
    let WordsToKeep { subject, body } = body.value;
    commands::write(&app.store, &actor, which, Words { subject, body }, if_match).await?;
    Ok(told(&app, which).await?)
}

/// Takes a text back: the one of all areas, or the default, holds again.
#[utoipa::path(
    delete, path = "/texts/{key}/{voice}", tag = "notice",
    params(("key" = String, Path, description = "Which text"), ("voice" = String, Path, description = "it_tu, it_lei, en"), OfArea,
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the text as it is now", body = TextWithEditions), ChangeRefused)
)]
async fn withdraw_text(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(named): ApiPath<(String, String)>,
    ApiQuery(of): ApiQuery<OfArea>,
) -> Result<Response, ApiError> {
    let which = which(&app, &actor, named, of).await?;
    commands::withdraw(&app.store, &actor, which, if_match).await?;
    Ok(told(&app, which).await?)
}

/// Notes with whom the edition in force was agreed.
#[utoipa::path(
    post, path = "/texts/{key}/{voice}/agreement", tag = "notice", request_body = AgreementToNote,
    params(("key" = String, Path, description = "Which text"), ("voice" = String, Path, description = "it_tu, it_lei, en"), OfArea,
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the text as it is now", body = TextWithEditions), ChangeRefused)
)]
async fn agree_text(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(named): ApiPath<(String, String)>,
    ApiQuery(of): ApiQuery<OfArea>,
    body: ApiBody<AgreementToNote>,
) -> Result<Response, ApiError> {
    let which = which(&app, &actor, named, of).await?;
    let AgreementToNote { with, on, reference } = body.value;
    commands::agree(&app.store, &actor, which, Agreed { with, on, reference }, if_match).await?;
    Ok(told(&app, which).await?)
}

/// Shows what words would say of a real ticket; nothing is kept and nothing is sent.
#[utoipa::path(
    post, path = "/texts/{key}/{voice}/preview", tag = "notice", request_body = ToTry,
    params(("key" = String, Path, description = "Which text"), ("voice" = String, Path, description = "it_tu, it_lei, en"), OfArea),
    responses((status = 200, description = "The words as they would be read", body = Preview), ChangeRefused)
)]
async fn preview_text(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(named): ApiPath<(String, String)>,
    ApiQuery(of): ApiQuery<OfArea>,
    body: ApiBody<ToTry>,
) -> Result<Json<Preview>, ApiError> {
    let which = which(&app, &actor, named, of).await?;
    let ToTry { ticket, subject, body } = body.value;
    let tried = preview(&app, &actor, which, &Words { subject, body }, &ticket).await?;
    Ok(Json(tried))
}
