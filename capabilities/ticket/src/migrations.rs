//! Tables of the practice beside its records.

use store::Migration;

/// The migrations of this capability.
pub(crate) const MIGRATIONS: &[Migration] = &[BULK];

const BULK: Migration = Migration {
    capability: "ticket",
    number: 1,
    intent: "One act on many tickets, which can be taken back before it is done",
    common: &[
        "CREATE TABLE bulk (id UUID PRIMARY KEY, person_id UUID NOT NULL, language TEXT NOT NULL, act TEXT NOT NULL, \
         tickets TEXT NOT NULL, answers TEXT NOT NULL, state TEXT NOT NULL, run_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL)",
        "CREATE INDEX bulk_age ON bulk (recorded_at)",
    ],
    sqlite: &[],
    postgres: &[],
};
