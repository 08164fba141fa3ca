//! Opening a ticket over the API, with everything that is known already.

use crate::office::Office;
use serde_json::{Value, json};
use testkit::Backend;

testkit::both_backends! {
    async fn a_call_solved_at_once_is_one_request(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({
            "area": "PER", "subject": "Password scaduta", "description": "Non entra dal mattino",
            "requester": {"email": "mario.rossi@ente.example", "name": "Mario Rossi"}, "channel": "phone",
            "kind": "incident", "category": "Toner", "impact": 3, "urgency": 1, "taken": true,
            "identification": {"requester": {"email": "mario.rossi@ente.example"}, "verified": true},
            "diagnosis": "Scaduta", "solution": "Cambiata", "outcome": {"satisfied": true},
        });
        let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
        assert_eq!((&ticket["state"], &ticket["closed_reason"], &ticket["phase"]), (&json!("closed"), &json!("confirmed"), &json!("closed")));
        assert_eq!((&ticket["priority"], &ticket["kind"], &ticket["channel"]), (&json!(3), &json!("incident"), &json!("phone")));
        for fact in ["taken_at", "identified_at", "diagnosed_at", "classified_at", "solved_at", "confirmed_at", "closed_at"] {
            assert!(ticket["facts"][fact].is_string(), "{fact}: {}", ticket["facts"]);
        }
    }

    async fn a_contact_that_says_what_it_is_stays_new_until_somebody_takes_it(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"area": "PER", "subject": "Disco pieno", "kind": "incident", "impact": 1, "urgency": 2, "channel": "monitoring"});
        let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
        assert_eq!((&ticket["state"], &ticket["priority"], &ticket["kind"]), (&json!("new"), &json!(2), &json!("incident")));
        assert_eq!(ticket["facts"]["taken_at"], Value::Null, "the instant of taking charge is a person's");
        let taken = office.act("bruno", &format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap()), "take", json!({})).await;
        assert_eq!((&taken["state"], &taken["operator"]["id"]), (&json!("taken"), &json!(office.people["bruno"])));
    }

    async fn impact_and_urgency_without_a_kind_are_not_lost_and_classify_nothing(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"area": "PER", "subject": "Urgente", "impact": 1, "urgency": 1, "category": "Toner"});
        let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
        assert_eq!((&ticket["priority"], &ticket["impact"], &ticket["kind"]), (&json!(1), &json!(1), &json!("unknown")));
        assert!(ticket["category"]["id"].is_string());
        assert_eq!(ticket["facts"]["classified_at"], Value::Null);
    }

    async fn an_operator_who_names_no_area_opens_in_their_own(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"subject": "Rete lenta", "requester": {"id": office.people["rosa"]}});
        let ticket = office.post("carla", "/api/v1/tickets", &body).await.expect(201);
        assert_eq!(ticket["area"]["id"], json!(office.areas["TEC"]));
    }

    async fn the_same_requester_is_found_by_each_of_their_keys(db: Backend) {
        let office = Office::open(&db).await;
        let known = json!({"name": "Lia Neri", "email": "Lia.Neri@Ente.Example", "phone": "+39 06 1234 567", "pin": "A77", "external_id": "hr-9"});
        let open = async |requester: Value| {
            let body = json!({"area": "PER", "subject": "Ferie", "requester": requester});
            office.post("anna", "/api/v1/tickets", &body).await.expect(201)["requester"]["id"].clone()
        };
        let first = open(known).await;
        for key in [json!({"email": "lia.neri@ente.example"}), json!({"phone": "+39061234567"}), json!({"pin": "A77"}),
                    json!({"external_id": "hr-9"}), json!({"id": first})] {
            assert_eq!(open(key.clone()).await, first, "{key}");
        }
        assert_ne!(open(json!({"name": "Lia Neri"})).await, first, "a name alone proves nobody");
    }

    async fn a_telephone_without_digits_is_no_telephone(db: Backend) {
        let office = Office::open(&db).await;
        for phone in ["nessuno", "+", "n/a"] {
            let body = json!({"area": "PER", "subject": "x", "requester": {"name": "A", "phone": phone}});
            let (_, fields) = office.post("anna", "/api/v1/tickets", &body).await.problem(422);
            assert_eq!(fields, ["requester.phone"], "{phone}");
        }
    }

    async fn a_first_fact_that_a_rule_refuses_refuses_the_whole(db: Backend) {
        let office = Office::open(&db).await;
        let before = office.events().await;
        let body = json!({"area": "PER", "subject": "x", "requester": {"name": "Ospite"}, "solution": "Fatto"});
        let (code, _) = office.post("anna", "/api/v1/tickets", &body).await.problem(409);
        assert_eq!(code, "SD-054");
        assert_eq!(office.events().await, before, "neither ticket nor guest is left");
        assert_eq!(office.get("anna", "/api/v1/tickets").await.expect(200)["items"], json!([]));
    }

    async fn a_ticket_answers_its_version_and_where_it_is(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"area": "PER", "subject": "x"});
        let answer = office.post("anna", "/api/v1/tickets", &body).await;
        let ticket = answer.expect(201);
        let path = format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap());
        assert_eq!(answer.header("location"), Some(path.as_str()));
        let tag = answer.header("etag").unwrap().to_owned();
        assert_eq!(tag, format!("\"{}\"", ticket["version"]));
        let unchanged = office.send("anna", "GET", &path, &[("if-none-match", &tag)], "").await;
        assert_eq!((unchanged.status.as_u16(), unchanged.bytes.len()), (304, 0));
        office.act("anna", &path, "take", json!({})).await;
        let changed = office.send("anna", "GET", &path, &[("if-none-match", &tag)], "").await;
        assert_ne!(changed.header("etag"), Some(tag.as_str()));
        let stale = office.post_with("anna", &format!("{path}/messages"), &[("if-match", &tag)], &json!({"body": "Ciao"})).await;
        let (code, _) = stale.problem(412);
        assert_eq!((code.as_str(), &stale.json()["current"]["state"]), ("stale", &json!("taken")));
        let now = changed.header("etag").unwrap();
        office.post_with("anna", &format!("{path}/messages"), &[("if-match", now)], &json!({"body": "Ciao"})).await.expect(200);
    }

    async fn changes_of_different_fields_merge(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        office.act("anna", &path, "take", json!({})).await;
        office.act("anna", &path, "classification", json!({"kind": "incident"})).await;
        let both = [json!({"subject": "Stampante ferma"}).to_string(), json!({"impact": 1}).to_string()];
        let [one, two] = both.map(|body| office.send("anna", "PATCH", &path, &[], body));
        let (one, two) = tokio::join!(one, two);
        one.expect(200);
        two.expect(200);
        let ticket = office.get("anna", &path).await.expect(200);
        assert_eq!((&ticket["subject"], &ticket["impact"]), (&json!("Stampante ferma"), &json!(1)));
    }

    async fn statements_are_counted_with_clocks_running(db: Backend) {
        let office = crate::clocks::agreed(&db).await;
        let warm = office.ticket("PER").await;
        office.get("anna", "/api/v1/tickets?limit=1").await.expect(200);
        // Begin and commit are counted too, and on SQLite a look at the last sequence of a group.
        let around = 2;
        let body = json!({"area": "PER", "subject": "Conta", "requester": {"id": office.people["rosa"]}, "kind": "incident"});
        let before = office.store.statements();
        office.post_with("anna", "/api/v1/tickets", &[("idempotency-key", "k1")], &body).await.expect(201);
        let create = office.store.statements() - before - around;
        let before = office.store.statements();
        office.post_with("anna", &format!("{warm}/take"), &[("idempotency-key", "k2")], &json!({})).await.expect(200);
        let act = office.store.statements() - before - around;
        let before = office.store.statements();
        office.post("anna", &format!("{warm}/messages"), &json!({"body": "Buongiorno, ci penso io"})).await.expect(200);
        let reply = office.store.statements() - before - around;
        for _ in 0..3 {
            office.ticket("PER").await;
        }
        let before = office.store.statements();
        office.get("anna", "/api/v1/tickets?limit=2").await.expect(200);
        let list = office.store.statements() - before;
        let before = office.store.statements();
        office.get("anna", "/api/v1/tickets").await.expect(200);
        let short = office.store.statements() - before;
        let before = office.store.statements();
        office.get("anna", &warm).await.expect(200);
        office.get("anna", &format!("{warm}/timeline")).await.expect(200);
        let page = office.store.statements() - before;
        let spent = [("create", create, 8), ("act", act, 8), ("reply", reply, 8), ("list", list, 2), ("short list", short, 2), ("page", page, 9)];
        println!("{spent:?}");
        assert!(spent.iter().all(|(_, spent, most)| spent <= most), "{spent:?}");
    }
}
