//! Work beside requests: jobs, scheduled work, seals. Each is done by one node at a time; a node may die at any instant.

use crate::{Capability, JobHandler, Scheduled};
use kernel::{Error, Outcome, Uuid};
use std::time::Duration;
use store::{ClaimedJob, Idempotency, JobFailure, JobQueue, Lane, Sealer};
use tokio::sync::watch;
use tokio::task::JoinSet;
use web::App;

/// How often a node looks for work that others queued, and seals.
const LOOK: Duration = Duration::from_secs(1);
/// Jobs a node takes at once.
const AT_ONCE: i64 = 8;

/// The workers of a node.
pub struct Workers {
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
    sealer: Sealer,
    live: live::Hub,
}

impl Workers {
    /// Starts them; `lease` is how long jobs are held without a sign of life.
    pub fn start(app: &App, capabilities: &[Capability], sealer: Sealer, lease: Duration) -> Self {
        let (stop, stopping) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let node = format!("{}-{}", std::process::id(), Uuid::now_v7().simple());
        let queue = JobQueue::new(app.store.clone(), node.clone()).with_lease(lease);
        let jobs: Vec<JobHandler> = capabilities
            .iter()
            .flat_map(|capability| capability.jobs.clone())
            .collect();
        tasks.spawn(work_jobs(app.clone(), queue, jobs, lease, stopping.clone()));
        let mut scheduled: Vec<Scheduled> = capabilities
            .iter()
            .flat_map(|capability| capability.scheduled.clone())
            .collect();
        scheduled.push(Scheduled {
            name: "tidy",
            every: 60,
            run: |app| Box::pin(tidy(app)),
        });
        tasks.spawn(merge_index(app.clone(), stopping.clone()));
        tasks.spawn(follow(app.clone()));
        for work in scheduled {
            tasks.spawn(work_schedule(app.clone(), work, node.clone(), stopping.clone()));
        }
        tasks.spawn(seal(sealer.clone(), stopping));
        Self {
            stop,
            tasks,
            sealer,
            live: app.live.clone(),
        }
    }

    /// Lets each finish what it does, then seals what is left.
    pub async fn stop(mut self) {
        let _ = self.stop.send(true);
        self.live.close();
        while self.tasks.join_next().await.is_some() {}
        if let Err(cause) = self.sealer.seal().await {
            tracing::warn!(%cause, "the journal was not sealed at the end");
        }
    }
}

/// Tells this node's readers what changes, until the hub is closed.
async fn follow(app: App) {
    let hanging = app.slots.of::<live::Hanging>();
    app.live.hang(hanging.copied().collect());
    app.live.follow(app.store.clone()).await;
}

/// True when it is time to stop.
async fn rest(stopping: &mut watch::Receiver<bool>, long: Duration) -> bool {
    let _ = tokio::time::timeout(long, stopping.wait_for(|stop| *stop)).await;
    *stopping.borrow()
}

async fn seal(sealer: Sealer, mut stopping: watch::Receiver<bool>) {
    loop {
        if let Err(cause) = sealer.seal().await {
            tracing::warn!(%cause, "the journal was not sealed this time");
        }
        if rest(&mut stopping, LOOK).await {
            return;
        }
    }
}

async fn work_jobs(
    app: App,
    queue: JobQueue,
    handlers: Vec<JobHandler>,
    lease: Duration,
    mut stopping: watch::Receiver<bool>,
) {
    while !*stopping.borrow() {
        let claimed = match queue.claim(AT_ONCE).await {
            Ok(claimed) => claimed,
            Err(cause) => {
                tracing::warn!(%cause, "no jobs could be taken this time");
                Vec::new()
            }
        };
        if claimed.is_empty() {
            tokio::select! {
                () = queue.wait(LOOK) => {}
                _ = stopping.wait_for(|stop| *stop) => return,
            }
            continue;
        }
        let held: Vec<Uuid> = claimed.iter().map(|job| job.id).collect();
        let work = async {
            for job in claimed {
                run_job(&app, &queue, &handlers, job).await;
            }
        };
        tokio::select! {
            () = work => {}
            () = keep_leases(&queue, &held, lease) => {}
        }
    }
}

/// While jobs are worked on, their leases do not run out, however long they take.
async fn keep_leases(queue: &JobQueue, held: &[Uuid], lease: Duration) {
    let mut turns = tokio::time::interval(lease / 3);
    turns.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    turns.tick().await;
    loop {
        turns.tick().await;
        if let Err(cause) = queue.keep(held).await {
            tracing::warn!(%cause, "the leases of jobs were not kept this time");
        }
    }
}

async fn run_job(app: &App, queue: &JobQueue, handlers: &[JobHandler], job: ClaimedJob) {
    let outcome = match handlers.iter().find(|handler| handler.kind == job.kind) {
        Some(handler) => {
            let work = tokio::spawn((handler.run)(app.clone(), job.payload.clone()));
            work.await.unwrap_or_else(|cause| Err(Error::Failed(cause.into())))
        }
        None => Err(Error::Failed(anyhow::anyhow!(
            "nobody here knows how to do {}",
            job.kind
        ))),
    };
    let noted = match outcome {
        Ok(()) => queue.done(job.id).await,
        Err(cause) => {
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempt, %cause, "a job failed");
            queue.failed(&job, JobFailure(cause.to_string())).await
        }
    };
    if let Err(cause) = noted {
        tracing::warn!(job = %job.id, %cause, "what became of a job was not noted; its lease will end");
    }
}

async fn work_schedule(app: App, work: Scheduled, node: String, mut stopping: watch::Receiver<bool>) {
    let long = Duration::from_secs(u64::try_from(work.every).unwrap_or(60));
    while !rest(&mut stopping, long).await {
        match leased(&app, &work, &node).await {
            Ok(true) => {
                if let Err(cause) = (work.run)(app.clone()).await {
                    tracing::warn!(work = work.name, %cause, "scheduled work failed this time");
                }
            }
            Ok(false) => {}
            Err(cause) => tracing::warn!(work = work.name, %cause, "no lease for scheduled work this time"),
        }
    }
}

async fn leased(app: &App, work: &Scheduled, node: &str) -> Outcome<bool> {
    let (name, node, seconds) = (format!("schedule:{}", work.name), node.to_owned(), work.every);
    app.store
        .write(Lane::Background, move |tx| {
            Box::pin(async move { tx.lease(&name, &node, seconds).await })
        })
        .await
}

/// House-keeping: old idempotency keys.
async fn tidy(app: App) -> Outcome<()> {
    app.store
        .write(Lane::Background, |tx| {
            Box::pin(async move { Idempotency::forget_old(tx).await.map(drop) })
        })
        .await
}

/// After commits, new words are kept and a few pages of the search index are merged, so that neither a write nor a search ever meets many parts.
async fn merge_index(app: App, mut stopping: watch::Receiver<bool>) {
    let mut commits = app.store.commits();
    while !rest(&mut stopping, LOOK / 2).await {
        if !commits.has_changed().unwrap_or(false) {
            continue;
        }
        let merged = app
            .store
            .write(Lane::Background, |tx| Box::pin(async move { tx.tidy_index().await }))
            .await;
        if let Err(cause) = merged {
            tracing::warn!(%cause, "the search index was not merged this time");
        }
        keep_words(&app).await;
        commits.mark_unchanged();
    }
    keep_words(&app).await;
}

/// New words go to the dictionary that forgives typing errors.
async fn keep_words(app: &App) {
    if let Err(cause) = app.store.keep_words().await {
        tracing::warn!(%cause, "new words were not kept this time");
    }
}
