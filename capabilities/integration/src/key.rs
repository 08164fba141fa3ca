//! Which record a key of another system became.

use kernel::{Outcome, Uuid};
use store::{Sql, Tx};

/// The record of a key, if it came in before.
pub(crate) async fn record_of(sql: &impl Sql, system: &str, external_ref: &str) -> Outcome<Option<Uuid>> {
    let text = "SELECT record_id FROM import_key WHERE system = $1 AND external_ref = $2";
    let row = sql.row(text, vec![system.into(), external_ref.into()]).await?;
    row.map(|row| row.get(0)).transpose()
}

/// Remembers a key in the transaction that makes its record. Of two imports that run at once one fails here, and is
/// undone, rather than making a second record.
pub(crate) async fn remember(tx: &Tx, system: &str, external_ref: &str, record: Uuid) -> Outcome<()> {
    let text = "INSERT INTO import_key (system, external_ref, record_id) VALUES ($1, $2, $3)";
    tx.run(text, vec![system.into(), external_ref.into(), record.into()])
        .await
        .map(drop)
}
