//! Which roles somebody holds.

use super::version_of;
use crate::view::{GrantView, grants};
use crate::{Act, Person, Role, RoleChange, RoleGrant, Signed};
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use serde::Deserialize;
use store::Store;
use utoipa::{IntoParams, ToSchema};
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IfMatch, Page, ReadRefused, etag};

/// A role to be given.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GrantBody {
    /// The role.
    role: Role,
    /// Where: identity, code or name of an area; left out, in all of them.
    area: Option<String>,
}

/// Where a role is to be taken back.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct Where {
    /// Identity, code or name of an area; left out, the role for all of them.
    area: Option<String>,
}

/// The roles of a person, with the person's version.
#[utoipa::path(
    get, path = "/people/{person}/roles", tag = "people", params(("person" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "All of them", body = Page<GrantView>), ReadRefused)
)]
pub(super) async fn list_roles(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(person): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::ViewPeople)?;
    Ok(told(&app, person).await?)
}

/// Gives somebody a role; one they hold already they keep.
#[utoipa::path(
    post, path = "/people/{person}/roles", tag = "people", request_body = GrantBody,
    params(("person" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Given: their roles now", body = Page<GrantView>), ChangeRefused)
)]
pub(super) async fn give_role(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(person): ApiPath<Uuid>,
    body: ApiBody<GrantBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::ManagePeople)?;
    let grant = grant_of(&app.store, body.value.role, body.value.area.as_deref()).await?;
    let change = (grant, RoleChange::Given);
    crate::change_role(&app.store, &actor, person, change, if_match).await?;
    Ok(told(&app, person).await?)
}

/// Takes a role back; one they do not hold they do not hold after it.
#[utoipa::path(
    delete, path = "/people/{person}/roles/{role}", tag = "people",
    params(("person" = Uuid, Path, description = "Identity"), ("role" = Role, Path, description = "The role"), Where,
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Taken back: their roles now", body = Page<GrantView>), ChangeRefused)
)]
pub(super) async fn take_role(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath((person, role)): ApiPath<(Uuid, Role)>,
    ApiQuery(whence): ApiQuery<Where>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::ManagePeople)?;
    let grant = grant_of(&app.store, role, whence.area.as_deref()).await?;
    let change = (grant, RoleChange::Taken);
    crate::change_role(&app.store, &actor, person, change, if_match).await?;
    Ok(told(&app, person).await?)
}

async fn grant_of(store: &Store, role: Role, area: Option<&str>) -> Outcome<RoleGrant> {
    let Some(named) = area else {
        return Ok(RoleGrant { role, area: None });
    };
    let all = store.all::<Area>().await?;
    let area = Area::named(&all, named).ok_or_else(|| Refusal::field("area", "field-not-found"))?;
    Ok(RoleGrant {
        role,
        area: Some(area.id),
    })
}

async fn told(app: &App, person: Uuid) -> Outcome<Response> {
    let loaded = app.store.read().state::<Person>(person).await?;
    let items = grants(&loaded.ok_or_else(Refusal::not_found)?.state);
    let version = version_of(app, person).await?;
    Ok(([(ETAG, etag(version))], Json(Page { items, next: None })).into_response())
}
