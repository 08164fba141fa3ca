//! Rules decide about new tickets in their order, and each ticket says why.

use crate::office::{Office, done};
use serde_json::{Value, json};
use testkit::Backend;

const RULES: &str = "/api/v1/routing-rules";

const DESK: &str = "Sportello Personale";
const BACK: &str = "Retro Personale";

/// An office with somebody in the back office.
async fn office(db: &Backend) -> Office {
    let mut office = Office::with(db, vec![routing::capability()]).await;
    let grant = people::RoleGrant {
        role: people::Role::Operator,
        area: Some(office.areas["PER"]),
    };
    office.hire("retro", &[grant], Some(BACK)).await;
    office
}

/// A group in which nobody is.
async fn empty_group(office: &Office) -> Value {
    let area = office.areas["PER"];
    let made = office.store.write(store::Lane::People, move |tx| {
        Box::pin(async move {
            let author = kernel::Author::system("test");
            people::create_group(tx, &author, "Vuoto", people::GroupKind::BackOffice, Some(area)).await
        })
    });
    json!(done(made.await).0)
}

fn text(office: &Office, name: &str, place: i64, group: &str, more: Value) -> Value {
    let mut text = json!({"name": name, "place": place, "group": office.groups[group]});
    for (field, value) in more.as_object().unwrap() {
        text[field] = value.clone();
    }
    text
}

async fn rule(office: &Office, name: &str, place: i64, group: &str, more: Value) -> Value {
    let body = json!({"area": "PER", "text": text(office, name, place, group, more)});
    office.post("admin", RULES, &body).await.expect(201)
}

async fn opened(office: &Office, subject: &str, more: Value) -> Value {
    let mut body = json!({"area": "PER", "subject": subject, "requester": {"id": office.people["rosa"]}});
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    office.post("anna", "/api/v1/tickets", &body).await.expect(201)
}

async fn why(office: &Office, ticket: &Value) -> Value {
    let path = format!("/api/v1/tickets/{}/routing", ticket["number"].as_str().unwrap());
    office.get("anna", &path).await.expect(200)
}

fn missed(why: &Value) -> Vec<(String, Option<String>)> {
    let trials = why["trials"].as_array().unwrap().iter();
    trials
        .map(|trial| {
            (
                trial["name"].as_str().unwrap().to_owned(),
                trial["missed"].as_str().map(str::to_owned),
            )
        })
        .collect()
}

fn some(trials: &[(&str, Option<&str>)]) -> Vec<(String, Option<String>)> {
    let own = |(name, missed): &(&str, Option<&str>)| ((*name).to_owned(), missed.map(str::to_owned));
    trials.iter().map(own).collect()
}

