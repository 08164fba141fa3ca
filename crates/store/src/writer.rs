//! The writer: how commands become durable.
//!
//! SQLite has one writer. Commands wait in two lanes (people before background); the writer takes all that wait, runs
//! each in a savepoint, commits them together and only then answers, so one sync to disk serves many. A command that
//! refuses, fails or panics is undone alone. On PostgreSQL each command has its own transaction and connection.

use crate::Tx;
use crate::database::Inner;
use crate::sql::classify;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Clock, Error, Outcome};
use sea_orm::{ConnectionTrait, DatabaseConnection, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};
use tokio::sync::{mpsc, oneshot};

/// Who waits for a command: people go before background work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Somebody waits for the answer.
    People,
    /// Imports, cascades, planning: small batches that give way.
    Background,
}

/// Commands that one commit may carry.
const GROUP: usize = 64;
/// Time after which a group is committed even if more commands wait.
const HOLD: Duration = Duration::from_millis(8);

type Finish = Box<dyn FnOnce(Result<(), Arc<Error>>) + Send>;

/// What a command came to, before the commit is known.
struct Ran {
    kept: bool,
    finish: Finish,
}

trait Command: Send {
    fn inner(&self) -> Arc<Inner>;
    fn run<'t>(self: Box<Self>, tx: &'t Tx) -> BoxFuture<'t, Ran>;
    fn abandon(self: Box<Self>, why: Arc<Error>);
}

struct Typed<T, F> {
    inner: Arc<Inner>,
    work: F,
    answer: oneshot::Sender<Outcome<T>>,
}

impl<T, F> Command for Typed<T, F>
where
    T: Send + 'static,
    F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Outcome<T>> + Send + 'static,
{
    fn inner(&self) -> Arc<Inner> {
        self.inner.clone()
    }

    fn run<'t>(self: Box<Self>, tx: &'t Tx) -> BoxFuture<'t, Ran> {
        Box::pin(async move {
            let Typed { work, answer, .. } = *self;
            let outcome = guarded(work(tx)).await;
            let kept = outcome.is_ok();
            let finish: Finish = Box::new(move |committed| {
                let _ = answer.send(match committed {
                    Ok(()) => outcome,
                    Err(why) if kept => Err(Error::Unavailable(anyhow::anyhow!("not committed: {why}"))),
                    Err(_) => outcome,
                });
            });
            Ran { kept, finish }
        })
    }

    fn abandon(self: Box<Self>, why: Arc<Error>) {
        let _ = self
            .answer
            .send(Err(Error::Unavailable(anyhow::anyhow!("not started: {why}"))));
    }
}

/// A panic in a command is a failure of that command alone.
async fn guarded<T>(work: BoxFuture<'_, Outcome<T>>) -> Outcome<T> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::Failed(anyhow::anyhow!("the command panicked"))),
    }
}

/// Hands commands to the task that owns the writing connection.
pub(crate) struct SqliteWriter {
    people: mpsc::Sender<Box<dyn Command>>,
    background: mpsc::Sender<Box<dyn Command>>,
    idle: Arc<tokio::sync::Mutex<()>>,
}

impl SqliteWriter {
    pub(crate) fn start(connection: DatabaseConnection, clock: Clock, statements: Arc<AtomicU64>) -> Self {
        let (people, people_waiting) = mpsc::channel(1024);
        let (background, background_waiting) = mpsc::channel(64);
        let idle = Arc::new(tokio::sync::Mutex::new(()));
        let queues = Queues {
            people: people_waiting,
            background: background_waiting,
        };
        tokio::spawn(write_groups(connection, queues, clock, statements, idle.clone()));
        Self {
            people,
            background,
            idle,
        }
    }

    pub(crate) async fn submit<T, F>(&self, inner: &Arc<Inner>, lane: Lane, work: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Outcome<T>> + Send + 'static,
    {
        let (answer, waiting) = oneshot::channel();
        let queue = match lane {
            Lane::People => &self.people,
            Lane::Background => &self.background,
        };
        let command = Box::new(Typed {
            inner: inner.clone(),
            work,
            answer,
        });
        queue.send(command).await.map_err(|_| closed())?;
        waiting.await.map_err(|_| closed())?
    }

    /// Waits for the group under way.
    pub(crate) async fn finish(&self) {
        let _idle = self.idle.lock().await;
    }
}

fn closed() -> Error {
    Error::Unavailable(anyhow::anyhow!("the writer has stopped"))
}

struct Queues {
    people: mpsc::Receiver<Box<dyn Command>>,
    background: mpsc::Receiver<Box<dyn Command>>,
}

impl Queues {
    async fn next(&mut self) -> Option<Box<dyn Command>> {
        tokio::select! {
            biased;
            command = self.people.recv() => command,
            command = self.background.recv() => command,
        }
    }

