//! Who belongs to a group.

use super::{one, told};
use crate::commands::{self, Kept};
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor, Group, Membership, Signed};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch, Page, ReadRefused};

/// Somebody of a group.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Member {
    /// Identity.
    id: Uuid,
    /// Name as people read it.
    name: String,
}

/// Who is to belong to a group: these and nobody else.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Members {
    /// People of the desk, by identity.
    members: Option<Vec<Uuid>>,
}

/// The people of a group, with the group's version.
#[utoipa::path(
    get, path = "/groups/{group}/members", tag = "administration",
    params(("group" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "All of them", body = Page<Member>), ReadRefused)
)]
pub(super) async fn list_members(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::ViewPeople)?;
    let group = one::<Group>(&app.store, id).await?;
    Ok(shown(&app.store, &group).await?)
}

/// Sets who belongs to a group.
#[utoipa::path(
    put, path = "/groups/{group}/members", tag = "administration", request_body = Members,
    params(("group" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the people of the group now", body = Page<Member>), ChangeRefused)
)]
pub(super) async fn set_members(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<Members>,
) -> Result<Response, ApiError> {
    let members = body.value.members;
    let members = members.ok_or_else(|| Refusal::field("members", "field-required"))?;
    changed(&app.store, &actor, id, Membership::Set(members), if_match).await
}

/// Puts somebody in a group; whoever is there already stays.
#[utoipa::path(
    put, path = "/groups/{group}/members/{person}", tag = "administration",
    params(("group" = Uuid, Path, description = "Identity"), ("person" = Uuid, Path, description = "Who"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the people of the group now", body = Page<Member>), ChangeRefused)
)]
pub(super) async fn add_member(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath((id, person)): ApiPath<(Uuid, Uuid)>,
) -> Result<Response, ApiError> {
    changed(&app.store, &actor, id, Membership::With(person), if_match).await
}

/// Takes somebody out of a group; whoever is not there stays out.
#[utoipa::path(
    delete, path = "/groups/{group}/members/{person}", tag = "administration",
    params(("group" = Uuid, Path, description = "Identity"), ("person" = Uuid, Path, description = "Who"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the people of the group now", body = Page<Member>), ChangeRefused)
)]
pub(super) async fn remove_member(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath((id, person)): ApiPath<(Uuid, Uuid)>,
) -> Result<Response, ApiError> {
    changed(&app.store, &actor, id, Membership::Without(person), if_match).await
}

async fn changed(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    change: Membership,
    if_match: IfMatch,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let group = commands::alter_members(store, actor, id, change, if_match).await?;
    Ok(shown(store, &group).await?)
}

async fn shown(store: &Store, group: &Kept<Group>) -> Outcome<Response> {
    let names = people::names(store.read(), group.state.members.iter().copied()).await?;
    let member = |id: &Uuid| Member {
        id: *id,
        name: names.get(id).cloned().unwrap_or_default(),
    };
    let items = group.state.members.iter().map(member).collect();
    Ok(told(group.version, &Page { items, next: None }))
}
