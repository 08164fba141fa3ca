//! The two pages.

use super::view::part;
use super::{BOARD, BoardAsked, WALL};
use crate::choice::{Choosable, Chosen};
use crate::find::board as find;
use crate::links::address;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use people::Visit;
use ui::{Choice, Frame};
use web::{App, PageError, PageQuery, html};

#[derive(Template)]
#[template(path = "board/board.html")]
struct BoardPage {
    frame: Frame,
    /// The moving part.
    part: String,
    areas: Vec<Choice>,
    groups: Vec<Choice>,
    here: String,
    wall: String,
    line: String,
}

#[derive(Template)]
#[template(path = "board/wall.html")]
struct WallPage {
    frame: Frame,
    part: String,
    whose: String,
    back: String,
    line: String,
}

pub(super) async fn board(
    State(app): State<App>,
    visit: Visit,
    PageQuery(asked): PageQuery<BoardAsked>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let chosen = asked.chosen()?;
    let (board, choosable) = find(&app.store, &actor, chosen).await?;
    let title = frame.t("board-title");
    let all = Choice::new("", frame.t("board-all"), "");
    let of = |list: &[(kernel::Uuid, String)], current: Option<kernel::Uuid>| {
        let current = current.map(|id| id.to_string()).unwrap_or_default();
        let first = Choice {
            chosen: current.is_empty(),
            ..all.clone()
        };
        let each = list
            .iter()
            .map(|(id, name)| Choice::new(id.to_string(), name, &current));
        std::iter::once(first).chain(each).collect::<Vec<_>>()
    };
    Ok(html(&BoardPage {
        part: part(frame.language, board, false)?,
        areas: of(&choosable.areas, chosen.area),
        groups: of(&choosable.groups, chosen.group),
        here: address(BOARD, chosen, "", ""),
        wall: address(WALL, chosen, "", ""),
        line: address("/board/live", chosen, "", ""),
        frame: frame.titled(title),
    }))
}

pub(super) async fn wall(
    State(app): State<App>,
    visit: Visit,
    PageQuery(asked): PageQuery<BoardAsked>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let chosen = asked.chosen()?;
    let (board, choosable) = find(&app.store, &actor, chosen).await?;
    let title = frame.t("board-wall-title");
    Ok(html(&WallPage {
        part: part(frame.language, board, true)?,
        whose: name(&frame, &choosable, chosen),
        back: address(BOARD, chosen, "", ""),
        line: address("/board/live", chosen, "wall=1", ""),
        frame: frame.titled(title),
    }))
}

/// What was chosen, as the wall is headed.
fn name(frame: &Frame, choosable: &Choosable, chosen: Chosen) -> String {
    let named = |all: &[(kernel::Uuid, String)], one: Option<kernel::Uuid>| {
        let found = all.iter().find(|(id, _)| Some(*id) == one);
        found.map(|(_, name)| name.clone())
    };
    let group = named(&choosable.groups, chosen.group);
    group
        .or_else(|| named(&choosable.areas, chosen.area))
        .unwrap_or_else(|| frame.t("board-title"))
}
