//! Texts of the area: who writes them, what holds where, what is refused, how they read on a ticket.

use crate::office::{Answer, Office, done};
use crate::world::page;
use serde_json::{Value, json};
use testkit::Backend;

const RECEIPT: &str = "/api/v1/texts/alt.conferma_ricezione/it_tu";

async fn office(db: &Backend) -> Office {
    Office::with(
        db,
        vec![notice::capability(), registry::capability(), privacy::capability()],
    )
    .await
}

fn words(body: &str) -> Value {
    json!({"subject": "[{{ numero }}] Ricevuta", "body": body})
}

async fn put(office: &Office, who: &str, path: &str, body: &Value) -> Answer {
    office.send(who, "PUT", path, &[], body.to_string()).await
}

async fn said(office: &Office, path: &str) -> (String, String) {
    let text = office.get("admin", path).await.expect(200);
    (
        text["origin"].as_str().unwrap().to_owned(),
        text["body"].as_str().unwrap().to_owned(),
    )
}

testkit::both_backends! {
    async fn an_area_says_it_otherwise_then_all_areas_and_else_the_default_holds(db: Backend) {
        let office = office(&db).await;
        let (here, there) = (format!("{RECEIPT}?area=PER"), format!("{RECEIPT}?area=TEC"));
        assert_eq!(said(&office, &here).await.0, "default");
        put(&office, "admin", RECEIPT, &words("Ovunque {{ numero }}")).await.expect(200);
        put(&office, "servizio", &here, &words("Qui {{ numero }}")).await.expect(200);
        assert_eq!(said(&office, &here).await, ("area".to_owned(), "Qui {{ numero }}".to_owned()));
        assert_eq!(said(&office, &there).await, ("everywhere".to_owned(), "Ovunque {{ numero }}".to_owned()));
        let english = RECEIPT.replace("it_tu", "en");
        assert_eq!(said(&office, &english).await.0, "default", "each voice for itself");
        office.send("servizio", "DELETE", &here, &[], "").await.expect(200);
        assert_eq!(said(&office, &here).await.0, "everywhere");
        office.send("admin", "DELETE", RECEIPT, &[], "").await.expect(200);
        assert_eq!(said(&office, &here).await.0, "default");
    }

    async fn every_edition_stays_with_who_and_when_and_with_whom_it_was_agreed(db: Backend) {
        let office = office(&db).await;
        let path = format!("{RECEIPT}?area=PER");
        let agreement = json!({"with": "Direzione", "on": "2026-11-20", "reference": "prot. 12"});
        let agreeing = format!("{RECEIPT}/agreement?area=PER");
        office.post("servizio", &agreeing, &agreement).await.problem(409);
        put(&office, "servizio", &path, &words("Uno")).await.expect(200);
        let agreed = office.post("servizio", &agreeing, &agreement).await.expect(200);
        assert_eq!(agreed["agreed"], agreement);
        office.clock.advance(60);
        let second = put(&office, "admin", &path, &words("Due")).await.expect(200);
        assert!(second.get("agreed").is_none(), "another edition is not agreed yet: {second}");
        let editions = second["editions"].as_array().unwrap();
        assert_eq!((editions.len(), &editions[1]["agreed"]), (2, &agreement));
        assert_eq!(editions[1]["words"]["body"], "Uno");
        assert_eq!(editions[0]["written_by"], office.people["admin"].to_string());
        assert!(editions[0]["written_at"].as_str().unwrap().starts_with("2026-11-23T09:01:0"), "{editions:?}");
        let before = office.events().await;
        put(&office, "admin", &path, &words("Due")).await.expect(200);
        assert_eq!(office.events().await, before, "what it says already makes no edition");
        let wrong = json!({"with": "", "on": "ieri", "reference": "x"});
        let (_, fields) = office.post("servizio", &agreeing, &wrong).await.problem(422);
        assert_eq!(fields, ["with", "on"]);
        let kinds: Vec<_> = [configuration::capability(), catalogue::capability(), people::capability(), ticket::capability(), notice::capability()]
            .into_iter().flat_map(|room| room.records).collect();
        let verified = done(audit::verify(&office.store, &kinds, None, &|_, _| {}).await);
        assert!(verified.first_broken.is_none(), "{verified:?}");
    }

    async fn a_text_that_does_not_hold_is_refused_with_line_and_reason(db: Backend) {
        let office = office(&db).await;
        let refused = |text: Value| {
            let office = &office;
            async move {
                let answer = put(office, "admin", RECEIPT, &text).await;
                let (_, fields) = answer.problem(422);
                (fields, answer.json()["errors"][0]["message"].as_str().unwrap_or_default().to_owned())
            }
        };
        let (fields, told) = refused(words("Riga uno\nCiao {{ cognome }}")).await;
        assert_eq!((fields, told.contains("2: cognome")), (vec!["body".to_owned()], true), "{told}");
        let (_, told) = refused(words("{% if numero %}\nmai chiuso")).await;
        assert!(told.contains("riga 1"), "{told}");
        let (fields, _) = refused(json!({"subject": "{{", "body": ""})).await;
        assert_eq!(fields, ["body", "subject"]);
        let reply = "/api/v1/texts/risposta.mail/it_tu";
        let (_, fields) = put(&office, "admin", reply, &words("Senza il messaggio")).await.problem(422);
        assert_eq!(fields, ["body"]);
        put(&office, "admin", "/api/v1/texts/mai.sentito/it_tu", &words("x")).await.problem(404);
        put(&office, "admin", "/api/v1/texts/risposta.mail/fr", &words("x")).await.problem(404);
        put(&office, "admin", &format!("{RECEIPT}?area=boh"), &words("x")).await.problem(422);
    }

    async fn who_sets_up_an_area_writes_its_texts_and_a_stale_version_is_refused(db: Backend) {
        let office = office(&db).await;
        for who in ["anna", "capo", "rosa"] {
            put(&office, who, RECEIPT, &words("x")).await.problem(403);
            office.get(who, "/api/v1/texts").await.problem(403);
        }
        put(&office, "servizio", RECEIPT, &words("x")).await.problem(403);
        put(&office, "servizio", &format!("{RECEIPT}?area=TEC"), &words("x")).await.problem(403);
        let path = format!("{RECEIPT}?area=PER");
        put(&office, "servizio", &path, &words("x")).await.expect(200);
        let stale = office.send("servizio", "PUT", &path, &[("if-match", "\"0\"")], words("y").to_string()).await;
        stale.problem(412);
        let all = office.get("servizio", "/api/v1/texts?area=PER").await.expect(200);
        assert_eq!(all["items"].as_array().unwrap().len(), 33);
    }

    async fn a_preview_reads_as_the_requester_of_a_real_ticket_would(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let number = ticket.rsplit('/').next().unwrap();
        let body = json!({"ticket": number, "subject": "{{ numero }}", "body": "Ciao {{ nome }}, «{{ oggetto }}» {{ ambito }}"});
        let path = format!("{RECEIPT}/preview?area=PER");
        let read = office.post("servizio", &path, &body).await.expect(200);
        assert_eq!(read, json!({"subject": number, "body": "Ciao rosa, «La stampante non stampa» Personale"}));
        let elsewhere = office.ticket("TEC").await;
        let unseen = json!({"ticket": elsewhere.rsplit('/').next().unwrap(), "subject": "x", "body": "x"});
        let (_, fields) = office.post("servizio", &path, &unseen).await.problem(422);
        assert_eq!(fields, ["ticket"], "what may not be seen does not exist");
    }

    async fn texts_are_written_tried_and_agreed_by_forms(db: Backend) {
        let office = office(&db).await;
        let list = page(&office, "admin", "GET", "/administration/texts", "").await.text();
        assert!(list.contains("Conferma di ricezione") && list.contains("predefinito"), "{list}");
        let own = format!("/administration/texts/alt.conferma_ricezione/it_tu?area={}", office.areas["PER"]);
        let ticket = office.ticket("PER").await;
        let number = ticket.rsplit('/').next().unwrap();
        let tried = page(&office, "servizio", "POST", &own, &format!("version=0&subject=S&body=%7B%7B+nome+%7D%7D+ciao&ticket={number}&do=preview")).await;
        assert!(tried.text().contains("rosa ciao"), "{}", tried.text());
        let wrong = page(&office, "servizio", "POST", &own, "version=0&subject=S&body=%7B%7B+boh+%7D%7D&ticket=").await;
        assert_eq!((wrong.status.as_u16(), wrong.text().contains("riga 1: boh")), (422, true), "{}", wrong.text());
        let saved = page(&office, "servizio", "POST", &own, "version=0&subject=S&body=Nostro&ticket=").await;
        assert_eq!(saved.status.as_u16(), 303, "{}", saved.text());
        let agreement = own.replace("?area", "/agreement?area");
        let agreed = page(&office, "servizio", "POST", &agreement, "version=1&with=Ente&on=2026-11-20&reference=prot.+1").await;
        assert_eq!(agreed.status.as_u16(), 303, "{}", agreed.text());
        let shown = page(&office, "servizio", "GET", &own, "").await.text();
        assert!(shown.contains("Nostro") && shown.contains("prot. 1"), "{shown}");
        let back = page(&office, "servizio", "POST", &own.replace("?area", "/default?area"), "version=2").await;
        assert_eq!(back.status.as_u16(), 303, "{}", back.text());
        assert_eq!(page(&office, "anna", "GET", "/administration/texts", "").await.status.as_u16(), 403);
    }

    async fn texts_that_are_not_sent_by_themselves_are_offered_filled_in_while_one_writes(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let path = format!("/tickets/{}/area-texts", ticket.rsplit('/').next().unwrap());
        let offered = page(&office, "anna", "GET", &path, "").await.expect(200);
        let offered = offered.as_array().unwrap();
        assert_eq!(offered.len(), 6);
        assert!(offered.iter().all(|one| one["text"].as_str().unwrap().starts_with("Ciao rosa,")), "{offered:?}");
        for who in ["rosa", "carla"] {
            assert_eq!(page(&office, who, "GET", &path, "").await.status.as_u16(), 404, "{who}");
        }
    }
}
