//! Opening the database, reading from it, writing to it.
//!
//! On SQLite one writer holds the only writing connection and readers have their own, read-only ones, so nobody can
//! write through the wrong door. On PostgreSQL both are pools
//! to the same server.

use crate::sql::{classify, sqlx_is_passing};
use crate::writer::{Lane, SqliteWriter};
use crate::{Backend, BlobStore, CardFold, DatabaseSettings, Migration, Row, Sql, Tx, Value};
use futures_util::future::BoxFuture;
use kernel::{Clock, Error, Outcome};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, SqlxPostgresConnector, SqlxSqliteConnector, Statement};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the capabilities hand over for the store: their definitions and their folds.
#[derive(Clone, Default)]
pub struct StoreParts {
    /// Migrations by capability, in the order of the house.
    pub migrations: Vec<Migration>,
    /// Folds of events into cards that do not come from the record's own practice.
    pub folds: Vec<CardFold>,
}

/// The database, its journal and everything written with it. Clones are cheap and share the connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) backend: Backend,
    pub(crate) clock: Clock,
    pub(crate) reader: Reader,
    pub(crate) pool: DatabaseConnection,
    writer: Option<SqliteWriter>,
    pub(crate) folds: Vec<CardFold>,
    pub(crate) blobs: BlobStore,
    pub(crate) listed: crate::listed::ListedCache,
    pub(crate) offset: AtomicI64,
    pub(crate) known_numbers: Mutex<std::collections::HashSet<String>>,
    pub(crate) committed: tokio::sync::watch::Sender<u64>,
    pub(crate) jobs_waiting: tokio::sync::Notify,
    pub(crate) settings: DatabaseSettings,
}

impl Store {
    /// Opens the database, applies missing migrations under one lock for all nodes, and is ready to write.
    ///
    /// # Errors
    /// When the database cannot be reached, or is newer than this program.
    pub async fn open(settings: &DatabaseSettings, clock: Clock, parts: StoreParts) -> Outcome<Self> {
        tokio::fs::create_dir_all(&settings.data).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let (pool, read, writer) = match settings.backend() {
            Backend::Sqlite => open_sqlite(settings, &clock, &statements).await?,
            Backend::Postgres => {
                let (write, read) = (settings.connections.max(2), (settings.connections / 2).max(2));
                let pool = open_postgres(settings, write, &[]).await?;
                // Readers plan each statement for its own values: a frequent word and a rare one want different ways.
                (
                    pool,
                    open_postgres(settings, read, &[("plan_cache_mode", "force_custom_plan")]).await?,
                    None,
                )
            }
        };
        let backend = settings.backend();
        crate::migration::migrate(&pool, backend, &parts.migrations).await?;
        let reader = Reader {
            connection: read,
            backend,
            statements,
        };
        let inner = Inner {
            backend,
            clock,
            reader,
            pool,
            writer,
            folds: parts.folds,
            blobs: BlobStore::directory(&settings.data.join("attachments")).await?,
            listed: crate::listed::ListedCache::default(),
            offset: AtomicI64::new(0),
            known_numbers: Mutex::default(),
            committed: tokio::sync::watch::channel(0).0,
            jobs_waiting: tokio::sync::Notify::new(),
            settings: settings.clone(),
        };
        let store = Self { inner: Arc::new(inner) };
        store.align_sequence().await?;
        Ok(store)
    }

    /// Which database answers.
    pub fn backend(&self) -> Backend {
        self.inner.backend
    }

    /// The folds by which practices write on each other's cards.
    pub fn folds(&self) -> &[CardFold] {
        &self.inner.folds
    }

    /// The clock that commands read.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// Reading, outside any transaction.
    pub fn read(&self) -> &Reader {
        &self.inner.reader
    }

    /// The files that people attach.
    pub fn blobs(&self) -> &BlobStore {
        &self.inner.blobs
    }

    /// How the database was opened.
    pub fn settings(&self) -> &DatabaseSettings {
        &self.inner.settings
    }

    /// Statements run so far by this process: a test counts them per act.
    pub fn statements(&self) -> u64 {
        self.inner.reader.statements.load(Ordering::Relaxed)
    }

    /// Rises with every commit of this process.
    pub fn commits(&self) -> tokio::sync::watch::Receiver<u64> {
        self.inner.committed.subscribe()
    }

