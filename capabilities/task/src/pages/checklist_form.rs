//! Writing a checklist, changing it, closing it.

use super::{CHECKLISTS, assignees};
use crate::checklist::{self, ChecklistChange, ChecklistToBe, ChecklistView, ItemToBe, MOST_ITEMS, role_of};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Uuid};
use people::{Act, Role, Visit, areas_to_set_up, form_errors};
use store::Store;
use ticket::domain::TicketKind;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

/// Empty lines below those that are filled.
const MORE: usize = 6;
/// What a form sends for all areas.
const ALL: &str = "all";

#[derive(Template)]
#[template(path = "task/checklist_form.html")]
struct ChecklistForm {
    frame: Frame,
    heading: String,
    action: String,
    typed: Typed,
    version: i64,
    areas: Vec<Choice>,
    kinds: Vec<Choice>,
    roles: Vec<Choice>,
    lines: Vec<ItemLine>,
    /// Whether it is offered; nothing for a new one.
    active: Option<bool>,
    may_change: bool,
    errors: Errors,
}

/// A line of the form.
struct ItemLine {
    place: usize,
    text: String,
    minutes: String,
    groups: Vec<Choice>,
}

/// A checklist as typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    name: String,
    area: String,
    kind: String,
    role: String,
    items: Vec<TypedItem>,
}

/// A line as typed.
#[derive(Clone, Debug, Default)]
struct TypedItem {
    text: String,
    minutes: String,
    group: String,
}

impl Typed {
    fn of(form: &FormBody) -> Self {
        let text = |field: &str| form.text(field).trim().to_owned();
        let item = |place: usize| TypedItem {
            text: text(&format!("text-{place}")),
            minutes: text(&format!("minutes-{place}")),
            group: text(&format!("group-{place}")),
        };
        let items = (1..=MOST_ITEMS).map(item).filter(|item| !item.is_empty());
        Self {
            name: text("name"),
            area: text("area"),
            kind: text("kind"),
            role: text("role"),
            items: items.collect(),
        }
    }

    fn as_it_is(list: &ChecklistView) -> Self {
        let item = |item: &checklist::ChecklistItem| TypedItem {
            text: item.text.clone(),
            minutes: item.due_minutes.map(|minutes| minutes.to_string()).unwrap_or_default(),
            group: item.group.map(|group| group.to_string()).unwrap_or_default(),
        };
        Self {
            name: list.name.clone(),
            area: list.area.map_or_else(|| ALL.to_owned(), |area| area.to_string()),
            kind: list.kind.map(|kind| kind.code().to_owned()).unwrap_or_default(),
            role: list.role.map(|role| role.code().to_owned()).unwrap_or_default(),
            items: list.items.iter().map(item).collect(),
        }
    }

    fn checklist(&self) -> ChecklistToBe {
        ChecklistToBe {
            name: self.name.clone(),
            area: Some(self.area.clone()).filter(|area| !area.is_empty() && area != ALL),
            kind: TicketKind::from_code(&self.kind),
            role: role_of(&self.role),
            items: self.items.iter().map(TypedItem::item).collect(),
        }
    }
}

impl TypedItem {
    fn is_empty(&self) -> bool {
        self.text.is_empty() && self.minutes.is_empty() && self.group.is_empty()
    }

    /// Minutes that are no number are out of range like any others.
    fn item(&self) -> ItemToBe {
        let minutes = Some(self.minutes.as_str()).filter(|text| !text.is_empty());
        ItemToBe {
            text: self.text.clone(),
            due_minutes: minutes.map(|text| text.parse().unwrap_or(0)),
            group: Some(self.group.clone()).filter(|group| !group.is_empty()),
        }
    }
}

