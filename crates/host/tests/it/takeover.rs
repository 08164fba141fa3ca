//! A job outlives the node that had taken it, and is not run twice while its node lives.

use crate::node::{self, LEASE, hire, note, trial};
use anyhow::ensure;
use kernel::Instant;
use std::time::{Duration, Instant as Stopwatch};
use store::{Lane, NewJob, Sql, Store};
use testkit::{Backend, Kind, both_backends};

/// A lease in milliseconds, as it stands in the database.
const LEASE_MILLIS: i64 = LEASE as i64 * 1000;

async fn open(db: &Backend) -> Store {
    let settings = node::settings(&db.url, db.data.path());
    host::open_store(&settings, &[trial()]).await.expect("opens")
}

async fn enqueue(store: &Store, payload: &str) {
    let job = NewJob {
        kind: "trial.work",
        payload: payload.to_owned(),
        run_at: Instant::from_millis(0),
        unique_key: None,
    };
    let queued = store.write(Lane::People, move |tx| Box::pin(async move { tx.enqueue(job).await }));
    queued.await.expect("queues");
}

/// Who did which step, and when, in the order in which it was done.
async fn steps(store: &Store) -> Vec<(String, String, i64)> {
    let sql = "SELECT node, step, at FROM trial_run ORDER BY at, step";
    let rows = store.read().rows(sql, vec![]).await.expect("reads");
    let step = |row: &store::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    rows.iter().map(step).collect::<kernel::Outcome<_>>().expect("steps")
}

async fn number(store: &Store, sql: &str) -> i64 {
    let row = store.read().row(sql, vec![]).await.expect("reads").expect("a row");
    row.get(0).expect("a number")
}

/// Asks until the answer is yes: another process has to get there.
async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) -> anyhow::Result<()> {
    let limit = Stopwatch::now() + Duration::from_secs(60);
    while !is_so().await {
        ensure!(Stopwatch::now() < limit, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

both_backends! {
    async fn a_job_of_a_killed_node_is_run_once_more_by_another_when_its_lease_ends(db: Backend) -> anyhow::Result<()> {
        let store = open(&db).await;
        let mut first = hire(&db, "first", true)?;
        enqueue(&store, "").await;
        until("the first node has begun", async || steps(&store).await.len() == 1).await?;
        // Two nodes at once want PostgreSQL; on SQLite the second follows the first.
        let early = (db.kind == Kind::Postgres).then(|| hire(&db, "second", false)).transpose()?;
        first.end("KILL")?;
        let second = match early {
            Some(second) => second,
            None => hire(&db, "second", false)?,
        };
        until("nothing is left to do", async || number(&store, "SELECT COUNT(*) FROM job").await == 0).await?;
        let done = steps(&store).await;
        let said: Vec<_> = done.iter().map(|(node, step, _)| (node.as_str(), step.as_str())).collect();
        ensure!(said == [("first", "begun"), ("second", "begun"), ("second", "ended")], "{said:?}\n{}", second.output());
        let after = done[1].2 - done[0].2;
        ensure!(after >= LEASE_MILLIS - 500, "taken over after {after} ms, within the lease");
        Ok(())
    }

    async fn a_job_longer_than_its_lease_is_run_once_while_its_node_lives(db: Backend) -> anyhow::Result<()> {
        let store = open(&db).await;
        let (_one, _other) = (hire(&db, "one", false)?, hire(&db, "other", false)?);
        enqueue(&store, "until released").await;
        until("a node has begun", async || !steps(&store).await.is_empty()).await?;
        let late = steps(&store).await[0].2 + 3 * LEASE_MILLIS;
        let now = format!("SELECT {}", node::now(store.backend()));
        until("three leases have passed", async || number(&store, &now).await > late).await?;
        note(&store, "test", "released").await.expect("notes");
        until("nothing is left to do", async || number(&store, "SELECT COUNT(*) FROM job").await == 0).await?;
        let begun = steps(&store).await.iter().filter(|(_, step, _)| step == "begun").count();
        ensure!(begun == 1, "begun {begun} times: {:?}", steps(&store).await);
        Ok(())
    }
}
