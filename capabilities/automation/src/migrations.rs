//! The tables of automation: how far the journal was read, and what rules did.

use store::Migration;

/// The migrations of this capability.
pub const MIGRATIONS: &[Migration] = &[Migration {
    capability: "automation",
    number: 1,
    intent: "Runs of rules, one row for what one event set off; what happened before sets nothing off",
    common: &[
        "CREATE TABLE automation_run (id UUID PRIMARY KEY, rule_id UUID NOT NULL, edition BIGINT NOT NULL, \
         ticket_id UUID NOT NULL, cause BIGINT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL, at BIGINT NOT NULL)",
        "CREATE UNIQUE INDEX automation_run_cause ON automation_run (ticket_id, rule_id, cause)",
        "CREATE INDEX automation_run_rule ON automation_run (rule_id, at, id)",
        "CREATE INDEX automation_run_at ON automation_run (at)",
        "CREATE TABLE automation_reader (name TEXT PRIMARY KEY, seq BIGINT NOT NULL)",
        "INSERT INTO automation_reader (name, seq) SELECT 'rules', COALESCE(MAX(seq), 0) FROM event",
    ],
    sqlite: &[],
    postgres: &[],
}];
