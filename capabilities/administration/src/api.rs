//! Areas, groups and categories by the API.

use crate::staff::allow_configure;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use catalogue::Category;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Group, GroupKind, Signed, create_group};
use serde::{Deserialize, Serialize};
use store::{Lane, Store};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, App, Page, Problem};

/// The routes, under `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_areas))
        .routes(routes!(list_groups, new_group))
        .routes(routes!(list_categories))
}

/// A service area.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct AreaView {
    /// Identity.
    id: Uuid,
    /// Short stable name for programs.
    code: String,
    /// Name as people read it.
    name: String,
    /// False once it takes no new tickets.
    active: bool,
    /// Within how many days a closed ticket is reopened.
    reopen_days: i64,
}

/// A group of competence.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct GroupView {
    /// Identity.
    id: Uuid,
    /// Name.
    name: String,
    /// What it is for.
    kind: GroupKind,
    /// The area it answers for; nothing for several.
    area: Option<Uuid>,
    /// Its people.
    members: Vec<Uuid>,
}

/// A category of tickets.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct CategoryView {
    /// Identity.
    id: Uuid,
    /// Name.
    name: String,
    /// The service it belongs to; empty where none.
    service: String,
    /// Service and category as one line.
    full_name: String,
    /// The area; nothing for a category of all.
    area: Option<Uuid>,
}

/// A group to be made.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct NewGroup {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// What it is for.
    kind: Option<GroupKind>,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
}

/// All areas, in the order in which they were opened.
#[utoipa::path(
    get, path = "/areas", tag = "administration",
    responses(
        (status = 200, description = "All of them", body = Page<AreaView>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_areas(State(app): State<App>, _signed: Signed) -> Result<Json<Page<AreaView>>, ApiError> {
    let areas = app.store.all::<Area>().await?;
    let view = |area: &store::Loaded<Area>| AreaView {
        id: area.id,
        code: area.state.code.clone(),
        name: area.state.name.clone(),
        active: area.state.active,
        reopen_days: area.state.parameters.reopen_days,
    };
    Ok(Json(Page {
        items: areas.iter().map(view).collect(),
        next: None,
    }))
}

/// All groups; who belongs to them is told to people of the desk.
#[utoipa::path(
    get, path = "/groups", tag = "administration",
    responses(
        (status = 200, description = "All of them", body = Page<GroupView>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_groups(State(app): State<App>, Signed(actor): Signed) -> Result<Json<Page<GroupView>>, ApiError> {
    let groups = app.store.all::<Group>().await?;
    let known = !actor.scope(people::Act::ViewPeople).is_nothing();
    let items = groups
        .iter()
        .map(|group| group_view(group.id, &group.state, known))
        .collect();
    Ok(Json(Page { items, next: None }))
}

fn group_view(id: Uuid, group: &Group, known: bool) -> GroupView {
    let members = if known { group.members.clone() } else { Vec::new() };
    GroupView {
        id,
        name: group.name.clone(),
        kind: group.kind,
        area: group.area,
        members,
    }
}

/// Makes a group.
#[utoipa::path(
    post, path = "/groups", tag = "administration", request_body = NewGroup,
    responses(
        (status = 201, description = "Made", body = GroupView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn new_group(
    State(app): State<App>,
    Signed(actor): Signed,
    body: ApiBody<NewGroup>,
) -> Result<Response, ApiError> {
    actor.allow_any(people::Act::Configure)?;
    let NewGroup { name, kind, area } = body.value;
    let kind = kind.ok_or_else(|| Refusal::field("kind", "field-required"))?;
    let area = match area {
        Some(named) => Some(area_named(&app.store, &named).await?),
        None => None,
    };
    allow_configure(&actor, area)?;
    let (author, asked) = (actor.author(), name.clone());
    let made = app.store.write(Lane::People, move |tx| {
        Box::pin(async move { create_group(tx, &author, &asked, kind, area).await })
    });
    let group = Group {
        name: name.trim().to_owned(),
        kind,
        area,
        members: Vec::new(),
    };
    Ok((StatusCode::CREATED, Json(group_view(made.await?.0, &group, true))).into_response())
}

async fn area_named(store: &Store, named: &str) -> Outcome<Uuid> {
    let areas = store.all::<Area>().await?;
    let found = areas.iter().find(|area| {
        area.id.to_string() == named
            || area.state.code.eq_ignore_ascii_case(named)
            || area.state.name.eq_ignore_ascii_case(named)
    });
    found
        .map(|area| area.id)
        .ok_or_else(|| Refusal::field("area", "field-not-found").into())
}

/// All categories.
#[utoipa::path(
    get, path = "/categories", tag = "administration",
    responses(
        (status = 200, description = "All of them", body = Page<CategoryView>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_categories(State(app): State<App>, _signed: Signed) -> Result<Json<Page<CategoryView>>, ApiError> {
    let categories = app.store.all::<Category>().await?;
    let view = |category: &store::Loaded<Category>| CategoryView {
        id: category.id,
        name: category.state.name.clone(),
        service: category.state.service.clone(),
        full_name: category.state.full_name(),
        area: category.state.area,
    };
    Ok(Json(Page {
        items: categories.iter().map(view).collect(),
        next: None,
    }))
}