testkit::both_backends! {
    async fn sd_018_the_first_rule_that_holds_decides_and_else_the_default_group(db: Backend) {
        let office = office(&db).await;
        let before = opened(&office, "Bando di gara", json!({})).await;
        rule(&office, "PEC", 10, BACK, json!({"channels": ["pec"]})).await;
        let tender = rule(&office, "Gare", 20, BACK, json!({"words": ["Band", "gara"]})).await;
        let hit = opened(&office, "Il bando non si apre", json!({})).await;
        assert_eq!(hit["group"]["id"], json!(office.groups[BACK]), "{hit}");
        let told = why(&office, &hit).await;
        assert_eq!((&told["rule"], &told["group"]), (&tender["id"], &json!(office.groups[BACK])));
        assert_eq!(missed(&told), some(&[("PEC", Some("channel")), ("Gare", None)]));
        let miss = opened(&office, "La stampante", json!({"channel": "email"})).await;
        assert_eq!(miss["group"]["id"], json!(office.groups[DESK]));
        let told = why(&office, &miss).await;
        assert_eq!((&told["rule"], missed(&told)), (&json!(null), some(&[("PEC", Some("channel")), ("Gare", Some("words"))])));
        let told = why(&office, &before).await;
        assert_eq!((&told["rule"], told["trials"].as_array().unwrap().len()), (&json!(null), 0), "there were no rules then");
        assert_eq!(told["group"], json!(office.groups[DESK]));
    }

    async fn a_decision_is_explained_by_the_rules_as_they_stood_then(db: Backend) {
        let office = office(&db).await;
        let made = rule(&office, "Gare", 10, BACK, json!({"words": ["gara"]})).await;
        let ticket = opened(&office, "Una gara", json!({})).await;
        office.clock.advance(60);
        let path = format!("{RULES}/{}", made["id"].as_str().unwrap());
        let other = json!({"text": text(&office, "Concorsi", 10, BACK, json!({"words": ["concors"]}))});
        let changed = office.send("admin", "PATCH", &path, &[], other.to_string()).await.expect(200);
        assert_eq!(changed["edition"], 2);
        let told = why(&office, &ticket).await;
        assert_eq!((missed(&told), &told["trials"][0]["edition"]), (some(&[("Gare", None)]), &json!(1)));
        let next = opened(&office, "Una gara", json!({})).await;
        assert_eq!(missed(&why(&office, &next).await), some(&[("Concorsi", Some("words"))]));
        office.clock.advance(60);
        office.send("admin", "PATCH", &path, &[], json!({"active": false}).to_string()).await.expect(200);
        let last = opened(&office, "Un concorso", json!({})).await;
        assert_eq!(last["group"]["id"], json!(office.groups[DESK]), "a closed rule decides nothing");
        assert_eq!(why(&office, &last).await["trials"], json!([]));
        assert_eq!(missed(&why(&office, &ticket).await), some(&[("Gare", None)]), "the past stays");
    }

    async fn sd_050_a_ticket_that_comes_from_elsewhere_is_routed_by_the_rules_there(db: Backend) {
        let office = office(&db).await;
        rule(&office, "Gare", 10, BACK, json!({"words": ["stampante"]})).await;
        let ticket = office.ticket("TEC").await;
        let moved = office.act("carla", &ticket, "reroute", json!({"area": "PER", "reason": "È loro"})).await;
        assert_eq!(moved["group"]["id"], json!(office.groups[BACK]));
        let told = office.get("anna", &format!("{ticket}/routing")).await.expect(200);
        assert_eq!((missed(&told), &told["area"]), (some(&[("Gare", None)]), &json!(office.areas["PER"])));
    }

    async fn a_rule_that_could_never_hold_is_refused_naming_what_stands_in_its_way(db: Backend) {
        let office = office(&db).await;
        let wide = rule(&office, "Tutta la posta", 20, BACK, json!({"channels": ["email", "pec"]})).await;
        let nobody = json!({"name": "Altro", "place": 30, "group": empty_group(&office).await});
        let cases = [
            (text(&office, "PEC", 30, BACK, json!({"channels": ["pec"]})), "place"),
            (text(&office, "Tutto", 10, BACK, json!({})), "place"),
            (text(&office, "Altro", 20, BACK, json!({})), "place"),
            (text(&office, "Altro", 0, BACK, json!({})), "place"),
            (text(&office, " tutta la POSTA ", 30, BACK, json!({})), "name"),
            (text(&office, "", 30, BACK, json!({})), "name"),
            (text(&office, "Altro", 30, "Sistemi", json!({})), "group"),
            (text(&office, "Altro", 30, BACK, json!({"channels": ["piccione"]})), "channels"),
            (text(&office, "Altro", 30, BACK, json!({"words": ["un"]})), "words"),
            (text(&office, "Altro", 30, BACK, json!({"words": ["due parole"]})), "words"),
            (text(&office, "Altro", 30, BACK, json!({"categories": [office.people["rosa"]]})), "categories"),
            (text(&office, "Altro", 30, BACK, json!({"valid_from": "2026-12-02", "valid_until": "2026-12-01"})), "valid_until"),
            (json!({"name": "Altro", "place": 30}), "group"),
            (nobody, "group"),
        ];
        let events = office.events().await;
        for (text, field) in cases {
            let (_, fields) = office.post("admin", RULES, &json!({"area": "PER", "text": text})).await.problem(422);
            assert_eq!(fields, [field], "{text}");
        }
        assert_eq!(office.events().await, events, "what was refused left nothing");
        let path = format!("{RULES}/{}", wide["id"].as_str().unwrap());
        office.send("admin", "PATCH", &path, &[], json!({"active": false}).to_string()).await.expect(200);
        rule(&office, "Tutto", 10, BACK, json!({})).await;
        let (_, fields) = office.send("admin", "PATCH", &path, &[], json!({"active": true}).to_string()).await.problem(422);
        assert_eq!(fields, ["place"], "it would be hidden now");
    }

    async fn a_group_that_was_closed_is_passed_over(db: Backend) {
        let office = office(&db).await;
        rule(&office, "Gare", 10, BACK, json!({"words": ["gara"]})).await;
        let id = office.groups[BACK];
        let closed = office.store.write(store::Lane::People, move |tx| Box::pin(async move {
            let mut group = tx.load::<people::Group>(id).await?;
            let change = people::GroupChange { name: None, active: Some(false) };
            people::change_group(tx, &kernel::Author::system("test"), &mut group, change).await
        }));
        done(closed.await);
        let ticket = opened(&office, "Una gara", json!({})).await;
        assert_eq!(ticket["group"]["id"], json!(office.groups[DESK]));
        assert_eq!(missed(&why(&office, &ticket).await), some(&[("Gare", Some("group_closed"))]));
    }

    async fn a_rehearsal_tells_what_would_have_happened_and_saves_nothing(db: Backend) {
        let office = office(&db).await;
        for subject in ["Una gara", "La gara", "La stampante"] {
            opened(&office, subject, json!({})).await;
        }
        let events = office.events().await;
        let draft = json!({"area": "PER", "text": text(&office, "Gare", 10, BACK, json!({"words": ["gara"]}))});
        let would = office.post("admin", "/api/v1/routing-rehearsals", &draft).await.expect(200);
        assert_eq!((&would["tickets"], &would["decided"], &would["moved"]), (&json!(3), &json!(2), &json!(2)));
        assert_eq!(would["moves"], json!([{"from": office.groups[DESK], "to": office.groups[BACK], "tickets": 2}]));
        assert_eq!(would["examples"][0]["subject"], "La gara");
        assert_eq!(office.events().await, events);
        let made = rule(&office, "Gare", 10, BACK, json!({"words": ["gara"]})).await;
        let same = json!({"area": "PER", "rule": made["id"], "text": text(&office, "Gare", 10, BACK, json!({"words": ["gara"]}))});
        let would = office.post("admin", "/api/v1/routing-rehearsals", &same).await.expect(200);
        assert_eq!((&would["decided"], &would["moved"]), (&json!(2), &json!(0)));
        let (_, fields) = office.post("admin", "/api/v1/routing-rehearsals", &draft).await.problem(422);
        assert_eq!(fields, ["place"], "its place is another rule's");
    }

    async fn the_same_rule_sent_again_is_added_once_and_late_changes_read_what_it_is_now(db: Backend) {
        let office = office(&db).await;
        let body = json!({"area": "PER", "text": text(&office, "Gare", 10, BACK, json!({"words": ["gara"]}))});
        let key = [("idempotency-key", "regola")];
        let made = office.post_with("admin", RULES, &key, &body).await.expect(201);
        assert_eq!(office.post_with("admin", RULES, &key, &body).await.expect(201), made);
        let path = format!("{RULES}/{}", made["id"].as_str().unwrap());
        let tag = [("if-match", "\"1\"")];
        let change = json!({"active": false}).to_string();
        let closed = office.send("admin", "PATCH", &path, &tag, change.clone()).await.expect(200);
        let late = office.send("admin", "PATCH", &path, &tag, change).await.expect(412);
        assert_eq!(late["current"], closed);
        assert_eq!(office.get("admin", RULES).await.expect(200)["items"], json!([closed]));
    }
}
