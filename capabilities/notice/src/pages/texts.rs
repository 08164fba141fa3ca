//! All texts, as an area says them.

use super::TEXTS;
use crate::text::area_text::AreaText;
use crate::text::commands::area_of;
use crate::text::key::TextKey;
use crate::text::view::{self, Origin};
use crate::text::voice::Voice;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Uuid};
use people::{Act, Visit, query_value, sections};
use serde::Deserialize;
use store::Store;
use ui::{Choice, Frame};
use web::{App, PageError, PageQuery, html};

/// Of which area.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OfArea {
    pub(super) area: String,
}

#[derive(Template)]
#[template(path = "notice/texts.html")]
struct Texts {
    frame: Frame,
    sections: Vec<Choice>,
    areas: Vec<Choice>,
    voices: Vec<String>,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    code: &'static str,
    sent: bool,
    cells: Vec<Cell>,
}

struct Cell {
    href: String,
    origin: String,
    agreed: bool,
    about: String,
}

pub(super) async fn list(
    State(app): State<App>,
    visit: Visit,
    PageQuery(of): PageQuery<OfArea>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    actor.allow_any(Act::Configure)?;
    let area = area_of(&app.store, Some(&of.area)).await?;
    let all = app.store.all::<AreaText>().await?;
    let cell = |key: TextKey, voice: Voice| {
        let text = view::text(&all, key, area, voice);
        Cell {
            href: address(key, voice, area),
            origin: frame.t(origin_key(text.origin)),
            agreed: text.agreed.is_some(),
            about: format!("{}, {}", frame.t(key.label()), frame.t(voice.label())),
        }
    };
    let line = |key: TextKey| Line {
        name: frame.t(key.label()),
        code: key.code(),
        sent: key.is_sent(),
        cells: Voice::ALL.into_iter().map(|voice| cell(key, voice)).collect(),
    };
    let lines = TextKey::ALL.into_iter().map(line).collect();
    let title = frame.t("notice-texts");
    Ok(html(&Texts {
        sections: sections(&app, &actor, &frame, TEXTS),
        areas: areas(&app.store, &frame, area).await?,
        voices: Voice::ALL.iter().map(|voice| frame.t(voice.label())).collect(),
        lines,
        frame: frame.titled(title),
    }))
}

/// The key of where words come from.
pub(super) const fn origin_key(origin: Origin) -> &'static str {
    match origin {
        Origin::Area => "notice-origin-area",
        Origin::Everywhere => "notice-origin-everywhere",
        Origin::Default => "notice-origin-default",
    }
}

/// The address of a text of an area.
pub(super) fn address(key: TextKey, voice: Voice, area: Option<Uuid>) -> String {
    let own = format!("{TEXTS}/{}/{}", key.code(), voice.code());
    match area {
        Some(area) => format!("{own}?area={}", query_value(&area.to_string())),
        None => own,
    }
}

/// All areas together and each, by the address of their texts.
async fn areas(store: &Store, frame: &Frame, current: Option<Uuid>) -> Outcome<Vec<Choice>> {
    let current = current.map_or_else(|| TEXTS.to_owned(), |area| format!("{TEXTS}?area={area}"));
    let all = store.all::<Area>().await?;
    let everywhere = Choice::new(TEXTS, frame.t("notice-area-all"), &current);
    let active = all.iter().filter(|area| area.state.active);
    let each = active.map(|area| Choice::new(format!("{TEXTS}?area={}", area.id), &area.state.name, &current));
    Ok(std::iter::once(everywhere).chain(each).collect())
}
