//! Work to be done after a commit: queued in its transaction, leased, retried, and shown when it keeps failing.
//!
//! A job may run twice and must not mind. Leases live on the database's time, so that a node with a wrong or moved clock
//! neither steals work nor holds it forever.

use crate::writer::Lane;
use crate::{Row, Sql, Store, Tx};
use kernel::{Instant, Outcome, Refusal, Uuid};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// A job to be queued.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Which work: `notice.send`.
    pub kind: &'static str,
    /// What it needs, as JSON.
    pub payload: String,
    /// Not before this instant.
    pub run_at: Instant,
    /// A second job with the same key is not queued while the first waits or runs.
    pub unique_key: Option<String>,
}

/// A job that this node holds.
#[derive(Clone, Debug)]
pub struct ClaimedJob {
    /// Its identity.
    pub id: Uuid,
    /// Which work.
    pub kind: String,
    /// What it needs, as JSON.
    pub payload: String,
    /// Which try this is, from one.
    pub attempt: i64,
}

/// How a job went wrong, as people see it.
#[derive(Clone, Debug)]
pub struct JobFailure(pub String);

/// A job as the list of an administrator shows it.
#[derive(Clone, Debug)]
pub struct JobRow {
    /// Its identity.
    pub id: Uuid,
    /// Which work.
    pub kind: String,
    /// `ready`, `running` or `dead`.
    pub state: String,
    /// Tries so far.
    pub attempts: i64,
    /// When it runs next.
    pub run_at: Instant,
    /// When it was queued.
    pub recorded_at: Instant,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// Tries before a job is dead.
const MOST_ATTEMPTS: i64 = 8;

/// Seconds before the next try: 5, 10, 20 … at most an hour.
fn delay(attempt: i64) -> i64 {
    (5_i64 << attempt.clamp(1, 12).saturating_sub(1)).min(3600)
}

impl Tx {
    /// Queues a job with this transaction.
    pub async fn enqueue(&self, job: NewJob) -> Outcome<()> {
        let sql = "INSERT INTO job (id, kind, payload, state, run_at, attempts, most_attempts, unique_key, recorded_at) \
                   VALUES ($1, $2, $3, 'ready', $4, 0, $5, $6, $7) ON CONFLICT DO NOTHING";
        let values = vec![
            Uuid::now_v7().into(),
            job.kind.into(),
            job.payload.into(),
            job.run_at.as_millis().into(),
            MOST_ATTEMPTS.into(),
            job.unique_key.into(),
            self.now().as_millis().into(),
        ];
        self.run(sql, values).await?;
        self.has_jobs.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Takes or keeps a lease by name: true when this holder has it for the next `seconds`.
    pub async fn lease(&self, name: &str, holder: &str, seconds: i64) -> Outcome<bool> {
        let now = self.backend().now_millis();
        let sql = format!(
            "INSERT INTO lease (name, holder, until) VALUES ($1, $2, {now} + $3) \
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until \
             WHERE lease.holder = excluded.holder OR lease.until < {now}"
        );
        Ok(self
            .run(&sql, vec![name.into(), holder.into(), (seconds * 1000).into()])
            .await?
            == 1)
    }
}

/// The queue as a node works it.
#[derive(Clone)]
pub struct JobQueue {
    store: Store,
    node: String,
    lease: Duration,
}

impl JobQueue {
    /// How long a node holds a job without saying that it still works on it, unless told otherwise.
    pub const LEASE: Duration = Duration::from_secs(60);

    /// The queue, for a node by its name.
    pub fn new(store: Store, node: impl Into<String>) -> Self {
        Self {
            store,
            node: node.into(),
            lease: Self::LEASE,
        }
    }

    /// The same with leases of another length.
    #[must_use]
    pub fn with_lease(self, lease: Duration) -> Self {
        Self { lease, ..self }
    }

    fn lease_millis(&self) -> i64 {
        i64::try_from(self.lease.as_millis()).unwrap_or(i64::MAX)
    }

    /// Takes up to `most` jobs that are due, those whose holder died included.
    pub async fn claim(&self, most: i64) -> Outcome<Vec<ClaimedJob>> {
        if !self.any_due().await? {
            return Ok(Vec::new());
        }
        let (node, lease) = (self.node.clone(), self.lease_millis());
        self.store
            .write(Lane::Background, move |tx| {
                Box::pin(async move { claim(tx, &node, lease, most).await })
            })
            .await
    }

    /// A look that takes no lock, so that an idle node writes nothing.
    async fn any_due(&self) -> Outcome<bool> {
        let now = self.store.backend().now_millis();
        let sql = format!(
            "SELECT 1 FROM job WHERE state = 'ready' AND run_at <= $1 \
             UNION ALL SELECT 1 FROM job WHERE state = 'running' AND lease_until < {now} LIMIT 1"
        );
        let clock = self.store.clock().now().as_millis();
        Ok(self.store.read().row(&sql, vec![clock.into()]).await?.is_some())
    }

