//! One act on many tickets: seen before it is done, taken back while there is time, and no ticket stops the others.

use crate::office::{Answer, Office, done};
use crate::visitor::Visitor;
use host::JobQueue;
use serde_json::{Value, json};
use testkit::Backend;

async fn post(office: &Office, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let visitor = Visitor::of(office, who).await;
    match fields {
        [] => visitor.get(path).await,
        fields => visitor.submit(path, fields).await,
    }
}

fn number(ticket: &str) -> &str {
    ticket.rsplit('/').next().unwrap()
}

/// Does the jobs that are due, as a node would.
pub async fn work(office: &Office) {
    let queue = JobQueue::new(office.store.clone(), "test");
    for job in done(queue.claim(10).await) {
        let handler = ticket::capability()
            .jobs
            .into_iter()
            .find(|handler| handler.kind == job.kind);
        done((handler.unwrap().run)(office.app(), job.payload.clone()).await);
        done(queue.done(job.id).await);
    }
}

async fn state(office: &Office, ticket: &str) -> String {
    let ticket = office.get("anna", ticket).await.expect(200);
    ticket["state"].as_str().unwrap().to_owned()
}

testkit::both_backends! {
    async fn what_it_would_do_is_told_and_nothing_is_done(db: Backend) {
        let office = Office::open(&db).await;
        let (free, taken) = (office.ticket("PER").await, office.ticket("PER").await);
        let hidden = office.ticket("TEC").await;
        office.act("bruno", &taken, "take", json!({})).await;
        let before = office.events().await;
        let fields = [("act", "take"), ("number", number(&free)), ("number", number(&taken)), ("number", number(&hidden))];
        let page = post(&office, "anna", "/tickets/bulk", &fields).await.text();
        assert_eq!((page.matches("Si può").count(), page.matches("Non si può").count()), (1, 1));
        assert!(page.contains("bruno"), "who has it is told");
        assert!(!page.contains(number(&hidden)), "what one may not see does not exist");
        assert_eq!(office.events().await, before);
    }

    async fn it_is_done_after_the_time_to_take_it_back(db: Backend) {
        let office = Office::open(&db).await;
        let (one, two) = (office.ticket("PER").await, office.ticket("PER").await);
        let other = office.ticket("PER").await;
        office.act("bruno", &other, "take", json!({})).await;
        let fields = [("act", "take"), ("number", number(&one)), ("number", number(&other)), ("number", number(&two))];
        let asked = post(&office, "anna", "/tickets/bulk/do", &fields).await;
        let address = asked.header("location").unwrap().to_owned();
        work(&office).await;
        assert_eq!(state(&office, &one).await, "new", "not yet");
        office.clock.advance(10);
        work(&office).await;
        for ticket in [&one, &two] {
            assert_eq!(state(&office, ticket).await, "taken");
        }
        let told = post(&office, "anna", &address, &[]).await.text();
        assert!(told.contains("Fatto su 2, non fatto su 1"), "{told}");
        assert_eq!(post(&office, "bruno", &address, &[]).await.status.as_u16(), 404, "it is Anna's");
    }

    async fn what_was_taken_back_never_happens(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let fields = [("act", "cancel"), ("reason", "Doppione"), ("number", number(&ticket))];
        let asked = post(&office, "anna", "/tickets/bulk/do", &fields).await;
        let address = asked.header("location").unwrap().to_owned();
        let undo = format!("{address}/undo");
        assert_eq!(post(&office, "bruno", &undo, &[("x", "")]).await.status.as_u16(), 303, "told nothing");
        assert_eq!(post(&office, "anna", &undo, &[("x", "")]).await.status.as_u16(), 303);
        office.clock.advance(10);
        work(&office).await;
        assert_eq!(state(&office, &ticket).await, "new");
        assert!(post(&office, "anna", &address, &[]).await.text().contains("non è cambiato nulla"));
    }

    async fn somebody_else_takes_nothing_back(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let fields = [("act", "take"), ("number", number(&ticket))];
        let asked = post(&office, "anna", "/tickets/bulk/do", &fields).await;
        let undo = format!("{}/undo", asked.header("location").unwrap());
        post(&office, "bruno", &undo, &[("x", "")]).await;
        office.clock.advance(10);
        work(&office).await;
        assert_eq!(state(&office, &ticket).await, "taken");
    }

    async fn it_is_done_once_by_two_nodes(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let assign = [("act", "assign"), ("operator", &office.people["bruno"].to_string()), ("number", number(&ticket))];
        post(&office, "anna", "/tickets/bulk/do", &assign).await;
        office.clock.advance(10);
        let queue = JobQueue::new(office.store.clone(), "test");
        let job = done(queue.claim(10).await).remove(0);
        let handler = ticket::capability().jobs.into_iter().find(|handler| handler.kind == job.kind).unwrap();
        // The first node dies after the work and before it says so.
        done((handler.run)(office.app(), job.payload.clone()).await);
        let after = office.events().await;
        done((handler.run)(office.app(), job.payload).await);
        assert_eq!(office.events().await, after);
    }

    async fn a_form_that_is_sent_twice_asks_for_it_once(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let form = [("act", "take"), ("once", "a"), ("number", number(&ticket))];
        let first = post(&office, "anna", "/tickets/bulk/do", &form).await;
        let second = post(&office, "anna", "/tickets/bulk/do", &form).await;
        assert_eq!(first.header("location").unwrap(), second.header("location").unwrap());
        let another = [("act", "take"), ("once", "b"), ("number", number(&ticket))];
        let third = post(&office, "anna", "/tickets/bulk/do", &another).await;
        assert_ne!(first.header("location").unwrap(), third.header("location").unwrap());
    }

    async fn wrong_fields_come_back(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let nothing = [("act", "take"), ("list", "")];
        assert!(post(&office, "anna", "/tickets/bulk/do", &nothing).await.text().contains("Seleziona almeno un ticket"));
        let fields = [("act", "cancel"), ("reason", " "), ("seen", "1"), ("number", number(&ticket))];
        assert!(post(&office, "anna", "/tickets/bulk/do", &fields).await.text().contains("Compila questo campo"));
        let unknown = [("act", "merge"), ("number", number(&ticket))];
        assert_eq!(post(&office, "anna", "/tickets/bulk", &unknown).await.status.as_u16(), 404);
    }
}

