//! Statements in, rows out: the same for a transaction and for a reader.

use kernel::{Error, Instant, Outcome};
use sea_orm::{DbErr, QueryResult, RuntimeErr, TryGetable};

/// A value bound to a parameter.
pub type Value = sea_orm::Value;

/// Something that runs statements.
pub trait Sql: Sync {
    /// Which database answers.
    fn backend(&self) -> crate::Backend;

    /// Runs a statement; answers how many rows it touched.
    fn run(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Outcome<u64>> + Send;

    /// All rows of a statement.
    fn rows(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Outcome<Vec<Row>>> + Send;

    /// The first row of a statement.
    fn row(&self, sql: &str, values: Vec<Value>) -> impl Future<Output = Outcome<Option<Row>>> + Send;
}

/// One row; columns are read by their place.
pub struct Row(pub(crate) QueryResult);

impl Row {
    /// The column at `place`, counted from zero.
    pub fn get<T: TryGetable>(&self, place: usize) -> Outcome<T> {
        self.0.try_get_by_index(place).map_err(classify)
    }

    /// An instant stored as milliseconds.
    pub fn instant(&self, place: usize) -> Outcome<Instant> {
        self.get::<i64>(place).map(Instant::from_millis)
    }
}

/// Turns a database error into a failure, or into "away for the moment" where that is what it is.
pub(crate) fn classify(cause: DbErr) -> Error {
    if is_passing(&cause) {
        Error::Unavailable(cause.into())
    } else {
        Error::Failed(cause.into())
    }
}

fn is_passing(cause: &DbErr) -> bool {
    match cause {
        DbErr::Conn(_) | DbErr::ConnectionAcquire(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => {
            sqlx_is_passing(inner)
        }
        _ => false,
    }
}

/// True when the storage is away, full or busy rather than wrong.
pub(crate) fn sqlx_is_passing(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(inner) => inner.code().is_some_and(|code| code_is_passing(&code)),
        _ => false,
    }
}

/// SQLite: busy, locked, read-only, disk errors, full, cannot open. PostgreSQL: connection, resources, shutting down.
fn code_is_passing(code: &str) -> bool {
    match code.parse::<u32>() {
        Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 8 | 10 | 13 | 14),
        // A deadlock or a serialisation failure: the same command goes through a moment later.
        _ => {
            code.starts_with("40")
                || code.starts_with("08")
                || code.starts_with("53")
                || code.starts_with("57P")
                || code == "25006"
        }
    }
}
