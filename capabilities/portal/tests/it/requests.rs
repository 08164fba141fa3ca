//! A request of one's own, by forms: wrong fields are named, files stay only where they belong.

use crate::office::{Answer, Office, done};
use people::{Role, RoleGrant};
use serde_json::json;
use testkit::Backend;

pub struct Portal {
    pub office: Office,
    cookie: String,
}

impl Portal {
    /// The office as Rosa visits it.
    pub async fn open(db: &Backend) -> Self {
        Self::with(db, vec![portal::capability()]).await
    }

    /// The same with more rooms.
    pub async fn with(db: &Backend, rooms: Vec<host::Capability>) -> Self {
        let office = Office::with(db, rooms).await;
        let key = people::open_session(&office.store, office.people["rosa"], "127.0.0.1", "test").await;
        let cookie = format!("{}={}", people::SESSION_COOKIE, done(key));
        Self { office, cookie }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let headers = [("cookie", self.cookie.as_str()), ("accept", "text/html")];
        self.office.send("", "GET", path, &headers, "").await
    }

    pub async fn post(&self, path: &str, form: &str) -> Answer {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let headers = [
            kind,
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        self.office.send("", "POST", path, &headers, form.to_owned()).await
    }

    /// A form with files, each a name and its bytes.
    pub async fn send(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        for (name, bytes) in files {
            body += &format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n"
            );
        }
        body += "--b--\r\n";
        let kind = ("content-type", "multipart/form-data; boundary=b");
        let headers = [
            kind,
            ("cookie", self.cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        self.office.send("", "POST", path, &headers, body).await
    }
}

/// How many files lie in the attachment store.
fn kept(db: &Backend) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 })
            .sum()
    }
    count(&db.data.path().join("attachments"))
}

