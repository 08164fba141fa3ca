//! Privacy: who read what, and how a person is forgotten.
//!
//! Reads of personal data are logged in a chain of their own. A person is erased by removing every text they wrote or
//! that was written about them, with its salt; the journal keeps what happened, and still verifies.

mod api;
mod erase;
mod erasures;
mod migrations;
mod reads;

pub use erase::{Erased, erase_person, reapply};
pub use erasures::{Erasure, FILE as ERASURES_FILE, erasures};
pub use migrations::MIGRATIONS;
pub use reads::{
    BrokenRead, LastRead, Read, ReadLogWriter, last_read_outside, reads_after, reads_end, start_read_log, verify_reads,
};

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
        name: "privacy",
        migrations: MIGRATIONS,
        texts: Some(texts()),
        api: Some(api::routes),
        ..host::Capability::default()
    }
}
