//! Categories of tickets.

use super::listing::ListQuery;
use super::{area_named, made, one, told};
use crate::commands::{self, Kept};
use crate::views::CategoryView;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use catalogue::{Category, CategoryChange};
use kernel::{Refusal, Uuid};
use people::{Act, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused};

/// A category to be added.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewCategory {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// The service it belongs to.
    #[schema(max_length = 120)]
    service: Option<String>,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
}

/// What is to be otherwise about a category.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChangedCategory {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    /// The service it belongs to; empty for none.
    #[schema(max_length = 120)]
    service: Option<String>,
    /// Whether it is offered.
    active: Option<bool>,
}

/// All categories.
#[utoipa::path(
    get, path = "/categories", tag = "administration", params(ListQuery),
    responses((status = 200, description = "All of them, or a page", body = Page<CategoryView>), ReadRefused)
)]
pub(super) async fn list_categories(
    State(app): State<App>,
    _signed: Signed,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<CategoryView>>, ApiError> {
    let categories = app.store.all::<Category>().await?;
    Ok(Json(
        query.page(&categories, |category| CategoryView::of(&Kept::of(category)))?,
    ))
}

/// Adds a category.
#[utoipa::path(
    post, path = "/categories", tag = "administration", request_body = NewCategory, params(IdempotencyKey),
    responses((status = 201, description = "Added", body = CategoryView), ChangeRefused)
)]
pub(super) async fn new_category(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewCategory>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"categories", &body.raw]);
    let NewCategory { name, service, area } = body.value;
    let new = commands::NewCategory {
        name,
        service: service.unwrap_or_default(),
        area: area_named(&app.store, area.as_deref()).await?,
    };
    let category = commands::add_category(&app.store, &actor, new, once).await?;
    Ok(made(
        "categories",
        category.id,
        category.version,
        &CategoryView::of(&category),
    ))
}

/// One category, with its version.
#[utoipa::path(
    get, path = "/categories/{category}", tag = "administration",
    params(("category" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The category", body = CategoryView), ReadRefused)
)]
pub(super) async fn get_category(
    State(app): State<App>,
    _signed: Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    let category = one::<Category>(&app.store, id).await?;
    Ok(told(category.version, &CategoryView::of(&category)))
}

/// Renames a category, closes it or opens it again; what was classified with it keeps its name.
#[utoipa::path(
    patch, path = "/categories/{category}", tag = "administration", request_body = ChangedCategory,
    params(("category" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the category as it is now", body = CategoryView), ChangeRefused)
)]
pub(super) async fn change_category(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedCategory>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let ChangedCategory { name, service, active } = body.value;
    if name.is_none() && service.is_none() && active.is_none() {
        return Err(Refusal::field("name", "field-required").into());
    }
    let change = CategoryChange { name, service, active };
    let category = commands::alter_category(&app.store, &actor, id, change, if_match).await?;
    Ok(told(category.version, &CategoryView::of(&category)))
}
