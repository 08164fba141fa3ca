//! Groups: who answers for a ticket.

use crate::staff::{Staff, allow_configure, area_choices, area_of};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Group, GroupId, GroupKind, create_group, form_errors, set_members};
use store::{Lane, Loaded};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, html, see_other};

#[derive(Template)]
#[template(path = "administration/groups.html")]
struct Groups {
    frame: Frame,
    sections: Vec<Choice>,
    groups: Vec<GroupRow>,
    kinds: Vec<Choice>,
    areas: Vec<Choice>,
    new_name: String,
    errors: Errors,
}

struct GroupRow {
    href: String,
    name: String,
    kind: String,
    area: String,
    members: usize,
}

pub(super) async fn list(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    Ok(html(
        &list_page(&app, staff, &FormBody::default(), Errors::default()).await?,
    ))
}

async fn list_page(app: &App, staff: Staff, form: &FormBody, errors: Errors) -> Outcome<Groups> {
    staff.actor.allow_any(Act::Configure)?;
    let (groups, areas) = (app.store.all::<Group>().await?, app.store.all::<Area>().await?);
    let row = |group: &Loaded<Group>| GroupRow {
        href: format!("/administration/groups/{}", group.id),
        name: group.state.name.clone(),
        kind: kind_name(&staff.frame, group.state.kind),
        area: area_name(&staff.frame, &areas, group.state.area),
        members: group.state.members.len(),
    };
    let kinds = GroupKind::ALL.into_iter();
    let kinds = kinds.map(|kind| Choice::new(kind.code(), kind_name(&staff.frame, kind), form.text("kind")));
    let title = staff.frame.t("admin-groups");
    Ok(Groups {
        sections: staff.sections("/administration/groups"),
        groups: groups.iter().map(row).collect(),
        kinds: kinds.collect(),
        areas: area_choices(app, form.text("area")).await?,
        new_name: form.text("name").to_owned(),
        errors,
        frame: staff.frame.titled(title),
    })
}

fn kind_name(frame: &Frame, kind: GroupKind) -> String {
    frame.t(&format!("admin-group-kind-{}", kind.code().replace('_', "-")))
}

/// An area's name; all of them where there is none.
pub(super) fn area_name(frame: &Frame, areas: &[Loaded<Area>], area: Option<Uuid>) -> String {
    let found = area.and_then(|id| areas.iter().find(|area| area.id == id));
    found.map_or_else(|| frame.t("people-all-areas"), |area| area.state.name.clone())
}

pub(super) async fn create(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    match add(&app, &staff, &form).await {
        Ok(group) => Ok(see_other(&format!("/administration/groups/{}", group.0))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = list_page(&app, staff, &form, errors).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)).into_response())
        }
    }
}

async fn add(app: &App, staff: &Staff, form: &FormBody) -> Outcome<GroupId> {
    let area = area_of(app, form.text("area")).await?;
    allow_configure(&staff.actor, area)?;
    let kind = GroupKind::from_code(form.text("kind")).ok_or_else(|| Refusal::field("kind", "field-unknown-value"))?;
    let (author, name) = (staff.actor.author(), form.text("name").to_owned());
    app.store
        .write(Lane::People, move |tx| {
            Box::pin(async move { create_group(tx, &author, &name, kind, area).await })
        })
        .await
}

#[derive(Template)]
#[template(path = "administration/group.html")]
struct GroupPage {
    frame: Frame,
    own: String,
    name: String,
    about: String,
    members: Vec<Choice>,
    others: Vec<Choice>,
}

pub(super) async fn show(State(app): State<App>, staff: Staff, Path(id): Path<Uuid>) -> Result<Response, PageError> {
    let group = group(&app, &staff, id).await?;
    let areas = app.store.all::<Area>().await?;
    let operators = people::operators(&app.store).await?;
    let (members, others): (Vec<_>, Vec<_>) = operators.iter().partition(|person| group.members.contains(&person.id));
    let choice = |person: &people::Named| Choice::new(person.id.to_string(), &person.identity.name, "");
    let frame = &staff.frame;
    let area = area_name(frame, &areas, group.area);
    Ok(html(&GroupPage {
        own: format!("/administration/groups/{id}"),
        about: format!("{} · {area}", kind_name(frame, group.kind)),
        members: members.into_iter().map(choice).collect(),
        others: others.into_iter().map(choice).collect(),
        frame: frame
            .clone()
            .titled(group.name.clone())
            .back_to("/administration/groups", frame.t("admin-groups")),
        name: group.name,
    }))
}

async fn group(app: &App, staff: &Staff, id: Uuid) -> Outcome<Group> {
    staff.actor.allow_any(Act::Configure)?;
    let groups = app.store.all::<Group>().await?;
    groups
        .iter()
        .find(|group| group.id == id)
        .map(|group| group.state.clone())
        .ok_or_else(|| Refusal::not_found().into())
}

pub(super) async fn add_member(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    change_members(&app, &staff, id, &form, true).await?;
    Ok(see_other(&format!("/administration/groups/{id}")))
}

pub(super) async fn remove_member(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    change_members(&app, &staff, id, &form, false).await?;
    Ok(see_other(&format!("/administration/groups/{id}")))
}

async fn change_members(app: &App, staff: &Staff, id: Uuid, form: &FormBody, add: bool) -> Outcome<()> {
    let group = group(app, staff, id).await?;
    allow_configure(&staff.actor, group.area)?;
    let person: Uuid = form
        .text("person")
        .parse()
        .map_err(|_| Refusal::field("person", "field-not-found"))?;
    let known = people::operators(&app.store)
        .await?
        .iter()
        .any(|operator| operator.id == person);
    let mut members = group.members;
    members.retain(|member| *member != person);
    if add && known {
        members.push(person);
    }
    let author = staff.actor.author();
    app.store
        .write(Lane::People, move |tx| {
            Box::pin(async move { set_members(tx, &author, GroupId(id), members).await })
        })
        .await?;
    people::forget_cached();
    Ok(())
}