    /// Says that this node still works on these jobs: their leases begin anew. Those it holds no more are left alone.
    pub async fn keep(&self, jobs: &[Uuid]) -> Outcome<()> {
        let (jobs, node, lease) = (jobs.to_vec(), self.node.clone(), self.lease_millis());
        self.store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    let now = tx.backend().now_millis();
                    let sql = format!("UPDATE job SET lease_until = {now} + $3 WHERE id = $1 AND lease_by = $2");
                    for job in jobs {
                        tx.run(&sql, vec![job.into(), node.as_str().into(), lease.into()])
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The job is done: nothing of it is kept.
    pub async fn done(&self, job: Uuid) -> Outcome<()> {
        let node = self.node.clone();
        self.store
            .write(Lane::Background, move |tx| {
                Box::pin(async move {
                    let sql = "DELETE FROM job WHERE id = $1 AND lease_by = $2";
                    tx.run(sql, vec![job.into(), node.into()]).await.map(drop)
                })
            })
            .await
    }

    /// The job failed: it waits longer each time, and after the last try it is dead until a person requeues it.
    pub async fn failed(&self, job: &ClaimedJob, failure: JobFailure) -> Outcome<()> {
        let (id, attempt, node) = (job.id, job.attempt, self.node.clone());
        self.store.write(Lane::Background, move |tx| Box::pin(async move {
            let state = if attempt >= MOST_ATTEMPTS { "dead" } else { "ready" };
            let again = tx.now().plus_seconds(delay(attempt)).as_millis();
            let sql = "UPDATE job SET state = $2, run_at = $3, last_error = $4, lease_until = NULL, lease_by = NULL \
                       WHERE id = $1 AND lease_by = $5";
            let values = vec![id.into(), state.into(), again.into(), failure.0.into(), node.into()];
            tx.run(sql, values).await.map(drop)
        })).await
    }

    /// Waits until this process queues a job, at most `longest`.
    pub async fn wait(&self, longest: Duration) {
        let _ = tokio::time::timeout(longest, self.store.inner.jobs_waiting.notified()).await;
    }

    /// Jobs in a state, newest first, at most `limit`.
    pub async fn list(&self, state: &str, limit: i64) -> Outcome<Vec<JobRow>> {
        let sql = "SELECT id, kind, state, attempts, run_at, recorded_at, last_error FROM job \
                   WHERE state = $1 ORDER BY recorded_at DESC LIMIT $2";
        let rows = self.store.read().rows(sql, vec![state.into(), limit.into()]).await?;
        rows.iter().map(job_row).collect()
    }

    /// Gives a dead job another round of tries.
    ///
    /// # Errors
    /// A refusal 404 when there is no such dead job.
    pub async fn requeue(&self, job: Uuid) -> Outcome<()> {
        self.store
            .write(Lane::People, move |tx| {
                Box::pin(async move {
                    let sql =
                        "UPDATE job SET state = 'ready', attempts = 0, run_at = $2 WHERE id = $1 AND state = 'dead'";
                    let touched = tx.run(sql, vec![job.into(), tx.now().as_millis().into()]).await?;
                    tx.has_jobs.store(true, Ordering::Relaxed);
                    if touched == 1 {
                        Ok(())
                    } else {
                        Err(Refusal::not_found().into())
                    }
                })
            })
            .await
    }
}

/// What a node held that gave no sign of life waits again. After the last try it is dead: a job that ends whoever takes it
/// must not go round for ever.
async fn take_back(tx: &Tx) -> Outcome<()> {
    let sql = format!(
        "UPDATE job SET state = CASE WHEN attempts >= most_attempts THEN 'dead' ELSE 'ready' END, \
         last_error = 'the node that worked on it gave no sign of life', lease_until = NULL, lease_by = NULL \
         WHERE state = 'running' AND lease_until < {}",
        tx.backend().now_millis()
    );
    tx.run(&sql, vec![]).await.map(drop)
}

async fn claim(tx: &Tx, node: &str, lease: i64, most: i64) -> Outcome<Vec<ClaimedJob>> {
    take_back(tx).await?;
    let now = tx.backend().now_millis();
    let sql = format!(
        "UPDATE job SET state = 'running', attempts = attempts + 1, lease_by = $1, lease_until = {now} + $2 \
         WHERE id IN (SELECT id FROM job WHERE state = 'ready' AND run_at <= $3 ORDER BY run_at LIMIT $4{}) \
         RETURNING id, kind, payload, attempts",
        tx.backend().skip_locked()
    );
    let values = vec![node.into(), lease.into(), tx.now().as_millis().into(), most.into()];
    let rows = tx.rows(&sql, values).await?;
    rows.iter()
        .map(|row| {
            Ok(ClaimedJob {
                id: row.get(0)?,
                kind: row.get(1)?,
                payload: row.get(2)?,
                attempt: row.get(3)?,
            })
        })
        .collect()
}

fn job_row(row: &Row) -> Outcome<JobRow> {
    Ok(JobRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        state: row.get(2)?,
        attempts: row.get(3)?,
        run_at: row.instant(4)?,
        recorded_at: row.instant(5)?,
        last_error: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_delay_grows_and_stops_at_an_hour() {
        let delays: Vec<i64> = (1..=12).map(super::delay).collect();
        assert_eq!(delays[..4], [5, 10, 20, 40]);
        assert!(delays.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(delays[11], 3600);
    }
}
