//! PostgreSQL, through pools of connections.

use super::row::{Cells, Row};
use super::{Value, failure};
use kernel::{Error, Outcome};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgConnection, PgPoolOptions, PgQueryResult};
use sqlx::query::Query;
use sqlx::{Arguments, AssertSqlSafe, ConnectOptions, Connection, Executor};
use std::time::Duration;

/// Statements that a connection keeps ready.
const READY_STATEMENTS: usize = 500;

/// After so long without work a connection may have died unnoticed.
const LONG_REST: Duration = Duration::from_secs(1);

/// The kind of database, as the driver names it.
pub(super) type Postgres = sqlx::Postgres;

/// Opens a pool; `session` is set on each of its connections.
pub(crate) async fn open(url: &str, connections: u32, session: &[(&str, &str)]) -> Outcome<sqlx::PgPool> {
    let options: PgConnectOptions = url.parse().map_err(|cause| cannot_open("PostgreSQL address", cause))?;
    PgPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .before_acquire(|connection, kept| Box::pin(async move { still_there(connection, kept.idle_for).await }))
        .connect_with(
            options
                .disable_statement_logging()
                .application_name("sportello")
                .statement_cache_capacity(READY_STATEMENTS)
                .options(session.iter().copied()),
        )
        .await
        .map_err(|cause| cannot_open("PostgreSQL", cause))
}

/// A connection that rested is asked whether it is still one, so that after a restart of the server nobody is answered by a
/// dead one. Under load none rests, and nothing is asked.
async fn still_there(connection: &mut PgConnection, rested: Duration) -> sqlx::Result<bool> {
    if rested >= LONG_REST {
        connection.ping().await?;
    }
    Ok(true)
}

fn cannot_open(what: &'static str, cause: sqlx::Error) -> Error {
    let is_passing = is_passing(&cause);
    failure(
        is_passing,
        anyhow::Error::from(cause).context(format!("cannot open {what}")),
    )
}

pub(super) async fn run<'e>(on: impl Executor<'e, Database = Postgres>, sql: &str, values: Vec<Value>) -> Outcome<u64> {
    let done: PgQueryResult = asked(sql, values)?.execute(on).await.map_err(classify)?;
    Ok(done.rows_affected())
}

pub(super) async fn rows<'e>(
    on: impl Executor<'e, Database = Postgres>,
    sql: &str,
    values: Vec<Value>,
) -> Outcome<Vec<Row>> {
    let rows = asked(sql, values)?.fetch_all(on).await.map_err(classify)?;
    Ok(rows.into_iter().map(|row| Row(Cells::Postgres(row))).collect())
}

pub(super) async fn row<'e>(
    on: impl Executor<'e, Database = Postgres>,
    sql: &str,
    values: Vec<Value>,
) -> Outcome<Option<Row>> {
    let row = asked(sql, values)?.fetch_optional(on).await.map_err(classify)?;
    Ok(row.map(|row| Row(Cells::Postgres(row))))
}

/// All rows, or only the first.
pub(crate) async fn fetch<'e>(
    on: impl Executor<'e, Database = Postgres>,
    sql: &str,
    values: Vec<Value>,
    most: usize,
) -> Outcome<Vec<Row>> {
    if most == 1 {
        return Ok(row(on, sql, values).await?.into_iter().collect());
    }
    rows(on, sql, values).await
}

/// Statements without parameters, several at once.
pub(crate) async fn batch<'e>(on: impl Executor<'e, Database = Postgres>, sql: &str) -> Outcome<()> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(on)
        .await
        .map(drop)
        .map_err(classify)
}

/// Every statement of the house is written in it with parameters; nothing that people typed is part of a text.
fn asked<'q>(sql: &str, values: Vec<Value>) -> Outcome<Query<'q, Postgres, PgArguments>> {
    let mut arguments = PgArguments::default();
    for value in values {
        let added = match value {
            Value::Number(number) => arguments.add(number),
            Value::Text(text) => arguments.add(text),
            Value::Bytes(bytes) => arguments.add(bytes),
            Value::Identity(id) => arguments.add(id),
        };
        added.map_err(|cause| anyhow::anyhow!("a parameter cannot be sent: {cause}"))?;
    }
    Ok(sqlx::query_with(AssertSqlSafe(sql.to_owned()), arguments))
}

pub(super) fn classify(cause: sqlx::Error) -> Error {
    failure(is_passing(&cause), cause)
}

/// True when the server is away, full or busy rather than the statement wrong.
fn is_passing(cause: &sqlx::Error) -> bool {
    match cause {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(inner) => inner.code().is_some_and(|code| code_is_passing(&code)),
        _ => false,
    }
}

/// Connection, resources, shutting down; a deadlock or a serialisation failure goes through a moment later.
fn code_is_passing(code: &str) -> bool {
    code.starts_with("40")
        || code.starts_with("08")
        || code.starts_with("53")
        || code.starts_with("57P")
        || code == "25006"
}
