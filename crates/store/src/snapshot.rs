//! One view of the whole database, while others go on writing.
//!
//! Verification, export and backup read for a long time and must see one instant: a read-only transaction on both
//! databases. It has no number of its own, so it holds nobody's horizon.

use crate::database::statement;
use crate::sql::classify;
use crate::{Backend, Row, Sql, Store, Value};
use kernel::{Error, Outcome};
use sea_orm::{AccessMode, ConnectionTrait, DatabaseTransaction, IsolationLevel, TransactionOptions, TransactionTrait};

/// A view of the database at one instant.
pub struct Snapshot {
    connection: DatabaseTransaction,
    backend: Backend,
}

impl Store {
    /// Looks at the database as it is now, for as long as the snapshot is held.
    pub async fn snapshot(&self) -> Outcome<Snapshot> {
        let options = match self.backend() {
            Backend::Sqlite => TransactionOptions::default(),
            Backend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        let connection = self
            .read()
            .connection
            .begin_with_options(options)
            .await
            .map_err(classify)?;
        let snapshot = Snapshot {
            connection,
            backend: self.backend(),
        };
        // The view is taken by the first statement.
        snapshot.row("SELECT 1 FROM schema_migration LIMIT 1", vec![]).await?;
        Ok(snapshot)
    }
}

impl Sql for Snapshot {
    fn backend(&self) -> Backend {
        self.backend
    }

    async fn run(&self, _sql: &str, _values: Vec<Value>) -> Outcome<u64> {
        Err(Error::Failed(anyhow::anyhow!("a snapshot does not write")))
    }

    async fn rows(&self, sql: &str, values: Vec<Value>) -> Outcome<Vec<Row>> {
        let rows = self
            .connection
            .query_all_raw(statement(self.backend, sql, values))
            .await
            .map_err(classify)?;
        Ok(rows.into_iter().map(Row).collect())
    }

    async fn row(&self, sql: &str, values: Vec<Value>) -> Outcome<Option<Row>> {
        let row = self
            .connection
            .query_one_raw(statement(self.backend, sql, values))
            .await
            .map_err(classify)?;
        Ok(row.map(Row))
    }
}
