//! The demonstration: a believable Italian public body with its people and some hundred tickets in every state.
//!
//! Nothing here writes a ticket by itself. The stories in `stories/` are told through the same commands that people and
//! programs use, with a clock that is moved through the last weeks, so that every rule of the process holds for them too.

mod cast;
mod dice;
mod files;
mod gestures;
mod hours;
mod left_to_do;
mod load;
mod migrations;
mod names;
mod organisation;
mod plot;
mod scenario;
mod step;
mod story;
mod telling;
mod written;

pub use load::{Account, Demonstration, PASSWORD, first_instant, load, told};

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
        name: "demonstration",
        migrations: migrations::MIGRATIONS,
        texts: Some(texts()),
        ..host::Capability::default()
    }
}
