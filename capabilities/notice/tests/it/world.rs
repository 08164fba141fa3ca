//! The office with a real mail server beside it, and what the tests ask of both.

use crate::office::{Answer, Office, done};
use mail::{MailServer, Mailer, Security};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use store::{JobQueue, Lane, Sql};
use testkit::Backend;
use testkit::mail_server::MailServer as Server;

/// Whoever hands mail to a server in the clear.
pub fn mailer(server: &Server) -> Mailer {
    let settings = MailServer {
        host: "127.0.0.1".to_owned(),
        port: server.port(),
        security: Security::Clear,
        credentials: None,
        sender: "sportello@ente.example".to_owned(),
        authority: None,
    };
    Mailer::new(&settings).unwrap().leaving_alone(Duration::ZERO)
}

/// The capability with somebody who hands mail over.
pub fn with(mailer: Mailer) -> host::Capability {
    let mut notice = notice::capability();
    notice.slots.push(Arc::new(mailer));
    notice
}

/// An office that writes to people through a server.
pub async fn office(db: &Backend, server: &Server) -> Office {
    Office::with(
        db,
        vec![
            with(mailer(server)),
            registry::capability(),
            task::capability(),
            privacy::capability(),
        ],
    )
    .await
}

/// Somebody who asks.
pub async fn person(office: &Office, name: &str, email: Option<&str>, language: &str) -> String {
    let person = json!({"name": name, "email": email, "language": language});
    let person = office.post("admin", "/api/v1/people", &person).await.expect(201);
    person["id"].as_str().unwrap().to_owned()
}

/// A ticket that somebody asked for over a channel; its address.
pub async fn asked(office: &Office, person: &str, channel: &str) -> String {
    let ticket = json!({"area": "PER", "subject": "Busta paga", "description": "Manca", "channel": channel, "requester": {"id": person}});
    let ticket = office.post("anna", "/api/v1/tickets", &ticket).await.expect(201);
    format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap())
}

/// Reads the journal to its end. On PostgreSQL it is seen only up to the oldest transaction of the cluster, other tests'
/// included, so this looks until all of it was read.
pub async fn read(office: &Office) {
    let behind = "SELECT COUNT(*) FROM event WHERE seq > (SELECT seq FROM mail_reader WHERE name = 'mail')";
    for _ in 0..2_000 {
        while done(notice::read_on(&office.app()).await) > 0 {}
        let row = done(office.store.read().row(behind, vec![]).await).unwrap();
        if done(row.get::<i64>(0)) == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the journal was not read to its end");
}

/// Does the work that is due, each job twice, since a job may run twice and must not mind.
pub async fn work(office: &Office) {
    let queue = JobQueue::new(office.store.clone(), "uno");
    let handlers: Vec<_> = [notice::capability(), ticket::capability()]
        .into_iter()
        .flat_map(|room| room.jobs)
        .collect();
    loop {
        let claimed = done(queue.claim(8).await);
        if claimed.is_empty() {
            return;
        }
        for job in claimed {
            let handler = handlers.iter().find(|handler| handler.kind == job.kind).unwrap();
            for _ in 0..2 {
                done((handler.run)(office.app(), job.payload.clone()).await);
            }
            done(queue.done(job.id).await);
        }
    }
}

/// Reads and works: what a node does by itself.
pub async fn pass(office: &Office) {
    read(office).await;
    work(office).await;
}

/// The mails of a ticket: occasion and state of each.
pub async fn mails(office: &Office, ticket: &str) -> Vec<(String, String)> {
    let mail = office.get("anna", &format!("{ticket}/mail")).await.expect(200);
    let text = |mail: &Value, field: &str| mail[field].as_str().unwrap().to_owned();
    let items = mail["items"].as_array().unwrap();
    items
        .iter()
        .map(|mail| (text(mail, "occasion"), text(mail, "state")))
        .collect()
}

/// What one of the mails of a ticket says.
pub async fn mail_of(office: &Office, ticket: &str, place: usize) -> Value {
    office.get("anna", &format!("{ticket}/mail")).await.expect(200)["items"][place].clone()
}

/// The line of a letter's header.
pub fn header<'l>(letter: &'l str, name: &str) -> &'l str {
    let head = letter.split("\n\n").next().unwrap();
    let found = head
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.unwrap_or_default()
}

/// Runs a statement as nobody in the product would.
pub async fn tamper(office: &Office, sql: &'static str) {
    let write = office.store.write(Lane::People, move |tx| {
        Box::pin(async move { tx.run(sql, vec![]).await.map(drop) })
    });
    done(write.await);
}

/// A page of the console as somebody sees it.
pub async fn page(office: &Office, who: &str, method: &str, path: &str, form: &str) -> Answer {
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
