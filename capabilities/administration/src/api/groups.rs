//! Groups of competence.

use super::listing::ListQuery;
use super::{area_named, made, one, told};
use crate::commands::{self, Kept};
use crate::views::GroupView;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use kernel::{Refusal, Uuid};
use people::{Act, Actor, Group, GroupChange, GroupKind, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused};

/// A group to be made.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewGroup {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// What it is for.
    kind: Option<GroupKind>,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
}

/// What is to be otherwise about a group.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChangedGroup {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    /// Whether it may be given tickets.
    active: Option<bool>,
}

/// A group as the caller may see it.
fn seen(actor: &Actor, group: &Kept<Group>) -> GroupView {
    GroupView::of(group, !actor.scope(Act::ViewPeople).is_nothing())
}

/// All groups; who belongs to them is told to people of the desk.
#[utoipa::path(
    get, path = "/groups", tag = "administration", params(ListQuery),
    responses((status = 200, description = "All of them, or a page", body = Page<GroupView>), ReadRefused)
)]
pub(super) async fn list_groups(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<GroupView>>, ApiError> {
    let groups = app.store.all::<Group>().await?;
    Ok(Json(query.page(&groups, |group| seen(&actor, &Kept::of(group)))?))
}

/// Makes a group.
#[utoipa::path(
    post, path = "/groups", tag = "administration", request_body = NewGroup, params(IdempotencyKey),
    responses((status = 201, description = "Made", body = GroupView), ChangeRefused)
)]
pub(super) async fn new_group(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewGroup>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"groups", &body.raw]);
    let NewGroup { name, kind, area } = body.value;
    let kind = kind.ok_or_else(|| Refusal::field("kind", "field-required"))?;
    let area = area_named(&app.store, area.as_deref()).await?;
    let group = commands::add_group(&app.store, &actor, commands::NewGroup { name, kind, area }, once).await?;
    Ok(made("groups", group.id, group.version, &seen(&actor, &group)))
}

/// One group, with its version.
#[utoipa::path(
    get, path = "/groups/{group}", tag = "administration",
    params(("group" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The group", body = GroupView), ReadRefused)
)]
pub(super) async fn get_group(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    let group = one::<Group>(&app.store, id).await?;
    Ok(told(group.version, &seen(&actor, &group)))
}

/// Renames a group, closes it or opens it again; one with open tickets, or the last that gets an area's new ones, stays open.
#[utoipa::path(
    patch, path = "/groups/{group}", tag = "administration", request_body = ChangedGroup,
    params(("group" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the group as it is now", body = GroupView), ChangeRefused)
)]
pub(super) async fn change_group(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedGroup>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let ChangedGroup { name, active } = body.value;
    if name.is_none() && active.is_none() {
        return Err(Refusal::field("name", "field-required").into());
    }
    let group = commands::alter_group(&app.store, &actor, id, GroupChange { name, active }, if_match).await?;
    Ok(told(group.version, &seen(&actor, &group)))
}
