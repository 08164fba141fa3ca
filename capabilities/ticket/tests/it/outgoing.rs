//! A reply is kept at once, given after ten seconds, and taken back until then (ADR 7).

use crate::office::{Office, done};
use crate::visitor::Visitor;
use crate::wake::work;
use serde_json::json;
use store::Sql;
use testkit::Backend;

async fn opened(office: &Office) -> String {
    let path = office.ticket("PER").await;
    office.act("anna", &path, "take", json!({})).await;
    path.rsplit('/').next().unwrap().to_owned()
}

async fn replies(visitor: &Visitor<'_>, number: &str, text: &str) -> u16 {
    writes(visitor, number, &[("kind", "reply"), ("text", text)]).await
}

pub async fn writes(visitor: &Visitor<'_>, number: &str, fields: &[(&str, &str)]) -> u16 {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--b--\r\n");
    let path = format!("/tickets/{number}/messages");
    let answer = visitor
        .send("POST", &path, "multipart/form-data; boundary=b", body.into())
        .await;
    answer.status.as_u16()
}

/// What the requester has been given.
async fn given(office: &Office, number: &str) -> Vec<String> {
    let told = office
        .get("anna", &format!("/api/v1/tickets/{number}/timeline"))
        .await
        .expect(200);
    let messages = told["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["type"] == "ticket.message_added");
    messages
        .map(|entry| entry["data"]["body"].as_str().unwrap().to_owned())
        .collect()
}

async fn way_back(visitor: &Visitor<'_>, number: &str) -> String {
    let page = visitor.get(&format!("/tickets/{number}")).await.text();
    let start = format!("/tickets/{number}/outgoing/");
    let from = page.find(&start).unwrap_or_else(|| panic!("{page}"));
    page[from..].split('"').next().unwrap().to_owned()
}

testkit::both_backends! {
    async fn a_reply_is_given_after_ten_seconds_and_once(db: Backend) {
        let office = Office::open(&db).await;
        let number = opened(&office).await;
        let anna = Visitor::of(&office, "anna").await;
        assert_eq!(replies(&anna, &number, "Arriviamo").await, 303);
        assert!(anna.get(&format!("/tickets/{number}")).await.text().contains("Arriviamo"));
        work(&office, "uno").await;
        assert!(given(&office, &number).await.is_empty(), "not yet");
        office.clock.advance(ticket::GRACE + 1);
        work(&office, "uno").await;
        work(&office, "uno").await;
        assert_eq!(given(&office, &number).await, ["Arriviamo"]);
    }

    async fn what_is_sent_twice_is_said_once(db: Backend) {
        let office = Office::open(&db).await;
        let number = opened(&office).await;
        office.act("anna", &format!("/api/v1/tickets/{number}"), "classification", json!({"kind": "incident"})).await;
        let anna = Visitor::of(&office, "anna").await;
        for kind in ["reply", "note", "solution"] {
            for _ in 0..2 {
                let sent = writes(&anna, &number, &[("kind", kind), ("text", "Riavviata"), ("once", "k"), ("seen_solution", "")]).await;
                assert_eq!(sent, 303, "{kind}");
            }
        }
        // Other words under the same key are other words.
        assert_eq!(writes(&anna, &number, &[("kind", "note"), ("text", "Altro"), ("once", "k")]).await, 303);
        office.clock.advance(ticket::GRACE + 1);
        work(&office, "uno").await;
        assert_eq!(given(&office, &number).await, ["Riavviata", "Altro", "Riavviata"]);
        let told = office.get("anna", &format!("/api/v1/tickets/{number}/timeline")).await.expect(200);
        assert_eq!(told.to_string().matches("ticket.solution_given").count(), 1);
    }

    async fn what_is_taken_back_is_a_draft_and_never_given(db: Backend) {
        let office = Office::open(&db).await;
        let number = opened(&office).await;
        let (anna, bruno) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "bruno").await);
        assert_eq!(replies(&anna, &number, "Con un errore").await, 303);
        let back = way_back(&anna, &number).await;
        assert_eq!(bruno.submit(&back, &[]).await.status.as_u16(), 409, "it is hers");
        assert_eq!(anna.submit(&back, &[]).await.status.as_u16(), 303);
        assert!(anna.get(&format!("/tickets/{number}")).await.text().contains("Con un errore</textarea>"));
        office.clock.advance(ticket::GRACE + 1);
        work(&office, "uno").await;
        assert!(given(&office, &number).await.is_empty());
        assert_eq!(anna.submit(&back, &[]).await.status.as_u16(), 409, "once");
    }

    async fn what_can_be_given_no_more_is_a_draft_again(db: Backend) {
        let office = Office::open(&db).await;
        let number = opened(&office).await;
        let anna = Visitor::of(&office, "anna").await;
        assert_eq!(replies(&anna, &number, "Troppo tardi").await, 303);
        let cancel = json!({"reason": "Aperto per sbaglio"});
        office.post("bruno", &format!("/api/v1/tickets/{number}/cancellation"), &cancel).await.expect(200);
        assert_eq!(replies(&anna, &number, "Subito rifiutata").await, 409);
        office.clock.advance(ticket::GRACE + 1);
        work(&office, "uno").await;
        assert!(given(&office, &number).await.is_empty());
        let draft = done(workspace::draft(&office.store, office.people["anna"], &format!("message:{number}")).await);
        assert_eq!(draft.draft.unwrap().text("text"), "Troppo tardi");
        let left = done(office.store.read().row("SELECT COUNT(*) FROM outgoing_reply", vec![]).await).unwrap();
        assert_eq!(done(left.get::<i64>(0)), 0);
    }
}
