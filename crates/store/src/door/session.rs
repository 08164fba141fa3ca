//! A transaction, or a view of one instant, on either database.

use super::sqlite::{Link, on_thread};
use super::{Postgres, Row, Value, postgres};
use crate::Backend;
use kernel::{Error, Outcome};
use std::sync::Arc;
use tokio::sync::Mutex;

/// A transaction that writes. On SQLite it is whatever the writer's thread has begun on its connection.
pub(crate) enum Session {
    Sqlite(Arc<Link>),
    Postgres(Mutex<Option<sqlx::Transaction<'static, Postgres>>>),
}

impl Session {
    /// Begins on SQLite, taking the file's lock at once.
    pub(crate) fn on_sqlite(link: &Arc<Link>) -> Outcome<Self> {
        link.run("BEGIN IMMEDIATE", &[])?;
        Ok(Self::Sqlite(link.clone()))
    }

    /// Begins on PostgreSQL.
    pub(crate) async fn on_postgres(pool: &sqlx::PgPool) -> Outcome<Self> {
        let begun = pool.begin().await.map_err(postgres::classify)?;
        Ok(Self::Postgres(Mutex::new(Some(begun))))
    }

    pub(crate) async fn run(&self, sql: &str, values: Vec<Value>) -> Outcome<u64> {
        match self {
            Self::Sqlite(link) => link.run(sql, &values),
            Self::Postgres(tx) => postgres::run(open(&mut *tx.lock().await)?, sql, values).await,
        }
    }

    pub(crate) async fn rows(&self, sql: &str, values: Vec<Value>) -> Outcome<Vec<Row>> {
        match self {
            Self::Sqlite(link) => link.rows(sql, &values, usize::MAX),
            Self::Postgres(tx) => postgres::rows(open(&mut *tx.lock().await)?, sql, values).await,
        }
    }

    pub(crate) async fn row(&self, sql: &str, values: Vec<Value>) -> Outcome<Option<Row>> {
        match self {
            Self::Sqlite(link) => Ok(link.rows(sql, &values, 1)?.pop()),
            Self::Postgres(tx) => postgres::row(open(&mut *tx.lock().await)?, sql, values).await,
        }
    }

    /// A statement without parameters that is not kept ready: definitions.
    pub(crate) async fn define(&self, sql: &str) -> Outcome<()> {
        match self {
            Self::Sqlite(link) => link.with(|connection| connection.execute_batch(sql)),
            Self::Postgres(tx) => postgres::batch(open(&mut *tx.lock().await)?, sql).await,
        }
    }

    pub(crate) async fn commit(&self) -> Outcome<()> {
        match self {
            Self::Sqlite(link) => link.run("COMMIT", &[]).map(drop),
            Self::Postgres(tx) => match tx.lock().await.take() {
                Some(tx) => tx.commit().await.map_err(postgres::classify),
                None => Err(ended()),
            },
        }
    }

    /// Undoes everything; on SQLite a failure may have done so already.
    pub(crate) async fn undo(&self) {
        match self {
            Self::Sqlite(link) => {
                let _ = link.with(|connection| match connection.is_autocommit() {
                    true => Ok(()),
                    false => connection.execute_batch("ROLLBACK"),
                });
            }
            Self::Postgres(tx) => {
                if let Some(tx) = tx.lock().await.take() {
                    let _ = tx.rollback().await;
                }
            }
        }
    }
}

/// The connection of a transaction that has not ended.
fn open<'t>(tx: &'t mut Option<sqlx::Transaction<'static, Postgres>>) -> Outcome<&'t mut sqlx::PgConnection> {
    tx.as_deref_mut().ok_or_else(ended)
}

fn ended() -> Error {
    Error::Failed(anyhow::anyhow!("the transaction has ended"))
}

/// A view of the database at one instant, for reading only.
pub(crate) enum View {
    Sqlite(Arc<Link>),
    Postgres(Mutex<sqlx::Transaction<'static, Postgres>>),
}

impl View {
    pub(crate) async fn on_sqlite(file: std::path::PathBuf) -> Outcome<Self> {
        on_thread(move || {
            let link = Link::open(&file, false)?;
            link.run("BEGIN", &[])?;
            Ok(Self::Sqlite(link))
        })
        .await
    }

    pub(crate) async fn on_postgres(pool: &sqlx::PgPool) -> Outcome<Self> {
        let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        let begun = pool.begin_with(begin).await.map_err(postgres::classify)?;
        Ok(Self::Postgres(Mutex::new(begun)))
    }

    pub(crate) fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }

    pub(crate) async fn rows(&self, sql: &str, values: Vec<Value>, most: usize) -> Outcome<Vec<Row>> {
        match self {
            Self::Sqlite(link) => {
                let (link, sql) = (link.clone(), sql.to_owned());
                on_thread(move || link.rows(&sql, &values, most)).await
            }
            Self::Postgres(tx) => postgres::fetch(&mut **tx.lock().await, sql, values, most).await,
        }
    }
}
