//! The one table of this practice: replies for the seconds in which they can be taken back. Tickets themselves are records.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "ticket",
    number: 1,
    intent: "Replies on their way, until they are given",
    common: &[
        "CREATE TABLE outgoing_reply (id UUID PRIMARY KEY, ticket_id UUID NOT NULL, person_id UUID NOT NULL, \
         body TEXT NOT NULL, due_at BIGINT NOT NULL)",
        "CREATE INDEX outgoing_reply_to ON outgoing_reply (ticket_id, id)",
        "CREATE INDEX outgoing_reply_by ON outgoing_reply (person_id)",
    ],
    sqlite: &[],
    postgres: &[],
}];
