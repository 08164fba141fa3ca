//! One view of the whole database, while others go on writing.
//!
//! Verification, export and backup read for a long time and must see one instant: a read-only transaction on both
//! databases. It has no number of its own, so it holds nobody's horizon.

use crate::database::Source;
use crate::door::View;
use crate::{Backend, Row, Sql, Store, Value};
use kernel::{Error, Outcome};

/// A view of the database at one instant.
pub struct Snapshot(View);

impl Store {
    /// Looks at the database as it is now, for as long as the snapshot is held.
    pub async fn snapshot(&self) -> Outcome<Snapshot> {
        let view = match &self.read().source {
            Source::Sqlite(_) => View::on_sqlite(self.settings().file()).await?,
            Source::Postgres(pool) => View::on_postgres(pool).await?,
        };
        let snapshot = Snapshot(view);
        // The view is taken by the first statement.
        snapshot.row("SELECT 1 FROM schema_migration LIMIT 1", vec![]).await?;
        Ok(snapshot)
    }
}

impl Sql for Snapshot {
    fn backend(&self) -> Backend {
        self.0.backend()
    }

    async fn run(&self, _sql: &str, _values: Vec<Value>) -> Outcome<u64> {
        Err(Error::Failed(anyhow::anyhow!("a snapshot does not write")))
    }

    async fn rows(&self, sql: &str, values: Vec<Value>) -> Outcome<Vec<Row>> {
        self.0.rows(sql, values, usize::MAX).await
    }

    async fn row(&self, sql: &str, values: Vec<Value>) -> Outcome<Option<Row>> {
        Ok(self.0.rows(sql, values, 1).await?.pop())
    }
}
