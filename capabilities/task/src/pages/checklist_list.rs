//! The checklists one below the other, by name.

use super::CHECKLISTS;
use super::checklist_form::{kind_name, role_name};
use crate::checklist::{self, ChecklistView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::Instant;
use people::{Act, Visit, sections};
use ui::{Choice, Frame};
use web::{App, PageError, html};

#[derive(Template)]
#[template(path = "task/checklists.html")]
struct List {
    frame: Frame,
    sections: Vec<Choice>,
    lists: Vec<Line>,
}

/// A checklist in the list.
struct Line {
    href: String,
    name: String,
    area: String,
    serves: String,
    items: usize,
    active: bool,
    updated_at: Instant,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    actor.allow_any(Act::Configure)?;
    let areas = app.store.all::<Area>().await?;
    let found = checklist::checklists(&app.store, &actor).await?;
    let area = |list: &ChecklistView| {
        let found = areas.iter().find(|area| Some(area.id) == list.area);
        found.map_or_else(|| frame.t("task-area-all"), |area| area.state.name.clone())
    };
    let line = |list: ChecklistView| Line {
        href: format!("{CHECKLISTS}/{}", list.id),
        area: area(&list),
        serves: serves(&frame, &list),
        items: list.items.len(),
        name: list.name,
        active: list.active,
        updated_at: list.updated_at,
    };
    let title = frame.t("task-checklists");
    Ok(html(&List {
        sections: sections(&app, &actor, &frame, CHECKLISTS),
        lists: found.into_iter().map(line).collect(),
        frame: frame.titled(title),
    }))
}

/// What a checklist is for: a kind of ticket, a role, both or everything.
fn serves(frame: &Frame, list: &ChecklistView) -> String {
    let kind = list.kind.map(|kind| kind_name(frame, kind));
    let role = list.role.map(|role| role_name(frame, role));
    let both: Vec<String> = kind.into_iter().chain(role).collect();
    match both.is_empty() {
        true => frame.t("task-for-all"),
        false => both.join(" · "),
    }
}
