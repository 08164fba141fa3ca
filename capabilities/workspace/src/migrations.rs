//! Tables of people's desks: rows that come and go, and no journal of them.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[DESK, PRESENCE];

const DESK: Migration = Migration {
    capability: "workspace",
    number: 1,
    intent: "What people are writing, and how they like to see things",
    common: &[
        "CREATE TABLE draft (person_id UUID NOT NULL, key TEXT NOT NULL, fields TEXT, writer TEXT NOT NULL, \
         at BIGINT NOT NULL, others TEXT NOT NULL, PRIMARY KEY (person_id, key))",
        "CREATE INDEX draft_age ON draft (at)",
        "CREATE INDEX draft_of ON draft (key)",
        "CREATE TABLE preference (person_id UUID NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, \
         PRIMARY KEY (person_id, name))",
    ],
    sqlite: &[],
    postgres: &[],
};

const PRESENCE: Migration = Migration {
    capability: "workspace",
    number: 2,
    intent: "Whether people of the desk are there for work: their last word, and when they were seen",
    common: &[
        "CREATE TABLE presence (person_id UUID PRIMARY KEY, said TEXT NOT NULL, since BIGINT NOT NULL, \
         seen_at BIGINT NOT NULL, given_at BIGINT)",
    ],
    sqlite: &[],
    postgres: &[],
};
