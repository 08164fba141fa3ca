//! Outages that are known: told once, on top of every page, instead of a hundred times on the telephone.
//!
//! Whoever runs the desk says what is out of order, what it means in a requester's words, where and until when; says more as
//! more is known; and says when it is over. Each step is an event, and requesters read the same story as the desk.

mod api;
mod commands;
mod migrations;
mod outage;
mod pages;
mod row;
mod tell;

pub use commands::{Done, NewOutage, Told, end, open, update};
pub use outage::{Outage, OutageEvent, OutageState, Telling};
pub use row::{OutageRow, active, list};

use people::NoticeSource;
use record::{KnownSource, SuggestionSource};
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
        name: "outage",
        migrations: migrations::MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        places: pages::places(),
        records: vec![store::record_kind::<Outage>()],
        slots: vec![
            Arc::new(NoticeSource(|app, actor, frame| {
                Box::pin(tell::notices(app, actor, frame))
            })),
            Arc::new(SuggestionSource(|app, sought| Box::pin(tell::suggestions(app, sought)))),
            Arc::new(KnownSource(|app, reading| Box::pin(tell::known(app, reading)))),
        ],
        ..host::Capability::default()
    }
}
