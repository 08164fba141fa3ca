//! Who asks, held against registries: what is seen, what is told, and that nobody waits for it.

use crate::desk::{STAFF, follow, open, person, register, source, ticket, told, work};
use crate::directory::{BASE, Directory};
use crate::office::done;
use kernel::Uuid;
use serde_json::{Value, json};
use testkit::Backend;

const MARIO: &str = "m.rossi@ente.example";

testkit::both_backends! {
    async fn sd_042_what_differs_is_found_field_by_field_and_nobody_waits(db: Backend) {
        let office = open(&db).await;
        let personale = register(&office, "PER", "Personale", STAFF).await;
        person(&office, json!({"name": "Mario Rossi", "email": MARIO, "phone": "06 9999", "office": "stanza 12"})).await;
        let (mario, _) = ticket(&office, "PER", "email", json!({"email": MARIO})).await;
        follow(&office).await;
        assert_eq!(work(&office).await, Vec::<String>::new());
        let seen = office.get("anna", &mario).await.expect(200);
        assert_eq!(seen["discrepancies"], json!(["phone"]));
        let checked = told(&office, &mario, "ticket.data_checked").await;
        assert_eq!(checked.len(), 1);
        assert_eq!(checked[0]["checks"], json!([{"source": personale, "standing": "discrepant", "fields": ["phone"]}]));
        assert!(!checked[0].to_string().contains("4761"), "no value stands in an event");
        follow(&office).await;
        work(&office).await;
        assert_eq!(told(&office, &mario, "ticket.data_checked").await.len(), 1, "what is so already is not told again");
    }

    async fn sd_040_known_in_another_area_unknown_in_this_one_is_shown_as_such(db: Backend) {
        let office = open(&db).await;
        register(&office, "PER", "Personale", STAFF).await;
        let fornitori = "Matricola;Nominativo;Posta;Telefono;Ufficio\n9;Ditta;ditta@altrove.example;06 8;\n";
        register(&office, "TEC", "Fornitori", fornitori).await;
        person(&office, json!({"name": "Ditta", "email": "ditta@altrove.example"})).await;
        person(&office, json!({"name": "Nessuno", "email": "nessuno@altrove.example"})).await;
        for (email, standings) in [("ditta@altrove.example", vec!["absent", "elsewhere"]), ("nessuno@altrove.example", vec!["absent"])] {
            let (path, id) = ticket(&office, "PER", "email", json!({"email": email})).await;
            done(registry::check(&office.store, id).await);
            let checked = told(&office, &path, "ticket.data_checked").await;
            let found: Vec<&str> = checked[0]["checks"].as_array().unwrap().iter().map(|one| one["standing"].as_str().unwrap()).collect();
            assert_eq!(found, standings, "{email}");
        }
    }

    async fn sd_043_a_discrepancy_is_told_over_the_channel_of_the_request_and_not_twice(db: Backend) {
        let office = open(&db).await;
        register(&office, "PER", "Personale", STAFF).await;
        let area = office.areas["PER"];
        let words = json!({"discrepancy_text": "Controlla: {campi}. Grazie."});
        office.send("admin", "PATCH", &format!("/api/v1/areas/{area}/parameters"), &[], words.to_string()).await.expect(200);
        person(&office, json!({"name": "Mario Rossi", "email": MARIO, "phone": "06 9999", "office": "Stanza 1"})).await;
        let (first, id) = ticket(&office, "PER", "email", json!({"email": MARIO})).await;
        let notice = |path: &str| format!("{path}/discrepancy-notice");
        assert_eq!(office.post("anna", &notice(&first), &json!({})).await.problem(409).0, "SD-043", "before anything was found");
        done(registry::check(&office.store, id).await);
        office.post("anna", &notice(&first), &json!({})).await.expect(200);
        let said = told(&office, &first, "ticket.message_added").await;
        assert_eq!((&said[0]["body"], &said[0]["visibility"]), (&json!("Controlla: telefono, ufficio. Grazie."), &json!("public")));
        let notices = told(&office, &first, "ticket.discrepancy_notified").await;
        assert_eq!(notices, [json!({"fields": ["phone", "office"], "how": "message"})]);
        let (second, id) = ticket(&office, "PER", "phone", json!({"email": MARIO})).await;
        done(registry::check(&office.store, id).await);
        assert_eq!(office.post("anna", &notice(&second), &json!({})).await.problem(409).0, "SD-043", "told lately, on another ticket");
        office.clock.advance(31 * 86_400);
        office.post("anna", &notice(&second), &json!({})).await.expect(200);
        assert_eq!(told(&office, &second, "ticket.discrepancy_notified").await, [json!({"fields": ["phone", "office"], "how": "voice"})]);
        assert!(told(&office, &second, "ticket.message_added").await.is_empty(), "nothing is written to somebody who is on the line");
    }

    async fn a_directory_that_is_silent_is_seen_and_holds_nothing_up(db: Backend) {
        let office = open(&db).await;
        let mut directory = Directory::open();
        let text = json!({"name": "Direttorio", "kind": "directory", "url": directory.url(), "base": BASE, "mapping": {"email": "mail", "name": "cn"}});
        let id = source(&office, Some("PER"), text).await;
        let source_id: Uuid = id.parse().unwrap();
        directory.stop();
        person(&office, json!({"name": "Mario Rossi", "email": MARIO})).await;
        let (mario, ticket_id) = ticket(&office, "PER", "email", json!({"email": MARIO})).await;
        follow(&office).await;
        assert_eq!(work(&office).await.len(), 1, "the job says so");
        let health = done(registry::health(office.store.read()).await);
        assert!(health[&source_id].is_down(), "{health:?}");
        office.act("anna", &mario, "take", json!({})).await;
        office.act("anna", &mario, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &mario, "solution", json!({"solution": "Fatto"})).await;
        directory.resume();
        done(registry::check(&office.store, ticket_id).await);
        let health = done(registry::health(office.store.read()).await);
        assert!(health[&source_id].answered_at.is_some(), "{health:?}");
        assert_eq!(told(&office, &mario, "ticket.data_checked").await[0]["checks"][0]["standing"], "congruent");
    }

    async fn what_came_from_where_and_when_is_kept_and_forgotten_with_the_person(db: Backend) {
        let office = open(&db).await;
        let personale = register(&office, "PER", "Personale", STAFF).await;
        let mario = person(&office, json!({"name": "Mario Rossi", "email": MARIO, "phone": "06 9999"})).await;
        let (_, id) = ticket(&office, "PER", "email", json!({"email": MARIO})).await;
        let before = office.clock.now();
        done(registry::check(&office.store, id).await);
        let who: Uuid = mario.parse().unwrap();
        let found = done(registry::found_of(office.store.read(), who).await);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].source.to_string(), personale);
        assert!(found[0].seen_at >= before && found[0].seen_at <= office.clock.now());
        let frame = ui::Frame::new(i18n::Language::It, "");
        let origins = people::origins(&office.app(), &frame, who).await;
        let differs: Vec<&str> = origins[0].lines.iter().filter(|line| line.differs).map(|line| line.label.as_str()).collect();
        assert_eq!((origins[0].source.as_str(), differs), ("Personale", vec!["Telefono"]));
        office.post("dpo", &format!("/api/v1/people/{mario}/erasure"), &json!({"reason": "art. 17"})).await.expect(201);
        assert!(done(registry::found_of(office.store.read(), who).await).is_empty());
        assert_eq!(crate::desk::tried(&office, &personale, json!({"email": MARIO})).await, Value::Null, "the row of the file too");
        assert!(crate::desk::tried(&office, &personale, json!({"external_id": "1002"})).await != Value::Null);
    }
}
