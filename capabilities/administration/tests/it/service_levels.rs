//! Calendars and agreements: set up by the API and by pages, refused in words, changed with a look at what would move.

use crate::office::{Answer, Office, done};
use crate::visitor::Visitors;
use serde_json::{Value, json};
use testkit::Backend;

async fn office(db: &Backend) -> Office {
    Office::with(db, vec![portal::capability(), administration::capability()]).await
}

async fn calendar(office: &Office) -> Value {
    let body = json!({
        "name": "Sportello di Roma", "patron": "Roma",
        "weekly": ["9-13, 14-18", "9-13, 14-18", "9-13, 14-18", "9-13, 14-18", "9-13", "", ""],
        "closures": [{"from": "2026-12-24", "until": "2026-12-31", "name": "Natale"}],
        "openings": [{"date": "2026-11-28", "hours": "9-13", "name": "Sabato di avvio"}],
    });
    office.post("admin", "/api/v1/calendars", &body).await.expect(201)
}

fn targets(resolution: i64) -> Value {
    json!([
        {"metric": "taking_charge", "priority": 4, "seconds": 900},
        {"metric": "resolution", "priority": 4, "seconds": resolution},
        {"metric": "resolution", "priority": 1, "seconds": 14400, "elapsed": true},
    ])
}

/// Of a group: to take its part, and to be done with it.
fn group_targets(taking: i64, work: i64) -> Value {
    json!([
        {"metric": "group_taking_charge", "priority": 3, "seconds": taking},
        {"metric": "group_work", "priority": 3, "seconds": work},
    ])
}

async fn agreement(office: &Office, calendar: &Value) -> Value {
    let body = json!({"name": "Contratto 2026", "calendar": calendar["id"], "targets": targets(28_800), "pausing": ["requester"]});
    office.post("admin", "/api/v1/agreements", &body).await.expect(201)
}

fn at(resource: &str, made: &Value) -> String {
    format!("/api/v1/{resource}/{}", made["id"].as_str().unwrap())
}

async fn patch(office: &Office, path: &str, tag: &str, body: &Value) -> Answer {
    office
        .send("admin", "PATCH", path, &[("if-match", tag)], body.to_string())
        .await
}

