//! What waits until an instant comes back by itself, once, and says why.

use crate::office::{Office, done};
use kernel::Instant;
use serde_json::{Value, json};
use store::JobQueue;
use testkit::Backend;

const UNTIL: &str = "2026-11-24T09:00:00Z";

/// A ticket that the desk works on.
async fn taken(office: &Office) -> String {
    let ticket = office.ticket("PER").await;
    office.act("anna", &ticket, "take", json!({})).await;
    office
        .act("anna", &ticket, "classification", json!({"kind": "incident"}))
        .await;
    ticket
}

async fn pause(office: &Office, ticket: &str, until: &str) {
    let body = json!({"reason": "agreed_date", "wake_at": until});
    office.act("anna", ticket, "pause", body).await;
}

/// A node does what is due; answers how much it was.
pub async fn work(office: &Office, node: &str) -> usize {
    let queue = JobQueue::new(office.store.clone(), node);
    let claimed = done(queue.claim(8).await);
    for job in &claimed {
        let handlers = ticket::capability().jobs;
        let handler = handlers
            .iter()
            .find(|handler| handler.kind == job.kind)
            .expect("a handler");
        let app = office.app();
        // A job may run twice and must not mind.
        done((handler.run)(app.clone(), job.payload.clone()).await);
        done((handler.run)(app, job.payload.clone()).await);
        done(queue.done(job.id).await);
    }
    claimed.len()
}

async fn state(office: &Office, ticket: &str) -> String {
    let ticket = office.get("anna", ticket).await.expect(200);
    ticket["state"].as_str().unwrap().to_owned()
}

/// The events of a type in a timeline.
async fn told(office: &Office, who: &str, ticket: &str, kind: &str) -> Vec<Value> {
    let timeline = office.get(who, &format!("{ticket}/timeline")).await.expect(200);
    let entries = timeline["items"].as_array().unwrap().clone();
    entries.into_iter().filter(|entry| entry["type"] == kind).collect()
}

/// Lets time pass up to some seconds after an instant, or before it.
fn reach(office: &Office, instant: &str, after: i64) {
    let instant = Instant::parse(instant).unwrap().plus_seconds(after);
    office.clock.advance(instant.seconds_since(office.clock.now()));
}

testkit::both_backends! {
    async fn what_waits_until_an_instant_comes_back_at_it_and_says_why(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = taken(&office).await;
        let before = state(&office, &ticket).await;
        pause(&office, &ticket, UNTIL).await;
        reach(&office, UNTIL, -60);
        assert_eq!((work(&office, "one").await, state(&office, &ticket).await.as_str()), (0, "waiting"));
        reach(&office, UNTIL, 1);
        assert_eq!((work(&office, "one").await, work(&office, "two").await), (1, 0), "one node does it");
        assert_eq!(state(&office, &ticket).await, before);
        for who in ["anna", "rosa"] {
            let woken = told(&office, who, &ticket, "ticket.woken").await;
            assert_eq!(woken.len(), 1, "{who}");
            assert_eq!((&woken[0]["data"]["wake_at"], &woken[0]["via"], &woken[0]["actor"]), (&json!("2026-11-24T09:00:00.000Z"), &json!("system"), &Value::Null));
        }
    }

    async fn an_instant_that_passed_while_nobody_ran_is_made_up_for(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = taken(&office).await;
        pause(&office, &ticket, UNTIL).await;
        reach(&office, UNTIL, 3 * 86_400);
        let later = office.beside(&db, Vec::new()).await;
        assert_eq!(work(&later, "another").await, 1);
        assert_eq!(state(&office, &ticket).await, "level1_work");
    }

    async fn what_was_resumed_before_is_left_alone(db: Backend) {
        let office = Office::open(&db).await;
        let (resumed, later, solved) = (taken(&office).await, taken(&office).await, taken(&office).await);
        for ticket in [&resumed, &later, &solved] {
            pause(&office, ticket, UNTIL).await;
            office.act("anna", ticket, "resumption", json!({})).await;
        }
        pause(&office, &later, "2026-11-25T09:00:00Z").await;
        office.act("anna", &solved, "solution", json!({"solution": "Fatto"})).await;
        let events = office.events().await;
        reach(&office, UNTIL, 1);
        assert_eq!((work(&office, "one").await, office.events().await), (3, events), "nothing happens to any of them");
        assert_eq!(state(&office, &later).await, "waiting");
        reach(&office, "2026-11-25T09:00:00Z", 1);
        assert_eq!((work(&office, "one").await, state(&office, &later).await.as_str()), (1, "level1_work"));
    }
}
