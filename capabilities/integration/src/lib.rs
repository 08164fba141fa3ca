//! Ways in from other products: what they recorded becomes tickets here, with its history at the original instants.
//!
//! An import only issues the command [`ticket::import`]: no gate, no message and no breach follows from it. It may be run
//! again with the same file, or with one that goes on where the last one ended; [`key`](mod@key) remembers what came in.

mod key;
mod migrations;
mod report;
pub mod servicenow;

pub use report::{ByPriority, Hours, RefusedRow, Report};

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
        name: "integration",
        migrations: migrations::MIGRATIONS,
        texts: Some(texts()),
        ..host::Capability::default()
    }
}