    /// What waits right now: people first, then at most one background command.
    fn waiting(&mut self, background_taken: &mut bool) -> Option<Box<dyn Command>> {
        if let Ok(command) = self.people.try_recv() {
            return Some(command);
        }
        if *background_taken {
            return None;
        }
        *background_taken = true;
        self.background.try_recv().ok()
    }
}

async fn write_groups(
    connection: DatabaseConnection,
    mut queues: Queues,
    clock: Clock,
    statements: Arc<AtomicU64>,
    idle: Arc<tokio::sync::Mutex<()>>,
) {
    while let Some(first) = queues.next().await {
        let _busy = idle.lock().await;
        statements.fetch_add(2, Ordering::Relaxed);
        write_group(&connection, first, &mut queues, &clock).await;
    }
}

/// Begins, runs all that wait, commits, and answers everybody.
async fn write_group(connection: &DatabaseConnection, first: Box<dyn Command>, queues: &mut Queues, clock: &Clock) {
    let inner = first.inner();
    let tx = match begin(connection, &inner, clock).await {
        Ok(tx) => tx,
        Err(why) => return first.abandon(Arc::new(why)),
    };
    let started = Stopwatch::now();
    let (mut ran, mut broken) = (Vec::new(), None);
    let mut next = Some(first);
    let mut background_taken = false;
    while let Some(command) = next {
        match run_in_savepoint(&tx, command).await {
            Ok(done) => ran.push(done.finish),
            Err((done, why)) => {
                ran.push(done.finish);
                broken = Some(why);
                break;
            }
        }
        let full = ran.len() >= GROUP || started.elapsed() >= HOLD;
        next = if full {
            None
        } else {
            queues.waiting(&mut background_taken)
        };
    }
    let woke = tx.has_jobs.load(Ordering::Relaxed);
    let committed = match broken {
        None => tx.connection.commit().await.map_err(classify),
        Some(why) => {
            let _ = tx.connection.rollback().await;
            Err(why)
        }
    };
    let committed = committed.map_err(Arc::new);
    if let Err(why) = &committed {
        tracing::warn!(cause = %why, commands = ran.len(), "a group of commands was not committed");
    } else if woke {
        inner.jobs_waiting.notify_one();
    }
    ran.into_iter().for_each(|finish| finish(committed.clone()));
}

async fn begin(connection: &DatabaseConnection, inner: &Arc<Inner>, clock: &Clock) -> Outcome<Tx> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let connection = connection.begin_with_options(options).await.map_err(classify)?;
    let sql = crate::database::statement(inner.backend, "SELECT COALESCE(MAX(seq), 0) FROM event", vec![]);
    // Before the first migration there is no journal yet.
    let last = match connection.query_one_raw(sql).await {
        Ok(Some(row)) => row.try_get_by_index::<i64>(0).map_err(classify)?,
        _ => 0,
    };
    Ok(Tx::new(connection, inner.clone(), clock.now(), last + 1))
}

/// Runs one command so that it alone can be undone. The error side means that even undoing failed.
async fn run_in_savepoint(tx: &Tx, command: Box<dyn Command>) -> Result<Ran, (Ran, Error)> {
    if let Err(cause) = tx.connection.execute_unprepared("SAVEPOINT command").await {
        let why = Arc::new(classify(cause));
        let told = why.clone();
        let ran = Ran {
            kept: false,
            finish: Box::new(move |_| command.abandon(told)),
        };
        return Err((ran, Error::Unavailable(anyhow::anyhow!("{why}"))));
    }
    let before = tx.next.load(Ordering::Relaxed);
    let ran = command.run(tx).await;
    let end = if ran.kept {
        "RELEASE command"
    } else {
        "ROLLBACK TO command; RELEASE command"
    };
    if !ran.kept {
        tx.next.store(before, Ordering::Relaxed);
    }
    match tx.connection.execute_unprepared(end).await {
        Ok(_) => Ok(ran),
        Err(cause) => Err((ran, classify(cause))),
    }
}

/// PostgreSQL: a transaction of its own.
pub(crate) async fn on_postgres<T, F>(inner: &Arc<Inner>, work: F) -> Outcome<T>
where
    T: Send + 'static,
    F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Outcome<T>> + Send + 'static,
{
    let connection = inner.pool.begin().await.map_err(classify)?;
    inner.reader.statements.fetch_add(2, Ordering::Relaxed);
    let tx = Tx::new(connection, inner.clone(), inner.clock.now(), 0);
    match guarded(work(&tx)).await {
        Ok(answer) => {
            let woke = tx.has_jobs.load(Ordering::Relaxed);
            tx.connection.commit().await.map_err(|cause| match classify(cause) {
                Error::Failed(why) | Error::Unavailable(why) => Error::Unavailable(why.context("not committed")),
                refused => refused,
            })?;
            if woke {
                inner.jobs_waiting.notify_one();
            }
            Ok(answer)
        }
        Err(why) => {
            let _ = tx.connection.rollback().await;
            Err(why)
        }
    }
}
