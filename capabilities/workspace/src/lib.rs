//! What belongs to one person's desk and is no record: drafts, how they like to see things, whether they are there.
//!
//! None of it is a fact, so none of it stands in the journal. Drafts are held in the node's memory and written together once
//! a second; preferences are rows. Nobody reads another person's.

mod api;
mod draft;
mod drafts;
mod held;
mod leaving;
mod migrations;
mod pages;
mod preferences;
mod presence;
mod rows;

pub use draft::{Fields, Version};
pub use drafts::{Draft, Standing, Typed, draft, drafts_under, fetch_back, keep, sent, throw_away};
pub use held::flush;
pub use leaving::forget;
pub use migrations::MIGRATIONS;
pub use preferences::{preference, set_preference};
pub use presence::{Presence, Present, Said, note_given, present, say, seen, write_signs};

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
        name: "workspace",
        migrations: MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        pages: Some(pages::routes),
        slots: vec![Arc::new(people::PresenceSource(pages::presences))],
        scheduled: vec![host::Scheduled {
            name: "workspace-tidy",
            every: 600,
            run: |app| Box::pin(async move { leaving::tidy(&app.store).await }),
        }],
        ..host::Capability::default()
    }
}
