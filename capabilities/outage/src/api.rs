//! Outages by the API.

use crate::commands::{self, Done, NewOutage, Told};
use crate::row::{self, OutageRow};
use crate::{Outage, OutageState};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use kernel::{Checks, Instant, Outcome, Refusal, Uuid};
use people::{Act, Actor, Signed};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{
    ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, Cursor, IdempotencyKey, IfMatch, Page, ReadRefused, etag,
};

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_outages, new_outage))
        .routes(routes!(get_outage, change_outage))
        .routes(routes!(end_outage))
}

/// An outage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
struct OutageView {
    /// Identity.
    id: Uuid,
    /// Area; nothing for all.
    area: Option<Uuid>,
    /// Where it stands.
    state: OutageState,
    /// What is out of order.
    title: String,
    /// What it means for people.
    meaning: String,
    /// Offices or services it touches; may be empty.
    places: String,
    /// The ticket it is worked on in; for the desk alone.
    ticket: Option<String>,
    /// When it should work again.
    #[schema(value_type = Option<String>, format = DateTime)]
    restore_at: Option<Instant>,
    /// When it was first told.
    #[schema(value_type = String, format = DateTime)]
    opened_at: Instant,
    /// When something was last told of it.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Instant,
    /// When it was over.
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Instant>,
}

impl OutageView {
    fn of(row: OutageRow, actor: &Actor) -> Self {
        Self {
            id: row.id,
            area: row.area,
            state: row.state,
            title: row.title,
            meaning: row.meaning,
            places: row.places,
            ticket: row.ticket.filter(|_| actor.works_in(row.area)),
            restore_at: row.restore_at,
            opened_at: row.opened_at,
            updated_at: row.updated_at,
            ended_at: row.ended_at,
        }
    }
}

/// Which outages.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct OutagesQuery {
    /// True for those alone that go on.
    active: bool,
    /// How many at the most, 1–200 (50).
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// Where to go on.
    cursor: Option<String>,
}

/// An outage to be told.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct OutageToTell {
    /// What is out of order.
    #[schema(min_length = 1, max_length = 160)]
    title: String,
    /// What it means for people, in their words.
    #[schema(min_length = 1, max_length = 4000)]
    meaning: String,
    /// Offices or services it touches.
    #[schema(max_length = 400)]
    places: Option<String>,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
    /// When it should work again.
    #[schema(value_type = Option<String>, format = DateTime)]
    restore_at: Option<Instant>,
    /// The ticket it is worked on in, by number.
    ticket: Option<String>,
}

/// What is known of an outage by now, whole.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct OutageUpdate {
    /// What is out of order.
    #[schema(min_length = 1, max_length = 160)]
    title: String,
    /// What it means for people, in their words.
    #[schema(min_length = 1, max_length = 4000)]
    meaning: String,
    /// Offices or services it touches.
    #[schema(max_length = 400)]
    places: Option<String>,
    /// When it should work again.
    #[schema(value_type = Option<String>, format = DateTime)]
    restore_at: Option<Instant>,
}

/// The outages one may read, the newest first.
#[utoipa::path(
    get, path = "/outages", tag = "outage", params(OutagesQuery),
    responses((status = 200, description = "A page of them", body = Page<OutageView>), ReadRefused)
)]
async fn list_outages(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<OutagesQuery>,
) -> Result<Json<Page<OutageView>>, ApiError> {
    let mut checks = Checks::new();
    let limit = checks.within("limit", query.limit, 1, 200).unwrap_or(50);
    checks.done()?;
    let limit = usize::try_from(limit).unwrap_or(50);
    let (found, next) = if query.active {
        (row::active(&app.store, &actor).await?, None)
    } else {
        let after = Cursor::ordinal_in(row::ORDER, query.cursor.as_deref())?;
        row::list(&app.store, &actor, limit, after).await?
    };
    let items = found.into_iter().map(|row| OutageView::of(row, &actor)).collect();
    let next = next.map(|ordinal| Cursor::at(row::ORDER, ordinal));
    Ok(Json(Page { items, next }))
}

/// Tells of an outage.
#[utoipa::path(
    post, path = "/outages", tag = "outage", request_body = OutageToTell, params(IdempotencyKey),
    responses((status = 201, description = "Told", body = OutageView), ChangeRefused)
)]
async fn new_outage(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<OutageToTell>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::TellOutages)?;
    let once = key.bound(actor.person, &[b"outages", &body.raw]);
    let OutageToTell {
        title,
        meaning,
        places,
        area,
        restore_at,
        ticket,
    } = body.value;
    let told = Told {
        title,
        meaning,
        places,
        restore_at,
    };
    let done = commands::open(&app.store, &actor, NewOutage { told, area, ticket }, once).await?;
    let answer = answer(&app, &actor, done).await?;
    let location = [(LOCATION, format!("/api/v1/outages/{}", done.id))];
    Ok((StatusCode::CREATED, location, answer).into_response())
}

/// An outage as a command left it.
async fn answer(app: &App, actor: &Actor, done: Done) -> Outcome<Response> {
    let row = row::outage(&app.store, actor, done.id).await?;
    let etag = [(ETAG, etag(done.version))];
    Ok((etag, Json(OutageView::of(row, actor))).into_response())
}

/// An outage.
#[utoipa::path(
    get, path = "/outages/{outage}", tag = "outage", params(("outage" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The outage", body = OutageView), ReadRefused)
)]
async fn get_outage(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    let row = row::outage(&app.store, &actor, id).await?;
    let loaded = app
        .store
        .read()
        .state::<Outage>(id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let etag = [(ETAG, etag(loaded.version))];
    Ok((etag, Json(OutageView::of(row, &actor))).into_response())
}

/// Tells what is known by now.
#[utoipa::path(
    put, path = "/outages/{outage}", tag = "outage", request_body = OutageUpdate,
    params(("outage" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the outage as it is now", body = OutageView), ChangeRefused)
)]
async fn change_outage(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<OutageUpdate>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::TellOutages)?;
    let OutageUpdate {
        title,
        meaning,
        places,
        restore_at,
    } = body.value;
    let told = Told {
        title,
        meaning,
        places,
        restore_at,
    };
    let done = commands::update(&app.store, &actor, id, told, if_match).await?;
    Ok(answer(&app, &actor, done).await?)
}

/// Says that an outage is over.
#[utoipa::path(
    post, path = "/outages/{outage}/end", tag = "outage",
    params(("outage" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Over", body = OutageView), ChangeRefused)
)]
async fn end_outage(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::TellOutages)?;
    let done = commands::end(&app.store, &actor, id, if_match).await?;
    Ok(answer(&app, &actor, done).await?)
}
