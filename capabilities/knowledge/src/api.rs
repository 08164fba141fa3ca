//! Articles by the API.

use crate::commands::{self, Writing};
use crate::find::{self, Shelf};
use crate::view::{self, ArticleLine, ArticleView, Voices};
use crate::{ArticleState, Audience};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use i18n::Language;
use kernel::{Checks, Limit, Refusal};
use people::{Act, Actor, Signed};
use serde::Deserialize;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{
    ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, Cursor, IdempotencyKey, IfMatch, Page, ReadRefused, etag,
};

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_articles, new_article))
        .routes(routes!(get_article, change_article))
        .routes(routes!(publish_article))
        .routes(routes!(withdraw_article))
        .routes(routes!(get_voices, judge_article))
}

/// Which articles.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct ArticlesQuery {
    /// Words, as somebody types them: the nearest articles, all on one page.
    q: Option<String>,
    /// Only in this state.
    #[param(inline)]
    state: Option<ArticleState>,
    /// How many at the most, 1–200 (50).
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// Where to go on.
    cursor: Option<String>,
}

/// An article to be begun.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct NewArticle {
    /// Title.
    #[schema(min_length = 1, max_length = 160)]
    title: String,
    /// Body: paragraphs, `## headings`, `1. steps`, `- lists`, `**bold**`, `[words](https://…)`.
    #[schema(min_length = 1, max_length = 40000)]
    body: String,
    /// Language it is written in (`it`).
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
    /// For whom (`public`).
    audience: Option<Audience>,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
    /// Minutes one needs.
    #[schema(minimum = 1, maximum = 480)]
    minutes: Option<i64>,
}

/// What is to be otherwise about an article; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct ChangedArticle {
    /// Title.
    #[schema(min_length = 1, max_length = 160)]
    title: Option<String>,
    /// Body.
    #[schema(min_length = 1, max_length = 40000)]
    body: Option<String>,
    /// Language it is written in.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
    /// For whom.
    audience: Option<Audience>,
    /// Area by identity, code or name; empty for all.
    area: Option<String>,
    /// Minutes one needs.
    #[schema(minimum = 1, maximum = 480)]
    minutes: Option<i64>,
}

/// What a reader says.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Voice {
    /// Whether it was useful.
    useful: bool,
}

/// The articles one may read, the newest first, or the nearest to some words.
#[utoipa::path(
    get, path = "/articles", tag = "knowledge", params(ArticlesQuery),
    responses((status = 200, description = "A page of them", body = Page<ArticleLine>), ReadRefused)
)]
async fn list_articles(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<ArticlesQuery>,
) -> Result<Json<Page<ArticleLine>>, ApiError> {
    let mut checks = Checks::new();
    let limit = checks.within("limit", query.limit, 1, 200).unwrap_or(50);
    checks.optional("q", query.q.as_deref(), Limit::SOUGHT);
    checks.done()?;
    let (limit, shelf) = (usize::try_from(limit).unwrap_or(50), Shelf::Desk(query.state));
    let words = query.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let (found, next) = match words {
        Some(words) => (find::find(app.store.read(), &actor, shelf, words, limit).await?, None),
        None => {
            let after = Cursor::ordinal_in(find::ORDER, query.cursor.as_deref())?;
            find::list(app.store.read(), &actor, shelf, limit, after).await?
        }
    };
    let next = next.map(|ordinal| Cursor::at(find::ORDER, ordinal));
    let items = found.into_iter().map(ArticleLine::from).collect();
    Ok(Json(Page { items, next }))
}

/// Begins an article: a draft.
#[utoipa::path(
    post, path = "/articles", tag = "knowledge", request_body = NewArticle, params(IdempotencyKey),
    responses((status = 201, description = "Begun", body = ArticleView), ChangeRefused)
)]
async fn new_article(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewArticle>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::WriteGuides)?;
    let once = key.bound(actor.person, &[b"articles", &body.raw]);
    let NewArticle {
        title,
        body,
        language,
        audience,
        area,
        minutes,
    } = body.value;
    let writing = Writing {
        title,
        body,
        language: language.unwrap_or_default(),
        audience: audience.unwrap_or_default(),
        area,
        minutes,
    };
    let article = commands::write(&app.store, &actor, writing, once).await?;
    let headers = [
        (ETAG, etag(article.version)),
        (LOCATION, format!("/api/v1/articles/{}", article.number)),
    ];
    Ok((StatusCode::CREATED, headers, Json(article)).into_response())
}

