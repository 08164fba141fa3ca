//! Macros where they are set up: who writes them, what is wrong with one, and by forms.

use crate::office::{Office, done};
use crate::stage::{at, office, text, visit, written};
use serde_json::{Value, json};
use testkit::Backend;

fn wait(name: &str, area: Option<&str>) -> Value {
    json!({"name": name, "area": area, "note": "Sentito al telefono", "leads_on": true,
           "steps": {"take": true, "end": {"wait": {"reason": "requester", "days": 3}}}})
}

testkit::both_backends! {
    async fn a_macro_is_written_changed_closed_and_used_again_each_once(db: Backend) {
        let office = Office::with(&db, vec![ready_text::capability(), macros::capability(), privacy::capability()]).await;
        let mut wanted = wait("Aspetta il documento", Some("PER"));
        let path = at(&written(&office, &wanted).await);
        wanted["steps"]["impact"] = 1.into();
        let changed = office.send("servizio", "PUT", &path, &[("if-match", "\"1\"")], wanted.to_string()).await.expect(200);
        assert_eq!((&changed["version"], &changed["steps"]["impact"], &changed["note"]), (&json!(2), &json!(1), &json!("Sentito al telefono")));
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
        let kinds: Vec<_> = [configuration::capability(), catalogue::capability(), people::capability(), ready_text::capability(), macros::capability()]
            .into_iter().flat_map(|room| room.records).collect();
        let verified = done(audit::verify(&office.store, &kinds, None, &|_, _| {}).await);
        assert!(verified.first_broken.is_none(), "{verified:?}");
    }

    async fn what_is_wrong_with_a_macro_is_named(db: Backend) {
        let office = office(&db).await;
        written(&office, &wait("Preso", Some("PER"))).await;
        let elsewhere = text(&office, "Altrove", Some("TEC")).await;
        let (nobody, other) = (kernel::Uuid::now_v7(), office.groups["Sportello Tecnologie"]);
        for (change, field) in [
            (json!({"name": ""}), "name"), (json!({"name": "x".repeat(81)}), "name"), (json!({"name": "PRESO"}), "name"),
            (json!({"area": "nessuna"}), "area"), (json!({"note": "x".repeat(4001)}), "note"),
            (json!({"steps": {}, "note": " "}), "steps"),
            (json!({"steps": {"kind": "unknown"}}), "kind"), (json!({"steps": {"impact": 4}}), "impact"),
            (json!({"steps": {"urgency": 0}}), "urgency"), (json!({"steps": {"category": nobody}}), "category"),
            (json!({"steps": {"reply": nobody}}), "reply"), (json!({"steps": {"reply": elsewhere}}), "reply"),
            (json!({"steps": {"end": {"hand_over": {"group": other}}}}), "group"),
            (json!({"steps": {"end": {"hand_over": {"group": nobody}}}}), "group"),
            (json!({"steps": {"end": {"wait": {"reason": "requester", "days": 366}}}}), "days"),
            (json!({"steps": {"end": {"solve": {"text": nobody}}}}), "text"),
        ] {
            let mut wrong = wait("Altra", Some("PER"));
            wrong.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            let (_, fields) = office.post("admin", "/api/v1/macros", &wrong).await.problem(422);
            assert_eq!(fields, [field], "{change}");
        }
    }

    async fn whoever_sets_up_an_area_writes_its_macros_and_its_people_read_them(db: Backend) {
        let office = office(&db).await;
        let one = written(&office, &wait("Aspetta", Some("PER"))).await;
        for (who, read, write) in [
            ("anna", 200, 403), ("capo", 200, 403), ("servizio", 200, 201), ("carla", 404, 403), ("rosa", 404, 403), ("revisore", 200, 403),
        ] {
            assert_eq!(office.get(who, &at(&one)).await.status.as_u16(), read, "{who} reads");
            let wanted = wait(&format!("Di {who}"), Some("PER"));
            assert_eq!(office.post(who, "/api/v1/macros", &wanted).await.status.as_u16(), write, "{who} writes");
        }
    }

    async fn macros_are_set_up_by_forms(db: Backend) {
        let office = office(&db).await;
        let list = "/administration/macros";
        assert!(visit(&office, "admin", "GET", list, "").await.text().contains("Ancora nessuna macro"));
        let filled = "name=Aspetta&area=all&take=true&end=wait&reason=requester&days=3&note=Sentito&leads_on=true";
        for (wrong, field) in [
            (filled.replace("days=3", "days=tre"), "days"), (filled.replace("reason=requester", "reason="), "reason"),
            (filled.replace("end=wait", "end=solve"), "text"),
        ] {
            let refused = visit(&office, "admin", "POST", &format!("{list}/new"), &wrong).await;
            assert_eq!((refused.status.as_u16(), refused.text().contains("Sentito")), (422, true), "{field}: what was typed stays");
            assert!(refused.text().contains(&format!("#{field}")), "{field}");
        }
        assert_eq!(visit(&office, "admin", "POST", &format!("{list}/new"), filled).await.status.as_u16(), 303);
        let shown = visit(&office, "admin", "GET", list, "").await.text();
        assert!(shown.contains("Prende in carico · Lascia una nota ai colleghi · Mette in attesa: attesa del richiedente, per 3 giorni"), "{shown}");
        let made = office.get("admin", "/api/v1/macros").await.expect(200)["items"][0].clone();
        let page = format!("{list}/{}", made["id"].as_str().unwrap());
        assert!(visit(&office, "admin", "GET", &page, "").await.text().contains("value=\"3\""));
        let saved = visit(&office, "admin", "POST", &page, &format!("version=1&{}", filled.replace("days=3", "days="))).await;
        assert_eq!(saved.status.as_u16(), 303);
        let closed = visit(&office, "admin", "POST", &format!("{page}/standing"), "version=2&active=false").await;
        assert_eq!(closed.status.as_u16(), 303);
        let now = office.get("admin", &at(&made)).await.expect(200);
        assert_eq!((&now["active"], &now["steps"]["end"]["wait"]["days"]), (&json!(false), &Value::Null));
        assert_eq!(visit(&office, "anna", "GET", list, "").await.status.as_u16(), 403);
    }
}
