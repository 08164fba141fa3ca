//! What operators keep at hand: views under a name, pinned tickets; and what they are shown before they send.

use crate::office::{Office, done};
use crate::visitor::Visitor;
use serde_json::json;
use store::Lane;
use testkit::Backend;

fn number(ticket: &str) -> &str {
    ticket.rsplit('/').next().unwrap()
}

/// A message of the composer, as the page that stood at `seen` sends it.
async fn write(anna: &Visitor<'_>, number: &str, seen: &str, text: &str) -> crate::office::Answer {
    let mut body = String::new();
    for (name, value) in [("kind", "reply"), ("text", text), ("seen", seen)] {
        body.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--b--\r\n");
    let path = format!("/tickets/{number}/messages");
    anna.send("POST", &path, "multipart/form-data; boundary=b", body.into_bytes())
        .await
}

/// Where the page of a ticket stands.
async fn stands(anna: &Visitor<'_>, number: &str) -> String {
    let page = anna.get(&format!("/tickets/{number}")).await.text();
    let at = page.split("name=\"seen\" value=\"").nth(1).unwrap();
    at.split('"').next().unwrap().to_owned()
}

/// The hint on the page of the queue: the address at which one says that one knows it.
async fn hint(visitor: &Visitor<'_>) -> Option<String> {
    let page = visitor.get("/tickets").await.text();
    let from = page.find("/hints/")?;
    page[from..].split('"').next().map(str::to_owned)
}

testkit::both_backends! {
    async fn a_hint_is_given_until_one_knows_it_and_never_again(db: Backend) {
        let office = Office::open(&db).await;
        let (anna, sara) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "sara").await);
        for expected in ["/hints/next/known", "/hints/search/known", "/hints/call/known"] {
            assert_eq!(hint(&anna).await.as_deref(), Some(expected));
            let put_away = anna.submit(expected, &[("to", "/tickets?view=mine")]).await;
            assert_eq!(put_away.header("location"), Some("/tickets?view=mine"));
            assert_eq!(anna.submit(expected, &[("to", "https://altrove.example")]).await.header("location"), Some("/tickets"));
        }
        assert_eq!(hint(&anna).await, None);
        // The second level opens no tickets for whoever calls: two hints.
        for _ in 0..2 {
            let known = hint(&sara).await.expect("a hint");
            sara.submit(&known, &[("to", "")]).await.expect_status(303);
        }
        assert_eq!(hint(&sara).await, None);
        assert_eq!(anna.submit("/hints/none/known", &[("to", "")]).await.status.as_u16(), 404);
    }

    async fn a_saved_view_is_seen_by_its_owner_and_by_the_group_it_is_for(db: Backend) {
        let office = Office::open(&db).await;
        let (anna, bruno, carla) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "bruno").await, Visitor::of(&office, "carla").await);
        let group = office.groups["Sportello Personale"].to_string();
        for (name, group) in [("Urgenti al telefono", ""), ("Nostre urgenti", group.as_str())] {
            let fields = [("list", "?priority=2&channel=phone"), ("name", name), ("group", group)];
            let saved = anna.submit("/tickets/views", &fields).await;
            assert_eq!(saved.header("location"), Some("/tickets?priority=2&channel=phone"));
        }
        let list = anna.get("/tickets").await.text();
        assert!(list.contains("Urgenti al telefono") && list.contains("Nostre urgenti"));
        let list = bruno.get("/tickets").await.text();
        assert!(!list.contains("Urgenti al telefono") && list.contains("Nostre urgenti"));
        assert!(!carla.get("/tickets").await.text().contains("Nostre urgenti"));
        // A group one does not belong to cannot be given views, and a view needs a name.
        for fields in [[("list", "?view=mine"), ("name", "Altrui"), ("group", group.as_str())], [("list", "?view=mine"), ("name", " "), ("group", "")]] {
            carla.submit("/tickets/views", &fields).await.expect_status(303);
        }
        assert!(!bruno.get("/tickets").await.text().contains("Altrui"));
    }

    async fn a_view_is_removed_by_its_owner_alone(db: Backend) {
        let office = Office::open(&db).await;
        let (anna, bruno, carla) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "bruno").await, Visitor::of(&office, "carla").await);
        let group = office.groups["Sportello Personale"].to_string();
        anna.submit("/tickets/views", &[("list", "?view=new"), ("name", "Da prendere noi"), ("group", &group)]).await.expect_status(303);
        let page = anna.get("/tickets?view=new").await.text();
        let remove = page.split("action=\"/tickets/views/").nth(1).unwrap().split('"').next().unwrap();
        let remove = format!("/tickets/views/{remove}");
        assert_eq!(bruno.submit(&remove, &[]).await.status.as_u16(), 403);
        assert_eq!(carla.submit(&remove, &[]).await.status.as_u16(), 404);
        anna.submit(&remove, &[]).await.expect_status(303);
        assert!(!bruno.get("/tickets").await.text().contains("Da prendere noi"));
    }

    async fn a_pinned_ticket_stays_in_sight_as_long_as_it_may_be_seen(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let anna = Visitor::of(&office, "anna").await;
        let pin = format!("/tickets/{}/pin", number(&ticket));
        let pinned = |page: &str| page.contains(&format!("class=\"chip pin\" href=\"/tickets/{}", number(&ticket)));
        assert!(!pinned(&anna.get("/tickets").await.text()));
        anna.submit(&pin, &[]).await.expect_status(303);
        assert!(pinned(&anna.get("/tickets?view=closed").await.text()));
        assert!(!pinned(&Visitor::of(&office, "bruno").await.get("/tickets").await.text()), "pins are one's own");
        office.act("anna", &ticket, "reroute", json!({"area": "TEC", "reason": "Riguarda la rete"})).await;
        assert!(!pinned(&anna.get("/tickets").await.text()), "it went where Anna does not see it");
        let other = office.ticket("PER").await;
        let pin = format!("/tickets/{}/pin", number(&other));
        anna.submit(&pin, &[]).await.expect_status(303);
        anna.submit(&pin, &[]).await.expect_status(303);
        assert!(!anna.get("/tickets").await.text().contains("class=\"chip pin\""), "pinning again lets it go");
    }

    async fn what_the_requester_wrote_meanwhile_is_shown_before_a_reply_leaves(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let anna = Visitor::of(&office, "anna").await;
        let seen = stands(&anna, number(&ticket)).await;
        office.act("anna", &ticket, "messages", json!({"body": "Una nota", "visibility": "internal"})).await;
        assert_eq!(write(&anna, number(&ticket), &seen, "Buongiorno").await.status.as_u16(), 303, "a note is no answer");
        office.act("rosa", &ticket, "messages", json!({"body": "Ho risolto da sola"})).await;
        let before = office.events().await;
        let held = write(&anna, number(&ticket), &seen, "Passo domani").await;
        held.expect_status(409);
        let page = held.text();
        assert!(page.contains("è arrivato un messaggio del richiedente"), "{page}");
        assert!(page.contains("Ho risolto da sola") && page.contains("Passo domani"), "nothing typed is lost");
        assert_eq!(office.events().await, before);
        let seen = stands(&anna, number(&ticket)).await;
        assert_eq!(write(&anna, number(&ticket), &seen, "Bene, grazie").await.status.as_u16(), 303);
    }

    async fn an_erased_person_leaves_no_view_of_their_own(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let group = office.groups["Sportello Personale"].to_string();
        for (name, group) in [("Di Anna", ""), ("Di tutti noi", group.as_str())] {
            anna.submit("/tickets/views", &[("list", "?view=new"), ("name", name), ("group", group)]).await.expect_status(303);
        }
        let person = office.people["anna"];
        done(office.store.write(Lane::People, move |tx| Box::pin(async move { ticket::forget_desk(tx, person).await })).await);
        let list = Visitor::of(&office, "bruno").await.get("/tickets").await.text();
        assert!(list.contains("Di tutti noi"));
        assert!(!anna.get("/tickets").await.text().contains("Di Anna"));
    }
}
