//! Colleagues named in a note are references; nobody else can be named.

use crate::office::Office;
use crate::visitor::Visitor;
use serde_json::json;
use testkit::Backend;

async fn writes(visitor: &Visitor<'_>, number: &str, kind: &str, text: &str) {
    let mut body = String::new();
    for (name, value) in [("kind", kind), ("text", text)] {
        body.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--b--\r\n");
    let path = format!("/tickets/{number}/messages");
    let answer = visitor
        .send("POST", &path, "multipart/form-data; boundary=b", body.into())
        .await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
}

testkit::both_backends! {
    async fn a_note_names_colleagues_and_a_reply_names_nobody(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        office.act("anna", &path, "take", json!({})).await;
        let number = path.rsplit('/').next().unwrap();
        let anna = Visitor::of(&office, "anna").await;
        let told = anna.get(&format!("/tickets/{number}/colleagues")).await.expect(200);
        let names: Vec<&str> = told.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        let bruno = names.iter().find(|name| name.to_lowercase().contains("bruno")).unwrap();
        assert!(!names.iter().any(|name| name.to_lowercase().contains("rosa")), "requesters read no notes: {names:?}");
        writes(&anna, number, "note", &format!("@{bruno} puoi guardare tu?")).await;
        writes(&anna, number, "note", "Nessuno in particolare, @ parte").await;
        writes(&anna, number, "reply", &format!("La richiama @{bruno}")).await;
        let timeline = office.get("anna", &format!("{path}/timeline")).await.expect(200);
        let named: Vec<_> = timeline["items"].as_array().unwrap().iter().filter(|entry| entry["type"] == "ticket.colleagues_mentioned").collect();
        assert_eq!(named.len(), 1, "{timeline}");
        assert_eq!(named[0]["data"]["people"], json!([office.people["bruno"]]));
        assert_eq!(named[0]["visibility"], "internal");
        let page = anna.get(&format!("/tickets/{number}")).await.text();
        assert!(page.contains(&format!("href=\"/people/{}\"", office.people["bruno"])), "{page}");
    }
}
