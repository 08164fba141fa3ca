//! One group: its name, its people, whether it is in use.

use crate::commands::{alter_group, alter_members};
use crate::groups::{area_name, kind_name};
use crate::naming::{Kind, Naming, version_of, wanted};
use crate::staff::{Staff, allow_configure};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Group, GroupChange, Membership, form_errors};
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "administration/group.html")]
struct GroupPage {
    frame: Frame,
    own: String,
    name: String,
    about: String,
    members: Vec<Choice>,
    others: Vec<Choice>,
    naming: Naming,
    may_change: bool,
    errors: Errors,
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    Ok(html(&page(&app, &staff, id, None, Errors::default()).await?))
}

async fn page(app: &App, staff: &Staff, id: Uuid, typed: Option<&FormBody>, errors: Errors) -> Outcome<GroupPage> {
    let group = group(app, staff, id).await?;
    let areas = app.store.all::<Area>().await?;
    let operators = people::operators(&app.store).await?;
    let state = &group.state;
    let (members, others): (Vec<_>, Vec<_>) = operators.iter().partition(|person| state.members.contains(&person.id));
    let choice = |person: &people::Named| Choice::new(person.id.to_string(), &person.identity.name, "");
    let frame = &staff.frame;
    let area = area_name(frame, &areas, state.area);
    Ok(GroupPage {
        own: own(id),
        name: state.name.clone(),
        about: format!("{} · {area}", kind_name(frame, state.kind)),
        members: members.into_iter().map(choice).collect(),
        others: others.into_iter().map(choice).collect(),
        naming: naming(&group).typed(typed),
        may_change: allow_configure(&staff.actor, state.area).is_ok(),
        errors,
        frame: frame
            .clone()
            .titled(state.name.clone())
            .back_to("/administration/groups", frame.t("admin-groups")),
    })
}

fn own(id: Uuid) -> String {
    format!("/administration/groups/{id}")
}

fn naming(group: &Loaded<Group>) -> Naming {
    Naming {
        own: own(group.id),
        of: Kind::Group,
        name: group.state.name.clone(),
        service: None,
        version: group.version,
        active: !group.state.closed,
    }
}

async fn group(app: &App, staff: &Staff, id: Uuid) -> Outcome<Loaded<Group>> {
    staff.actor.allow_any(Act::Configure)?;
    let groups = app.store.all::<Group>().await?;
    let found = groups.iter().find(|group| group.id == id);
    found.cloned().ok_or_else(|| Refusal::not_found().into())
}

pub(super) async fn rename(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = GroupChange {
        name: Some(form.text("name").to_owned()),
        active: None,
    };
    alter(&app, &staff, id, change, &form).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = GroupChange {
        name: None,
        active: wanted(&form),
    };
    alter(&app, &staff, id, change, &form).await
}

async fn alter(
    app: &App,
    staff: &Staff,
    id: Uuid,
    change: GroupChange,
    form: &FormBody,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    match alter_group(&app.store, &staff.actor, id, change, version_of(form)).await {
        Ok(_) => Ok(see_other(&own(id))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = page(app, staff, id, Some(form), errors).await?;
            Ok(to_mend(&page))
        }
    }
}

pub(super) async fn add_member(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    change_members(&app, &staff, id, &form, Membership::With).await
}

pub(super) async fn remove_member(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    change_members(&app, &staff, id, &form, Membership::Without).await
}

async fn change_members(
    app: &App,
    staff: &Staff,
    id: Uuid,
    form: &FormBody,
    change: fn(Uuid) -> Membership,
) -> Result<Response, PageError> {
    allow_configure(&staff.actor, group(app, staff, id).await?.state.area)?;
    let person = form.text("person").parse();
    let person = person.map_err(|_| Refusal::field("person", "field-not-found"))?;
    alter_members(&app.store, &staff.actor, id, change(person), IfMatch::default()).await?;
    Ok(see_other(&own(id)))
}
