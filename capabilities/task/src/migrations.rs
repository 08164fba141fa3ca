//! The tables of tasks and of checklists.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "task",
    number: 1,
    intent: "Tasks that hang on a ticket, found by ticket and by whose they are; checklists by name",
    common: &[
        "CREATE TABLE task (id UUID PRIMARY KEY, ordinal BIGINT NOT NULL, version BIGINT NOT NULL, \
         ticket_id UUID NOT NULL, number TEXT NOT NULL, place BIGINT NOT NULL, title TEXT NOT NULL, \
         details TEXT NOT NULL, group_id UUID, operator_id UUID, due_at BIGINT NOT NULL, state TEXT NOT NULL, \
         is_overdue BIGINT NOT NULL, checklist_id UUID, reason TEXT NOT NULL, created_by UUID, \
         created_at BIGINT NOT NULL, ended_by UUID, ended_at BIGINT, updated_at BIGINT NOT NULL)",
        "CREATE INDEX task_ticket ON task (ticket_id, place)",
        "CREATE INDEX task_operator ON task (operator_id, due_at, ordinal) WHERE state = 'open'",
        "CREATE INDEX task_group ON task (group_id, due_at, ordinal) WHERE state = 'open'",
        "CREATE TABLE checklist (id UUID PRIMARY KEY, version BIGINT NOT NULL, area_id UUID, name TEXT NOT NULL, \
         name_key TEXT NOT NULL, kind TEXT, role TEXT, items TEXT NOT NULL, is_closed BIGINT NOT NULL, \
         updated_at BIGINT NOT NULL)",
        "CREATE INDEX checklist_name ON checklist (name_key, id)",
    ],
    sqlite: &[],
    postgres: &[],
}];
