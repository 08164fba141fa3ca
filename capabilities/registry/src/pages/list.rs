//! The sources of one's areas, and how they fare.

use super::LIST;
use crate::{RegistrySource, SourceKind, health};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use people::{Act, Visit, sections};
use store::Loaded;
use ui::{Choice, Frame};
use web::{App, PageError, html};

#[derive(Template)]
#[template(path = "registry/list.html")]
struct List {
    frame: Frame,
    sections: Vec<Choice>,
    sources: Vec<Line>,
}

struct Line {
    href: String,
    name: String,
    area: String,
    kind: String,
    standing: String,
    tone: &'static str,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let (sources, areas) = (app.store.all::<RegistrySource>().await?, app.store.all::<Area>().await?);
    let health = health(app.store.read()).await?;
    let Visit { actor, frame } = visit;
    let line = |source: &Loaded<RegistrySource>| {
        let area = areas.iter().find(|area| Some(area.id) == source.state.area);
        let down = health.get(&source.id).is_some_and(|health| health.is_down());
        let (standing, tone) = standing(&source.state, down);
        Line {
            href: format!("{LIST}/{}", source.id),
            name: source.state.text.name.clone(),
            area: area.map_or_else(|| frame.t("registry-all-areas"), |area| area.state.name.clone()),
            kind: frame.t(match source.state.text.place {
                SourceKind::Directory(_) => "registry-kind-directory",
                SourceKind::File => "registry-kind-file",
            }),
            standing: frame.t(standing),
            tone,
        }
    };
    let mine = sources.iter().filter(|source| actor.works_in(source.state.area));
    Ok(html(&List {
        sources: mine.map(line).collect(),
        sections: sections(&app, &actor, &frame, LIST),
        frame: frame.clone().titled(frame.t("registry-title")),
    }))
}

/// How a source stands, in a word and a tone.
pub(super) fn standing(source: &RegistrySource, down: bool) -> (&'static str, &'static str) {
    match source {
        source if !source.active => ("registry-closed", "neutral"),
        _ if down => ("registry-down", "danger"),
        source if source.text.place == SourceKind::File && source.loaded.is_none() => ("registry-to-load", "warning"),
        _ => ("registry-active", "success"),
    }
}
