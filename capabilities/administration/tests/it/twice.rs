//! A form that is sent twice, as by a double click in a browser that runs no script, does what it asks for once.

use crate::office::Office;
use crate::permissions::rooms;
use crate::visitor::Visitors;
use testkit::Backend;

/// The page with the form, where it is sent, what is filled in.
const FORMS: &[(&str, &str, &str)] = &[
    (
        "/administration/groups",
        "/administration/groups",
        "name=Gruppo+doppio&kind=second_level&area=",
    ),
    ("/administration/areas", "/administration/areas", "name=Ambito+doppio"),
    (
        "/administration/categories",
        "/administration/categories",
        "name=Voce+doppia&service=&area=",
    ),
    (
        "/administration/offerings",
        "/administration/offerings",
        "name=Offerta+doppia&line=Una&area=",
    ),
    (
        "/administration/calendars",
        "/administration/calendars",
        "name=Orario+doppio&zone=Europe/Rome&monday=9-13&area=all",
    ),
    (
        "/administration/ready-texts/new",
        "/administration/ready-texts/new",
        "name=Testo+doppio&italian=Buongiorno&area=",
    ),
    (
        "/administration/checklists/new",
        "/administration/checklists/new",
        "name=Lista+doppia&area=all&text-1=Uno",
    ),
    (
        "/administration/macros/new",
        "/administration/macros/new",
        "name=Macro+doppia&area=all&note=Fatto",
    ),
    ("/people/new", "/people/new", "name=Dora+Doppia&role=requester&area="),
    (
        "/knowledge/new",
        "/knowledge/new",
        "title=Guida+doppia&body=Testo&audience=staff&language=it&area=",
    ),
    (
        "/outages/new",
        "/outages/new",
        "title=Guasto+doppio&meaning=Non+va&area=all",
    ),
    (
        "/tickets?view=mine",
        "/tickets/views",
        "name=Vista+doppia&list=%3Fview%3Dmine",
    ),
];

/// The key that a page brings along for its form.
fn key_in(page: &str) -> &str {
    let after = page.split("name=\"once\" value=\"").nth(1);
    after.and_then(|rest| rest.split('"').next()).unwrap_or_default()
}

testkit::both_backends! {
    async fn whatever_is_sent_twice_is_made_once(db: Backend) {
        let office = Office::with(&db, rooms()).await;
        let visitors = Visitors::of(&office).await;
        for (page, address, fields) in FORMS {
            let form = visitors.send(&office, "admin", "GET", page, "").await.text();
            let key = key_in(&form);
            assert!(!key.is_empty(), "{page} has no key");
            let sent = format!("{fields}&once={key}");
            let mut made = Vec::new();
            for _ in 0..2 {
                let before = office.events().await;
                let answer = visitors.send(&office, "admin", "POST", address, &sent).await;
                assert_eq!(answer.status.as_u16(), 303, "{address}: {}", answer.text());
                made.push((office.events().await - before, answer.header("location").unwrap().to_owned()));
            }
            let ((first, to), (second, again)) = (made[0].clone(), made[1].clone());
            assert_eq!((second, &to), (0, &again), "{address} is made twice");
            assert!(first > 0 || *address == "/tickets/views", "{address} made nothing");
        }
        let views = visitors.send(&office, "admin", "GET", "/tickets", "").await.text();
        assert_eq!(views.matches(">Vista doppia").count(), 1);
    }

    async fn an_act_that_is_sent_twice_is_done_once(db: Backend) {
        let office = Office::with(&db, rooms()).await;
        let visitors = Visitors::of(&office).await;
        let ticket = office.ticket("PER").await;
        let number = ticket.rsplit('/').next().unwrap();
        office.act("anna", &ticket, "take", serde_json::json!({})).await;
        let page = format!("/tickets/{number}/diagnose");
        let form = visitors.send(&office, "anna", "GET", &page, "").await.text();
        let sent = format!("diagnosis=Cavo+staccato&once={}", key_in(&form));
        let before = office.events().await;
        for _ in 0..2 {
            assert_eq!(visitors.send(&office, "anna", "POST", &page, &sent).await.status.as_u16(), 303);
        }
        assert_eq!(office.events().await, before + 1);
        // Meant again, it is done again.
        let form = visitors.send(&office, "anna", "GET", &page, "").await.text();
        let again = format!("diagnosis=Cavo+staccato&once={}", key_in(&form));
        visitors.send(&office, "anna", "POST", &page, &again).await.expect_status(303);
        assert_eq!(office.events().await, before + 2);
    }
}
