//! The office with tasks, and how its people ask.

use crate::office::{Answer, Office, done};
use kernel::Uuid;
use serde_json::{Value, json};
use testkit::Backend;

pub async fn office(db: &Backend) -> Office {
    Office::with(db, vec![task::capability(), privacy::capability()]).await
}

/// Hangs a task on a ticket.
pub async fn hung(office: &Office, ticket: &str, task: &Value) -> Value {
    office.post("anna", &format!("{ticket}/tasks"), task).await.expect(201)
}

/// The address of a task by the API.
pub fn path(task: &Value) -> String {
    format!("/api/v1/tasks/{}", task["id"].as_str().unwrap())
}

pub fn id(task: &Value) -> Uuid {
    task["id"].as_str().unwrap().parse().unwrap()
}

/// An instant so many seconds from now.
pub fn within(office: &Office, seconds: i64) -> Value {
    json!(office.clock.now().plus_seconds(seconds))
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

/// Titles of a list's tasks.
pub fn titles(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().unwrap().iter();
    items.map(|task| task["title"].as_str().unwrap()).collect()
}

/// Does the jobs that are due.
pub async fn work(office: &Office) {
    let queue = store::JobQueue::new(office.store.clone(), "test");
    let handlers = task::capability().jobs;
    loop {
        let claimed = done(queue.claim(20).await);
        if claimed.is_empty() {
            return;
        }
        for job in claimed {
            if let Some(handler) = handlers.iter().find(|handler| handler.kind == job.kind) {
                done((handler.run)(office.app(), job.payload.clone()).await);
            }
            done(queue.done(job.id).await);
        }
    }
}

/// How many events of this name a record has.
pub async fn told(office: &Office, record: Uuid, name: &str) -> usize {
    let events = done(office.store.read().events_of(record, 0, 100).await);
    events.iter().filter(|event| event.name == name).count()
}
