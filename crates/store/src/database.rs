//! Opening the database, reading from it, writing to it.
//!
//! On SQLite one writer holds the only writing connection and readers have their own, read-only ones, so nobody can
//! write through the wrong door. On PostgreSQL both are pools
//! to the same server.

use crate::door::{Link, Readers, Session, define, fetch, open_postgres};
use crate::writer::{Lane, SqliteWriter, Work, on_postgres, set_down};
use crate::{Backend, BlobStore, CardFold, DatabaseSettings, Migration, Row, Sql, Tx, Value};
use futures_util::future::BoxFuture;
use kernel::{Clock, Error, Outcome};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// Reading connections to the embedded database.
const READERS: usize = 4;

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
    pub(crate) writing: Writing,
    pub(crate) folds: Vec<CardFold>,
    pub(crate) blobs: BlobStore,
    pub(crate) listed: crate::listed::ListedCache,
    pub(crate) memories: crate::memory::Memories,
    pub(crate) offset: AtomicI64,
    pub(crate) known_numbers: Mutex<std::collections::HashSet<String>>,
    pub(crate) committed: tokio::sync::watch::Sender<u64>,
    pub(crate) jobs_waiting: tokio::sync::Notify,
    pub(crate) settings: DatabaseSettings,
    pub(crate) vocabulary: Mutex<crate::vocabulary::Vocabulary>,
}

/// Where commands go.
pub(crate) enum Writing {
    Sqlite(SqliteWriter),
    Postgres(sqlx::PgPool),
}

/// Where reads go.
#[derive(Clone)]
pub(crate) enum Source {
    Sqlite(Readers),
    Postgres(sqlx::PgPool),
}

impl Store {
    /// Opens the database, applies missing migrations under one lock for all nodes, and is ready to write.
    ///
    /// # Errors
    /// When the database cannot be reached, or is newer than this program.
    pub async fn open(settings: &DatabaseSettings, clock: Clock, parts: StoreParts) -> Outcome<Self> {
        tokio::fs::create_dir_all(&settings.data).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let (writing, source) = match settings.backend() {
            Backend::Sqlite => open_sqlite(settings, &clock, &statements, &parts.migrations).await?,
            Backend::Postgres => open_server(settings, &parts.migrations).await?,
        };
        let backend = settings.backend();
        let reader = Reader {
            source,
            backend,
            statements,
        };
        let inner = Inner {
            backend,
            clock,
            reader,
            writing,
            folds: parts.folds,
            blobs: BlobStore::directory(&settings.data.join("attachments")).await?,
            listed: crate::listed::ListedCache::default(),
            memories: crate::memory::Memories::default(),
            offset: AtomicI64::new(0),
            known_numbers: Mutex::default(),
            committed: tokio::sync::watch::channel(0).0,
            jobs_waiting: tokio::sync::Notify::new(),
            settings: settings.clone(),
            vocabulary: Mutex::default(),
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
        let (work, answer) = set_down(work);
        self.carry_out(lane, work).await?;
        answer.take()
    }

    async fn carry_out(&self, lane: Lane, work: Work) -> Outcome<()> {
        match &self.inner.writing {
            Writing::Sqlite(writer) => writer.submit(&self.inner, lane, work).await?,
            Writing::Postgres(pool) => on_postgres(&self.inner, pool, work).await?,
        }
        self.inner.listed.committed();
        self.inner.committed.send_modify(|count| *count += 1);
        Ok(())
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
        match &self.inner.writing {
            Writing::Sqlite(writer) => writer.close().await,
            Writing::Postgres(pool) => pool.close().await,
        }
        match &self.inner.reader.source {
            Source::Sqlite(readers) => readers.close(),
            Source::Postgres(pool) => pool.close().await,
        }
    }
}

/// Reads outside any transaction.
#[derive(Clone)]
pub struct Reader {
    pub(crate) source: Source,
    pub(crate) backend: Backend,
    pub(crate) statements: Arc<AtomicU64>,
}

impl Reader {
    async fn fetch(&self, sql: &str, values: Vec<Value>, most: usize) -> Outcome<Vec<Row>> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        match &self.source {
            Source::Sqlite(readers) => readers.rows(sql, values, most).await,
            Source::Postgres(pool) => fetch(pool, sql, values, most).await,
        }
    }

    /// A definition outside any transaction; only PostgreSQL needs such.
    pub(crate) async fn define(&self, sql: &str) -> Outcome<()> {
        match &self.source {
            Source::Sqlite(_) => Err(Error::Failed(anyhow::anyhow!("a reader does not write"))),
            Source::Postgres(pool) => define(pool, sql).await,
        }
    }
}

impl Sql for Reader {
    fn backend(&self) -> Backend {
        self.backend
    }

    async fn run(&self, _sql: &str, _values: Vec<Value>) -> Outcome<u64> {
        Err(Error::Failed(anyhow::anyhow!("a reader does not write")))
    }

    async fn rows(&self, sql: &str, values: Vec<Value>) -> Outcome<Vec<Row>> {
        self.fetch(sql, values, usize::MAX).await
    }

    async fn row(&self, sql: &str, values: Vec<Value>) -> Outcome<Option<Row>> {
        Ok(self.fetch(sql, values, 1).await?.pop())
    }
}

async fn open_server(settings: &DatabaseSettings, migrations: &[Migration]) -> Outcome<(Writing, Source)> {
    let (write, read) = (settings.connections.max(2), (settings.connections / 2).max(2));
    let url = settings.url.as_deref().unwrap_or_default();
    let pool = open_postgres(url, write, &[]).await?;
    let session = Session::on_postgres(&pool).await?;
    crate::migration::migrate(&session, Backend::Postgres, migrations).await?;
    // Readers plan each statement for its own values: a frequent word and a rare one want different ways.
    let reading = open_postgres(url, read, &[("plan_cache_mode", "force_custom_plan")]).await?;
    Ok((Writing::Postgres(pool), Source::Postgres(reading)))
}

/// One writing connection (durable at every commit) and a few that only read.
async fn open_sqlite(
    settings: &DatabaseSettings,
    clock: &Clock,
    statements: &Arc<AtomicU64>,
    migrations: &[Migration],
) -> Outcome<(Writing, Source)> {
    let link = Link::open(&settings.file(), true)?;
    let session = Session::on_sqlite(&link)?;
    if let Err(why) = crate::migration::migrate(&session, Backend::Sqlite, migrations).await {
        session.undo().await;
        return Err(why);
    }
    let readers = Readers::open(&settings.file(), READERS)?;
    let copying = Link::open(&settings.file(), true)?;
    let writer = SqliteWriter::start(link, copying, clock.clone(), statements.clone())?;
    Ok((Writing::Sqlite(writer), Source::Sqlite(readers)))
}
