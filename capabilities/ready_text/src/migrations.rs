//! The table of ready texts: their words as they are offered.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "ready_text",
    number: 1,
    intent: "Ready texts by name, to be offered while one writes",
    common: &[
        "CREATE TABLE ready_text (id UUID PRIMARY KEY, version BIGINT NOT NULL, area_id UUID, name TEXT NOT NULL, \
         name_key TEXT NOT NULL, italian TEXT NOT NULL, english TEXT NOT NULL, is_closed BIGINT NOT NULL, \
         updated_at BIGINT NOT NULL)",
        "CREATE INDEX ready_text_name ON ready_text (name_key, id)",
    ],
    sqlite: &[],
    postgres: &[],
}];
