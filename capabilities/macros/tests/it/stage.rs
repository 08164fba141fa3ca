//! The office with macros, and how its people ask.

use crate::office::{Answer, Office, done};
use serde_json::{Value, json};
use testkit::Backend;

pub async fn office(db: &Backend) -> Office {
    Office::with(db, vec![ready_text::capability(), macros::capability()]).await
}

/// A ready text of an area.
pub async fn text(office: &Office, name: &str, area: Option<&str>) -> Value {
    let text = json!({"name": name, "area": area, "italian": "{saluto} {richiedente}, su {numero} ci siamo.",
                      "english": "{greeting} {requester}, we are on {number}."});
    office.post("admin", "/api/v1/ready-texts", &text).await.expect(201)["id"].clone()
}

pub async fn written(office: &Office, wanted: &Value) -> Value {
    office.post("admin", "/api/v1/macros", wanted).await.expect(201)
}

pub fn at(one: &Value) -> String {
    format!("/api/v1/macros/{}", one["id"].as_str().unwrap())
}

pub fn number(ticket: &str) -> &str {
    ticket.rsplit('/').next().unwrap()
}

/// Uses a macro by the API, on some tickets.
pub async fn used(office: &Office, who: &str, one: &Value, tickets: &[&str]) -> Answer {
    let tickets: Vec<&str> = tickets.iter().map(|ticket| number(ticket)).collect();
    let body = json!({"tickets": tickets, "act": {"macro": {"id": one["id"]}}});
    office.post(who, "/api/v1/bulk-acts", &body).await
}

/// Lets the time pass in which it can be taken back, and does the jobs that are due.
pub async fn work(office: &Office) {
    office.clock.advance(10);
    let queue = store::JobQueue::new(office.store.clone(), "test");
    let handlers = ticket::capability().jobs;
    for job in done(queue.claim(20).await) {
        if let Some(handler) = handlers.iter().find(|handler| handler.kind == job.kind) {
            done((handler.run)(office.app(), job.payload.clone()).await);
        }
        done(queue.done(job.id).await);
    }
}

pub async fn visit(office: &Office, who: &str, method: &str, path: &str, form: &str) -> Answer {
    let key = done(people::open_session(&office.store, office.people[who], "127.0.0.1", "test").await);
    let cookie = format!("{}={key}", people::SESSION_COOKIE);
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("accept", "text/html"),
    ];
    office.send("", method, path, &headers, form.to_owned()).await
}

/// What happened to a ticket, by the names of its events.
pub async fn happened(office: &Office, ticket: &str) -> Vec<String> {
    let events = office.get("anna", &format!("{ticket}/timeline")).await.expect(200);
    let items = events["items"].as_array().unwrap().iter();
    items.map(|event| event["type"].as_str().unwrap().to_owned()).collect()
}