testkit::both_backends! {
    async fn calendars_and_agreements_are_told_as_they_were_set_up(db: Backend) {
        let office = office(&db).await;
        let calendar = calendar(&office).await;
        assert_eq!(calendar["weekly"][0], "09:00-13:00, 14:00-18:00");
        assert_eq!((&calendar["edition"], &calendar["national"], &calendar["zone"]), (&json!(1), &json!(true), &json!("Europe/Rome")));
        let agreement = agreement(&office, &calendar).await;
        for (resource, made) in [("calendars", &calendar), ("agreements", &agreement)] {
            assert_eq!(&office.get("admin", &at(resource, made)).await.expect(200), made);
            let all = office.get("admin", &format!("/api/v1/{resource}")).await.expect(200);
            assert_eq!(&all["items"][0], made);
            office.get("anna", &format!("/api/v1/{resource}")).await.problem(403);
            office.get("rosa", &at(resource, made)).await.problem(403);
        }
        let mine = office.ticket("PER").await;
        let clocks = office.get("anna", &mine).await.expect(200)["clocks"].clone();
        assert_eq!(clocks.as_array().unwrap().len(), 2, "{clocks}");
    }

    async fn what_cannot_be_is_refused_by_its_field_and_changes_nothing(db: Backend) {
        let office = office(&db).await;
        let week = |monday: &str| json!([monday, "", "", "", "", "", ""]);
        let events = office.events().await;
        for (body, field) in [
            (json!({"name": "A", "weekly": week("nove")}), "weekly"),
            (json!({"name": "A", "weekly": week("")}), "weekly"),
            (json!({"name": "A", "weekly": week("9-13, 12-18")}), "weekly"),
            (json!({"name": "A", "weekly": ["9-13"]}), "weekly"),
            (json!({"name": "A", "zone": "Roma"}), "zone"),
            (json!({"name": "A", "patron": "Atlantide"}), "patron"),
            (json!({"name": "A", "closures": [{"from": "ieri"}]}), "closures"),
            (json!({"name": "A", "closures": [{"from": "2026-12-24", "until": "2026-12-01"}]}), "closures"),
            (json!({"name": "A", "openings": [{"date": "2026-12-24", "hours": "sempre"}]}), "openings"),
            (json!({"name": "A", "ics": "BEGIN:VCARD"}), "ics"),
            (json!({"name": "", "weekly": week("9-13")}), "name"),
        ] {
            let (_, fields) = office.post("admin", "/api/v1/calendars", &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        assert_eq!(office.events().await, events);
        let calendar = calendar(&office).await;
        let events = office.events().await;
        for (body, field) in [
            (json!({"name": "B", "calendar": calendar["id"], "targets": []}), "targets"),
            (json!({"name": "B", "targets": targets(900)}), "calendar"),
            (json!({"name": "B", "calendar": calendar["id"], "targets": targets(60)}), "targets"),
            (json!({"name": "B", "calendar": kernel::Uuid::from_u128(9), "targets": targets(28_800)}), "calendar"),
            (json!({"name": "B", "calendar": calendar["id"], "targets": [{"metric": "fun", "priority": 1, "seconds": 5}]}), "targets"),
            (json!({"name": "B", "calendar": calendar["id"], "targets": group_targets(7200, 3600)}), "targets"),
            (json!({"name": "B", "calendar": calendar["id"], "targets": targets(28_800), "attention": [120]}), "attention"),
            (json!({"name": "B", "calendar": calendar["id"], "targets": targets(28_800), "valid_from": "2027-01-01", "valid_until": "2026-01-01"}), "valid_until"),
        ] {
            let (_, fields) = office.post("admin", "/api/v1/agreements", &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        assert_eq!(office.events().await, events);
    }

    async fn im_028_another_edition_moves_open_tickets_only_when_asked_and_tells_before(db: Backend) {
        let office = office(&db).await;
        let agreement = agreement(&office, &calendar(&office).await).await;
        let (path, ticket) = (at("agreements", &agreement), office.ticket("PER").await);
        let due = async || office.get("anna", &ticket).await.expect(200)["clocks"][1]["due_at"].clone();
        let (before, change) = (due().await, json!({"targets": targets(3600)}));
        let events = office.events().await;
        let would = office.post("admin", &format!("{path}/preview"), &change).await.expect(200);
        assert_eq!((&would["tickets"], &would["earlier"], &would["examples"][0]["before"]), (&json!(1), &json!(1), &before));
        assert_eq!(office.events().await, events, "looking changes nothing");
        patch(&office, &path, "\"9\"", &change).await.problem(412);
        let changed = patch(&office, &path, "\"1\"", &change).await.expect(200);
        assert_eq!((&changed["edition"], due().await), (&json!(2), before.clone()));
        patch(&office, &path, "\"2\"", &json!({})).await.problem(422);
        patch(&office, &path, "\"2\"", &json!({"replan": true})).await.expect(200);
        let asked = office.get("admin", "/api/v1/replannings").await.expect(200);
        let id = asked["items"][0]["id"].as_str().unwrap().parse().unwrap();
        done(ticket::replan(&office.store, id).await);
        assert_eq!(due().await, would["examples"][0]["after"]);
        let asked = office.get("admin", "/api/v1/replannings").await.expect(200);
        assert_eq!((&asked["items"][0]["moved"], asked["items"][0]["ended_at"].is_string()), (&json!(1), true));
    }

    async fn a_calendar_that_an_agreement_needs_is_not_closed(db: Backend) {
        let office = office(&db).await;
        let calendar = calendar(&office).await;
        let agreement = agreement(&office, &calendar).await;
        let close = json!({"active": false});
        let (code, _) = patch(&office, &at("calendars", &calendar), "\"1\"", &close).await.problem(409);
        assert_eq!(code, "calendar_in_use");
        patch(&office, &at("agreements", &agreement), "\"1\"", &close).await.expect(200);
        patch(&office, &at("calendars", &calendar), "\"1\"", &close).await.expect(200);
    }

    async fn the_pages_set_up_show_what_would_move_and_keep_what_was_typed(db: Backend) {
        let office = office(&db).await;
        let visitors = Visitors::of(&office).await;
        let list = "/administration/calendars";
        let form = "name=Notte&zone=Europe/Rome&monday=22-6&national=true&patron=Milano&area=all&closures=24/12/2026 Vigilia";
        visitors.send(&office, "admin", "POST", list, form).await.expect_status(303);
        let wrong = visitors.send(&office, "admin", "POST", list, "name=Altro&zone=Roma&monday=sempre&area=all").await;
        wrong.expect_status(422);
        assert!(wrong.text().contains("value=\"sempre\""), "what was typed stays");
        let all = office.get("admin", "/api/v1/calendars").await.expect(200);
        let page = format!("{list}/{}", all["items"][0]["id"].as_str().unwrap());
        let shown = visitors.send(&office, "admin", "GET", &page, "").await.text();
        for words in ["22:00-06:00", "Vigilia", "Natale", "Santo patrono"] {
            assert!(shown.contains(words), "{words}");
        }
        let look = "name=Notte&zone=Europe/Rome&monday=9-18";
        let looked = visitors.send(&office, "admin", "POST", &format!("{page}/preview"), look).await.text();
        assert!(looked.contains("value=\"9-18\"") && looked.contains("value=\"true\""), "what was typed, and both ways to save");
        let save = format!("{look}&version=1&replan=true");
        visitors.send(&office, "admin", "POST", &page, &save).await.expect_status(303);
        visitors.send(&office, "admin", "POST", &page, &save).await.expect_status(422);
        let agreements = "/administration/agreements";
        let form = format!(
            "name=Guardia&calendar={}&area=all&target_resolution_4=4 h&target_taking_charge_4=15 min&target_group_work_3=2 h&elapsed_4=true&pausing_requester=true&attention=50, 75&group_{}=true",
            all["items"][0]["id"].as_str().unwrap(),
            office.groups["Sistemi"],
        );
        visitors.send(&office, "admin", "POST", agreements, &form).await.expect_status(303);
        let wrong = visitors.send(&office, "admin", "POST", agreements, &form.replace("4 h", "quattro ore")).await;
        wrong.expect_status(422);
        assert!(wrong.text().contains("value=\"quattro ore\""), "what was typed stays");
        let told = office.get("admin", "/api/v1/agreements").await.expect(200)["items"][0].clone();
        assert_eq!((&told["attention"], &told["targets"][0]["elapsed"]), (&json!([50, 75]), &json!(true)));
        assert_eq!(told["groups"], json!([office.groups["Sistemi"]]));
        let page = format!("{agreements}/{}", told["id"].as_str().unwrap());
        let shown = visitors.send(&office, "admin", "GET", &page, "").await.text();
        assert!(shown.contains("name=\"target_group_work_3\" value=\"2 h\"") && shown.contains("Lavoro del gruppo"));
        visitors.send(&office, "anna", "GET", agreements, "").await.expect_status(403);
    }
}
