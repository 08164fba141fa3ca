//! Jobs go to one node at a time, and to another when a node falls silent.

use crate::thing::open;
use kernel::{Instant, Uuid};
use std::time::Duration;
use store::{ClaimedJob, JobFailure, JobQueue, Lane, NewJob, Store};
use testkit::both_backends;

/// A lease that ends soon; nothing here depends on being quicker than it.
const SHORT: Duration = Duration::from_millis(200);

async fn enqueue(store: &Store, unique_key: Option<&str>) {
    let job = NewJob {
        kind: "test.work",
        payload: "{}".to_owned(),
        run_at: Instant::from_millis(0),
        unique_key: unique_key.map(str::to_owned),
    };
    let queued = store.write(Lane::People, move |tx| Box::pin(async move { tx.enqueue(job).await }));
    queued.await.expect("queues");
}

async fn claimed(queue: &JobQueue) -> Vec<ClaimedJob> {
    queue.claim(8).await.expect("claims")
}

/// Asks again until there is something: a lease has to run out meanwhile.
async fn claimed_in_the_end(queue: &JobQueue) -> ClaimedJob {
    loop {
        if let Some(job) = claimed(queue).await.pop() {
            return job;
        }
        tokio::task::yield_now().await;
    }
}

both_backends!(
    async fn a_job_goes_to_one_node_and_then_to_nobody(db: testkit::Backend) {
        let store = open(&db).await;
        let (one, other) = (
            JobQueue::new(store.clone(), "one"),
            JobQueue::new(store.clone(), "other"),
        );
        enqueue(&store, None).await;
        let job = claimed(&one).await.remove(0);
        assert_eq!((job.kind.as_str(), job.attempt), ("test.work", 1));
        assert!(claimed(&other).await.is_empty());
        other.done(job.id).await.expect("asks");
        assert_eq!(
            one.list("running", 9).await.expect("lists").len(),
            1,
            "not the other's to end"
        );
        one.done(job.id).await.expect("ends");
        assert!(claimed(&other).await.is_empty());
    }
);

both_backends!(
    async fn jobs_that_many_nodes_want_are_each_taken_once(db: testkit::Backend) {
        let store = open(&db).await;
        for _ in 0..40 {
            enqueue(&store, None).await;
        }
        let nodes = (0..4).map(|node| {
            let queue = JobQueue::new(store.clone(), node.to_string());
            async move {
                let mut own = Vec::new();
                for _ in 0..20 {
                    own.extend(queue.claim(3).await.expect("claims").into_iter().map(|job| job.id));
                }
                own
            }
        });
        let all: Vec<Uuid> = futures_util::future::join_all(nodes).await.concat();
        let unique: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!((all.len(), unique.len()), (40, 40));
    }
);

both_backends!(
    async fn a_lease_that_is_kept_holds_and_one_that_is_not_ends(db: testkit::Backend) {
        let store = open(&db).await;
        let keeping = JobQueue::new(store.clone(), "keeping").with_lease(Duration::from_secs(600));
        let short = JobQueue::new(store.clone(), "keeping").with_lease(SHORT);
        let other = JobQueue::new(store.clone(), "other");
        enqueue(&store, None).await;
        enqueue(&store, None).await;
        let both = claimed(&short).await;
        let (kept, left) = (both[0].id, both[1].id);
        keeping.keep(&[kept]).await.expect("keeps");
        let taken = claimed_in_the_end(&other).await;
        assert_eq!(
            (taken.id, taken.attempt),
            (left, 2),
            "the one whose lease was left to end"
        );
        assert!(claimed(&other).await.is_empty(), "the other is held");
        short.keep(&[left]).await.expect("asks");
        short.done(left).await.expect("asks");
        let running = other.list("running", 9).await.expect("lists");
        assert_eq!(
            running.len(),
            2,
            "what was taken over is nobody else's to keep or to end"
        );
    }
);

both_backends!(
    async fn a_job_that_ends_every_node_is_dead_after_its_last_try(db: testkit::Backend) {
        let store = open(&db).await;
        let queue = JobQueue::new(store.clone(), "node").with_lease(Duration::ZERO);
        enqueue(&store, None).await;
        for attempt in 1..=8 {
            assert_eq!(claimed_in_the_end(&queue).await.attempt, attempt);
        }
        let dead = loop {
            assert!(claimed(&queue).await.is_empty(), "no ninth try");
            if let Some(dead) = queue.list("dead", 9).await.expect("lists").pop() {
                break dead;
            }
        };
        assert!(dead.last_error.is_some());
        queue.requeue(dead.id).await.expect("requeues");
        assert_eq!(
            claimed_in_the_end(&queue).await.attempt,
            1,
            "a person gave it another round"
        );
    }
);

both_backends!(
    async fn a_job_that_fails_waits_and_a_second_with_its_key_is_not_queued(db: testkit::Backend) {
        let store = open(&db).await;
        let queue = JobQueue::new(store.clone(), "node");
        enqueue(&store, Some("once")).await;
        enqueue(&store, Some("once")).await;
        let mut taken = claimed(&queue).await;
        let (job, more) = (taken.remove(0), taken.len());
        assert_eq!(more, 0);
        queue
            .failed(&job, JobFailure("no answer".to_owned()))
            .await
            .expect("notes");
        assert!(claimed(&queue).await.is_empty(), "not before five seconds");
        let waiting = queue.list("ready", 9).await.expect("lists").remove(0);
        assert_eq!(waiting.last_error.as_deref(), Some("no answer"));
        assert!(waiting.run_at > waiting.recorded_at);
    }
);
