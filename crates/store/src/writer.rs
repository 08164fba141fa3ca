//! The writer: how commands become durable.
//!
//! SQLite has one writer. Commands wait in two lanes (people before background); the writer takes all that wait, runs
//! each in a savepoint, commits them together and only then answers, so one sync to disk serves many. A command that
//! refuses, fails or panics is undone alone. On PostgreSQL each command has its own transaction and connection.

use crate::Tx;
use crate::checkpoint::keep_log_short;
use crate::database::Inner;
use crate::door::{Link, Session, on_thread};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{Clock, Error, Outcome};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
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

/// A command whose answer is set down beside it. All commands are of this one type, so that what carries them out stands in
/// the program once and not once for each of them.
pub(crate) type Work = Box<dyn for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Outcome<()>> + Send>;

/// Where the answer of a command waits until the command is durable.
pub(crate) struct Answer<T>(Arc<Mutex<Option<T>>>);

impl<T> Answer<T> {
    /// The answer of a command that was carried out.
    ///
    /// # Errors
    /// A failure when there is none.
    pub(crate) fn take(self) -> Outcome<T> {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        answer.ok_or_else(|| Error::Failed(anyhow::anyhow!("the command left no answer")))
    }
}

/// A command, and where its answer will be.
pub(crate) fn set_down<T, F>(work: F) -> (Work, Answer<T>)
where
    T: Send + 'static,
    F: for<'t> FnOnce(&'t Tx) -> BoxFuture<'t, Outcome<T>> + Send + 'static,
{
    let answer = Arc::new(Mutex::new(None));
    let place = answer.clone();
    let work: Work = Box::new(move |tx| {
        Box::pin(async move {
            let done = work(tx).await?;
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(done);
            Ok(())
        })
    });
    (work, Answer(answer))
}

type Finish = Box<dyn FnOnce(Result<(), Arc<Error>>) + Send>;

/// What a command came to, before the commit is known.
struct Ran {
    kept: bool,
    finish: Finish,
}

/// A command that waits, and who waits for it.
struct Command {
    inner: Arc<Inner>,
    work: Work,
    told: oneshot::Sender<Outcome<()>>,
}

impl Command {
    async fn run(self, tx: &Tx) -> Ran {
        let Command { work, told, .. } = self;
        let outcome = guarded(work(tx)).await;
        let kept = outcome.is_ok();
        let finish: Finish = Box::new(move |committed| {
            let _ = told.send(match committed {
                Ok(()) => outcome,
                Err(why) if kept => Err(Error::Unavailable(anyhow::anyhow!("not committed: {why}"))),
                Err(_) => outcome,
            });
        });
        Ran { kept, finish }
    }

    fn abandon(self, why: &Error) {
        let why = anyhow::anyhow!("not started: {why}");
        let _ = self.told.send(Err(Error::Unavailable(why)));
    }
}

/// A panic in a command is a failure of that command alone.
async fn guarded(work: BoxFuture<'_, Outcome<()>>) -> Outcome<()> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(_) => Err(Error::Failed(anyhow::anyhow!("the command panicked"))),
    }
}

/// Hands commands to the thread that owns the writing connection. Commands run on that thread, so a statement costs no
/// change of thread (ADR 5).
pub(crate) struct SqliteWriter {
    link: Arc<Link>,
    copying: Arc<Link>,
    people: mpsc::Sender<Command>,
    background: mpsc::Sender<Command>,
    idle: Arc<tokio::sync::Mutex<()>>,
}

impl SqliteWriter {
    /// # Errors
    /// When no thread can be started.
    pub(crate) fn start(
        link: Arc<Link>,
        copying: Arc<Link>,
        clock: Clock,
        statements: Arc<AtomicU64>,
    ) -> Outcome<Self> {
        let (people, people_waiting) = mpsc::channel(1024);
        let (background, background_waiting) = mpsc::channel(64);
        let idle = Arc::new(tokio::sync::Mutex::new(()));
        let queues = Queues {
            people: people_waiting,
            background: background_waiting,
        };
        let written = Arc::new(AtomicU64::new(0));
        tokio::spawn(keep_log_short(copying.clone(), written.clone()));
        let counts = Counts { statements, written };
        let writing = write_groups(link.clone(), queues, clock, counts, idle.clone());
        let runtime = tokio::runtime::Handle::current();
        std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || runtime.block_on(writing))?;
        Ok(Self {
            link,
            copying,
            people,
            background,
            idle,
        })
    }

    pub(crate) async fn submit(&self, inner: &Arc<Inner>, lane: Lane, work: Work) -> Outcome<()> {
        let (told, waiting) = oneshot::channel();
        let queue = match lane {
            Lane::People => &self.people,
            Lane::Background => &self.background,
        };
        let command = Command {
            inner: inner.clone(),
            work,
            told,
        };
        queue.send(command).await.map_err(|_| closed())?;
        waiting.await.map_err(|_| closed())?
    }

    /// Does something with the writing connection outside any transaction, between two groups.
    pub(crate) async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Link) -> Outcome<T> + Send + 'static,
    ) -> Outcome<T> {
        let _idle = self.idle.lock().await;
        let link = self.link.clone();
        on_thread(move || work(&link)).await
    }

    /// Waits for the group under way and closes the connection.
    pub(crate) async fn close(&self) {
        let _idle = self.idle.lock().await;
        self.copying.close();
        self.link.close();
    }
}

