//! Macros: what the desk does again and again to a ticket, several acts under one name and one key.
//!
//! Whoever sets up an area says what a macro does. Used on a ticket, or on those that were selected in a list, it is held for
//! ten seconds in which it can be taken back, and then done by the ticket's own commands: all of it, or nothing.

mod acts;
mod api;
mod commands;
mod migrations;
mod one;
mod pages;
mod row;

pub use commands::{Change, MacroToBe, alter, write};
pub use one::{Ending, Held, Macro, MacroEvent, Steps};
pub use row::{MacroView, macros};

use people::{Act, Section};
use std::sync::Arc;
use ticket::ActSource;

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
        name: "macros",
        migrations: migrations::MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        records: vec![store::record_kind::<Macro>()],
        slots: vec![
            Arc::new(Section {
                place: 52,
                href: pages::LIST,
                label: "macros-title",
                act: Act::Configure,
            }),
            Arc::new(ActSource {
                offers: |app, actor| Box::pin(acts::offers(app, actor)),
                acts: |app, actor, prepared, card| Box::pin(acts::acts(app, actor, prepared, card)),
            }),
        ],
        ..host::Capability::default()
    }
}
