//! Audit: proof that nothing was altered, removed, inserted or moved.
//!
//! Verification walks every chain and every seal, the texts and files that events speak of, and the rows that events
//! fold into, and names the first event that does not hold. An export carries the journal to another machine, where it
//! verifies without the database.

mod chain;
mod export;
mod exported;
mod files;
mod finding;
mod rebuild;
mod seals;
mod standing;
mod verify;

pub use export::{Contents, Manifest, export};
pub use exported::verify_export;
pub use finding::{Finding, Findings};
pub use rebuild::{Rebuilt, rebuild};
pub use verify::{Progress, Report, verify};

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
        name: "audit",
        texts: Some(texts()),
        ..host::Capability::default()
    }
}
