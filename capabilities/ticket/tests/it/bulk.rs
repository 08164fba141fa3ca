//! One act on many tickets: seen before it is done, taken back while there is time, and no ticket stops the others.

use crate::office::{Answer, Office, done};
use crate::visitor::Visitor;
use host::JobQueue;
use serde_json::json;
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
async fn work(office: &Office) {
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
