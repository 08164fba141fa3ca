//! People by the API: who the caller is, who others are, making one known and correcting them.

mod changes;
mod lost_factor;
mod merge;
mod own;
mod roles;

use crate::view::{GrantView, PersonView};
use crate::{Act, Actor, Address, Identity, Named, Person, PersonCategory, PersonId, Role, RoleGrant, Signed};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use i18n::Language;
use kernel::{Checks, Outcome, Refusal, Uuid};
use serde::{Deserialize, Serialize};
use store::Lane;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{
    ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IdempotencyKey, Page, ReadNote, ReadRefused, etag,
};

/// The routes, under `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(list_people, new_person))
        .routes(routes!(get_person, changes::change_person))
        .routes(routes!(changes::reset_password))
        .routes(routes!(roles::list_roles, roles::give_role))
        .routes(routes!(roles::take_role))
        .routes(routes!(set_category))
        .routes(routes!(lost_factor::remove))
        .routes(routes!(merge::list_doubles))
        .routes(routes!(merge::merge))
        .routes(routes!(merge::unmerge))
        .routes(routes!(own::list_sessions))
        .routes(routes!(own::end_session))
        .routes(routes!(own::list_tokens, own::make_token))
        .routes(routes!(own::revoke_token))
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
    /// Where to go on.
    cursor: Option<String>,
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
    /// What they are to those who promise times.
    category: Option<PersonCategory>,
    /// Role in all areas; `requester` where left out.
    role: Option<Role>,
}

/// What somebody is to those who promise times.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CategoryBody {
    /// The category; nothing for none.
    category: Option<PersonCategory>,
}

impl NewPerson {
    /// Who it is, the role, the category.
    fn parts(self) -> (Identity, Role, Option<PersonCategory>) {
        let Self {
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
            category,
            role,
        } = self;
        let identity = Identity {
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
        };
        (identity, role.unwrap_or(Role::Requester), category)
    }
}

/// The caller: who, with which roles and groups.
#[utoipa::path(
    get, path = "/me", tag = "people",
    responses(
        (status = 200, description = "The caller", body = Me),
        ReadRefused,
    )
)]
async fn me(Signed(actor): Signed) -> Json<Me> {
    Json(Me {
        id: actor.person,
        name: actor.name.clone(),
        roles: actor.roles.iter().map(GrantView::from).collect(),
        groups: actor.groups.clone(),
        scopes: actor.token.clone(),
    })
}

/// People by name or contact; reading them is noted.
#[utoipa::path(
    get, path = "/people", tag = "people", params(PeopleQuery),
    responses(
        (status = 200, description = "Those with this contact, then by surname, then by name", body = Page<PersonView>),
        ReadRefused,
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
        .optional("q", query.q.as_deref(), kernel::Limit::SOUGHT)
        .unwrap_or_default();
    checks.done()?;
    let found = crate::find_people_after(app.store.read(), &words, limit, query.cursor.as_deref()).await?;
    note(&app, &actor, "search", None, address);
    Ok(Json(Page {
        items: found.people.into_iter().map(PersonView::from).collect(),
        next: found.next,
    }))
}

/// A person; reading one is noted. Oneself may always be read.
#[utoipa::path(
    get, path = "/people/{person}", tag = "people",
    params(("person" = Uuid, Path, description = "Identity")),
    responses(
        (status = 200, description = "The person", body = PersonView),
        ReadRefused,
    )
)]
async fn get_person(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiPath(person): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    if person != actor.person && actor.scope(Act::ViewPeople).is_nothing() {
        return Err(Refusal::not_found().into());
    }
    let answer = told(&app, person).await?;
    note(&app, &actor, "person", Some(person), address);
    Ok(answer)
}

/// A person as they are now, with their version.
async fn told(app: &App, person: Uuid) -> Outcome<Response> {
    let named = crate::person_row(app.store.read(), person).await?;
    let view = PersonView::from(named.ok_or_else(Refusal::not_found)?);
    let version = version_of(app, person).await?;
    Ok(([(ETAG, etag(version))], Json(view)).into_response())
}

async fn version_of(app: &App, person: Uuid) -> Outcome<i64> {
    let loaded = app.store.read().state::<Person>(person).await?;
    Ok(loaded.ok_or_else(Refusal::not_found)?.version)
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
    post, path = "/people", tag = "people", request_body = NewPerson, params(IdempotencyKey),
    responses(
        (status = 201, description = "Known from now on", body = PersonView),
        ChangeRefused,
    )
)]
async fn new_person(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewPerson>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::ManagePeople)?;
    let once = key.bound(actor.person, &[b"people", &body.raw]);
    let (identity, role, category) = body.value.parts();
    let (identity, grant) = (identity.checked("")?, RoleGrant { role, area: None });
    let added = app.store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            crate::refuse_taken(tx, identity.email.as_deref(), None).await?;
            let person = crate::register(tx, &actor.author(), identity.clone(), false, &[grant]).await?;
            if category.is_some() {
                crate::set_category(tx, &actor, person, category).await?;
            }
            Ok(PersonView::from(Named {
                id: person.0,
                identity,
                guest: false,
                staff: grant.role != Role::Requester,
                category,
                merged_into: None,
            }))
        })
    });
    let person = added.await?;
    app.store.note_listed_change();
    Ok((StatusCode::CREATED, Json(person)).into_response())
}

/// Says what somebody is to those who promise times; tickets that are there keep what they had.
#[utoipa::path(
    put, path = "/people/{person}/category", tag = "people", request_body = CategoryBody,
    params(("person" = Uuid, Path, description = "Identity")),
    responses(
        (status = 200, description = "The person as they are now", body = PersonView),
        ChangeRefused,
    )
)]
async fn set_category(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(person): ApiPath<Uuid>,
    body: ApiBody<CategoryBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::ManagePeople)?;
    let category = body.value.category;
    let set = app.store.write(Lane::People, move |tx| {
        let actor = actor.clone();
        Box::pin(async move { crate::set_category(tx, &actor, PersonId(person), category).await })
    });
    set.await?;
    app.store.note_listed_change();
    crate::forget_cached();
    Ok(told(&app, person).await?)
}
