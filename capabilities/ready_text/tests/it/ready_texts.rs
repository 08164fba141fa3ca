//! Ready texts: who writes them, who is offered them, and what is filled in.

use crate::office::{Answer, Office, done};
use serde_json::{Value, json};
use testkit::Backend;

async fn office(db: &Backend) -> Office {
    Office::with(db, vec![ready_text::capability()]).await
}

fn greeting(area: Option<&str>) -> Value {
    json!({"name": "Preso in carico", "italian": "{saluto} {richiedente}, {numero} è con {operatore}.",
           "english": "{greeting} {requester}, {number} is with {operator}.", "area": area})
}

async fn written(office: &Office, text: &Value) -> String {
    let written = office.post("admin", "/api/v1/ready-texts", text).await;
    written.expect(201);
    written.header("location").unwrap().to_owned()
}

async fn visit(office: &Office, who: &str, method: &str, path: &str, form: &str) -> Answer {
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

/// What is offered to somebody on a ticket.
async fn offered(office: &Office, who: &str, ticket: &str) -> Value {
    let number = ticket.rsplit('/').next().unwrap();
    visit(office, who, "GET", &format!("/tickets/{number}/ready-texts"), "")
        .await
        .expect(200)
}

/// A ticket of somebody who reads this language.
async fn asked_by(office: &Office, name: &str, language: &str) -> String {
    let person = json!({"name": name, "language": language});
    let person = office.post("admin", "/api/v1/people", &person).await.expect(201);
    let ticket = json!({"area": "PER", "subject": "Busta paga", "requester": {"id": person["id"]}});
    let ticket = office.post("anna", "/api/v1/tickets", &ticket).await.expect(201);
    format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap())
}

