//! Tables of the practice beside its records.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[BULK, OUTGOING, SAVED, REPLANNING, CHILD, DISCREPANCIES];

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

const OUTGOING: Migration = Migration {
    capability: "ticket",
    number: 2,
    intent: "Replies on their way, until they are given",
    common: &[
        "CREATE TABLE outgoing_reply (id UUID PRIMARY KEY, ticket_id UUID NOT NULL, person_id UUID NOT NULL, \
         body TEXT NOT NULL, due_at BIGINT NOT NULL)",
        "CREATE INDEX outgoing_reply_to ON outgoing_reply (ticket_id, id)",
        "CREATE INDEX outgoing_reply_by ON outgoing_reply (person_id)",
    ],
    sqlite: &[],
    postgres: &[],
};

const SAVED: Migration = Migration {
    capability: "ticket",
    number: 3,
    intent: "Lists that people keep under a name, for themselves or for their group",
    common: &[
        "CREATE TABLE saved_view (id UUID PRIMARY KEY, person_id UUID NOT NULL, group_id UUID, name TEXT NOT NULL, \
         query TEXT NOT NULL, recorded_at BIGINT NOT NULL)",
        "CREATE INDEX saved_view_of ON saved_view (person_id)",
        "CREATE INDEX saved_view_in ON saved_view (group_id)",
    ],
    sqlite: &[],
    postgres: &[],
};

const REPLANNING: Migration = Migration {
    capability: "ticket",
    number: 4,
    intent: "How far the clocks of open tickets are planned anew",
    common: &[
        "CREATE TABLE replanning (id UUID PRIMARY KEY, name TEXT NOT NULL, person_id UUID NOT NULL, total BIGINT NOT NULL, \
         done BIGINT NOT NULL, moved BIGINT NOT NULL, after_ordinal BIGINT NOT NULL, recorded_at BIGINT NOT NULL, ended_at BIGINT)",
        "CREATE INDEX replanning_age ON replanning (recorded_at)",
    ],
    sqlite: &[],
    postgres: &[],
};

const CHILD: Migration = Migration {
    capability: "ticket",
    number: 5,
    intent: "Tickets that hang on another, to be found from the other",
    common: &[
        "CREATE TABLE child (ticket_id UUID PRIMARY KEY, parent_id UUID NOT NULL)",
        "CREATE INDEX child_of ON child (parent_id)",
    ],
    sqlite: &["INSERT INTO child (ticket_id, parent_id) \
         SELECT record.id, unhex(replace(link.value ->> '$.to', '-', '')) FROM record, json_each(record.state, '$.links') link \
         WHERE record.kind = 'ticket' AND record.state LIKE '%\"parent\"%' AND link.value ->> '$.kind' = 'parent'"],
    postgres: &["INSERT INTO child (ticket_id, parent_id) \
         SELECT record.id, (link ->> 'to')::uuid FROM record, jsonb_array_elements(record.state::jsonb -> 'links') link \
         WHERE record.kind = 'ticket' AND record.state LIKE '%\"parent\"%' AND link ->> 'kind' = 'parent'"],
};

const DISCREPANCIES: Migration = Migration {
    capability: "ticket",
    number: 6,
    intent: "What requesters were told of data that do not agree, so that they are not told again too soon",
    common: &[
        "CREATE TABLE discrepancy_told (requester_id UUID NOT NULL, field TEXT NOT NULL, told_at BIGINT NOT NULL, \
         PRIMARY KEY (requester_id, field))",
    ],
    sqlite: &[],
    postgres: &[],
};
