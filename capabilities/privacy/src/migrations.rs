//! The log of reads: rows that are only ever added.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "privacy",
    number: 1,
    intent: "Who read what, in a chain of its own",
    common: &[
        "CREATE TABLE read_log (seq BIGINT PRIMARY KEY, person_id UUID NOT NULL, what TEXT NOT NULL, record_id UUID, \
         at BIGINT NOT NULL, address TEXT NOT NULL, hash BYTES NOT NULL, mac BYTES)",
        "CREATE INDEX read_log_person ON read_log (person_id, seq)",
    ],
    sqlite: &[],
    postgres: &[],
}];