/// Asks for a bulk act by the API.
async fn ask(office: &Office, who: &str, path: &str, act: Value, tickets: &[&String]) -> Answer {
    let tickets: Vec<&str> = tickets.iter().map(|ticket| number(ticket)).collect();
    let path = format!("/api/v1/bulk-acts{path}");
    office.post(who, &path, &json!({"tickets": tickets, "act": act})).await
}

testkit::both_backends! {
    async fn a_program_is_told_what_it_would_do(db: Backend) {
        let office = Office::open(&db).await;
        let (free, taken) = (office.ticket("PER").await, office.ticket("PER").await);
        office.act("bruno", &taken, "take", json!({})).await;
        let before = office.events().await;
        let told = ask(&office, "anna", "/preview", json!({"take": {}}), &[&free, &taken, &free]).await.expect(200);
        assert_eq!(told["able"], 1);
        assert_eq!(told["tickets"].as_array().unwrap().len(), 2, "one that is named twice counts once");
        assert_eq!(told["tickets"][0]["refusal"], Value::Null);
        assert_eq!(told["tickets"][1]["refusal"]["code"], "SD-112");
        assert_eq!(office.events().await, before);
    }

    async fn a_program_asks_once_and_follows_what_becomes_of_it(db: Backend) {
        let office = Office::open(&db).await;
        let (one, taken) = (office.ticket("PER").await, office.ticket("PER").await);
        office.act("bruno", &taken, "take", json!({})).await;
        let id = office.get("anna", &one).await.expect(200)["id"].clone();
        let body = json!({"tickets": [id, number(&taken)], "act": {"take": {}}});
        let key = [("idempotency-key", "morning")];
        let asked = office.post_with("anna", "/api/v1/bulk-acts", &key, &body).await.expect(202);
        let again = office.post_with("anna", "/api/v1/bulk-acts", &key, &body).await.expect(202);
        assert_eq!((&asked["id"], &asked["state"]), (&again["id"], &json!("waiting")));
        let other = json!({"tickets": [number(&one)], "act": {"take": {}}});
        office.post_with("anna", "/api/v1/bulk-acts", &key, &other).await.problem(422);
        let address = format!("/api/v1/bulk-acts/{}", asked["id"].as_str().unwrap());
        work(&office).await;
        assert_eq!(office.get("anna", &address).await.expect(200)["tickets"][0]["done"], Value::Null, "not yet");
        office.clock.advance(10);
        work(&office).await;
        let told = office.get("anna", &address).await.expect(200);
        assert_eq!((&told["state"], &told["tickets"][0]["done"], &told["tickets"][1]["done"]), (&json!("done"), &json!(true), &json!(false)));
        assert!(told["tickets"][1]["reason"].as_str().unwrap().contains("bruno"), "{told}");
        assert_eq!(state(&office, &one).await, "taken");
        office.get("bruno", &address).await.problem(404);
    }

    async fn a_program_takes_it_back_while_there_is_time(db: Backend) {
        let office = Office::open(&db).await;
        let (one, two) = (office.ticket("PER").await, office.ticket("PER").await);
        let cancel = json!({"cancellation": {"reason": "Doppione"}});
        let asked = ask(&office, "anna", "", cancel.clone(), &[&one]).await.expect(202);
        let back = format!("/api/v1/bulk-acts/{}/withdrawal", asked["id"].as_str().unwrap());
        office.post("bruno", &back, &json!({})).await.problem(404);
        for _ in 0..2 {
            assert_eq!(office.post("anna", &back, &json!({})).await.expect(200)["state"], "undone");
        }
        let late = ask(&office, "anna", "", cancel, &[&two]).await.expect(202);
        office.clock.advance(10);
        work(&office).await;
        assert_eq!((state(&office, &one).await, state(&office, &two).await), ("new".into(), "cancelled".into()));
        let late = format!("/api/v1/bulk-acts/{}/withdrawal", late["id"].as_str().unwrap());
        assert_eq!(office.post("anna", &late, &json!({})).await.problem(409).0, "too_late_to_undo");
    }

    async fn a_program_names_tickets_that_are_there_and_may_be_seen(db: Backend) {
        let office = Office::open(&db).await;
        let (mine, hidden) = (office.ticket("PER").await, office.ticket("TEC").await);
        let missing = ask(&office, "anna", "", json!({"take": {}}), &[&mine, &hidden, &"SR-2026-999999".to_owned()]).await;
        assert_eq!(missing.problem(404).1, ["tickets.1", "tickets.2"]);
        assert_eq!(ask(&office, "anna", "", json!({"take": {}}), &[]).await.problem(422).1, ["tickets"]);
        let blank = ask(&office, "anna", "/preview", json!({"cancellation": {"reason": " "}}), &[&mine]).await;
        assert_eq!(blank.problem(422).1, ["reason"]);
        ask(&office, "revisore", "", json!({"take": {}}), &[&mine]).await.problem(403);
        ask(&office, "rosa", "", json!({"take": {}}), &[&mine]).await.problem(403);
    }
}
