//! Tables of registries: rows of loaded files, what was found of whom, how sources fare, how far the journal was followed.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[SOURCES];

const SOURCES: Migration = Migration {
    capability: "registry",
    number: 1,
    intent: "People as registries know them: rows of files, and what was found of whom and when",
    common: &[
        "CREATE TABLE registry_row (source_id UUID NOT NULL, edition BIGINT NOT NULL, place BIGINT NOT NULL, external_id TEXT, \
         pin TEXT, email TEXT, phone TEXT, entry TEXT NOT NULL, PRIMARY KEY (source_id, edition, place))",
        "CREATE INDEX registry_row_external ON registry_row (external_id, source_id)",
        "CREATE INDEX registry_row_pin ON registry_row (pin, source_id)",
        "CREATE INDEX registry_row_email ON registry_row (email, source_id)",
        "CREATE INDEX registry_row_phone ON registry_row (phone, source_id)",
        "CREATE TABLE registry_found (person_id UUID NOT NULL, source_id UUID NOT NULL, entry TEXT, seen_at BIGINT NOT NULL, \
         PRIMARY KEY (person_id, source_id))",
        "CREATE TABLE registry_health (source_id UUID PRIMARY KEY, answered_at BIGINT, failed_at BIGINT, failure TEXT)",
        "CREATE TABLE registry_position (name TEXT PRIMARY KEY, seq BIGINT NOT NULL)",
    ],
    sqlite: &[],
    postgres: &[],
};
