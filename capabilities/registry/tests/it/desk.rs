//! An office that knows its people from elsewhere.

use crate::office::{Office, done};
use kernel::Uuid;
use serde_json::{Value, json};
use store::{JobQueue, Sql};
use testkit::Backend;

/// A staff register as somebody's spreadsheet writes it.
pub const STAFF: &str = "\u{feff}Matricola;Nominativo;Posta;Telefono;Ufficio;Stipendio\r\n\
    1001;ROSSI Mario;M.Rossi@ente.example;+39 06 4761 0001;Stanza 12;1000\r\n\
    1002;Verdi Lucia;l.verdi@ente.example;06 4761 0002;Stanza 7;1000\r\n";

pub async fn open(db: &Backend) -> Office {
    let office = Office::with(
        db,
        vec![
            registry::capability(),
            task::capability(),
            privacy::capability(),
            administration::capability(),
        ],
    )
    .await;
    done(registry::follow(&office.store).await);
    office
}

/// Adds a source; its identity.
pub async fn source(office: &Office, area: Option<&str>, text: Value) -> String {
    let body = json!({"area": area, "text": text});
    let made = office.post("admin", "/api/v1/registries", &body).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// A register of an area, loaded from a file.
pub async fn register(office: &Office, area: &str, name: &str, file: &str) -> String {
    let mapping = json!({"external_id": "Matricola", "name": "nominativo", "email": "POSTA", "phone": "Telefono", "office": "Ufficio"});
    let id = source(
        office,
        Some(area),
        json!({"name": name, "kind": "file", "mapping": mapping}),
    )
    .await;
    load(office, &id, file).await;
    id
}

pub async fn load(office: &Office, source: &str, file: &str) -> Value {
    let path = format!("/api/v1/registries/{source}/file");
    let kind = [("content-type", "text/csv")];
    office
        .send("admin", "POST", &path, &kind, file.to_owned())
        .await
        .expect(200)
}

/// What a source says of somebody.
pub async fn tried(office: &Office, source: &str, who: Value) -> Value {
    let path = format!("/api/v1/registries/{source}/trial");
    office.post("admin", &path, &who).await.expect(200)["entry"].clone()
}

/// Makes somebody known; their identity.
pub async fn person(office: &Office, body: Value) -> String {
    let made = office.post("admin", "/api/v1/people", &body).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

/// A ticket of somebody, by a channel: its address and identity.
pub async fn ticket(office: &Office, area: &str, channel: &str, requester: Value) -> (String, Uuid) {
    let who = if area == "PER" { "anna" } else { "carla" };
    let body = json!({"area": area, "subject": "Badge", "channel": channel, "requester": requester});
    let ticket = office.post(who, "/api/v1/tickets", &body).await.expect(201);
    let path = format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap());
    (path, ticket["id"].as_str().unwrap().parse().unwrap())
}

/// The events of a type in a timeline.
pub async fn told(office: &Office, ticket: &str, kind: &str) -> Vec<Value> {
    let timeline = office.get("admin", &format!("{ticket}/timeline")).await.expect(200);
    let entries = timeline["items"].as_array().unwrap().clone();
    let of_kind = entries.into_iter().filter(|entry| entry["type"] == kind);
    of_kind.map(|entry| entry["data"].clone()).collect()
}

/// Follows the journal to its end. Other tests' open transactions may hold its horizon back for a moment.
pub async fn follow(office: &Office) {
    let behind = "SELECT (SELECT MAX(seq) FROM event) - (SELECT MAX(seq) FROM registry_position)";
    loop {
        done(registry::follow(&office.store).await);
        let row = done(office.store.read().row(behind, Vec::new()).await).unwrap();
        if done(row.get::<i64>(0)) <= 0 {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// A node does what is due; answers what failed.
pub async fn work(office: &Office) -> Vec<String> {
    let queue = JobQueue::new(office.store.clone(), "node");
    let handlers = registry::capability().jobs;
    let mut failed = Vec::new();
    for job in done(queue.claim(50).await) {
        let handler = handlers
            .iter()
            .find(|handler| handler.kind == job.kind)
            .expect("a handler");
        match (handler.run)(office.app(), job.payload.clone()).await {
            Ok(()) => done(queue.done(job.id).await),
            Err(error) => {
                failed.push(error.to_string());
                done(queue.failed(&job, store::JobFailure(error.to_string())).await);
            }
        }
    }
    failed
}
