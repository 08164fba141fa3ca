//! SQLite, asked without a thread in between.
//!
//! The writer's connection belongs to the writer's thread, on which commands run; a read borrows one of a few reading
//! connections and goes to a thread for blocking work, once for each statement.

use super::row::{Cells, Row};
use super::{Value, failure};
use kernel::{Error, Outcome};
use rusqlite::types::{ToSqlOutput, Value as Cell, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Statements that a connection keeps ready.
const READY_STATEMENTS: usize = 200;
/// How the writing connection works: every commit is on the disk before it is acknowledged.
const WRITING: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; \
    PRAGMA wal_autocheckpoint = 16000; PRAGMA journal_size_limit = 67108864;";
/// How reading connections work.
const READING: &str = "PRAGMA query_only = ON; PRAGMA cache_size = -8192;";
/// How long a statement waits for another process that writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection that can be handed round and closed.
pub(crate) struct Link(Mutex<Option<Connection>>);

impl Link {
    /// Opens the file; only the writing connection makes it where there is none.
    pub(crate) fn open(file: &Path, is_writing: bool) -> Outcome<Arc<Self>> {
        open(file, is_writing)
            .map(|connection| Arc::new(Self(Mutex::new(Some(connection)))))
            .map_err(|cause| match classify(cause) {
                Error::Unavailable(why) => Error::Unavailable(why.context("cannot open the embedded database")),
                Error::Failed(why) => Error::Failed(why.context("cannot open the embedded database")),
                refused => refused,
            })
    }

    /// Does something with the connection, on this thread.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Outcome<T> {
        match self.lock().as_ref() {
            Some(connection) => work(connection).map_err(classify),
            None => Err(Error::Unavailable(anyhow::anyhow!("the database is closed"))),
        }
    }

    pub(crate) fn run(&self, sql: &str, values: &[Value]) -> Outcome<u64> {
        self.with(|connection| run(connection, sql, values))
    }

    pub(crate) fn rows(&self, sql: &str, values: &[Value], most: usize) -> Outcome<Vec<Row>> {
        self.with(|connection| rows(connection, sql, values, most))
    }

    /// Whether it was closed.
    pub(crate) fn is_closed(&self) -> bool {
        self.lock().is_none()
    }

    /// Closes the connection; whoever asks it afterwards is told.
    pub(crate) fn close(&self) {
        drop(self.lock().take());
    }

    fn lock(&self) -> MutexGuard<'_, Option<Connection>> {
        // A command that panicked was undone; the connection is as good as before.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open(file: &Path, is_writing: bool) -> rusqlite::Result<Connection> {
    let mode = if is_writing {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    };
    let connection = Connection::open_with_flags(file, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(READY_STATEMENTS);
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;")?;
    connection.execute_batch(if is_writing { WRITING } else { READING })?;
    Ok(connection)
}

/// Connections that only read, lent one statement at a time.
#[derive(Clone)]
pub(crate) struct Readers {
    free: Arc<Mutex<Vec<Arc<Link>>>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn open(file: &Path, count: usize) -> Outcome<Self> {
        let links = (0..count).map(|_| Link::open(file, false)).collect::<Outcome<_>>()?;
        Ok(Self {
            free: Arc::new(Mutex::new(links)),
            permits: Arc::new(Semaphore::new(count)),
        })
    }

    pub(crate) async fn rows(&self, sql: &str, values: Vec<Value>, most: usize) -> Outcome<Vec<Row>> {
        let sql = sql.to_owned();
        let permit = self.permits.clone().acquire_owned().await;
        let permit = permit.map_err(|_| Error::Unavailable(anyhow::anyhow!("the database is closed")))?;
        let free = self.free.clone();
        // Whoever asked may go away meanwhile: the connection comes back all the same.
        on_thread(move || {
            let link = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let link = link.ok_or_else(|| Error::Unavailable(anyhow::anyhow!("the database is closed")))?;
            let found = link.rows(&sql, &values, most);
            free.lock().unwrap_or_else(PoisonError::into_inner).push(link);
            drop(permit);
            found
        })
        .await
    }

    pub(crate) fn close(&self) {
        self.permits.close();
        self.free.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// Work that blocks, where it holds nobody up.
pub(crate) async fn on_thread<T: Send + 'static>(work: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|cause| Error::Failed(anyhow::Error::from(cause).context("reading the database")))?
}

/// `$1` is a name to SQLite and found by walking all names; `?1` is a place.
fn placed(sql: &str) -> String {
    let mut placed = String::with_capacity(sql.len());
    let mut characters = sql.chars().peekable();
    while let Some(character) = characters.next() {
        let is_parameter = character == '$' && characters.peek().is_some_and(char::is_ascii_digit);
        placed.push(if is_parameter { '?' } else { character });
    }
    placed
}

fn run(connection: &Connection, sql: &str, values: &[Value]) -> rusqlite::Result<u64> {
    let mut statement = connection.prepare_cached(&placed(sql))?;
    bind(&mut statement, values)?;
    let mut rows = statement.raw_query();
    while rows.next()?.is_some() {}
    drop(rows);
    Ok(if statement.readonly() { 0 } else { connection.changes() })
}

fn rows(connection: &Connection, sql: &str, values: &[Value], most: usize) -> rusqlite::Result<Vec<Row>> {
    let mut statement = connection.prepare_cached(&placed(sql))?;
    bind(&mut statement, values)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while found.len() < most
        && let Some(row) = rows.next()?
    {
        let cells: Box<[Cell]> = (0..columns)
            .map(|place| row.get(place))
            .collect::<rusqlite::Result<_>>()?;
        found.push(Row(Cells::Sqlite(cells)));
    }
    Ok(found)
}

fn bind(statement: &mut rusqlite::Statement<'_>, values: &[Value]) -> rusqlite::Result<()> {
    for (place, value) in (1..).zip(values) {
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Number(Some(number)) => ValueRef::Integer(*number),
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
            Self::Identity(Some(id)) => ValueRef::Blob(id.as_bytes()),
            _ => ValueRef::Null,
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

/// A column that is not what the program reads it as.
pub(super) fn unlike(cell: Option<&Cell>, place: usize) -> Error {
    let holds = cell.map_or_else(|| "nothing".to_owned(), |cell| cell.data_type().to_string());
    Error::Failed(anyhow::anyhow!("column {place} holds {holds}"))
}

/// Busy, locked, read-only, disk errors, full, cannot open: away for the moment rather than wrong.
fn classify(cause: rusqlite::Error) -> Error {
    let is_passing = cause
        .sqlite_error()
        .is_some_and(|failed| matches!(failed.extended_code & 0xff, 5 | 6 | 8 | 10 | 13 | 14));
    failure(is_passing, cause)
}
