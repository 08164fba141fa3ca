//! Promises to the requester: made, kept, taken back, and told once when their instant has passed.

use crate::bulk::work;
use crate::office::Office;
use crate::visitor::Visitor;
use serde_json::{Value, json};
use store::Sql;
use testkit::Backend;

async fn ticket(office: &Office, path: &str) -> Value {
    office.get("anna", path).await.expect(200)
}

async fn names(office: &Office, path: &str) -> Vec<String> {
    let story = ticket(office, &format!("{path}/timeline?limit=200")).await;
    let each = story["items"].as_array().unwrap().iter();
    each.map(|entry| entry["type"].as_str().unwrap().to_owned())
        .filter(|name| name.starts_with("ticket.promise"))
        .collect()
}

fn in_minutes(office: &Office, minutes: i64) -> String {
    office.clock.now().plus_seconds(minutes * 60).to_string()
}

testkit::both_backends! {
    async fn a_promise_is_due_by_an_instant_of_its_own_and_told_once_when_it_has_passed(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        let body = json!({"text": "Richiamo con il preventivo", "due_at": in_minutes(&office, 30)});
        let made = office.post("anna", &format!("{path}/promises"), &body).await.expect(200);
        assert_eq!((&made["promises"][0]["due_at"], &made["promises"][0]["missed"]), (&body["due_at"], &json!(false)));
        let rows = office.store.read().rows("SELECT due_at FROM card ORDER BY ordinal DESC LIMIT 1", vec![]).await.unwrap();
        let due: i64 = rows[0].get(0).unwrap();
        let promised = kernel::Instant::parse(body["due_at"].as_str().unwrap()).unwrap();
        assert_eq!(due, promised.as_millis(), "the queue is ordered by it");
        work(&office).await;
        assert_eq!(ticket(&office, &path).await["promises"][0]["missed"], false, "its time has not come");
        office.clock.advance(1801);
        work(&office).await;
        work(&office).await;
        assert_eq!(ticket(&office, &path).await["promises"][0]["missed"], true);
        assert_eq!(names(&office, &path).await, ["ticket.promise_made", "ticket.promise_missed"]);
        assert!(office.get("rosa", &path).await.expect(200)["promises"].as_array().unwrap().is_empty(), "the desk's own");
    }

    async fn what_was_kept_or_taken_back_is_not_missed(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        for text in ["Richiamo", "Scrivo"] {
            let body = json!({"text": text, "due_at": in_minutes(&office, 10)});
            office.post("anna", &format!("{path}/promises"), &body).await.expect(200);
        }
        let promises = ticket(&office, &path).await["promises"].clone();
        let (kept, taken_back) = (promises[0]["id"].as_str().unwrap(), promises[1]["id"].as_str().unwrap());
        office.post("anna", &format!("{path}/promises/{kept}/kept"), &json!({})).await.expect(200);
        office.post("anna", &format!("{path}/promises/{kept}/kept"), &json!({})).await.problem(404);
        office.post("anna", &format!("{path}/promises/{taken_back}/withdrawal"), &json!({"reason": "Non serve più"})).await.expect(200);
        office.clock.advance(3600);
        work(&office).await;
        assert_eq!(names(&office, &path).await, ["ticket.promise_made", "ticket.promise_made", "ticket.promise_kept", "ticket.promise_withdrawn"]);
        assert_eq!(ticket(&office, &path).await["promises"], json!([]));
    }

    async fn a_promise_needs_words_and_an_instant_ahead_on_an_open_ticket(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        let wrong = [("text", json!({"text": " ", "due_at": in_minutes(&office, 5)})), ("due_at", json!({"text": "x", "due_at": in_minutes(&office, -5)})),
            ("due_at", json!({"text": "x", "due_at": in_minutes(&office, 60 * 24 * 400)}))];
        for (field, body) in wrong {
            assert_eq!(office.post("anna", &format!("{path}/promises"), &body).await.problem(422).1, [field]);
        }
        let good = json!({"text": "Richiamo", "due_at": in_minutes(&office, 5)});
        office.post("rosa", &format!("{path}/promises"), &good).await.problem(403);
        office.post("carla", &format!("{path}/promises"), &good).await.problem(404);
        for _ in 0..20 {
            office.post("anna", &format!("{path}/promises"), &good).await.expect(200);
        }
        assert_eq!(office.post("anna", &format!("{path}/promises"), &good).await.problem(422).1, ["text"], "twenty are enough");
        office.act("anna", &path, "cancellation", json!({"reason": "doppione"})).await;
        assert_eq!(office.post("anna", &format!("{path}/promises"), &good).await.problem(409).0, "SD-110");
        office.clock.advance(600);
        work(&office).await;
        assert!(!names(&office, &path).await.contains(&"ticket.promise_missed".to_owned()), "what has ended misses nothing");
    }

    async fn beside_the_ticket_one_sees_what_was_promised_and_says_what_became_of_it(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        let page = path.replace("/api/v1", "");
        let anna = Visitor::of(&office, "anna").await;
        let missing = anna.submit(&format!("{page}/promise"), &[("text", "Richiamo domani"), ("due_at", "")]).await;
        assert!(missing.status.as_u16() == 422 && missing.text().contains("Richiamo domani"), "what was typed stays");
        let made = anna.submit(&format!("{page}/promise"), &[("text", "Richiamo domani"), ("due_at", "2026-11-25T09:00")]).await;
        assert_eq!(made.status.as_u16(), 303, "{}", made.text());
        let shown = anna.get(&page).await.text();
        assert!(shown.contains("Promesso al richiedente") && shown.contains("Richiamo domani"), "{shown}");
        let id = ticket(&office, &path).await["promises"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(anna.submit(&format!("{page}/promises/{id}"), &[("do", "x")]).await.status.as_u16(), 404);
        assert_eq!(anna.submit(&format!("{page}/promises/{id}"), &[("do", "kept")]).await.status.as_u16(), 303);
        assert!(anna.get(&page).await.text().contains("Promessa mantenuta"));
    }
}
