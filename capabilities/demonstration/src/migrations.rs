//! The mark that the demonstration has been loaded.

use store::Migration;

/// The migrations of this capability.
pub(crate) const MIGRATIONS: &[Migration] = &[Migration {
    capability: "demonstration",
    number: 1,
    intent: "Whether the demonstration organisation has been loaded, so that it is loaded once",
    common: &["CREATE TABLE demonstration (id BIGINT PRIMARY KEY, state TEXT NOT NULL, loaded_at BIGINT NOT NULL)"],
    sqlite: &[],
    postgres: &[],
}];
