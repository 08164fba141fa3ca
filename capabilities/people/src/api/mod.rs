//! People by the API: who the caller is, who others are, making one known.

use crate::{Act, Actor, Address, Identity, Named, PersonId, Role, RoleGrant, Signed};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use i18n::Language;
use kernel::{Checks, Outcome, Refusal, Uuid};
use serde::{Deserialize, Serialize};
use store::{Lane, Store, Tx};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, Page, Problem, ReadNote};

/// The routes, under `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(list_people, new_person))
        .routes(routes!(get_person))
}

/// A role given to somebody.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct GrantView {
    /// The role.
    role: Role,
    /// Where; nothing means in all areas.
    area: Option<Uuid>,
}

/// The caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct Me {
    /// Identity.
    id: Uuid,
    /// Name.
    name: String,
    /// Roles.
    roles: Vec<GrantView>,
    /// Groups the caller belongs to.
    groups: Vec<Uuid>,
    /// What the token is good for; nothing for a session.
    scopes: Option<Vec<crate::TokenScope>>,
}

/// A person.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct PersonView {
    /// Identity.
    id: Uuid,
    /// Name and surname, or what a guest is called.
    name: String,
    /// E-mail address.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// Personal identification number.
    pin: Option<String>,
    /// Key in another system.
    external_id: Option<String>,
    /// Office.
    office: Option<String>,
    /// The language to write in.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
    /// True for somebody known only by what they told us.
    guest: bool,
    /// True for people of the desk.
    staff: bool,
}

impl From<Named> for PersonView {
    fn from(named: Named) -> Self {
        let Identity {
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
        } = named.identity;
        Self {
            id: named.id,
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
            guest: named.guest,
            staff: named.staff,
        }
    }
}

/// Whom to look for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct PeopleQuery {
    /// The beginning of name or surname, or a whole e-mail address, telephone, PIN or external id.
    q: Option<String>,
    /// How many at the most, 1–200 (50).
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
}

/// A person to be made known.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct NewPerson {
    /// Name and surname.
    #[schema(min_length = 1, max_length = 160)]
    name: String,
    /// E-mail address.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// Personal identification number.
    pin: Option<String>,
    /// Key in another system.
    external_id: Option<String>,
    /// Office.
    office: Option<String>,
    /// The language to write in: `it` or `en`.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
    /// Role in all areas; `requester` where left out.
    role: Option<Role>,
}

/// The caller: who, with which roles and groups.
#[utoipa::path(
    get, path = "/me", tag = "people",
    responses(
        (status = 200, description = "The caller", body = Me),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn me(Signed(actor): Signed) -> Json<Me> {
    Json(Me {
        id: actor.person,
        name: actor.name.clone(),
        roles: actor
            .roles
            .iter()
            .map(|grant| GrantView {
                role: grant.role,
                area: grant.area,
            })
            .collect(),
        groups: actor.groups.clone(),
        scopes: actor.token.clone(),
    })
}

/// People by name or contact; reading them is noted.
#[utoipa::path(
    get, path = "/people", tag = "people", params(PeopleQuery),
    responses(
        (status = 200, description = "Those that match, by surname", body = Page<PersonView>),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn list_people(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiQuery(query): ApiQuery<PeopleQuery>,
) -> Result<Json<Page<PersonView>>, ApiError> {
    actor.allow_any(Act::ViewPeople)?;
    let mut checks = Checks::new();
    let limit = checks.within("limit", query.limit, 1, 200).unwrap_or(50);
    let words = checks
        .optional("q", query.q.as_deref(), kernel::Limit::line(254))
        .unwrap_or_default();
    checks.done()?;
    let found = crate::find_people(app.store.read(), &words, limit).await?;
    note(&app, &actor, "search", None, address);
    Ok(Json(Page {
        items: found.into_iter().map(PersonView::from).collect(),
        next: None,
    }))
}

/// A person; reading one is noted. Oneself may always be read.
#[utoipa::path(
    get, path = "/people/{person}", tag = "people",
    params(("person" = Uuid, Path, description = "Identity")),
    responses(
        (status = 200, description = "The person", body = PersonView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "Not there, or not to be seen", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn get_person(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiPath(person): ApiPath<Uuid>,
) -> Result<Json<PersonView>, ApiError> {
    if person != actor.person && actor.scope(Act::ViewPeople).is_nothing() {
        return Err(Refusal::not_found().into());
    }
    let named = crate::person_row(app.store.read(), person)
        .await?
        .ok_or_else(Refusal::not_found)?;
    note(&app, &actor, "person", Some(person), address);
    Ok(Json(named.into()))
}

/// Notes that personal data were read.
fn note(app: &App, actor: &Actor, what: &'static str, record: Option<Uuid>, address: String) {
    app.reads.note(ReadNote {
        person: actor.person,
        what,
        record,
        at: app.store.clock().now(),
        address,
    });
}

/// Makes a person known.
#[utoipa::path(
    post, path = "/people", tag = "people", request_body = NewPerson,
    responses(
        (status = 201, description = "Known from now on", body = PersonView),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "Not allowed", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields to correct", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn new_person(
    State(app): State<App>,
    Signed(actor): Signed,
    body: ApiBody<NewPerson>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::ManagePeople)?;
    let NewPerson {
        name,
        email,
        phone,
        pin,
        external_id,
        office,
        language,
        role,
    } = body.value;
    let identity = Identity {
        name,
        email,
        phone,
        pin,
        external_id,
        office,
        language,
    }
    .checked("")?;
    let grant = RoleGrant {
        role: role.unwrap_or(Role::Requester),
        area: None,
    };
    let person = add(&app.store, &actor, identity, grant).await?;
    let named = crate::person_row(app.store.read(), person)
        .await?
        .ok_or_else(Refusal::not_found)?;
    Ok((StatusCode::CREATED, Json(PersonView::from(named))).into_response())
}

async fn add(store: &Store, actor: &Actor, identity: Identity, grant: RoleGrant) -> Outcome<Uuid> {
    let author = actor.author();
    let added = store.write(Lane::People, move |tx: &Tx| {
        Box::pin(async move {
            crate::refuse_taken(tx, identity.email.as_deref(), None).await?;
            crate::register(tx, &author, identity, false, &[grant]).await
        })
    });
    let PersonId(person) = added.await?;
    store.note_listed_change();
    Ok(person)
}
