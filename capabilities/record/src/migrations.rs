//! Tables of the envelope beside the store's own.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[ATTACHMENTS, OPEN_BY_UPDATE];

const ATTACHMENTS: Migration = Migration {
    capability: "record",
    number: 1,
    intent: "Which file belongs to which record",
    common: &[
        "CREATE TABLE attachment (id UUID PRIMARY KEY, record_id UUID NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, \
         size BIGINT NOT NULL, sha256 TEXT NOT NULL, is_internal BIGINT NOT NULL, attached_at BIGINT NOT NULL)",
        "CREATE INDEX attachment_of ON attachment (record_id, id)",
        "CREATE INDEX attachment_hash ON attachment (sha256)",
    ],
    sqlite: &[],
    postgres: &[],
};

const OPEN_BY_UPDATE: Migration = Migration {
    capability: "record",
    number: 2,
    intent: "Queues in which what moved last stands first",
    common: &["CREATE INDEX card_open_updated ON card (updated_at, ordinal) WHERE is_open = 1"],
    sqlite: &[],
    postgres: &[],
};
