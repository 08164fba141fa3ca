//! The ready texts one below the other, by name.

use super::LIST;
use crate::row::{self, ReadyTextView};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use i18n::Language;
use kernel::{Instant, Uuid};
use people::{Act, Visit, sections};
use store::Loaded;
use ui::{Choice, Frame};
use web::{App, PageError, html};

#[derive(Template)]
#[template(path = "ready_text/list.html")]
struct List {
    frame: Frame,
    sections: Vec<Choice>,
    texts: Vec<Line>,
}

/// A text in the list.
struct Line {
    href: String,
    name: String,
    area: String,
    languages: String,
    active: bool,
    updated_at: Instant,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    actor.allow_any(Act::Configure)?;
    let areas = app.store.all::<Area>().await?;
    let texts = row::ready_texts(&app.store, &actor).await?;
    let line = |text: ReadyTextView| Line {
        href: format!("{LIST}/{}", text.id),
        area: area_name(&frame, &areas, text.area),
        languages: languages(&text),
        name: text.name,
        active: text.active,
        updated_at: text.updated_at,
    };
    let title = frame.t("ready-text-title");
    Ok(html(&List {
        sections: sections(&app, &actor, &frame, LIST),
        texts: texts.into_iter().map(line).collect(),
        frame: frame.titled(title),
    }))
}

/// The name of an area, or of all together.
fn area_name(frame: &Frame, areas: &[Loaded<Area>], area: Option<Uuid>) -> String {
    let Some(area) = area else {
        return frame.t("ready-text-area-all");
    };
    let found = areas.iter().find(|one| one.id == area);
    found.map(|area| area.state.name.clone()).unwrap_or_default()
}

/// The languages in which there are words.
fn languages(text: &ReadyTextView) -> String {
    let said = [(Language::It, &text.italian), (Language::En, &text.english)];
    let names = said
        .iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(language, _)| language.own_name());
    names.collect::<Vec<_>>().join(", ")
}