testkit::both_backends! {
    async fn a_text_is_written_changed_closed_and_used_again_each_once(db: Backend) {
        let office = Office::with(&db, vec![ready_text::capability(), privacy::capability()]).await;
        let path = written(&office, &greeting(Some("PER"))).await;
        let mut text = greeting(Some("PER"));
        text["name"] = "Ci lavoro".into();
        let changed = office.send("servizio", "PUT", &path, &[("if-match", "\"1\"")], text.to_string()).await;
        assert_eq!((changed.expect(200)["version"].as_i64(), changed.header("etag")), (Some(2), Some("\"2\"")));
        office.send("admin", "PUT", &path, &[("if-match", "\"1\"")], text.to_string()).await.problem(412);
        let before = office.events().await;
        office.send("admin", "PUT", &path, &[], text.to_string()).await.expect(200);
        assert_eq!(office.events().await, before, "what is as it was makes no event");
        for active in [false, false, true] {
            text["active"] = active.into();
            let now = office.send("admin", "PUT", &path, &[], text.to_string()).await.expect(200);
            assert_eq!(now["active"], active);
        }
        assert_eq!(office.events().await, before + 2);
        let rooms = [configuration::capability(), catalogue::capability(), people::capability(), ticket::capability(), ready_text::capability()];
        let kinds: Vec<_> = rooms.into_iter().flat_map(|room| room.records).collect();
        let verified = done(audit::verify(&office.store, &kinds, None, &|_, _| {}).await);
        assert!(verified.first_broken.is_none(), "{verified:?}");
    }

    async fn the_same_request_writes_one_text(db: Backend) {
        let office = office(&db).await;
        let once = [("idempotency-key", "uno")];
        let first = office.post_with("admin", "/api/v1/ready-texts", &once, &greeting(None)).await.expect(201);
        let again = office.post_with("admin", "/api/v1/ready-texts", &once, &greeting(None)).await.expect(201);
        assert_eq!(first["id"], again["id"]);
    }

    async fn what_is_wrong_is_named(db: Backend) {
        let office = office(&db).await;
        written(&office, &greeting(Some("PER"))).await;
        for (change, field) in [
            (json!({"name": ""}), "name"), (json!({"name": "x".repeat(81)}), "name"),
            (json!({"name": "PRESO in carico"}), "name"), (json!({"name": "Preso in carico", "area": null}), "name"),
            (json!({"italian": "", "english": " "}), "italian"), (json!({"italian": "Ciao {nome}"}), "italian"),
            (json!({"english": "{surname}"}), "english"), (json!({"english": "a\u{0}"}), "english"), (json!({"area": "nessuna"}), "area"),
        ] {
            let mut text = greeting(Some("PER"));
            text["name"] = "Altro".into();
            text.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let (_, fields) = office.post("admin", "/api/v1/ready-texts", &text).await.problem(422);
            assert_eq!(fields, [field], "{change}");
        }
        let mut elsewhere = greeting(Some("TEC"));
        elsewhere["name"] = "Preso in carico".into();
        written(&office, &elsewhere).await;
    }

    async fn who_sets_up_an_area_writes_for_it_and_who_works_there_reads(db: Backend) {
        let office = office(&db).await;
        office.post("servizio", "/api/v1/ready-texts", &greeting(None)).await.problem(403);
        office.post("servizio", "/api/v1/ready-texts", &greeting(Some("TEC"))).await.problem(403);
        for who in ["anna", "capo", "rosa"] {
            office.post(who, "/api/v1/ready-texts", &greeting(Some("PER"))).await.problem(403);
        }
        let there = written(&office, &greeting(Some("TEC"))).await;
        office.post("servizio", "/api/v1/ready-texts", &greeting(Some("PER"))).await.expect(201);
        office.get("anna", &there).await.problem(404);
        office.get("carla", &there).await.expect(200);
        office.send("servizio", "PUT", &there, &[], greeting(Some("PER")).to_string()).await.problem(404);
        let count = async |who: &str| office.get(who, "/api/v1/ready-texts").await.expect(200)["items"].as_array().unwrap().len();
        assert_eq!((count("anna").await, count("carla").await, count("admin").await, count("rosa").await), (1, 1, 2, 0));
    }

    async fn a_text_is_offered_filled_in_in_the_language_of_whoever_asked(db: Backend) {
        let office = office(&db).await;
        written(&office, &greeting(None)).await;
        let jane = asked_by(&office, "Jane <Doe>", "en").await;
        let number = jane.rsplit('/').next().unwrap().to_owned();
        let one = offered(&office, "anna", &jane).await[0].clone();
        // It is ten in Rome.
        let anna = one["text"].as_str().unwrap().rsplit_once(" is with ").unwrap().1.trim_end_matches('.').to_owned();
        assert!(!anna.is_empty());
        assert_eq!(one["text"], format!("Good morning Jane <Doe>, {number} is with {anna}."));
        let gino = asked_by(&office, "Gino {numero}", "it").await;
        let text = offered(&office, "anna", &gino).await[0]["text"].clone();
        assert!(text.as_str().unwrap().starts_with("Buongiorno Gino {numero}, SR-"), "{text}");
        office.clock.advance(9 * 60 * 60);
        let text = offered(&office, "anna", &jane).await[0]["text"].clone();
        assert!(text.as_str().unwrap().starts_with("Good evening"), "{text}");
    }

    async fn where_a_language_is_missing_the_other_one_is_offered(db: Backend) {
        let office = office(&db).await;
        written(&office, &json!({"name": "Solo italiano", "italian": "{saluto}, grazie."})).await;
        let jane = asked_by(&office, "Jane Doe", "en").await;
        assert_eq!(offered(&office, "anna", &jane).await[0]["text"], "Buongiorno, grazie.");
    }

    async fn closed_texts_and_those_of_other_areas_are_not_offered(db: Backend) {
        let office = office(&db).await;
        written(&office, &greeting(Some("TEC"))).await;
        let mut text = greeting(Some("PER"));
        let path = written(&office, &text).await;
        let ticket = office.ticket("PER").await;
        assert_eq!(offered(&office, "anna", &ticket).await.as_array().unwrap().len(), 1);
        assert_eq!(offered(&office, "admin", &ticket).await.as_array().unwrap().len(), 1, "the ticket's area counts");
        text["active"] = false.into();
        office.send("admin", "PUT", &path, &[], text.to_string()).await.expect(200);
        assert!(offered(&office, "anna", &ticket).await.as_array().unwrap().is_empty());
        let number = ticket.rsplit('/').next().unwrap();
        for who in ["rosa", "carla"] {
            let page = visit(&office, who, "GET", &format!("/tickets/{number}/ready-texts"), "").await;
            assert_eq!(page.status.as_u16(), 404, "{who}");
        }
    }

    async fn texts_are_set_up_by_forms(db: Backend) {
        let office = office(&db).await;
        let list = "/administration/ready-texts";
        assert!(visit(&office, "admin", "GET", list, "").await.text().contains("Ancora nessun testo pronto"));
        let new = visit(&office, "admin", "POST", &format!("{list}/new"), "name=Saluti&area=all&italian=%7Bsaluto%7D%21&english=").await;
        assert_eq!(new.status.as_u16(), 303, "{}", new.text());
        let shown = visit(&office, "admin", "GET", list, "").await.text();
        assert!(shown.contains("Saluti") && shown.contains("Tutti gli ambiti"), "{shown}");
        let start = shown.find(&format!("{list}/0")).unwrap();
        let page = shown[start..].split('"').next().unwrap().to_owned();
        let wrong = visit(&office, "admin", "POST", &page, "version=1&name=Saluti&area=all&italian=%7Bboh%7D&english=").await;
        assert_eq!((wrong.status.as_u16(), wrong.text().contains("{boh}")), (422, true), "what was typed stays");
        let closed = visit(&office, "admin", "POST", &format!("{page}/standing"), "version=1&active=false").await;
        assert_eq!(closed.status.as_u16(), 303);
        assert!(visit(&office, "admin", "GET", &page, "").await.text().contains("Rimetti in uso"));
        let stale = visit(&office, "admin", "POST", &format!("{page}/standing"), "version=1&active=true").await;
        assert_eq!(stale.status.as_u16(), 422);
        assert_eq!(visit(&office, "anna", "GET", list, "").await.status.as_u16(), 403);
    }
}
