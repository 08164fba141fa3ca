//! What a requester does not see, by whatever way they look.

use crate::office::Office;
use people::{Role, RoleGrant};
use serde_json::json;
use testkit::Backend;

testkit::both_backends! {
    async fn a_requester_sees_only_what_is_theirs(db: Backend) {
        let mut office = Office::open(&db).await;
        office.hire("ugo", &[RoleGrant { role: Role::Requester, area: None }], None).await;
        let ticket = office.ticket("PER").await;
        for path in ["", "/timeline", "/attachments", "/clocks"] {
            office.get("ugo", &format!("{ticket}{path}")).await.problem(404);
        }
        office.post("ugo", &format!("{ticket}/messages"), &json!({"body": "Chi sei?"})).await.problem(404);
        for query in ["", "?q=stampante", "?requester=me", "?area=PER", "?open=true", "?updated_since=2020-01-01T00:00:00Z"] {
            let seen = office.get("ugo", &format!("/api/v1/tickets{query}")).await.expect(200);
            assert_eq!(seen["items"], json!([]), "{query}");
            let own = office.get("rosa", &format!("/api/v1/tickets{query}")).await.expect(200);
            assert_eq!(own["items"].as_array().unwrap().len(), 1, "{query}");
        }
        office.get("ugo", "/api/v1/events").await.problem(403);
    }

    async fn internal_words_are_found_nowhere_by_the_requester(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "messages", json!({"body": "nota segretissima", "visibility": "internal"})).await;
        office.act("anna", &ticket, "diagnosis", json!({"diagnosis": "diagnosi segretissima"})).await;
        office.act("anna", &ticket, "registration", json!({"reason": "motivo segretissimo"})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident", "priority": 1, "reason": "scelta segretissima"})).await;
        let sent = office.act("anna", &ticket, "assignments", json!({"group": "Sistemi", "note": "richiesta segretissima"})).await;
        let part = sent["assignments"][0]["id"].as_str().unwrap().to_owned();
        office.act("sara", &ticket, &format!("assignments/{part}/return"), json!({"reason": "ritorno segretissimo"})).await;
        office.act("anna", &ticket, "pause", json!({"reason": "supplier", "note": "attesa segretissima"})).await;
        office.act("anna", &ticket, "resumption", json!({})).await;
        let other = office.ticket("PER").await;
        office.act("anna", &other, "reroute", json!({"area": "TEC", "reason": "cambio segretissimo"})).await;
        let timeline = office.get("rosa", &format!("{other}/timeline")).await;
        assert!(timeline.text().contains("ticket.rerouted") && !timeline.text().contains("segretissim"), "{}", timeline.text());
        let paused = office.get("rosa", &format!("{ticket}/timeline")).await.text();
        assert!(paused.contains("ticket.paused") && paused.contains("supplier"), "the coded reason is told: {paused}");
        assert!(office.get("anna", &format!("{ticket}/timeline")).await.text().contains("attesa segretissima"));
        for path in ["", "/timeline", "/attachments"] {
            let seen = office.get("rosa", &format!("{ticket}{path}")).await;
            assert_eq!(seen.status.as_u16(), 200);
            assert!(!seen.text().contains("segretissim"), "{path}: {}", seen.text());
        }
        office.get("rosa", &format!("{ticket}/clocks")).await.problem(403);
        let count = async |who: &str| {
            office.get(who, "/api/v1/tickets?q=segretissima").await.expect(200)["items"].as_array().unwrap().len()
        };
        assert_eq!((count("anna").await, count("rosa").await), (1, 0));
        let told = office.post("rosa", &format!("{ticket}/messages"), &json!({"body": "Novità?"})).await.expect(200);
        assert_eq!((&told["assignments"], &told["external_ref"]), (&json!([]), &json!(null)), "an answer to an act tells no more");
        let stale = office.post_with("rosa", &format!("{ticket}/messages"), &[("if-match", "\"1\"")], &json!({"body": "x"})).await;
        stale.problem(412);
        assert_eq!(stale.json()["current"]["assignments"], json!([]));
    }

    async fn whose_request_goes_on_in_anothers_is_not_told_which(db: Backend) {
        let mut office = Office::open(&db).await;
        office.hire("ugo", &[RoleGrant { role: Role::Requester, area: None }], None).await;
        let (mine, own) = (office.ticket("PER").await, office.ticket("PER").await);
        let theirs = json!({"area": "PER", "subject": "La stampante di Ugo", "requester": {"id": office.people["ugo"]}});
        let theirs = office.post("anna", "/api/v1/tickets", &theirs).await.expect(201);
        let number = theirs["number"].as_str().unwrap();
        office.act("anna", &mine, "link", json!({"kind": "related", "to": number})).await;
        office.act("anna", &mine, "merge", json!({"into": number})).await;
        for path in ["", "/timeline"] {
            let seen = office.get("rosa", &format!("{mine}{path}")).await.text();
            assert!(!seen.contains(number) && !seen.contains(theirs["id"].as_str().unwrap()), "{path}: {seen}");
            assert!(office.get("anna", &format!("{mine}{path}")).await.text().contains(number), "the desk reads it");
        }
        assert!(office.get("rosa", &format!("{mine}/timeline")).await.text().contains("ticket.merged_into"), "that it goes on stays");
        let mine = office.ticket("PER").await;
        let into = own.rsplit('/').next().unwrap();
        office.act("anna", &mine, "merge", json!({"into": into})).await;
        let seen = office.get("rosa", &mine).await.expect(200);
        assert_eq!(seen["merged_into"]["number"], into, "into a request of one's own: told");
        assert!(office.get("rosa", &format!("{mine}/timeline")).await.text().contains(into));
    }

    async fn an_answer_to_an_act_names_no_other_ticket(db: Backend) {
        let office = Office::open(&db).await;
        let (mine, other) = (office.ticket("PER").await, office.ticket("PER").await);
        office.act("anna", &mine, "link", json!({"kind": "related", "to": other.rsplit('/').next().unwrap()})).await;
        let told = office.act("rosa", &mine, "messages", json!({"body": "Novità?"})).await;
        assert_eq!(told["links"], json!([]));
        let seen = office.get("rosa", &mine).await.expect(200);
        assert_eq!(seen["links"].as_array().unwrap().len(), 1, "one's own is seen");
    }

    async fn whoever_reads_notes_in_one_area_does_not_find_those_on_their_own_request_in_another(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"area": "TEC", "subject": "Il mio portatile", "requester": {"id": office.people["anna"]}});
        let ticket = office.post("carla", "/api/v1/tickets", &body).await.expect(201);
        let ticket = format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap());
        office.act("carla", &ticket, "messages", json!({"body": "nota segretissima", "visibility": "internal"})).await;
        assert!(!office.get("anna", &format!("{ticket}/timeline")).await.text().contains("segretissima"));
        let found = office.get("anna", "/api/v1/tickets?q=segretissima").await.expect(200);
        assert_eq!(found["items"], json!([]));
        let found = office.get("anna", "/api/v1/tickets?q=portatile").await.expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1);
    }
}