testkit::both_backends! {
    async fn what_a_colleague_recorded_is_not_told_as_ones_own_words(db: Backend) {
        let portal = Portal::open(&db).await;
        let office = &portal.office;
        let ticket = office.ticket("PER").await;
        let page = format!("/portal/requests/{}", ticket.rsplit('/').next().unwrap());
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "pause", json!({"reason": "supplier", "note": "pigri"})).await;
        office.act("anna", &ticket, "resumption", json!({})).await;
        office.act("anna", &ticket, "solution", json!({"solution": "Riavviata"})).await;
        office.act("anna", &ticket, "outcome", json!({"satisfied": false, "note": "Al telefono: si blocca"})).await;
        let told = portal.get(&page).await.text();
        let line = told.split("Registrato a tuo nome: la soluzione non ha funzionato").nth(1).expect("the refusal is told");
        assert!(line.contains("anna") && line.contains("Al telefono: si blocca"), "{line}");
        assert!(!told.contains("non funziona ancora"), "not as a message of one's own");
        assert!(!told.contains("pigri"), "what the desk thinks of its supplier is its own");
        office.act("capo", &ticket, "solution", json!({"solution": "Cambiata"})).await;
        portal.post(&format!("{page}/outcome"), "works=no&note=Ancora+ferma").await;
        let told = portal.get(&page).await.text();
        assert!(told.contains("non funziona ancora") && told.contains("Ancora ferma"), "one's own words are one's own");
    }

    async fn a_request_that_goes_on_in_anothers_says_so_without_naming_it(db: Backend) {
        let portal = Portal::open(&db).await;
        let office = &portal.office;
        let ticket = office.ticket("PER").await;
        let theirs = json!({"area": "PER", "subject": "Anche a me", "requester": {"email": "ugo@fuori.example"}});
        let theirs = office.post("anna", "/api/v1/tickets", &theirs).await.expect(201);
        let number = theirs["number"].as_str().unwrap();
        office.act("anna", &ticket, "merge", json!({"into": number})).await;
        let told = portal.get(&format!("/portal/requests/{}", ticket.rsplit('/').next().unwrap())).await.text();
        assert!(told.contains("insieme all’altra segnalazione") && !told.contains(number), "{told}");
    }

    async fn an_answer_that_is_sent_twice_is_given_once(db: Backend) {
        let portal = Portal::open(&db).await;
        let ticket = portal.office.ticket("PER").await;
        let page = format!("/portal/requests/{}", ticket.rsplit('/').next().unwrap());
        for _ in 0..2 {
            let sent = portal.send(&format!("{page}/messages"), &[("body", "Ancora fermo"), ("once", "k")], &[("foto.txt", "x")]).await;
            assert_eq!(sent.status.as_u16(), 303);
        }
        let shown = portal.get(&page).await.text();
        assert_eq!((shown.matches("Ancora fermo").count(), shown.matches("foto.txt").count()), (1, 1));
        let other = [("body", "E adesso fuma"), ("once", "k")];
        assert_eq!(portal.send(&format!("{page}/messages"), &other, &[]).await.status.as_u16(), 303);
        assert!(portal.get(&page).await.text().contains("E adesso fuma"));
    }

    async fn a_request_with_files_is_opened_once_however_often_it_is_sent(db: Backend) {
        let portal = Portal::open(&db).await;
        let fields = [("subject", "La porta non chiude"), ("description", "Al terzo piano"), ("area", ""), ("once", "una-volta")];
        let files = [("porta.txt", "foto"), ("", ""), ("piano.txt", "pianta")];
        let opened = portal.send("/portal/new", &fields, &files).await;
        assert_eq!(opened.status.as_u16(), 303, "{}", opened.text());
        let events = portal.office.events().await;
        let again = portal.send("/portal/new", &fields, &files).await;
        assert_eq!((again.header("location"), portal.office.events().await), (opened.header("location"), events));
        let page = portal.get(opened.header("location").unwrap()).await;
        for words in ["La porta non chiude", "Al terzo piano", "porta.txt", "piano.txt"] {
            assert!(page.text().contains(words), "{words}");
        }
        assert_eq!(kept(&db), 2);
    }

    async fn what_is_wrong_with_a_request_is_told_and_what_was_typed_stays(db: Backend) {
        let portal = Portal::open(&db).await;
        let before = portal.office.events().await;
        let (long, longer) = ("s".repeat(241), "d".repeat(50_001));
        for (subject, description, area) in [
            ("", "testo scritto", ""), ("a\u{0}b", "testo scritto", ""), ("a\u{202e}b", "testo scritto", ""),
            (long.as_str(), "testo scritto", ""), ("x", longer.as_str(), ""), ("x", "testo scritto\u{7}", ""),
            ("x", "testo scritto", "00000000-0000-7000-8000-000000000000"), ("x", "testo scritto", "\u{0}"),
        ] {
            let fields = [("subject", subject), ("description", description), ("area", area), ("once", "x")];
            let answer = portal.send("/portal/new", &fields, &[("a.txt", "rifiutato")]).await;
            assert_eq!(answer.status.as_u16(), 422, "{subject:.20} {description:.20} {area}");
            assert!(description != "testo scritto" || answer.text().contains("testo scritto"));
        }
        assert_eq!((portal.office.events().await, kept(&db)), (before, 0), "nothing is left of what was refused");
    }

    async fn files_that_are_refused_leave_no_bytes(db: Backend) {
        let mut portal = Portal::open(&db).await;
        portal.office.hire("ugo", &[RoleGrant { role: Role::Requester, area: None }], None).await;
        let theirs = json!({"area": "PER", "subject": "x"});
        let theirs = portal.office.post("ugo", "/api/v1/tickets", &theirs).await.expect(201);
        let theirs = format!("/portal/requests/{}/messages", theirs["number"].as_str().unwrap());
        let ticket = portal.office.ticket("PER").await;
        let own = format!("/portal/requests/{}/messages", ticket.rsplit('/').next().unwrap());
        let words = [("body", "ecco")];
        assert_eq!(portal.send(&theirs, &words, &[("a.txt", "rifiutato")]).await.status.as_u16(), 404);
        assert_eq!(portal.send("/portal/requests/SR-2026-999999/messages", &words, &[("a.txt", "rifiutato")]).await.status.as_u16(), 404);
        assert_eq!(portal.send(&own, &words, &[("buono.txt", "rifiutato"), ("vuoto.txt", "")]).await.status.as_u16(), 422);
        assert_eq!(portal.send(&own, &[("body", "a\u{0}b")], &[("a.txt", "rifiutato")]).await.status.as_u16(), 422);
        let large = "x".repeat(3 * 1024 * 1024 + 1);
        assert_eq!(portal.send(&own, &words, &[("a.txt", "rifiutato"), ("b.txt", &large)]).await.status.as_u16(), 422);
        let long = "y".repeat(300_000);
        assert_eq!(portal.send(&own, &[], &[("a.txt", "rifiutato")]).await.status.as_u16(), 303, "a file needs no words");
        assert_eq!(kept(&db), 1);
        assert_eq!(portal.send(&own, &[("body", &long)], &[]).await.status.as_u16(), 413);
        portal.office.act("anna", &ticket, "cancellation", json!({"reason": "doppio"})).await;
        assert_eq!(portal.send(&own, &words, &[("a.txt", "tardi")]).await.status.as_u16(), 422);
        assert_eq!(kept(&db), 1, "only what was accepted");
    }

    async fn an_answer_a_verdict_and_a_withdrawal_go_to_ones_own_request_only(db: Backend) {
        let portal = Portal::open(&db).await;
        let ticket = portal.office.ticket("PER").await;
        let own = format!("/portal/requests/{}", ticket.rsplit('/').next().unwrap());
        assert_eq!(portal.send(&format!("{own}/messages"), &[("body", "  ")], &[]).await.status.as_u16(), 422);
        assert_eq!(portal.send(&format!("{own}/messages"), &[("body", "Novità?")], &[]).await.status.as_u16(), 303);
        assert!(portal.get(&own).await.text().contains("Novità?"));
        assert_eq!(portal.post(&format!("{own}/outcome"), "works=yes").await.status.as_u16(), 422, "there is no solution yet");
        let long = "r".repeat(4_001);
        assert_eq!(portal.post(&format!("{own}/outcome"), &format!("works=no&note={long}")).await.status.as_u16(), 422);
        assert_eq!(portal.post(&format!("{own}/withdrawal"), "").await.status.as_u16(), 303);
        assert_eq!(portal.post(&format!("{own}/reopening"), "reason=").await.status.as_u16(), 422);
        assert_eq!(portal.post(&format!("{own}/reopening"), "reason=ancora").await.status.as_u16(), 303);
        for path in ["/portal/requests/none", "/portal/requests/%00", "/portal/requests/SR-2026-999999", "/portal/requests/..%2Fx"] {
            assert_eq!(portal.get(path).await.status.as_u16(), 404, "{path}");
            assert_eq!(portal.post(&format!("{path}/withdrawal"), "").await.status.as_u16(), 404, "{path}");
        }
        for page in ["/portal", "/portal/new", "/portal/requests", "/accessibility"] {
            assert_eq!(portal.get(page).await.status.as_u16(), 200, "{page}");
        }
    }
}
