//! Checklists by the API: who writes them, where they are offered, what putting one on a ticket does.

use crate::office::Office;
use crate::stage::{office, path, titles};
use serde_json::{Value, json};
use testkit::Backend;

fn list(name: &str, area: Option<&str>) -> Value {
    json!({"name": name, "area": area, "items": [
        {"text": "Creare l’utenza", "due_minutes": 60, "group": "Sistemi"}, {"text": "Preparare il badge"},
    ]})
}

async fn written(office: &Office, list: &Value) -> Value {
    office.post("admin", "/api/v1/checklists", list).await.expect(201)
}

fn at(list: &Value) -> String {
    format!("/api/v1/checklists/{}", list["id"].as_str().unwrap())
}

testkit::both_backends! {
    async fn a_checklist_is_written_changed_closed_and_used_again_each_once(db: Backend) {
        let office = office(&db).await;
        let mut wanted = list("Nuovo assunto", Some("PER"));
        let path = at(&written(&office, &wanted).await);
        wanted["role"] = "team_lead".into();
        wanted["kind"] = "fulfilment".into();
        let changed = office.send("servizio", "PUT", &path, &[("if-match", "\"1\"")], wanted.to_string()).await.expect(200);
        assert_eq!((&changed["version"], &changed["role"], &changed["kind"]), (&json!(2), &json!("team_lead"), &json!("fulfilment")));
        office.send("admin", "PUT", &path, &[("if-match", "\"1\"")], wanted.to_string()).await.problem(412);
        let before = office.events().await;
        office.send("admin", "PUT", &path, &[], wanted.to_string()).await.expect(200);
        assert_eq!(office.events().await, before, "what is as it was makes no event");
        for active in [false, false, true] {
            wanted["active"] = active.into();
            let now = office.send("admin", "PUT", &path, &[], wanted.to_string()).await.expect(200);
            assert_eq!(now["active"], active);
        }
        assert_eq!(office.events().await, before + 2);
    }

    async fn what_is_wrong_with_a_checklist_is_named(db: Backend) {
        let office = office(&db).await;
        written(&office, &list("Preso", Some("PER"))).await;
        let many: Vec<Value> = (0..51).map(|place| json!({"text": format!("Passo {place}")})).collect();
        for (change, field) in [
            (json!({"name": ""}), "name"), (json!({"name": "x".repeat(81)}), "name"), (json!({"name": "PRESO"}), "name"),
            (json!({"area": "nessuna"}), "area"), (json!({"items": []}), "items"), (json!({"items": many}), "items"),
            (json!({"items": [{"text": " "}]}), "items"), (json!({"items": [{"text": "x", "due_minutes": 0}]}), "items"),
            (json!({"items": [{"text": "x", "due_minutes": 600_000}]}), "items"),
            (json!({"items": [{"text": "x", "group": "Sportello Tecnologie"}]}), "items"),
            (json!({"kind": "guasto"}), "kind"), (json!({"role": "re"}), "role"),
        ] {
            let mut wrong = list("Altro", Some("PER"));
            wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let (_, fields) = office.post("admin", "/api/v1/checklists", &wrong).await.problem(422);
            assert_eq!(fields, [field], "{change}");
        }
    }

    async fn who_sets_up_an_area_writes_its_checklists_and_who_works_there_reads(db: Backend) {
        let office = office(&db).await;
        for (who, area, status) in [
            ("servizio", None, 403), ("servizio", Some("TEC"), 403), ("anna", Some("PER"), 403),
            ("capo", Some("PER"), 403), ("rosa", Some("PER"), 403), ("servizio", Some("PER"), 201),
        ] {
            let answer = office.post(who, "/api/v1/checklists", &list("Prova", area)).await;
            assert_eq!(answer.status.as_u16(), status, "{who} {area:?}");
        }
        let there = at(&written(&office, &list("Altrove", Some("TEC"))).await);
        office.get("anna", &there).await.problem(404);
        office.get("carla", &there).await.expect(200);
        office.send("servizio", "PUT", &there, &[], list("Mia", Some("PER")).to_string()).await.problem(404);
    }

    async fn a_checklist_becomes_tasks_in_one_go_and_again_only_when_those_are_done(db: Backend) {
        let office = office(&db).await;
        let list = written(&office, &list("Nuovo assunto", Some("PER"))).await;
        let ticket = office.ticket("PER").await;
        let (tasks, put) = (format!("{ticket}/tasks"), json!({"checklist": list["id"]}));
        let address = format!("{ticket}/checklists");
        let made = office.post("anna", &address, &put).await.expect(201);
        assert_eq!(titles(&made), ["Creare l’utenza", "Preparare il badge"]);
        let first = &made["items"][0];
        let at = |field: &str| serde_json::from_value::<kernel::Instant>(first[field].clone()).unwrap();
        assert_eq!((at("due_at"), &first["group"]), (at("created_at").plus_seconds(3600), &json!(office.groups["Sistemi"])));
        let before = office.events().await;
        assert_eq!(office.post("anna", &address, &put).await.problem(409).0, "checklist_open");
        assert_eq!(office.events().await, before, "nothing is left of what was refused");
        for task in made["items"].as_array().unwrap() {
            office.post("anna", &format!("{}/done", path(task)), &json!({})).await.expect(200);
        }
        office.post("anna", &address, &put).await.expect(201);
        assert_eq!(titles(&office.get("anna", &tasks).await.expect(200)).len(), 4);
        for (who, status) in [("servizio", 403), ("revisore", 403), ("rosa", 403), ("carla", 404)] {
            office.post(who, &address, &put).await.problem(status);
        }
    }

    async fn a_checklist_is_put_only_where_it_is_offered(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let mut closed = list("Chiusa", None);
        let path = at(&written(&office, &closed).await);
        closed["active"] = false.into();
        let closed = office.send("admin", "PUT", &path, &[], closed.to_string()).await.expect(200);
        let elsewhere = written(&office, &list("Altrove", Some("TEC"))).await;
        let mut incidents = list("Solo incidenti", None);
        incidents["kind"] = "incident".into();
        let incidents = written(&office, &incidents).await;
        let put = async |list: &Value| office.post("anna", &format!("{ticket}/checklists"), &json!({"checklist": list["id"]})).await;
        for wrong in [&closed, &elsewhere] {
            assert_eq!(put(wrong).await.problem(422).1, ["checklist"]);
        }
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "information"})).await;
        assert_eq!(put(&incidents).await.problem(422).1, ["checklist"], "it is for other tickets");
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        put(&incidents).await.expect(201);
    }
}
