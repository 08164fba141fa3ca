//! Ready texts: what the desk writes again and again, written once and inserted with `::` where one writes.
//!
//! Whoever sets up an area names a text and says it in Italian, in English or in both, with places for what differs each
//! time. Inserted, the places are filled in for the ticket at hand, in the language of whoever asked.

mod api;
mod commands;
mod for_ticket;
mod migrations;
mod pages;
mod placeholder;
mod ready_text;
mod row;

pub use commands::{Change, Wording, alter, write};
pub use for_ticket::{Offer, filled, offers};
pub use placeholder::{Facts, Placeholder, fill, unknown};
pub use ready_text::{ReadyText, ReadyTextEvent, Said};
pub use row::{ReadyTextView, ready_text, ready_texts};

use people::{Act, Section};
use record::InsertSource;
use std::sync::Arc;

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
        name: "ready_text",
        migrations: migrations::MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        records: vec![store::record_kind::<ReadyText>()],
        slots: vec![
            Arc::new(Section {
                place: 50,
                href: pages::LIST,
                label: "ready-text-title",
                act: Act::Configure,
            }),
            Arc::new(InsertSource {
                sign: "::",
                label: "ready-text-title",
                address: |number| format!("/tickets/{number}/ready-texts"),
            }),
        ],
        ..host::Capability::default()
    }
}
