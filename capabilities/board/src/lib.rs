//! The board: how the groups stand at this moment, for those who lead them and for the wall.
//!
//! It has no records of its own. Every figure is added up from the same walks as the lists of tickets and opens its list.
//! It tells of groups and never of a person's work (PR-071): of people only how many are there.

mod api;
mod choice;
mod figures;
mod find;
mod links;
mod pages;
mod today;

pub use choice::Choosable;
pub use figures::{Figures, GroupFigures};
pub use find::{Board, NextDue, There};
pub use today::Hour;

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "board",
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        places: pages::places(),
        ..host::Capability::default()
    }
}
