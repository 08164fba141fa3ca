//! The console's pages: they offer what may be done and chosen, and what they refuse leaves nothing behind.

use crate::office::{Answer, Office, done};
use kernel::Author;
use people::{GroupChange, change_group};
use serde_json::json;
use store::Lane;
use testkit::Backend;

/// Somebody with a browser.
struct Visitor<'o> {
    office: &'o Office,
    cookie: String,
}

impl<'o> Visitor<'o> {
    async fn of(office: &'o Office, who: &str) -> Self {
        let key = done(people::open_session(&office.store, office.people[who], "127.0.0.1", "test").await);
        let cookie = format!("{}={key}", people::SESSION_COOKIE);
        Self { office, cookie }
    }

    async fn send(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let headers = [
            ("content-type", kind),
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("accept-language", "it"),
        ];
        self.office.send("", method, path, &headers, body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "text/html", Vec::new()).await
    }

}

fn number(ticket: &str) -> String {
    ticket.rsplit('/').next().unwrap().to_owned()
}

async fn close(office: &Office, group: &'static str) {
    let id = office.groups[group];
    let closed = office.store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut group = tx.load::<people::Group>(id).await?;
            let change = GroupChange { name: None, active: Some(false) };
            change_group(tx, &Author::system("test"), &mut group, change).await
        })
    });
    done(closed.await);
}

testkit::both_backends! {
    async fn a_ticket_is_opened_at_the_counter_by_those_who_may(db: Backend) {
        let office = Office::open(&db).await;
        let number = number(&office.ticket("PER").await);
        office.act("anna", &format!("/api/v1/tickets/{number}"), "take", json!({})).await;
        for (who, may) in [("anna", true), ("capo", true), ("controllo", true), ("sara", false), ("servizio", false), ("revisore", false), ("dpo", false)] {
            let visitor = Visitor::of(&office, who).await;
            assert_eq!(visitor.get("/tickets/new").await.status.as_u16(), if may { 200 } else { 403 }, "{who}");
            for page in ["/tickets", "/tickets?view=all&requester=00000000-0000-7000-8000-000000000001", "/search?q=nessuno", &format!("/tickets/{number}")] {
                let shown = visitor.get(page).await;
                let offered = shown.text().contains("href=\"/tickets/new\"");
                if shown.status.as_u16() == 200 && !page.contains("requester") {
                    assert_eq!(offered, may, "{who} {page}");
                }
            }
        }
    }

    async fn menus_offer_what_is_in_use_and_what_is_already_chosen(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "owner", json!({"group": "Retro Personale"})).await;
        let number = number(&ticket);
        close(&office, "Applicazioni").await;
        close(&office, "Retro Personale").await;
        let anna = Visitor::of(&office, "anna").await;
        let option = |group: &str| format!("<option value=\"{}\"", office.groups[group]);
        let second = anna.get(&format!("/tickets/{number}/second-level")).await.text();
        assert!(second.contains(&option("Sistemi")) && !second.contains(&option("Applicazioni")), "{second}");
        let assign = anna.get(&format!("/tickets/{number}/assign")).await.text();
        assert!(assign.contains(&option("Sportello Personale")));
        assert!(assign.contains(&option("Retro Personale")), "the one that has it may keep it");
        let queue = anna.get("/tickets").await.text();
        assert!(!queue.contains(&option("Applicazioni")) && queue.contains(&option("Sistemi")));
        assert!(anna.get(&format!("/tickets/{number}")).await.text().contains("Retro Personale"), "its name stays");
    }
}
