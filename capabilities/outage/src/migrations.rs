//! The table of outages: what pages show of them.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[OUTAGES];

const OUTAGES: Migration = Migration {
    capability: "outage",
    number: 1,
    intent: "Outages that go on, on top of every page, and those that are over",
    common: &[
        "CREATE TABLE outage (id UUID PRIMARY KEY, ordinal BIGINT NOT NULL, area_id UUID, is_active BIGINT NOT NULL, \
         title TEXT NOT NULL, meaning TEXT NOT NULL, places TEXT NOT NULL, ticket TEXT, restore_at BIGINT, \
         opened_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, ended_at BIGINT)",
        "CREATE INDEX outage_active ON outage (ordinal) WHERE is_active = 1",
        "CREATE INDEX outage_ordinal ON outage (ordinal)",
    ],
    sqlite: &[],
    postgres: &[],
};
