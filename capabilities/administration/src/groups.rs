//! Groups: who answers for a ticket.

use crate::commands::{NewGroup, add_group};
use crate::staff::{Staff, area_choices, area_of};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Group, GroupKind, form_errors};
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, html, see_other, to_mend};

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
    active: bool,
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
        active: !group.state.closed,
    };
    let kinds = GroupKind::ALL.into_iter();
    let kinds = kinds.map(|kind| Choice::new(kind.code(), kind_name(&staff.frame, kind), form.text("kind")));
    let title = staff.frame.t("admin-groups");
    Ok(Groups {
        sections: staff.sections(app, "/administration/groups"),
        groups: groups.iter().map(row).collect(),
        kinds: kinds.collect(),
        areas: area_choices(app, form.text("area")).await?,
        new_name: form.text("name").to_owned(),
        errors,
        frame: staff.frame.titled(title),
    })
}

pub(super) fn kind_name(frame: &Frame, kind: GroupKind) -> String {
    frame.t(&format!("admin-group-kind-{}", kind.code().replace('_', "-")))
}

/// An area's name; all of them where there is none.
pub(super) fn area_name(frame: &Frame, areas: &[Loaded<Area>], area: Option<Uuid>) -> String {
    let found = area.and_then(|id| areas.iter().find(|area| area.id == id));
    found.map_or_else(|| frame.t("people-all-areas"), |area| area.state.name.clone())
}

pub(super) async fn create(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    match add(&app, &staff, &form).await {
        Ok(group) => Ok(see_other(&format!("/administration/groups/{group}"))),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            let page = list_page(&app, staff, &form, errors).await?;
            Ok(to_mend(&page))
        }
    }
}

async fn add(app: &App, staff: &Staff, form: &FormBody) -> Outcome<Uuid> {
    staff.actor.allow_any(Act::Configure)?;
    let area = area_of(app, form.text("area")).await?;
    let kind = GroupKind::from_code(form.text("kind")).ok_or_else(|| Refusal::field("kind", "field-unknown-value"))?;
    let name = form.text("name").to_owned();
    let once = form.once(staff.actor.person, "group");
    let group = add_group(&app.store, &staff.actor, NewGroup { name, kind, area }, once).await?;
    Ok(group.id)
}
