//! How somebody likes to see the queue: two lines a ticket, or a table.

use super::asked::Asked;
use super::staff::Staff;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Uuid};
use store::Store;
use web::{App, FormBody, PageError};

/// The preference that holds it.
const SHAPE: &str = "queue-shape";

/// The shape of the queue while no ticket is open; beside one there is room for rows alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    /// Two lines a ticket.
    #[default]
    Rows,
    /// A table.
    Table,
}

impl Shape {
    /// Its name in the address and in the preference.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Table => "table",
        }
    }

    /// The shape of a name; rows for any other.
    pub(super) fn from_code(code: &str) -> Self {
        if code == Self::Table.code() {
            Self::Table
        } else {
            Self::Rows
        }
    }

    /// True for a table.
    pub(super) fn is_table(self) -> bool {
        self == Self::Table
    }

    /// The other one.
    pub(super) const fn other(self) -> Self {
        match self {
            Self::Rows => Self::Table,
            Self::Table => Self::Rows,
        }
    }

    /// What somebody prefers.
    pub(super) async fn preferred(store: &Store, person: Uuid) -> Outcome<Self> {
        let kept = workspace::preference(store, person, SHAPE).await?;
        Ok(kept.map(|code| Self::from_code(&code)).unwrap_or_default())
    }
}

/// `POST /tickets/shape`: keeps it, and shows the list again.
pub(super) async fn choose(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    let shape = Shape::from_code(form.text("shape"));
    workspace::set_preference(&app.store, staff.actor.person, SHAPE, shape.code()).await?;
    Ok(web::see_other(&Asked::from_query(form.text("list")).list()))
}
