//! One transaction: the only place from which anything is written.

use crate::database::Inner;
use crate::door::Session;
use crate::pending::Pending;
use crate::{Backend, Row, Sql, Value};
use kernel::{Instant, Outcome};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

/// Events that one transaction may write: the low bits of the sequence on PostgreSQL.
pub(crate) const SEQUENCE_BITS: i64 = 16;

/// Records that one statement holds.
const TOGETHER: usize = 200;

/// A transaction that a command runs in. It awaits nothing but the database.
pub struct Tx {
    pub(crate) session: Session,
    pub(crate) inner: Arc<Inner>,
    now: Instant,
    /// SQLite: the next sequence. PostgreSQL: how many events this transaction has written.
    pub(crate) next: AtomicI64,
    /// PostgreSQL: this transaction's number, once known.
    number: AtomicI64,
    pub(crate) has_jobs: AtomicBool,
    /// PostgreSQL: writes that go with the next statement.
    pub(crate) pending: Mutex<Vec<Pending>>,
}

impl Tx {
    pub(crate) fn new(session: Session, inner: Arc<Inner>, now: Instant, next: i64) -> Self {
        Self {
            session,
            inner,
            now,
            next: AtomicI64::new(next),
            number: AtomicI64::new(0),
            has_jobs: AtomicBool::new(false),
            pending: Mutex::default(),
        }
    }

    /// Now, the same throughout the command.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Holds a lock of the house until the transaction ends, so that only one node does this at a time. On SQLite there is
    /// one writer anyway.
    pub async fn alone(&self, lock: i64) -> Outcome<()> {
        if self.inner.backend == Backend::Postgres {
            self.row("SELECT pg_advisory_xact_lock($1)", vec![lock.into()]).await?;
        }
        Ok(())
    }

    /// The store this transaction belongs to (its folds, its clock).
    pub(crate) fn inner(&self) -> &Inner {
        &self.inner
    }

    /// Remembers the transaction's number when a statement brought it along.
    pub(crate) fn note_number(&self, number: i64) {
        self.number.store(number, Ordering::Relaxed);
    }

    /// Holds several records at once, in one order for everybody, so that two commands that need them never wait for each
    /// other.
    pub async fn hold_all(&self, records: &[kernel::Uuid]) -> Outcome<()> {
        if self.inner.backend == Backend::Sqlite {
            return Ok(());
        }
        let mut records = records.to_vec();
        records.sort_unstable();
        for together in records.chunks(TOGETHER) {
            let places: Vec<String> = (1..=together.len()).map(|place| format!("${place}")).collect();
            let sql = format!(
                "SELECT id FROM record WHERE id IN ({}) ORDER BY id FOR UPDATE",
                places.join(", ")
            );
            self.rows(&sql, together.iter().map(|id| (*id).into()).collect())
                .await?;
        }
        Ok(())
    }

    /// Lets one command at a time go on under a name, until the end of its transaction.
    pub async fn alone_by(&self, name: &str) -> Outcome<()> {
        if self.inner.backend == Backend::Postgres {
            let sql = "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended($1, 0))) held";
            self.rows(sql, vec![name.into()]).await?;
        }
        Ok(())
    }

    /// Reserves `count` places in the sequence and answers the first.
    ///
    /// On PostgreSQL a sequence is `(transaction number + offset) << 16 | place`: it rises with the transactions, needs
    /// no lock, and a reader that stops before the oldest open transaction misses nothing.
    pub(crate) async fn reserve(&self, count: i64) -> Outcome<i64> {
        let place = self.next.fetch_add(count, Ordering::Relaxed);
        if self.inner.backend == Backend::Sqlite {
            return Ok(place);
        }
        if place + count >= 1 << SEQUENCE_BITS {
            return Err(anyhow::anyhow!("too many events for one transaction").into());
        }
        if self.number.load(Ordering::Relaxed) == 0 {
            let sql = "SELECT pg_current_xact_id()::text::bigint";
            let row = self
                .row(sql, vec![])
                .await?
                .ok_or_else(|| anyhow::anyhow!("no transaction number"))?;
            self.note_number(row.get(0)?);
        }
        let high = self.number.load(Ordering::Relaxed) + self.inner.offset.load(Ordering::Relaxed);
        Ok((high << SEQUENCE_BITS) + place)
    }
}

impl Sql for Tx {
    fn backend(&self) -> Backend {
        self.inner.backend
    }

    async fn run(&self, sql: &str, values: Vec<Value>) -> Outcome<u64> {
        self.inner.reader.statements.fetch_add(1, Ordering::Relaxed);
        self.flush().await?;
        self.session.run(sql, values).await
    }

    async fn rows(&self, sql: &str, values: Vec<Value>) -> Outcome<Vec<Row>> {
        self.inner.reader.statements.fetch_add(1, Ordering::Relaxed);
        self.flush().await?;
        self.session.rows(sql, values).await
    }

    async fn row(&self, sql: &str, values: Vec<Value>) -> Outcome<Option<Row>> {
        self.inner.reader.statements.fetch_add(1, Ordering::Relaxed);
        self.flush().await?;
        self.session.row(sql, values).await
    }
}
