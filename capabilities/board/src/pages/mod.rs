//! The board in the console, the same on a wall, and the line on which both are told what changed.

mod show;
mod stream;
mod view;

use axum::Router;
use axum::routing::get;
use kernel::Uuid;
use serde::Deserialize;
use web::{App, Audience, Place};

use crate::choice::Chosen;

/// The page.
pub(crate) const BOARD: &str = "/board";
/// The same for a wall.
pub(crate) const WALL: &str = "/board/wall";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(BOARD, get(show::board))
        .route(WALL, get(show::wall))
        .route("/board/live", get(stream::stream))
}

pub(crate) fn places() -> Vec<Place> {
    vec![Place {
        label: "board-place",
        href: BOARD,
        icon: "board",
        key: "g b",
        audience: Audience::Staff,
    }]
}

/// What the address asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct BoardAsked {
    area: String,
    group: String,
    /// On the line: whether a wall asks.
    wall: String,
}

impl BoardAsked {
    /// An area that is no identity is none that anybody may see.
    fn chosen(&self) -> kernel::Outcome<Chosen> {
        let id = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<Uuid>().map(Some).map_err(|_| kernel::Refusal::not_found()),
        };
        Ok(Chosen {
            area: id(&self.area)?,
            group: id(&self.group)?,
        })
    }
}
