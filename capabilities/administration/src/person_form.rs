//! Adding a person, correcting one.

use crate::person::{grant_of, role_choices};
use crate::staff::{Staff, area_choices};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Identity, IdentityChange, PersonCategory, form_errors};
use store::Lane;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "administration/person_form.html")]
struct PersonForm {
    frame: Frame,
    action: String,
    cancel: String,
    typed: Identity,
    is_new: bool,
    roles: Vec<Choice>,
    areas: Vec<Choice>,
    categories: Vec<Choice>,
    errors: Errors,
}

/// All categories to choose from.
fn category_choices(frame: &Frame, current: &str) -> Vec<Choice> {
    let choice = |category: PersonCategory| Choice::new(category.code(), frame.t(category.text_key()), current);
    PersonCategory::ALL.into_iter().map(choice).collect()
}

/// The category of a form; none where none is chosen.
fn category_of(form: &FormBody) -> Outcome<Option<PersonCategory>> {
    let code = form.text("category");
    let category = PersonCategory::from_code(code);
    if category.is_none() && !code.is_empty() {
        return Err(Refusal::field("category", "field-unknown-value").into());
    }
    Ok(category)
}

pub(super) async fn new(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ManagePeople)?;
    Ok(html(
        &new_page(
            &app,
            staff.frame,
            Identity::default(),
            &FormBody::default(),
            Errors::default(),
        )
        .await?,
    ))
}

async fn new_page(app: &App, frame: Frame, typed: Identity, form: &FormBody, errors: Errors) -> Outcome<PersonForm> {
    let role = form.get("role").unwrap_or("requester");
    let (title, back) = (frame.t("admin-person-new"), frame.t("admin-people"));
    Ok(PersonForm {
        action: "/people/new".to_owned(),
        cancel: "/people".to_owned(),
        typed,
        is_new: true,
        roles: role_choices(&frame, role),
        areas: area_choices(app, form.text("area")).await?,
        categories: category_choices(&frame, form.text("category")),
        errors,
        frame: frame.titled(title).back_to("/people", back),
    })
}

/// Who somebody is, as typed.
fn typed(form: &FormBody) -> Identity {
    let some = |field: &str| Some(form.text(field).to_owned()).filter(|text| !text.trim().is_empty());
    Identity {
        name: form.text("name").to_owned(),
        email: some("email"),
        phone: some("phone"),
        pin: some("pin"),
        external_id: some("external_id"),
        office: some("office"),
        language: None,
    }
}

pub(super) async fn create(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    match add(&app, &staff, &form).await {
        Ok(person) => Ok(see_other(&format!("/people/{person}"))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = new_page(&app, staff.frame, typed(&form), &form, errors).await?;
            Ok(to_mend(&page))
        }
    }
}

async fn add(app: &App, staff: &Staff, form: &FormBody) -> Outcome<Uuid> {
    staff.actor.allow_any(Act::ManagePeople)?;
    let identity = typed(form).checked("")?;
    let grant = grant_of(app, form).await?;
    let password = form.text("password").to_owned();
    if !password.is_empty() {
        people::password_fits(&password)?;
    }
    let login = identity.email.clone();
    if !password.is_empty() && login.is_none() {
        return Err(Refusal::field("email", "people-field-email-first").into());
    }
    let (actor, category) = (staff.actor.clone(), category_of(form)?);
    let person = app
        .store
        .write_once(Lane::People, form.once(staff.actor.person, "person"), move |tx| {
            Box::pin(async move {
                people::refuse_taken(tx, identity.email.as_deref(), None).await?;
                let person = people::register(tx, &actor.author(), identity, false, &[grant]).await?;
                people::set_category(tx, &actor, person, category).await?;
                Ok(person.0)
            })
        })
        .await?;
    app.store.note_listed_change();
    if let Some(login) = login.filter(|_| !password.is_empty()) {
        people::set_password(&app.store, person, &login, &password).await?;
    }
    Ok(person)
}

pub(super) async fn edit(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ManagePeople)?;
    let named = people::person_row(app.store.read(), person)
        .await?
        .ok_or_else(Refusal::not_found)?;
    staff.read(&app, "person", Some(person));
    let category = named.category.map_or("", PersonCategory::code);
    let typed = (named.identity, category);
    Ok(html(&edit_page(staff.frame, person, typed, Errors::default())))
}

fn edit_page(frame: Frame, person: Uuid, (typed, category): (Identity, &str), errors: Errors) -> PersonForm {
    let (title, back) = (frame.t("admin-person-edit"), typed.name.clone());
    let own = format!("/people/{person}");
    PersonForm {
        action: format!("{own}/edit"),
        cancel: own.clone(),
        typed,
        is_new: false,
        roles: Vec::new(),
        areas: Vec::new(),
        categories: category_choices(&frame, category),
        errors,
        frame: frame.titled(title).back_to(own, back),
    }
}

pub(super) async fn save(
    State(app): State<App>,
    staff: Staff,
    PagePath(person): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let whole = |field: &str| Some(form.text(field).to_owned());
    let change = IdentityChange {
        name: whole("name"),
        email: whole("email"),
        phone: whole("phone"),
        pin: whole("pin"),
        external_id: whole("external_id"),
        office: whole("office"),
        ..IdentityChange::default()
    };
    let saved = async {
        let category = Some(category_of(&form)?);
        let change = IdentityChange { category, ..change };
        people::correct_person(&app.store, &staff.actor, person, change, IfMatch::default()).await
    };
    match saved.await {
        Ok(()) => Ok(see_other(&format!("/people/{person}"))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                html(&edit_page(
                    staff.frame,
                    person,
                    (typed(&form), form.text("category")),
                    errors,
                )),
            )
                .into_response())
        }
    }
}
