//! Whether there is a database at all, asked without making one.
//!
//! Opening makes what is missing, so a mistyped data folder would become a new installation, intact and empty. Whoever
//! wants to look at, copy or change what is there asks here first.

use crate::door::{Link, fetch, open_postgres};
use crate::{Backend, DatabaseSettings};
use kernel::Outcome;

impl DatabaseSettings {
    /// True where the data folder is there and the database holds the tables of this product; nothing is made.
    ///
    /// # Errors
    /// When the database is there and cannot be asked.
    pub async fn is_there(&self) -> Outcome<bool> {
        if !tokio::fs::try_exists(&self.data).await? {
            return Ok(false);
        }
        match self.backend() {
            Backend::Sqlite => self.is_in_file().await,
            Backend::Postgres => self.is_on_server().await,
        }
    }

    async fn is_in_file(&self) -> Outcome<bool> {
        let file = self.file();
        if !tokio::fs::try_exists(&file).await? {
            return Ok(false);
        }
        let link = Link::open(&file, false)?;
        let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migration'";
        Ok(!link.rows(sql, &[], 1)?.is_empty())
    }

    async fn is_on_server(&self) -> Outcome<bool> {
        let pool = open_postgres(self.url.as_deref().unwrap_or_default(), 1, &[]).await?;
        let found = fetch(
            &pool,
            "SELECT 1 WHERE to_regclass('schema_migration') IS NOT NULL",
            vec![],
            1,
        )
        .await;
        pool.close().await;
        Ok(!found?.is_empty())
    }
}
