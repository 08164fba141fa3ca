//! What changes is told to whoever watches and may see it: at once, to the end, on every node, and to nobody else.

use crate::office::{Office, done};
use crate::visitor::Visitor;
use axum::body::Body;
use axum::http::Request;
use futures_util::StreamExt;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::time::Duration;
use testkit::Backend;
use tower::ServiceExt;

/// A test fails rather than waits longer than this for something that is told within a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// What was told: its name, its place in the journal, its words.
#[derive(Debug)]
struct Told {
    name: String,
    upto: String,
    data: Value,
}

/// Somebody who watches.
struct Watcher {
    body: axum::body::BodyDataStream,
    text: String,
}

impl Watcher {
    async fn of(office: &Office, who: &str, query: &str) -> Self {
        let session = session(office, who).await;
        Self::with(office, &session, query, "").await
    }

    async fn with(office: &Office, session: &str, query: &str, last: &str) -> Self {
        let mut request = Request::get(format!("/live?{query}")).header("cookie", session);
        if !last.is_empty() {
            request = request.header("last-event-id", last);
        }
        let response = office
            .router
            .clone()
            .oneshot(request.body(Body::empty()).unwrap())
            .await
            .unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = Body::new(response.into_body().boxed_unsync()).into_data_stream();
        let mut watcher = Self {
            body,
            text: String::new(),
        };
        // The line stands when the first sign of life was given.
        if !session.is_empty() {
            watcher.next().await;
        }
        watcher
    }

    /// The next thing told; nothing when the stream has ended.
    async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some((message, rest)) = self.text.split_once("\n\n") {
                let told = told(message);
                self.text = rest.to_owned();
                return Some(told);
            }
            let more = tokio::time::timeout(PATIENCE, self.body.next())
                .await
                .expect("nothing was told");
            self.text.push_str(std::str::from_utf8(&more?.unwrap()).unwrap());
        }
    }

    /// The next thing told that is no count: counts come when they are due.
    async fn news(&mut self) -> Told {
        loop {
            let told = self.next().await.expect("the stream ended");
            if told.name != "counts" {
                return told;
            }
        }
    }

    /// The next thing told under a name.
    async fn hear(&mut self, name: &str) -> Told {
        loop {
            let told = self
                .next()
                .await
                .unwrap_or_else(|| panic!("the stream ended before {name}"));
            if told.name == name {
                return told;
            }
        }
    }
}

fn told(message: &str) -> Told {
    let field = |name: &str| {
        let lines = message.lines().filter_map(|line| line.strip_prefix(name));
        lines.map(str::trim).collect::<Vec<_>>().join("\n")
    };
    Told {
        name: field("event:"),
        upto: field("id:"),
        data: serde_json::from_str(&field("data:")).unwrap(),
    }
}

async fn session(office: &Office, who: &str) -> String {
    Visitor::of(office, who).await.cookie
}

/// An office whose node tells what changes.
async fn open(db: &Backend) -> Office {
    let office = Office::open(db).await;
    follow(&office).await;
    office
}

