//! The macros one below the other, by name.

use super::LIST;
use super::told::Known;
use crate::row::{self, MacroView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::Instant;
use people::{Act, Visit, sections};
use ui::{Choice, Frame};
use web::{App, PageError, html};

#[derive(Template)]
#[template(path = "macros/list.html")]
struct List {
    frame: Frame,
    sections: Vec<Choice>,
    macros: Vec<Line>,
}

/// A macro in the list.
struct Line {
    href: String,
    name: String,
    area: String,
    does: String,
    active: bool,
    updated_at: Instant,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    actor.allow_any(Act::Configure)?;
    let areas = app.store.all::<Area>().await?;
    let known = Known::of(&app.store, &actor).await?;
    let found = row::macros(&app.store, &actor).await?;
    let area = |one: &MacroView| {
        let found = areas.iter().find(|area| Some(area.id) == one.area);
        found.map_or_else(|| frame.t("macros-area-all"), |area| area.state.name.clone())
    };
    let line = |one: MacroView| Line {
        href: format!("{LIST}/{}", one.id),
        area: area(&one),
        does: known.told(&frame, &one).join(" · "),
        name: one.name,
        active: one.active,
        updated_at: one.updated_at,
    };
    let title = frame.t("macros-title");
    Ok(html(&List {
        sections: sections(&app, &actor, &frame, LIST),
        macros: found.into_iter().map(line).collect(),
        frame: frame.titled(title),
    }))
}