impl Drop for SqliteWriter {
    fn drop(&mut self) {
        self.copying.close();
    }
}

/// What the writer counts.
struct Counts {
    /// Statements, for the tests that count them.
    statements: Arc<AtomicU64>,
    /// Commands since the log was last brought into the file.
    written: Arc<AtomicU64>,
}

fn closed() -> Error {
    Error::Unavailable(anyhow::anyhow!("the writer has stopped"))
}

struct Queues {
    people: mpsc::Receiver<Command>,
    background: mpsc::Receiver<Command>,
}

impl Queues {
    async fn next(&mut self) -> Option<Command> {
        tokio::select! {
            biased;
            command = self.people.recv() => command,
            command = self.background.recv() => command,
        }
    }

    /// What waits right now: people first, then at most one background command.
    fn waiting(&mut self, background_taken: &mut bool) -> Option<Command> {
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
    link: Arc<Link>,
    mut queues: Queues,
    clock: Clock,
    counts: Counts,
    idle: Arc<tokio::sync::Mutex<()>>,
) {
    while let Some(first) = queues.next().await {
        let _busy = idle.lock().await;
        counts.statements.fetch_add(2, Ordering::Relaxed);
        let done = write_group(&link, first, &mut queues, &clock).await;
        counts.written.fetch_add(done, Ordering::Relaxed);
    }
}

/// Begins, runs all that wait, commits, and answers everybody. Tells how many there were.
async fn write_group(link: &Arc<Link>, first: Command, queues: &mut Queues, clock: &Clock) -> u64 {
    let inner = first.inner.clone();
    let tx = match begin(link, &inner, clock) {
        Ok(tx) => tx,
        Err(why) => {
            first.abandon(&why);
            return 0;
        }
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
        None => tx.session.commit().await,
        Some(why) => Err(why),
    };
    if committed.is_err() {
        tx.session.undo().await;
    }
    let committed = committed.map_err(Arc::new);
    if let Err(why) = &committed {
        tracing::warn!(cause = %why, commands = ran.len(), "a group of commands was not committed");
    } else if woke {
        inner.jobs_waiting.notify_one();
    }
    let count = ran.len() as u64;
    ran.into_iter().for_each(|finish| finish(committed.clone()));
    count
}

fn begin(link: &Arc<Link>, inner: &Arc<Inner>, clock: &Clock) -> Outcome<Tx> {
    let session = Session::on_sqlite(link)?;
    match last_sequence(link) {
        Ok(last) => Ok(Tx::new(session, inner.clone(), clock.now(), last + 1)),
        Err(why) => {
            let _ = link.run("ROLLBACK", &[]);
            Err(why)
        }
    }
}

fn last_sequence(link: &Link) -> Outcome<i64> {
    let rows = link.rows("SELECT COALESCE(MAX(seq), 0) FROM event", &[], 1)?;
    rows.first().ok_or_else(|| anyhow::anyhow!("no last event"))?.get(0)
}

/// Runs one command so that it alone can be undone. The error side means that even undoing failed.
async fn run_in_savepoint(tx: &Tx, command: Command) -> Result<Ran, (Ran, Error)> {
    if let Err(cause) = tx.session.run("SAVEPOINT command", vec![]).await {
        let why = Arc::new(cause);
        let told = why.clone();
        let ran = Ran {
            kept: false,
            finish: Box::new(move |_| command.abandon(&told)),
        };
        return Err((ran, Error::Unavailable(anyhow::anyhow!("{why}"))));
    }
    let before = tx.next.load(Ordering::Relaxed);
    let ran = command.run(tx).await;
    match end_savepoint(tx, ran.kept, before).await {
        Ok(()) => Ok(ran),
        Err(cause) => Err((ran, cause)),
    }
}

async fn end_savepoint(tx: &Tx, is_kept: bool, before: i64) -> Outcome<()> {
    if !is_kept {
        tx.next.store(before, Ordering::Relaxed);
        tx.session.run("ROLLBACK TO command", vec![]).await?;
    }
    tx.session.run("RELEASE command", vec![]).await.map(drop)
}

/// PostgreSQL: a transaction of its own.
pub(crate) async fn on_postgres(inner: &Arc<Inner>, pool: &sqlx::PgPool, work: Work) -> Outcome<()> {
    let session = Session::on_postgres(pool).await?;
    inner.reader.statements.fetch_add(2, Ordering::Relaxed);
    let tx = Tx::new(session, inner.clone(), inner.clock.now(), 0);
    let done = match guarded(work(&tx)).await {
        Ok(()) => tx.flush().await,
        Err(why) => Err(why),
    };
    if let Err(why) = done {
        tx.session.undo().await;
        return Err(why);
    }
    let woke = tx.has_jobs.load(Ordering::Relaxed);
    tx.session.commit().await.map_err(|cause| match cause {
        Error::Failed(why) | Error::Unavailable(why) => Error::Unavailable(why.context("not committed")),
        refused => refused,
    })?;
    if woke {
        inner.jobs_waiting.notify_one();
    }
    Ok(())
}
