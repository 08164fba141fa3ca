//! Privacy: who read what, and how a person is forgotten.
//!
//! Reads of personal data are logged in a chain of their own. A person is erased by removing every text they wrote or
//! that was written about them, with its salt; the journal keeps what happened, and still verifies.

mod migrations;
mod reads;

pub use migrations::MIGRATIONS;
pub use reads::{BrokenRead, LastRead, Read, ReadLogWriter, last_read_outside, reads_after, start_read_log, verify_reads};

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability { name: "privacy", migrations: MIGRATIONS, ..host::Capability::default() }
}
