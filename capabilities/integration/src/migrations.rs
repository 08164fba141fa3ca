//! What came in from where.

use store::Migration;

/// The migrations of this capability.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    capability: "integration",
    number: 1,
    intent: "Keys in other systems and the records they became here, so that an import may run again",
    common: &[
        "CREATE TABLE import_key (system TEXT NOT NULL, external_ref TEXT NOT NULL, record_id UUID NOT NULL, \
         PRIMARY KEY (system, external_ref))",
    ],
    sqlite: &[],
    postgres: &[],
}];
