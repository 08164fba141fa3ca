//! What sets rules off, what they do and what keeps them from it.

use crate::office::{Office, done};
use serde_json::{Value, json};
use store::{JobQueue, Sql};
use testkit::Backend;

const RULES: &str = "/api/v1/automation-rules";
const BACK: &str = "Retro Personale";

/// An office with somebody in the back office.
async fn office(db: &Backend) -> Office {
    let mut office = Office::with(db, vec![automation::capability()]).await;
    let grant = people::RoleGrant {
        role: people::Role::Operator,
        area: Some(office.areas["PER"]),
    };
    office.hire("retro", &[grant], Some(BACK)).await;
    office
}

fn text(name: &str, place: i64, more: Value) -> Value {
    let mut text = json!({"name": name, "place": place, "on": "opened", "deeds": {"note": format!("Da {name}")}});
    for (field, value) in more.as_object().unwrap() {
        text[field] = value.clone();
    }
    text
}

async fn rule(office: &Office, name: &str, place: i64, more: Value) -> Value {
    let body = json!({"area": "PER", "text": text(name, place, more)});
    let made = office.post("admin", RULES, &body).await.expect(201);
    office.store.note_listed_change();
    made
}

async fn change(office: &Office, rule: &Value, body: Value) -> Value {
    let path = format!("{RULES}/{}", rule["id"].as_str().unwrap());
    let changed = office
        .send("admin", "PATCH", &path, &[], body.to_string())
        .await
        .expect(200);
    office.store.note_listed_change();
    changed
}

/// A calendar of all: Monday to Friday, nine to six in Italy.
async fn calendar(office: &Office) -> kernel::Uuid {
    let add = office.store.write(store::Lane::People, |tx| {
        Box::pin(async move {
            let text = service_level::CalendarText::office("Ufficio".to_owned());
            service_level::add_calendar(tx, &kernel::Author::system("test"), None, text).await
        })
    });
    done(add.await).id
}

async fn opened(office: &Office, more: Value) -> String {
    let mut body = json!({"area": "PER", "subject": "Una domanda", "requester": {"id": office.people["rosa"]}});
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    let made = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
    format!("/api/v1/tickets/{}", made["number"].as_str().unwrap())
}

