//! The table of macros: what they do, as it is offered.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "macros",
    number: 1,
    intent: "Macros by name, to be offered on every ticket",
    common: &[
        "CREATE TABLE macro (id UUID PRIMARY KEY, version BIGINT NOT NULL, area_id UUID, name TEXT NOT NULL, \
         name_key TEXT NOT NULL, steps TEXT NOT NULL, note TEXT NOT NULL, leads_on BIGINT NOT NULL, \
         is_closed BIGINT NOT NULL, updated_at BIGINT NOT NULL)",
        "CREATE INDEX macro_name ON macro (name_key, id)",
    ],
    sqlite: &[],
    postgres: &[],
}];
