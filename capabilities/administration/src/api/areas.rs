//! Service areas.

use super::listing::ListQuery;
use super::{made, one, told};
use crate::commands::{self, Kept};
use crate::views::AreaView;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use configuration::{Area, AreaChange};
use kernel::{Refusal, Uuid};
use people::Signed;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused};

/// An area to be opened.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewArea {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Short stable name for programs; made of the name where left out.
    #[schema(max_length = 40)]
    code: Option<String>,
}

/// What is to be otherwise about an area.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChangedArea {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    /// Whether it takes new tickets.
    active: Option<bool>,
}

/// All areas, in the order in which they were opened.
#[utoipa::path(
    get, path = "/areas", tag = "administration", params(ListQuery),
    responses((status = 200, description = "All of them, or a page", body = Page<AreaView>), ReadRefused)
)]
pub(super) async fn list_areas(
    State(app): State<App>,
    _signed: Signed,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<AreaView>>, ApiError> {
    let areas = app.store.all::<Area>().await?;
    Ok(Json(query.page(&areas, |area| AreaView::of(&Kept::of(area)))?))
}

/// Opens an area.
#[utoipa::path(
    post, path = "/areas", tag = "administration", request_body = NewArea, params(IdempotencyKey),
    responses((status = 201, description = "Opened", body = AreaView), ChangeRefused)
)]
pub(super) async fn new_area(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewArea>,
) -> Result<Response, ApiError> {
    let once = key.bound(actor.person, &[b"areas", &body.raw]);
    let NewArea { name, code } = body.value;
    let area = commands::add_area(&app.store, &actor, commands::NewArea { name, code }, once).await?;
    Ok(made("areas", area.id, area.version, &AreaView::of(&area)))
}

/// One area, with its version.
#[utoipa::path(
    get, path = "/areas/{area}", tag = "administration",
    params(("area" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The area", body = AreaView), ReadRefused)
)]
pub(super) async fn get_area(
    State(app): State<App>,
    _signed: Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    let area = one::<Area>(&app.store, id).await?;
    Ok(told(area.version, &AreaView::of(&area)))
}

/// Renames an area, closes it or opens it again; the last one that takes tickets stays open.
#[utoipa::path(
    patch, path = "/areas/{area}", tag = "administration", request_body = ChangedArea,
    params(("area" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the area as it is now", body = AreaView), ChangeRefused)
)]
pub(super) async fn change_area(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedArea>,
) -> Result<Response, ApiError> {
    let ChangedArea { name, active } = body.value;
    if name.is_none() && active.is_none() {
        return Err(Refusal::field("name", "field-required").into());
    }
    let area = commands::alter_area(&app.store, &actor, id, AreaChange { name, active }, if_match).await?;
    Ok(told(area.version, &AreaView::of(&area)))
}
