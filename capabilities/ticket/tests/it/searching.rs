//! The language of the search field through the doors: pages and API answer the same, and nothing typed is passed over.

use crate::office::{Answer, Office, done};
use serde_json::json;
use testkit::{Backend, both_backends};

/// Tickets with a subject, a description and a channel, in the order in which they are opened.
const TICKETS: [(&str, &str, &str); 4] = [
    ("Stampante ferma", "La posta certificata <b>non parte</b>", "phone"),
    ("Stampanti nuove", "Certificata è la posta, dicono", "web"),
    ("Rete lenta", "Anche la stampante è lenta", "phone"),
    ("Printers and files", "The printer prints nothing", "email"),
];

async fn open(db: &Backend) -> Office {
    let office = Office::open(db).await;
    for (subject, description, channel) in TICKETS {
        let body = json!({
            "area": "PER", "subject": subject, "description": description, "channel": channel,
            "requester": {"id": office.people["rosa"]},
        });
        office.post("anna", "/api/v1/tickets", &body).await.expect(201);
    }
    done(office.store.keep_words().await);
    office
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn asked(office: &Office, who: &str, question: &str) -> Answer {
    office
        .get(who, &format!("/api/v1/tickets?q={}", encoded(question)))
        .await
}

/// The subjects that are found, in alphabetical order.
async fn found(office: &Office, who: &str, question: &str) -> Vec<String> {
    let answer = asked(office, who, question).await.expect(200);
    let mut subjects: Vec<String> = answer["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ticket| ticket["subject"].as_str().unwrap().to_owned())
        .collect();
    subjects.sort();
    subjects
}

async fn page(office: &Office, path: &str) -> String {
    let key = done(people::open_session(&office.store, office.people["anna"], "127.0.0.1", "test").await);
    let cookie = format!("{}={key}", people::SESSION_COOKIE);
    let headers = [("cookie", cookie.as_str()), ("accept-language", "it")];
    let answer = office.send("", "GET", path, &headers, "").await;
    assert_eq!(answer.status.as_u16(), 200, "{path}");
    answer.text()
}

both_backends! {
    async fn conditions_phrases_and_denials_narrow_what_is_found(db: Backend) {
        let office = open(&db).await;
        let first = office.get("anna", "/api/v1/tickets?q=ferma").await.expect(200);
        let first = format!("/api/v1/tickets/{}", first["items"][0]["number"].as_str().unwrap());
        office.act("anna", &first, "take", json!({})).await;
        for (question, expected) in [
            ("stampante", &["Rete lenta", "Stampante ferma", "Stampanti nuove"][..]),
            ("printer", &["Printers and files"]),
            ("file", &["Printers and files"]),
            ("\"posta certificata\"", &["Stampante ferma"]),
            ("posta certificata", &["Stampante ferma", "Stampanti nuove"]),
            ("stampante -\"posta certificata\"", &["Rete lenta", "Stampanti nuove"]),
            ("stampante -rete", &["Stampante ferma", "Stampanti nuove"]),
            ("stampante canale:telefono", &["Rete lenta", "Stampante ferma"]),
            ("stampante -channel:phone", &["Stampanti nuove"]),
            ("canale:portale,e-mail", &["Printers and files", "Stampanti nuove"]),
            ("stato:\"preso in carico\"", &["Stampante ferma"]),
            ("operatore:io", &["Stampante ferma"]),
            ("operatore:anna stampante", &["Stampante ferma"]),
            ("operator:nobody stampante", &["Rete lenta", "Stampanti nuove"]),
            ("-operatore:nessuno", &["Stampante ferma"]),
            ("richiedente:rosa rete", &["Rete lenta"]),
            ("stato:concluso", &[]),
            ("-stato:concluso rete", &["Rete lenta"]),
            ("-rete -printer", &["Stampante ferma", "Stampanti nuove"]),
            ("aperto:oggi rete", &["Rete lenta"]),
            ("aperto:<2026-11-23", &[]),
            ("aperto:2026-11 printer", &["Printers and files"]),
        ] {
            assert_eq!(found(&office, "anna", question).await, expected, "{question}");
        }
    }

    async fn what_is_not_understood_is_told_and_never_passed_over(db: Backend) {
        let office = open(&db).await;
        for question in ["gruppo:sistmi", "gruppo:", "stato:boh rete", "gruppo:sportello", "aperto:domani", "p:9"] {
            let (code, fields) = asked(&office, "anna", question).await.problem(422);
            assert_eq!((code.as_str(), fields), ("invalid", vec!["q".to_owned()]), "{question}");
        }
        let told = page(&office, "/search?q=gruppo:sistmi").await;
        assert!(told.contains("Nessun gruppo «sistmi»") && told.contains(">Sistemi</a>"), "{told}");
        let told = page(&office, "/tickets?view=all&q=gruppo:sportello").await;
        assert!(told.contains("Più gruppi corrispondono") && told.contains("Sportello Personale"), "{told}");
    }

    async fn hits_are_marked_and_what_people_wrote_stays_text(db: Backend) {
        let office = open(&db).await;
        let shown = page(&office, "/search?q=stampanti+parte").await;
        assert!(shown.contains("<mark>Stampante</mark> ferma"), "{shown}");
        assert!(shown.contains("&#60;b&#62;non <mark>parte</mark>&#60;/b&#62;"), "{shown}");
        assert!(!shown.contains("<b>non"), "{shown}");
    }

    async fn a_typing_error_leads_to_the_nearest_word(db: Backend) {
        let office = open(&db).await;
        let shown = page(&office, "/search?q=stanpante+ferma").await;
        assert!(shown.contains("Nessun risultato per «stanpante ferma»"), "{shown}");
        assert!(shown.contains(">stampante ferma</a>") && shown.contains("<mark>Stampante</mark>"), "{shown}");
        assert_eq!(found(&office, "anna", "stanpante").await, [""; 0], "a program gets what it asked for");
    }

    async fn phrases_of_internal_notes_are_not_found_by_the_requester(db: Backend) {
        let office = open(&db).await;
        let ticket = office.get("anna", "/api/v1/tickets?q=rete").await.expect(200);
        let ticket = format!("/api/v1/tickets/{}", ticket["items"][0]["number"].as_str().unwrap());
        let note = json!({"body": "Sospetto guasto doloso", "visibility": "internal"});
        office.act("anna", &ticket, "messages", note).await;
        assert_eq!(found(&office, "anna", "\"guasto doloso\"").await, ["Rete lenta"]);
        assert_eq!(found(&office, "rosa", "\"guasto doloso\"").await, [""; 0]);
        assert_eq!(found(&office, "rosa", "rete -\"guasto doloso\"").await, ["Rete lenta"]);
        assert_eq!(found(&office, "rosa", "rete -doloso").await, ["Rete lenta"]);
        assert_eq!(found(&office, "anna", "rete -doloso").await, [""; 0]);
    }

    async fn the_palette_offers_what_one_may_go_to(db: Backend) {
        let office = open(&db).await;
        let shown = page(&office, "/palette?q=rete").await;
        assert!(shown.contains("<mark>Rete</mark> lenta") && shown.contains("/search?q=rete"), "{shown}");
        for somebody in ["rosa", "rosa@ente.example", "roas"] {
            let shown = page(&office, &format!("/palette?q={somebody}")).await;
            assert!(shown.contains("requester="), "{somebody}: {shown}");
        }
        let elsewhere = office.ticket("TEC").await;
        let elsewhere = elsewhere.rsplit('/').next().unwrap();
        let shown = page(&office, &format!("/palette?q=&recent={elsewhere},SR-2026-000003,nonsense")).await;
        assert!(shown.contains("Rete lenta") && !shown.contains(elsewhere), "{shown}");
        let shown = page(&office, "/search/complete?q=rete+gruppo:sport").await;
        assert!(shown.contains("data-fill=\"rete gruppo:&#34;Sportello Personale&#34; \""), "{shown}");
    }

    async fn a_search_costs_a_counted_number_of_statements(db: Backend) {
        let office = open(&db).await;
        found(&office, "anna", "stampante").await;
        let mut spent = Vec::new();
        // PostgreSQL asks the newest rows first, then more of them, then all: up to three statements instead of one (ADR 3).
        let wide = if db.kind == testkit::Kind::Postgres { 2 } else { 0 };
        for (question, most) in [
            ("stampante ferma", 2 + wide),
            ("stampante canale:telefono", 2 + wide),
            ("stato:aperto", 3),
            ("\"posta certificata\"", 4 + wide),
        ] {
            let before = office.store.statements();
            asked(&office, "anna", question).await.expect(200);
            spent.push((question, office.store.statements() - before, most));
        }
        println!("{spent:?}");
        assert!(spent.iter().all(|(_, count, most)| count <= most), "{spent:?}");
    }
}