async fn follow(office: &Office) {
    let (hub, store) = (office.live.clone(), office.store.clone());
    tokio::spawn(async move { hub.follow(store).await });
    let stands = done(office.store.position().await);
    let begun = async {
        while office.live.upto() < stands {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, begun)
        .await
        .expect("the journal is not followed");
}

fn number(ticket: &str) -> &str {
    ticket.rsplit('/').next().unwrap()
}

/// The numbers of the rows that were told.
fn rows(told: &Told) -> Vec<String> {
    let rows = told.data["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| row[1]["number"].as_str().unwrap().to_owned())
        .collect()
}

testkit::both_backends! {
    async fn counts_beside_views_follow_what_happens(db: Backend) {
        let office = open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let form = [("name", "Telefonate"), ("list", "?view=new&channel=phone")];
        anna.submit("/tickets/views", &form).await.expect_status(303);
        let page = anna.get("/tickets?view=new").await.text();
        let view = page.split("class=\"chip-count\" data-count=\"").map(|rest| rest.split('"').next().unwrap()).find(|name| name.len() == 36);
        let view = view.expect("a place for the count of the saved view");
        let mut watcher = Watcher::of(&office, "anna", &format!("list=%3Fview%3Dnew&count={view}")).await;
        let first = watcher.hear("counts").await;
        assert_eq!(first.data, json!({"work": "0", "mine": "0", "new": "0", view: "0", "list ?view=new": "0"}));
        let one = office.ticket("PER").await;
        let call = json!({"area": "PER", "subject": "Chiama", "channel": "phone", "requester": {"name": "Mario"}});
        office.post("anna", "/api/v1/tickets", &call).await.expect(201);
        // What is told may be a count in the middle of it; the last one is true.
        let both = json!({"work": "2", "mine": "0", "new": "2", view: "1", "list ?view=new": "2"});
        while watcher.hear("counts").await.data != both {}
        office.act("anna", &one, "take", json!({})).await;
        let taken = json!({"work": "2", "mine": "1", "new": "1", view: "1", "list ?view=new": "1"});
        while watcher.hear("counts").await.data != taken {}
    }

    async fn counts_are_of_what_one_may_see_and_of_ones_own_views(db: Backend) {
        let office = open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        anna.submit("/tickets/views", &[("name", "Mia"), ("list", "?view=new")]).await.expect_status(303);
        let page = anna.get("/tickets").await.text();
        let view = page.split("data-count=\"").map(|rest| rest.split('"').next().unwrap()).find(|name| name.len() == 36).unwrap();
        office.ticket("PER").await;
        let mut carla = Watcher::of(&office, "carla", &format!("list=&count={view}")).await;
        let told = carla.hear("counts").await.data;
        assert_eq!(told, json!({"work": "0", "mine": "0", "new": "0", "list ": "0"}), "another area, somebody else's view");
        office.ticket("TEC").await;
        assert_eq!(carla.hear("counts").await.data["new"], "1");
    }

    async fn a_new_ticket_is_told_to_those_who_may_see_it(db: Backend) {
        let office = open(&db).await;
        let mut anna = Watcher::of(&office, "anna", "list=").await;
        let mut carla = Watcher::of(&office, "carla", "list=").await;
        let hidden = office.ticket("PER").await;
        let own = office.ticket("TEC").await;
        let told = anna.hear("rows").await;
        assert_eq!(rows(&told), [number(&hidden)]);
        assert_eq!(told.data["rows"][0][0], true, "Anna opened it herself");
        assert!(told.data["rows"][0][1]["html"].as_str().unwrap().contains("La stampante non stampa"));
        // Of the other area's ticket Carla hears nothing, not even that there is one.
        let told = carla.hear("rows").await;
        assert_eq!(rows(&told), [number(&own)]);
        assert_eq!(told.data["gone"], json!([]));
    }

    async fn a_ticket_that_no_longer_fits_the_list_is_told_as_gone(db: Backend) {
        let office = open(&db).await;
        let ticket = office.ticket("PER").await;
        let mut bruno = Watcher::of(&office, "bruno", "list=%3Fview%3Dnew").await;
        let taken = office.act("anna", &ticket, "take", json!({})).await;
        let told = bruno.hear("rows").await;
        assert_eq!(told.data["list"], "?view=new");
        assert_eq!(told.data["gone"], json!([taken["id"]]));
        assert!(rows(&told).is_empty());
    }

    async fn a_table_is_told_of_changes_as_rows_of_a_table(db: Backend) {
        let office = open(&db).await;
        let mut table = Watcher::of(&office, "bruno", "list=%3Fview%3Dnew%26shape%3Dtable").await;
        let mut plain = Watcher::of(&office, "bruno", "list=%3Fview%3Dnew").await;
        office.ticket("PER").await;
        for (watcher, list, begins) in [(&mut table, "?view=new&shape=table", "<tr "), (&mut plain, "?view=new", "<li ")] {
            let told = watcher.hear("rows").await;
            assert_eq!(told.data["list"], list);
            let html = told.data["rows"][0][1]["html"].as_str().unwrap();
            assert!(html.trim_start().starts_with(begins), "{html}");
        }
    }

    async fn whoever_comes_back_is_told_what_was_missed(db: Backend) {
        let office = open(&db).await;
        let session = session(&office, "bruno").await;
        let mut bruno = Watcher::with(&office, &session, "list=", "").await;
        let first = office.ticket("PER").await;
        let told = bruno.hear("rows").await;
        assert_eq!(rows(&told), [number(&first)]);
        drop(bruno);
        let missed = [office.ticket("PER").await, office.ticket("PER").await];
        let mut bruno = Watcher::with(&office, &session, "list=", &told.upto).await;
        let mut heard = Vec::new();
        while heard.len() < missed.len() {
            heard.extend(rows(&bruno.hear("rows").await));
        }
        assert_eq!(heard, missed.each_ref().map(|ticket| number(ticket)));
    }

    async fn an_open_ticket_is_told_to_its_readers_only(db: Backend) {
        let office = open(&db).await;
        let ticket = office.ticket("PER").await;
        let topics = format!("ticket={}", number(&ticket));
        let mut rosa = Watcher::of(&office, "rosa", &topics).await;
        let mut carla = Watcher::of(&office, "carla", &format!("{topics}&list=")).await;
        office.act("anna", &ticket, "take", json!({})).await;
        let told = rosa.hear("tickets").await;
        assert_eq!(told.data, json!([[false, number(&ticket)]]));
        // What Carla is told next is about her own area.
        let own = office.ticket("TEC").await;
        let next = carla.news().await;
        assert_eq!((next.name.as_str(), rows(&next)), ("rows", vec![number(&own).to_owned()]));
    }

    async fn colleagues_see_who_reads_and_who_writes(db: Backend) {
        let office = open(&db).await;
        let ticket = office.ticket("PER").await;
        let mut bruno = Watcher::of(&office, "bruno", "list=").await;
        let anna = session(&office, "anna").await;
        look(&office, &anna, number(&ticket), "note").await.expect_status(204);
        let told = bruno.hear("watchers").await;
        assert_eq!(told.data[0]["number"], number(&ticket));
        assert_eq!(told.data[0]["who"][0]["name"], "anna");
        assert_eq!(told.data[0]["who"][0]["doing"], "note");
        look(&office, &anna, number(&ticket), "gone").await.expect_status(204);
        assert_eq!(bruno.hear("watchers").await.data[0]["who"], json!([]));
    }

    async fn nobody_says_that_they_read_what_they_may_not_see(db: Backend) {
        let office = open(&db).await;
        let ticket = office.ticket("PER").await;
        for who in ["carla", "rosa"] {
            let session = session(&office, who).await;
            look(&office, &session, number(&ticket), "viewing").await.expect_status(404);
        }
    }

    async fn the_stream_ends_with_the_session(db: Backend) {
        let office = open(&db).await;
        let session = session(&office, "bruno").await;
        let mut bruno = Watcher::with(&office, &session, "list=", "").await;
        let sessions = done(people::sessions_of(&office.store, office.people["bruno"]).await);
        for session in sessions {
            done(people::end_session(&office.store, office.people["bruno"], &session.handle).await);
        }
        // Whatever changes somebody's rights lets every stream ask again whose it is.
        office.rename("Sistemi", "Sistemi e reti").await;
        assert_eq!(bruno.hear("over").await.data, json!({}));
        assert!(bruno.next().await.is_none());
        let mut nobody = Watcher::with(&office, "", "list=", "").await;
        assert_eq!(nobody.next().await.unwrap().name, "over");
        assert!(nobody.next().await.is_none());
    }

    async fn a_stopping_node_lets_its_readers_go(db: Backend) {
        let office = open(&db).await;
        let mut anna = Watcher::of(&office, "anna", "list=").await;
        office.live.close();
        assert!(anna.next().await.is_none());
    }
}

#[test]
fn what_one_node_writes_the_other_tells() {
    testkit::block_on(two_nodes());
}

async fn two_nodes() {
    let db = Backend::postgres().await;
    let office = open(&db).await;
    let other = office.beside(&db, Vec::new()).await;
    follow(&other).await;
    let mut bruno = Watcher::of(&other, "bruno", "list=").await;
    let ticket = office.ticket("PER").await;
    assert_eq!(rows(&bruno.hear("rows").await), [number(&ticket)]);
    let anna = session(&office, "anna").await;
    look(&office, &anna, number(&ticket), "reply").await.expect_status(204);
    let told = bruno.hear("watchers").await;
    assert_eq!(told.data[0]["who"][0]["doing"], "reply");
}

async fn look(office: &Office, session: &str, number: &str, doing: &str) -> crate::office::Answer {
    let headers = [
        ("cookie", session),
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    let body = format!("page=one&ticket={number}&doing={doing}");
    office.send("", "POST", "/live/look", &headers, body).await
}
