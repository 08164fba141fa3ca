//! The queue of jobs by the API: what failed for good is seen and tried again.

use crate::office::{Office, done};
use serde_json::Value;
use store::{JobFailure, JobQueue, Lane, NewJob};
use testkit::Backend;

/// A job that failed as often as it may.
async fn dead_job(office: &Office) -> String {
    let job = NewJob {
        kind: "test.broken",
        payload: "{}".to_owned(),
        run_at: office.store.clock().now(),
        unique_key: None,
    };
    let queued = office
        .store
        .write(Lane::People, move |tx| Box::pin(async move { tx.enqueue(job).await }));
    done(queued.await);
    let queue = JobQueue::new(office.store.clone(), "node");
    loop {
        if let Some(dead) = done(queue.list("dead", 9).await).pop() {
            return dead.id.to_string();
        }
        for job in done(queue.claim(9).await) {
            let failure = JobFailure("il server di posta non risponde".to_owned());
            done(queue.failed(&job, failure).await);
        }
        office.clock.advance(3600);
    }
}

fn ids(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap().iter();
    items.map(|job| job["id"].as_str().unwrap()).collect()
}

testkit::both_backends! {
    async fn a_job_that_failed_for_good_is_seen_and_tried_again(db: Backend) {
        let office = Office::with(&db, vec![administration::capability()]).await;
        let job = dead_job(&office).await;
        let dead = office.get("admin", "/api/v1/jobs").await.expect(200);
        assert_eq!(ids(&dead), [job.as_str()]);
        assert_eq!(dead["items"][0]["last_error"], "il server di posta non risponde");
        let again = format!("/api/v1/jobs/{job}/requeue");
        office.send("admin", "POST", &again, &[], "").await.expect_status(204);
        assert!(ids(&office.get("admin", "/api/v1/jobs?state=dead").await.expect(200)).is_empty());
        assert!(ids(&office.get("admin", "/api/v1/jobs?state=ready").await.expect(200)).contains(&job.as_str()));
        office.send("admin", "POST", &again, &[], "").await.problem(404);
        for (query, field) in [("state=tired", "state"), ("limit=0", "limit"), ("limit=201", "limit")] {
            let (_, fields) = office.get("admin", &format!("/api/v1/jobs?{query}")).await.problem(422);
            assert_eq!(fields, [field], "{query}");
        }
    }
}
