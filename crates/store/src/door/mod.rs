//! The door to the two databases: what a statement takes, what a row gives, and how each of them is asked.
//!
//! SQLite is asked directly on the thread that runs the command; PostgreSQL through a pool of connections (ADR 5).

mod postgres;
mod row;
mod session;
mod sqlite;
mod value;

pub use row::{Column, Row};
pub use value::Value;

use postgres::Postgres;
pub(crate) use postgres::{batch as define, fetch, open as open_postgres};
pub(crate) use session::{Session, View};
pub(crate) use sqlite::{Link, Readers, on_thread};

use kernel::{Error, Instant, Outcome};

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

impl Row {
    /// An instant stored as milliseconds.
    pub fn instant(&self, place: usize) -> Outcome<Instant> {
        self.get::<i64>(place).map(Instant::from_millis)
    }
}

/// A failure, or "away for the moment" where the code of the database says so.
fn failure(is_passing: bool, cause: impl Into<anyhow::Error>) -> Error {
    if is_passing {
        Error::Unavailable(cause.into())
    } else {
        Error::Failed(cause.into())
    }
}