/// What a node does by itself: reads the journal, and does the work that is due, each job twice, since a job may run twice.
async fn pass(office: &Office) {
    // On PostgreSQL the journal is told only up to the oldest transaction of the whole server, other tests' too.
    for _ in 0..400 {
        while done(automation::read_on(&office.store).await) > 0 {}
        let behind = "SELECT COUNT(*) FROM event WHERE seq > (SELECT seq FROM automation_reader WHERE name = 'rules')";
        let row = done(office.store.read().row(behind, vec![]).await).unwrap();
        if done(row.get::<i64>(0)) == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let queue = JobQueue::new(office.store.clone(), "uno");
    let handlers: Vec<_> = [automation::capability(), ticket::capability()]
        .into_iter()
        .flat_map(|room| room.jobs)
        .collect();
    loop {
        let claimed = done(queue.claim(8).await);
        if claimed.is_empty() {
            return;
        }
        for job in claimed {
            let handler = handlers.iter().find(|handler| handler.kind == job.kind).unwrap();
            for _ in 0..2 {
                done((handler.run)(office.app(), job.payload.clone()).await);
            }
            done(queue.done(job.id).await);
        }
    }
}

async fn timeline(office: &Office, ticket: &str) -> Vec<Value> {
    let told = office
        .get("admin", &format!("{ticket}/timeline?limit=200"))
        .await
        .expect(200);
    told["items"].as_array().unwrap().clone()
}

/// The names of the rules that acted on a ticket, in order.
async fn acted(office: &Office, ticket: &str) -> Vec<String> {
    let told = timeline(office, ticket).await;
    let by_rule = told.iter().filter(|entry| entry["type"] == "ticket.automated");
    by_rule
        .map(|entry| entry["data"]["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn outcomes(office: &Office, rule: &Value) -> Vec<String> {
    let path = format!("{RULES}/{}/runs", rule["id"].as_str().unwrap());
    let runs = office.get("admin", &path).await.expect(200);
    let runs = runs["items"].as_array().unwrap();
    runs.iter()
        .map(|run| run["outcome"].as_str().unwrap().to_owned())
        .collect()
}

testkit::both_backends! {
    async fn what_happens_sets_rules_off_in_their_order_and_the_ticket_tells_which(db: Backend) {
        let office = office(&db).await;
        let before = opened(&office, json!({})).await;
        rule(&office, "Seconda", 20, json!({})).await;
        let first = rule(&office, "Prima", 10, json!({"channels": ["email"], "deeds": {
            "note": "Da guardare", "reply": "La stiamo guardando."}})).await;
        let phone = opened(&office, json!({"channel": "phone"})).await;
        let mail = opened(&office, json!({"channel": "email"})).await;
        pass(&office).await;
        assert_eq!(acted(&office, &before).await, [""; 0], "what happened before sets nothing off");
        assert_eq!(acted(&office, &phone).await, ["Seconda"]);
        assert_eq!(acted(&office, &mail).await, ["Prima", "Seconda"]);
        assert_eq!(outcomes(&office, &first).await, ["done"]);
        let ticket = office.get("admin", &mail).await.expect(200);
        assert_eq!(ticket["facts"]["first_reply_at"], Value::Null, "a first reply is a person's");
        let told = timeline(&office, &mail).await;
        let said: Vec<_> = told.iter().filter(|entry| entry["type"] == "ticket.message_added").collect();
        assert_eq!(said.iter().map(|entry| &entry["data"]["body"]).collect::<Vec<_>>(), ["Da guardare", "La stiamo guardando.", "Da Seconda"]);
        assert!(said.iter().all(|entry| entry["via"] == "rule" && entry["actor"].is_null()));
    }

    async fn im_011_a_rule_is_the_reason_of_a_priority_and_passes_the_ticket_on(db: Backend) {
        let office = office(&db).await;
        let wanted = json!({"on": "classified", "kinds": ["incident"], "deeds": {"priority": 1, "group": office.groups["Sistemi"]}});
        let made = rule(&office, "Incidenti", 10, wanted).await;
        let (incident, question) = (opened(&office, json!({})).await, opened(&office, json!({})).await);
        for (ticket, kind) in [(&incident, "incident"), (&question, "information")] {
            office.act("anna", ticket, "take", json!({})).await;
            office.act("anna", ticket, "classification", json!({"kind": kind})).await;
        }
        pass(&office).await;
        let ticket = office.get("admin", &incident).await.expect(200);
        assert_eq!((&ticket["priority"], &ticket["state"]), (&json!(1), &json!("level2_work")), "{ticket}");
        let told = timeline(&office, &incident).await;
        let again = told.iter().rfind(|entry| entry["type"] == "ticket.classified").unwrap();
        assert_eq!(again["data"]["override_reason"], "Incidenti");
        assert_eq!(acted(&office, &question).await, [""; 0]);
        assert_eq!(outcomes(&office, &made).await, ["done"]);
    }

    async fn what_does_not_happen_in_time_sets_a_rule_off_and_what_does_prevents_it(db: Backend) {
        let office = office(&db).await;
        let reminder = rule(&office, "Nessuno la prende", 10, json!({"after_minutes": 30, "unless": ["taken", "closed"]})).await;
        let (left, taken) = (opened(&office, json!({})).await, opened(&office, json!({})).await);
        pass(&office).await;
        office.clock.advance(29 * 60);
        office.act("anna", &taken, "take", json!({})).await;
        pass(&office).await;
        assert_eq!(acted(&office, &left).await, [""; 0], "half an hour has not passed");
        office.clock.advance(60);
        pass(&office).await;
        assert_eq!(acted(&office, &left).await, ["Nessuno la prende"]);
        assert_eq!(acted(&office, &taken).await, [""; 0]);
        let mut what = outcomes(&office, &reminder).await;
        what.sort();
        assert_eq!(what, ["done", "prevented"]);
    }

    async fn minutes_run_in_the_hours_of_a_calendar(db: Backend) {
        let office = office(&db).await;
        let calendar = calendar(&office).await;
        rule(&office, "In orario", 10, json!({"after_minutes": 60, "hours": calendar})).await;
        // The office opens on Monday, 23 November 2026, at ten in Rome; at six in the evening it closes.
        office.clock.advance(7 * 3600 + 30 * 60);
        let late = opened(&office, json!({})).await;
        pass(&office).await;
        office.clock.advance(12 * 3600);
        pass(&office).await;
        assert_eq!(acted(&office, &late).await, [""; 0], "half an hour in the evening, and the night");
        office.clock.advance(4 * 3600);
        pass(&office).await;
        assert_eq!(acted(&office, &late).await, ["In orario"]);
    }

    async fn rules_do_not_chase_one_another_and_come_to_rest(db: Backend) {
        let office = office(&db).await;
        rule(&office, "Risposta", 10, json!({"on": "requester_wrote", "deeds": {"reply": "Ricevuto."}})).await;
        let again = rule(&office, "Ancora", 20, json!({"on": "desk_wrote", "deeds": {"note": "Risposto."}})).await;
        let ticket = opened(&office, json!({})).await;
        for _ in 0..4 {
            office.act("rosa", &ticket, "messages", json!({"body": "Sono via fino a lunedì."})).await;
            pass(&office).await;
        }
        assert_eq!(acted(&office, &ticket).await, ["Risposta"; 3], "what a rule says sets none off, and thrice an hour is enough");
        assert_eq!(outcomes(&office, &again).await, [""; 0]);
        office.clock.advance(3600);
        office.act("rosa", &ticket, "messages", json!({"body": "Sono tornata."})).await;
        pass(&office).await;
        assert_eq!(acted(&office, &ticket).await.len(), 4);
    }

    async fn a_rule_acts_as_it_stands_then_and_not_at_all_once_closed(db: Backend) {
        let office = office(&db).await;
        let one = rule(&office, "Cambia", 10, json!({"after_minutes": 10})).await;
        let other = rule(&office, "Chiude", 20, json!({"after_minutes": 10})).await;
        let ticket = opened(&office, json!({})).await;
        pass(&office).await;
        change(&office, &one, json!({"text": text("Cambiata", 10, json!({"after_minutes": 10}))})).await;
        change(&office, &other, json!({"active": false})).await;
        office.clock.advance(600);
        pass(&office).await;
        assert_eq!(acted(&office, &ticket).await, ["Cambiata"]);
        let told = timeline(&office, &ticket).await;
        let by = told.iter().find(|entry| entry["type"] == "ticket.automated").unwrap();
        assert_eq!((&by["data"]["edition"], &by["data"]["cause"]), (&json!(2), &json!(1)));
    }

    async fn what_the_ticket_does_not_allow_is_not_done_by_halves(db: Backend) {
        let office = office(&db).await;
        let wanted = json!({"on": "closed", "deeds": {"note": "Chiuso", "group": office.groups[BACK]}});
        let made = rule(&office, "Tardi", 10, wanted).await;
        let ticket = opened(&office, json!({})).await;
        office.act("anna", &ticket, "cancellation", json!({"reason": "Doppione"})).await;
        let ended = opened(&office, json!({})).await;
        office.act("rosa", &ended, "closure", json!({"reason": "withdrawn"})).await;
        pass(&office).await;
        assert_eq!(outcomes(&office, &made).await, ["refused"]);
        assert_eq!(acted(&office, &ended).await, [""; 0]);
        let path = format!("{RULES}/{}/runs", made["id"].as_str().unwrap());
        let runs = office.get("admin", &path).await.expect(200);
        assert!(runs["items"][0]["refusal"].as_str().is_some_and(|code| !code.is_empty()), "{runs}");
    }

    async fn a_draft_is_tried_on_tickets_as_they_were_and_changes_nothing(db: Backend) {
        let office = office(&db).await;
        let (left, taken) = (opened(&office, json!({})).await, opened(&office, json!({})).await);
        office.clock.advance(600);
        office.act("anna", &taken, "take", json!({})).await;
        office.clock.advance(3600);
        office.act("anna", &left, "take", json!({})).await;
        let fresh = opened(&office, json!({})).await;
        let draft = json!({"area": "PER", "text": text("Prova", 10, json!({"after_minutes": 30, "unless": ["taken"]}))});
        let would = office.post("admin", "/api/v1/automation-rehearsals", &draft).await.expect(200);
        let counts = ["tickets", "set_off", "prevented", "missed", "acted"].map(|field| would[field].as_i64().unwrap());
        assert_eq!(counts, [3, 3, 1, 0, 1], "{would}");
        assert!(left.ends_with(would["examples"][0]["number"].as_str().unwrap()));
        assert!(would["examples"][0]["at"].as_str().unwrap().starts_with("2026-11-23T09:30:"), "{would}");
        let endless = json!({"area": "PER", "text": text("Prova", 10, json!({"after_minutes": i64::MAX}))});
        let (_, fields) = office.post("admin", "/api/v1/automation-rehearsals", &endless).await.problem(422);
        assert_eq!(fields, ["after_minutes"]);
        pass(&office).await;
        assert_eq!(acted(&office, &fresh).await, [""; 0]);
        assert_eq!(office.get("admin", RULES).await.expect(200)["items"], json!([]));
    }

    async fn a_rule_that_could_never_do_right_is_refused_naming_the_field(db: Backend) {
        let office = office(&db).await;
        rule(&office, "Prima", 10, json!({})).await;
        let elsewhere = office.groups["Sportello Tecnologie"];
        let nothing = office.people["rosa"];
        let cases = [
            (json!({"name": ""}), "name"),
            (json!({"name": "PRIMA "}), "name"),
            (json!({"place": 10}), "place"),
            (json!({"place": 0}), "place"),
            (json!({"deeds": {}}), "deeds"),
            (json!({"deeds": {"priority": 6}}), "priority"),
            (json!({"deeds": {"group": nothing}}), "group"),
            (json!({"deeds": {"group": elsewhere}}), "group"),
            (json!({"unless": ["taken"]}), "unless"),
            (json!({"after_minutes": -1}), "after_minutes"),
            (json!({"after_minutes": 5, "hours": nothing}), "hours"),
            (json!({"priorities": [0]}), "priorities"),
            (json!({"categories": [nothing]}), "categories"),
            (json!({"groups": [elsewhere]}), "groups"),
        ];
        for (wrong, field) in cases {
            let body = json!({"area": "PER", "text": text("Altra", 20, wrong.clone())});
            let (_, fields) = office.post("admin", RULES, &body).await.problem(422);
            assert_eq!(fields, [field], "{wrong}");
        }
        assert_eq!(office.get("admin", RULES).await.expect(200)["items"].as_array().unwrap().len(), 1);
    }
}
