//! The tables of mail: what is on its way and what became of it, and how far the journal was read.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "notice",
    number: 1,
    intent: "Mail by ticket and by state, one row for what one event says to one person; what happened before is told to nobody",
    common: &[
        "CREATE TABLE mail (id UUID PRIMARY KEY, ticket_id UUID NOT NULL, place BIGINT NOT NULL, person_id UUID NOT NULL, \
         occasion TEXT NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL, last_error TEXT NOT NULL, \
         next_at BIGINT NOT NULL, recorded_at BIGINT NOT NULL, updated_at BIGINT NOT NULL)",
        "CREATE UNIQUE INDEX mail_cause ON mail (ticket_id, place, occasion, person_id)",
        "CREATE INDEX mail_state ON mail (state, recorded_at, id)",
        "CREATE INDEX mail_recorded ON mail (recorded_at, id)",
        "CREATE TABLE mail_reader (name TEXT PRIMARY KEY, seq BIGINT NOT NULL)",
        "INSERT INTO mail_reader (name, seq) SELECT 'mail', COALESCE(MAX(seq), 0) FROM event",
    ],
    sqlite: &[],
    postgres: &[],
}];
