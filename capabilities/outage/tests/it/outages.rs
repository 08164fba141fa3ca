//! An outage from the first word to the last, and who is told.

use crate::office::{Answer, Office, done};
use people::{Role, RoleGrant};
use serde_json::{Value, json};
use testkit::Backend;

/// The office with its outages, and a requester of the other area alone.
async fn office(db: &Backend) -> Office {
    let mut office = Office::with(db, vec![outage::capability()]).await;
    let grant = RoleGrant {
        role: Role::Requester,
        area: Some(office.areas["TEC"]),
    };
    office.hire("ugo", &[grant], None).await;
    office
}

fn printing() -> Value {
    json!({"title": "Stampa ferma", "meaning": "Le stampe non escono.", "places": "sede di Roma", "area": "PER",
           "restore_at": "2026-11-23T11:30:00Z"})
}

async fn told(office: &Office) -> String {
    let told = office.post("anna", "/api/v1/outages", &printing()).await;
    told.expect(201);
    told.header("location").unwrap().to_owned()
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

testkit::both_backends! {
    async fn an_outage_is_told_told_anew_and_ended_once(db: Backend) {
        let office = office(&db).await;
        let path = told(&office).await;
        let mut update = json!({"title": "Stampa ferma", "meaning": "Tecnico in sede.", "places": "sede di Roma"});
        let meant = [("if-match", "\"1\"")];
        let updated = office.send("anna", "PUT", &path, &meant, update.to_string()).await;
        assert_eq!(updated.expect(200)["meaning"], "Tecnico in sede.");
        assert_eq!(updated.header("etag"), Some("\"2\""));
        office.send("bruno", "PUT", &path, &meant, update.to_string()).await.problem(412);
        assert_eq!(office.get("rosa", "/api/v1/outages?active=true").await.expect(200)["items"].as_array().unwrap().len(), 1);
        office.post("capo", &format!("{path}/end"), &json!({})).await.expect(200);
        let (code, _) = office.post("capo", &format!("{path}/end"), &json!({})).await.problem(409);
        assert_eq!(code, "outage_over");
        update["meaning"] = "Di nuovo".into();
        office.send("anna", "PUT", &path, &[], update.to_string()).await.problem(409);
        let over = office.get("rosa", &path).await.expect(200);
        assert_eq!((over["state"].as_str(), over["ended_at"].as_str()), (Some("over"), over["updated_at"].as_str()));
        assert!(office.get("rosa", "/api/v1/outages?active=true").await.expect(200)["items"].as_array().unwrap().is_empty());
    }

    async fn who_may_not_tell_is_refused_and_other_areas_outages_do_not_exist(db: Backend) {
        let office = office(&db).await;
        let path = told(&office).await;
        for who in ["rosa", "ugo", "sara", "revisore"] {
            office.post(who, "/api/v1/outages", &printing()).await.problem(403);
            office.post(who, &format!("{path}/end"), &json!({})).await.problem(403);
        }
        office.post("carla", "/api/v1/outages", &printing()).await.problem(403);
        office.post("carla", &format!("{path}/end"), &json!({})).await.problem(403);
        office.get("ugo", &path).await.problem(404);
        assert!(office.get("ugo", "/api/v1/outages").await.expect(200)["items"].as_array().unwrap().is_empty());
        assert_eq!(visit(&office, "ugo", "GET", &path.replace("/api/v1", "/portal"), "").await.status.as_u16(), 404);
        for page in ["/outages".to_owned(), "/outages/new".to_owned(), path.replace("/api/v1", "")] {
            assert_eq!(visit(&office, "rosa", "GET", &page, "").await.status.as_u16(), 404, "{page}");
        }
        assert_eq!(visit(&office, "rosa", "GET", "/portal/outages/x", "").await.status.as_u16(), 404);
    }

    async fn what_is_wrong_is_named_and_a_ticket_must_be_in_sight(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("TEC").await;
        let number = ticket.rsplit('/').next().unwrap();
        for (field, value) in [("title", json!("")), ("meaning", json!("a\u{0}")), ("places", json!("x".repeat(401))), ("area", json!("nessuna")), ("restore_at", json!("domani")), ("ticket", json!(number)), ("ticket", json!("SR-2026-999999"))] {
            let mut outage = printing();
            outage[field] = value;
            let (_, fields) = office.post("anna", "/api/v1/outages", &outage).await.problem(422);
            assert_eq!(fields, [field]);
        }
        let mut outage = printing();
        let own = office.ticket("PER").await;
        outage["ticket"] = own.rsplit('/').next().unwrap().into();
        let made = office.post("anna", "/api/v1/outages", &outage).await.expect(201);
        assert_eq!(made["ticket"], outage["ticket"]);
        let path = format!("/api/v1/outages/{}", made["id"].as_str().unwrap());
        assert!(office.get("rosa", &path).await.expect(200)["ticket"].is_null(), "whose ticket it is stays at the desk");
    }

    async fn everybody_it_touches_sees_it_on_top_of_their_pages_while_it_goes_on(db: Backend) {
        let office = office(&db).await;
        let path = told(&office).await;
        let page = path.replace("/api/v1", "/portal");
        let read = visit(&office, "rosa", "GET", &page, "").await.text();
        for words in ["Disservizio in corso", "Stampa ferma, sede di Roma: ripristino previsto alle 12:30.", "Non serve aprire", "Le stampe non escono."] {
            assert!(read.contains(words), "{words}: {read}");
        }
        assert!(visit(&office, "anna", "GET", "/outages", "").await.text().contains(&path.replace("/api/v1", "")));
        assert!(!visit(&office, "ugo", "GET", "/portal/outages", "").await.text().contains("Stampa ferma"));
        office.post("anna", &format!("{path}/end"), &json!({})).await.expect(200);
        let over = visit(&office, "rosa", "GET", &page, "").await.text();
        assert!(!over.contains("Disservizio in corso") && over.contains("Risolto"), "{over}");
    }

    async fn the_desk_tells_and_ends_it_by_forms(db: Backend) {
        let office = office(&db).await;
        let area = office.areas["PER"];
        let form = format!("title=Rete+ferma&meaning=Non+si+naviga.&places=&restore_at=2026-11-23T12:00&area={area}&ticket=");
        let told = visit(&office, "anna", "POST", "/outages/new", &form).await;
        assert_eq!(told.status.as_u16(), 303, "{}", told.text());
        let page = told.header("location").unwrap().to_owned();
        let again = visit(&office, "anna", "GET", &format!("{page}/edit"), "").await.text();
        assert!(again.contains("2026-11-23T12:00") && again.contains("Non si naviga."), "{again}");
        let update = "version=1&title=Rete+ferma&meaning=Cavo+tagliato.&places=Roma&restore_at=";
        assert_eq!(visit(&office, "anna", "POST", &format!("{page}/edit"), update).await.status.as_u16(), 303);
        let late = visit(&office, "bruno", "POST", &format!("{page}/edit"), &update.replace("Cavo", "Tubo")).await;
        assert_eq!((late.status.as_u16(), late.text().contains("Tubo tagliato.")), (422, true), "what was typed stays");
        assert_eq!(visit(&office, "anna", "POST", &format!("{page}/edit"), &update.replace("restore_at=", "restore_at=boh")).await.status.as_u16(), 422);
        let story = visit(&office, "anna", "GET", &page, "").await.text();
        let (newest, oldest) = (story.find("Cavo tagliato.").unwrap(), story.rfind("Non si naviga.").unwrap());
        assert!(newest < oldest, "the newest first");
        assert_eq!(visit(&office, "anna", "POST", &format!("{page}/end"), "version=2").await.status.as_u16(), 303);
        assert!(!visit(&office, "anna", "GET", &page, "").await.text().contains("/end\""));
    }

    async fn sd_055_whoever_reports_an_outage_again_is_shown_it_with_its_sentence_and_its_ticket(db: Backend) {
        let office = office(&db).await;
        let asked = "/api/v1/similar?subject=le+stampe+non+escono&area=PER";
        told(&office).await;
        let found = office.get("anna", asked).await.expect(200);
        assert_eq!(found["tickets"], json!([]));
        let sentence = found["outages"][0]["sentence"].as_str().unwrap();
        assert!(sentence.starts_with("Stampa ferma, sede di Roma: "), "{sentence}");
        assert_eq!(found["outages"][0]["expected_at"], "2026-11-23T11:30:00.000Z");
        assert_eq!(office.get("ugo", asked).await.expect(200)["outages"], json!([]), "it is of another area");
        let body = json!({"area": "PER", "subject": "Guasto al server", "requester": {"id": office.people["rosa"]}});
        let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
        let mut worked_on = printing();
        worked_on["ticket"] = ticket["number"].clone();
        worked_on["title"] = "Server di stampa guasto".into();
        office.post("anna", "/api/v1/outages", &worked_on).await.expect(201);
        let found = office.get("anna", asked).await.expect(200);
        assert_eq!(found["tickets"][0]["number"], ticket["number"], "by the words of the outage: {found}");
        assert!(found["tickets"][0]["outage"]["sentence"].as_str().unwrap().starts_with("Server di stampa guasto"));
    }

    async fn sd_056_what_was_told_to_a_requester_is_not_asked_about_again(db: Backend) {
        let office = office(&db).await;
        told(&office).await;
        let body = json!({"area": "PER", "subject": "le stampe non escono", "requester": {"id": office.people["rosa"]}});
        let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
        let page = format!("/tickets/{}", ticket["number"].as_str().unwrap());
        let similar = office.get("anna", &format!("/api/v1{page}/similar")).await.expect(200);
        let sentence = similar["outages"][0]["sentence"].as_str().unwrap();
        let beside = visit(&office, "anna", "GET", &page, "").await.text();
        assert!(beside.contains("Detto al richiedente") && beside.contains(sentence), "{beside}");
        let form = format!("told={}", people::query_value(&format!("1795433400000 {sentence}")));
        assert_eq!(visit(&office, "anna", "POST", &format!("{page}/reported"), &form).await.status.as_u16(), 303);
        let beside = visit(&office, "anna", "GET", &page, "").await.text();
        assert!(beside.contains("Detto a voce al richiedente") && !beside.contains("Già segnalato?"), "{beside}");
        // The outage that is worked on in a ticket is no news to that ticket.
        let mut worked_on = printing();
        worked_on["ticket"] = ticket["number"].clone();
        office.post("anna", "/api/v1/outages", &worked_on).await.expect(201);
        let similar = office.get("anna", &format!("/api/v1{page}/similar")).await.expect(200);
        assert_eq!(similar["outages"].as_array().unwrap().len(), 1, "only the other one: {similar}");
    }
}