pub(super) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    Ok(html(
        &page(&app.store, visit, None, Typed::default(), Errors::default()).await?,
    ))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let typed = Typed::of(&form);
    let once = form.once(visit.actor.person, "new checklist");
    match checklist::write_checklist(&app.store, &visit.actor, typed.checklist(), once).await {
        Ok(_) => Ok(see_other(CHECKLISTS)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app.store, visit, None, typed, errors).await?))
        }
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let list = checklist::checklist(app.store.read(), &visit.actor, id).await?;
    let typed = Typed::as_it_is(&list);
    Ok(html(
        &page(&app.store, visit, Some(&list), typed, Errors::default()).await?,
    ))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let typed = Typed::of(&form);
    let change = ChecklistChange {
        checklist: Some(typed.checklist()),
        active: None,
    };
    alter(&app, visit, id, change, &form, Some(typed)).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = ChecklistChange {
        checklist: None,
        active: form.text("active").parse().ok(),
    };
    alter(&app, visit, id, change, &form, None).await
}

async fn alter(
    app: &App,
    visit: Visit,
    id: Uuid,
    change: ChecklistChange,
    form: &FormBody,
    typed: Option<Typed>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    match checklist::alter_checklist(&app.store, &visit.actor, id, change, meant).await {
        Ok(_) => Ok(see_other(CHECKLISTS)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            let list = checklist::checklist(app.store.read(), &visit.actor, id).await?;
            let typed = typed.unwrap_or_else(|| Typed::as_it_is(&list));
            Ok(to_mend(&page(&app.store, visit, Some(&list), typed, errors).await?))
        }
    }
}

async fn page(
    store: &Store,
    visit: Visit,
    list: Option<&ChecklistView>,
    typed: Typed,
    errors: Errors,
) -> Outcome<ChecklistForm> {
    let Visit { actor, frame } = visit;
    let heading = list.map_or_else(|| frame.t("task-checklist-new"), |list| list.name.clone());
    let everywhere = Choice::new(ALL, frame.t("task-area-all"), &typed.area);
    Ok(ChecklistForm {
        action: list.map_or_else(
            || format!("{CHECKLISTS}/new"),
            |list| format!("{CHECKLISTS}/{}", list.id),
        ),
        areas: areas_to_set_up(store, &actor, everywhere, &typed.area).await?,
        kinds: kinds(&frame, &typed.kind),
        roles: roles(&frame, &typed.role),
        lines: lines(store, &typed).await?,
        version: list.map_or(0, |list| list.version),
        active: list.map(|list| list.active),
        may_change: list.is_none_or(|list| actor.allow_over(Act::Configure, list.area).is_ok()),
        typed,
        errors,
        frame: frame
            .clone()
            .titled(heading.clone())
            .back_to(CHECKLISTS, frame.t("task-checklists")),
        heading,
    })
}

/// The lines that are filled, and a few more.
async fn lines(store: &Store, typed: &Typed) -> Outcome<Vec<ItemLine>> {
    let more = std::iter::repeat_with(TypedItem::default).take(MORE);
    let all = typed.items.iter().cloned().chain(more).take(MOST_ITEMS);
    let mut lines = Vec::with_capacity(MOST_ITEMS);
    for (item, place) in all.zip(1..) {
        lines.push(ItemLine {
            place,
            groups: assignees::groups(store, None, &item.group).await?,
            text: item.text,
            minutes: item.minutes,
        });
    }
    Ok(lines)
}

fn kinds(frame: &Frame, current: &str) -> Vec<Choice> {
    let known = TicketKind::ALL.iter().filter(|kind| **kind != TicketKind::Unknown);
    known
        .map(|kind| Choice::new(kind.code(), kind_name(frame, *kind), current))
        .collect()
}

fn roles(frame: &Frame, current: &str) -> Vec<Choice> {
    let of_the_desk = Role::ALL.into_iter().filter(|role| *role != Role::Requester);
    of_the_desk
        .map(|role| Choice::new(role.code(), role_name(frame, role), current))
        .collect()
}

/// A kind of ticket as people read it.
pub(super) fn kind_name(frame: &Frame, kind: TicketKind) -> String {
    frame.t(&format!("ticket-page-kind-{}", kind.code()))
}

/// A role as people read it.
pub(super) fn role_name(frame: &Frame, role: Role) -> String {
    frame.t(&format!("people-role-{}", role.code().replace('_', "-")))
}