    /// Runs one command in one transaction and answers when it is durable. A refusal or failure changes nothing.
    ///
    /// # Errors
    /// What the command answers, or the storage's own.
    pub async fn write<T, F>(&self, lane: Lane, work: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Outcome<T>> + Send + 'static,
    {
        let answer = match &self.inner.writer {
            Some(writer) => writer.submit(&self.inner, lane, work).await,
            None => crate::writer::on_postgres(&self.inner, work).await,
        };
        if answer.is_ok() {
            self.inner.listed.committed();
            self.inner.committed.send_modify(|count| *count += 1);
        }
        answer
    }

    /// On PostgreSQL the sequence is made of transaction numbers; after a restore into another cluster those start
    /// lower, so an offset lifts them above everything that was written before.
    async fn align_sequence(&self) -> Outcome<()> {
        if self.inner.backend == Backend::Sqlite {
            return Ok(());
        }
        let offset = self
            .write(Lane::People, |tx| {
                Box::pin(async move {
                    let sql = "SELECT COALESCE((SELECT MAX(seq) FROM event), 0), \
                       (SELECT value FROM journal_setting WHERE name = 'offset'), \
                       pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
                    let row = tx
                        .row(sql, vec![])
                        .await?
                        .ok_or_else(|| anyhow::anyhow!("no sequence"))?;
                    let (last, kept, open): (i64, Option<i64>, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    let kept = kept.unwrap_or(0);
                    let needed = (last >> crate::transaction::SEQUENCE_BITS) + 1;
                    if open + kept >= needed {
                        return Ok(kept);
                    }
                    let raised = needed - open + kept.max(0);
                    let sql = "INSERT INTO journal_setting (name, value) VALUES ('offset', $1) \
                       ON CONFLICT (name) DO UPDATE SET value = excluded.value";
                    tx.run(sql, vec![raised.into()]).await?;
                    Ok(raised)
                })
            })
            .await?;
        self.inner.offset.store(offset, Ordering::Relaxed);
        Ok(())
    }

    /// Waits until everything accepted is written, then closes the connections.
    pub async fn close(&self) {
        if let Some(writer) = &self.inner.writer {
            writer.finish().await;
        }
        let _ = self.inner.reader.connection.clone().close().await;
        let _ = self.inner.pool.clone().close().await;
    }
}

/// Reads outside any transaction.
#[derive(Clone)]
pub struct Reader {
    pub(crate) connection: DatabaseConnection,
    pub(crate) backend: Backend,
    pub(crate) statements: Arc<AtomicU64>,
}

impl Sql for Reader {
    fn backend(&self) -> Backend {
        self.backend
    }

    async fn run(&self, _sql: &str, _values: Vec<Value>) -> Outcome<u64> {
        Err(Error::Failed(anyhow::anyhow!("a reader does not write")))
    }

    async fn rows(&self, sql: &str, values: Vec<Value>) -> Outcome<Vec<Row>> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let rows = self
            .connection
            .query_all_raw(statement(self.backend, sql, values))
            .await
            .map_err(classify)?;
        Ok(rows.into_iter().map(Row).collect())
    }

    async fn row(&self, sql: &str, values: Vec<Value>) -> Outcome<Option<Row>> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let row = self
            .connection
            .query_one_raw(statement(self.backend, sql, values))
            .await
            .map_err(classify)?;
        Ok(row.map(Row))
    }
}

/// A statement for the backend.
pub(crate) fn statement(backend: Backend, sql: &str, values: Vec<Value>) -> Statement {
    let kind = match backend {
        Backend::Sqlite => DbBackend::Sqlite,
        Backend::Postgres => DbBackend::Postgres,
    };
    Statement::from_sql_and_values(kind, sql, values)
}

async fn open_postgres(
    settings: &DatabaseSettings,
    connections: u32,
    session: &[(&str, &str)],
) -> Outcome<DatabaseConnection> {
    let url = settings.url.as_deref().unwrap_or_default();
    let options: PgConnectOptions = url.parse().map_err(|cause| cannot_open("PostgreSQL address", cause))?;
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .connect_with(
            options
                .disable_statement_logging()
                .application_name("sportello")
                .options(session.iter().copied()),
        )
        .await
        .map_err(|cause| cannot_open("PostgreSQL", cause))?;
    Ok(SqlxPostgresConnector::from_sqlx_postgres_pool(pool))
}

type Opened = (DatabaseConnection, DatabaseConnection, Option<SqliteWriter>);

/// One writing connection (durable at every commit) and four read-only ones.
async fn open_sqlite(settings: &DatabaseSettings, clock: &Clock, statements: &Arc<AtomicU64>) -> Outcome<Opened> {
    let options = SqliteConnectOptions::new()
        .filename(settings.file())
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(200)
        .row_buffer_size(512)
        .disable_statement_logging();
    let writing = options
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-32768")
        .pragma("wal_autocheckpoint", "4000")
        .pragma("journal_size_limit", "67108864");
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(writing)
        .await
        .map_err(|cause| cannot_open("the embedded database", cause))?;
    let pool = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    let reading = options.read_only(true).pragma("cache_size", "-8192");
    let read = SqlitePoolOptions::new()
        .max_connections(4)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .connect_with(reading)
        .await
        .map_err(|cause| cannot_open("the embedded database", cause))?;
    let read = SqlxSqliteConnector::from_sqlx_sqlite_pool(read);
    let writer = SqliteWriter::start(pool.clone(), clock.clone(), statements.clone());
    Ok((pool, read, Some(writer)))
}

fn cannot_open(what: &'static str, cause: sqlx::Error) -> Error {
    let passing = sqlx_is_passing(&cause);
    let cause = anyhow::Error::from(cause).context(format!("cannot open {what}"));
    if passing {
        Error::Unavailable(cause)
    } else {
        Error::Failed(cause)
    }
}