/// An article, by identity or number, with its words.
#[utoipa::path(
    get, path = "/articles/{article}", tag = "knowledge",
    params(("article" = String, Path, description = "Identity or number")),
    responses((status = 200, description = "The article", body = ArticleView), ReadRefused)
)]
async fn get_article(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(key): ApiPath<String>,
) -> Result<Response, ApiError> {
    Ok(told(view::article(app.store.read(), &actor, &key).await?))
}

fn told(article: ArticleView) -> Response {
    ([(ETAG, etag(article.version))], Json(article)).into_response()
}

/// Changes what an article says; what is published is changed by those who publish.
#[utoipa::path(
    patch, path = "/articles/{article}", tag = "knowledge", request_body = ChangedArticle,
    params(("article" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the article as it is now", body = ArticleView), ChangeRefused)
)]
async fn change_article(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<ChangedArticle>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::WriteGuides)?;
    let before = view::article(app.store.read(), &actor, &key).await?;
    let ChangedArticle {
        title,
        body,
        language,
        audience,
        area,
        minutes,
    } = body.value;
    let area = area.or_else(|| before.area.map(|area| area.to_string()));
    let writing = Writing {
        title: title.unwrap_or(before.title),
        body: body.or(before.body).unwrap_or_default(),
        language: language.unwrap_or(before.language),
        audience: audience.unwrap_or(before.audience),
        area: area.filter(|area| !area.is_empty()),
        minutes: minutes.or(before.minutes),
    };
    let meant = if_match.or_only(before.version);
    let article = commands::edit(&app.store, &actor, before.id, writing, meant).await?;
    Ok(told(article))
}

/// Publishes an article.
#[utoipa::path(
    post, path = "/articles/{article}/publication", tag = "knowledge",
    params(("article" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Published", body = ArticleView), ChangeRefused)
)]
async fn publish_article(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(key): ApiPath<String>,
) -> Result<Response, ApiError> {
    set_state(&app, &actor, &key, ArticleState::Published, if_match).await
}

/// Withdraws an article: it is valid no more.
#[utoipa::path(
    post, path = "/articles/{article}/withdrawal", tag = "knowledge",
    params(("article" = String, Path, description = "Identity or number"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Withdrawn", body = ArticleView), ChangeRefused)
)]
async fn withdraw_article(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(key): ApiPath<String>,
) -> Result<Response, ApiError> {
    set_state(&app, &actor, &key, ArticleState::Withdrawn, if_match).await
}

async fn set_state(
    app: &App,
    actor: &Arc<Actor>,
    key: &str,
    state: ArticleState,
    if_match: IfMatch,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::PublishGuides)?;
    let id = view::article(app.store.read(), actor, key).await?.id;
    Ok(told(commands::set_state(&app.store, actor, id, state, if_match).await?))
}

/// What readers said of an article; for the desk.
#[utoipa::path(
    get, path = "/articles/{article}/voices", tag = "knowledge",
    params(("article" = String, Path, description = "Identity or number")),
    responses((status = 200, description = "How many found it useful", body = Voices), ReadRefused)
)]
async fn get_voices(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(key): ApiPath<String>,
) -> Result<Json<Voices>, ApiError> {
    let article = view::article(app.store.read(), &actor, &key).await?;
    if !actor.works_in(article.area) {
        return Err(Refusal::forbidden().into());
    }
    Ok(Json(view::voices(app.store.read(), article.id).await?))
}

/// Says whether a guide was useful; each person has one voice and may change it.
#[utoipa::path(
    post, path = "/articles/{article}/voices", tag = "knowledge", request_body = Voice,
    params(("article" = String, Path, description = "Identity or number")),
    responses((status = 204, description = "Kept"), ChangeRefused)
)]
async fn judge_article(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(key): ApiPath<String>,
    body: ApiBody<Voice>,
) -> Result<StatusCode, ApiError> {
    actor.allow_any(Act::Create)?;
    commands::judge(&app.store, &actor, &key, body.value.useful).await?;
    Ok(StatusCode::NO_CONTENT)
}
