//! One person: contacts, roles, password, what they asked for lately.

use crate::merge::contact_line;
use crate::staff::{Staff, area_choices, area_of};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Absorbed, Act, Named, Origin, Person, Role, RoleChange, RoleGrant, form_errors, role_line};
use store::Card;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other};

/// Tickets shown on a person's page.
const TICKETS: usize = 20;

#[derive(Template)]
#[template(path = "administration/person.html")]
struct PersonPage {
    frame: Frame,
    named: Named,
    login: String,
    category: String,
    roles: Vec<Held>,
    tickets: Vec<Card>,
    may_manage: bool,
    may_merge: bool,
    absorbed: Vec<Same>,
    origins: Vec<Origin>,
    /// Whether signing in asks for a code, and whether this reader may take that away.
    second: bool,
    second_taken_here: bool,
    all_roles: Vec<Choice>,
    areas: Vec<Choice>,
    errors: Errors,
}

/// Somebody who turned out to be this person.
struct Same {
    known: Absorbed,
    contacts: String,
}

impl Same {
    fn of(known: Absorbed) -> Self {
        let contacts = contact_line(&known.identity);
        Self { known, contacts }
    }
}

/// A role somebody holds.
struct Held {
    label: String,
    role: &'static str,
    area: String,
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ViewPeople)?;
    let survivor = people::survivor_of(app.store.read(), person).await?;
    if survivor != person {
        return Ok(see_other(&format!("/people/{survivor}")));
    }
    page(&app, staff, person, Errors::default()).await
}

async fn page(app: &App, staff: Staff, person: Uuid, errors: Errors) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ViewPeople)?;
    let page = person_page(app, staff, person, errors).await?;
    let status = if page.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, html(&page)).into_response())
}

async fn person_page(app: &App, staff: Staff, person: Uuid, errors: Errors) -> Outcome<PersonPage> {
    let store = &app.store;
    let named = people::person_row(store.read(), person)
        .await?
        .ok_or_else(Refusal::not_found)?;
    staff.read(app, "person", Some(person));
    let state = store
        .read()
        .state::<Person>(person)
        .await?
        .ok_or_else(Refusal::not_found)?
        .state;
    let areas = store.all::<Area>().await?;
    let held = |grant: &RoleGrant| Held {
        label: role_line(&staff.frame, grant, &areas),
        role: grant.role.code(),
        area: grant.area.map_or_else(String::new, |area| area.to_string()),
    };
    let frame = &staff.frame;
    let second = people::second_factor_of(store, person).await?.on;
    Ok(PersonPage {
        second,
        second_taken_here: second && person != staff.actor.person,
        category: named
            .category
            .map(|category| frame.t(category.text_key()))
            .unwrap_or_default(),
        login: people::login_of(store, person).await?.unwrap_or_default(),
        roles: state.roles.iter().map(held).collect(),
        tickets: ticket::recent_of(store, &staff.actor, person, TICKETS).await?,
        may_manage: staff.may(Act::ManagePeople),
        may_merge: staff.may(Act::MergePeople),
        absorbed: people::absorbed_by(store, person)
            .await?
            .into_iter()
            .map(Same::of)
            .collect(),
        origins: people::origins(app, frame, person).await,
        all_roles: role_choices(frame, "operator"),
        areas: area_choices(app, "").await?,
        errors,
        frame: frame
            .clone()
            .titled(named.identity.name.clone())
            .back_to("/people", frame.t("admin-people")),
        named,
    })
}

/// All roles to choose from.
pub(super) fn role_choices(frame: &Frame, current: &str) -> Vec<Choice> {
    let name = |role: Role| frame.t(&format!("people-role-{}", role.code().replace('_', "-")));
    Role::ALL
        .into_iter()
        .map(|role| Choice::new(role.code(), name(role), current))
        .collect()
}

/// A role with its area, as a form sends them.
pub(super) async fn grant_of(app: &App, form: &FormBody) -> Outcome<RoleGrant> {
    let role = Role::from_code(form.text("role")).ok_or_else(|| Refusal::field("role", "field-unknown-value"))?;
    Ok(RoleGrant {
        role,
        area: area_of(app, form.text("area")).await?,
    })
}

pub(super) async fn give_role(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let given = change_role(&app, &staff, person, &form, RoleChange::Given).await;
    answered(&app, staff, person, given).await
}

pub(super) async fn take_role(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let taken = change_role(&app, &staff, person, &form, RoleChange::Taken).await;
    answered(&app, staff, person, taken).await
}

async fn change_role(app: &App, staff: &Staff, person: Uuid, form: &FormBody, change: RoleChange) -> Outcome<()> {
    staff.actor.allow_any(Act::ManagePeople)?;
    let grant = grant_of(app, form).await?;
    people::change_role(&app.store, &staff.actor, person, (grant, change), IfMatch::default()).await
}

/// The login is the person's e-mail address.
pub(super) async fn set_password(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let set = people::reset_password(&app.store, &staff.actor, person, form.text("password")).await;
    answered(&app, staff, person, set).await
}

pub(super) async fn take_second_factor(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let taken = people::take_second_factor(&app.store, &staff.actor, person, form.text("reason")).await;
    answered(&app, staff, person, taken).await
}

async fn answered(app: &App, staff: Staff, person: Uuid, done: Outcome<()>) -> Result<Response, PageError> {
    match done {
        Ok(()) => Ok(see_other(&format!("/people/{person}"))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            page(app, staff, person, errors).await
        }
    }
}
