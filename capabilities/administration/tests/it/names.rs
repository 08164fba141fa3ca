//! Names that are nobody else's, the people of a group and what an area decides, by the API and by pages.

use crate::office::{Answer, Office};
use crate::visitor::Visitors;
use serde_json::{Value, json};
use testkit::Backend;

async fn office(db: &Backend) -> Office {
    Office::with(db, vec![portal::capability(), administration::capability()]).await
}

async fn send(office: &Office, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
    office.send("admin", method, path, headers, body.to_string()).await
}

/// What is made of each kind, and the same name written otherwise.
fn kinds() -> [(&'static str, Value, Value); 3] {
    [
        (
            "areas",
            json!({"name": "Qualità", "code": "QUA"}),
            json!({"name": " qualitÀ ", "code": "QUB"}),
        ),
        (
            "groups",
            json!({"name": "Città", "kind": "second_level", "area": "PER"}),
            json!({"name": "CITTÀ", "kind": "supplier", "area": "PER"}),
        ),
        (
            "categories",
            json!({"name": "Più", "service": "Sedi", "area": "PER"}),
            json!({"name": "PIÙ", "service": "sedi", "area": "PER"}),
        ),
    ]
}

testkit::both_backends! {
    async fn a_name_is_taken_once_also_by_those_who_come_at_the_same_moment(db: Backend) {
        let office = office(&db).await;
        for (resource, first, same) in kinds() {
            let path = format!("/api/v1/{resource}");
            let at_once = (0..6).map(|_| office.post("admin", &path, &first));
            let answers = futures_util::future::join_all(at_once).await;
            let made = answers.iter().filter(|answer| answer.status.as_u16() == 201).count();
            assert_eq!(made, 1, "{resource}");
            for answer in answers.iter().filter(|answer| answer.status.as_u16() != 201) {
                assert!(answer.problem(422).1.iter().all(|field| field == "name" || field == "code"), "{resource}");
            }
            let (_, fields) = office.post("admin", &path, &same).await.problem(422);
            assert_eq!(fields, ["name"], "{resource}");
            let other = office.post("admin", &path, &json!({"name": "Altro", "kind": "supplier", "service": "Sedi", "area": "PER"})).await;
            let body = match resource {
                "areas" => json!({"name": "Altro"}),
                "groups" => json!({"name": "Altro", "kind": "supplier", "area": "PER"}),
                _ => json!({"name": "Altro", "service": "Sedi", "area": "PER"}),
            };
            other.problem(422);
            let other = office.post("admin", &path, &body).await.expect(201);
            let own = format!("{path}/{}", other["id"].as_str().unwrap());
            let renamed = send(&office, "PATCH", &own, &[], &json!({"name": same["name"]})).await;
            assert_eq!(renamed.problem(422).1, ["name"], "{resource}");
            let detail = renamed.json()["errors"][0]["detail"].as_str().unwrap_or_default().to_owned();
            assert!(detail.is_empty() || detail.contains("scegli"), "{detail}");
            send(&office, "PATCH", &own, &[], &json!({"name": "ALTRO"})).await.expect(200);
        }
    }

    async fn the_same_name_serves_in_two_areas_but_not_beside_one_of_all(db: Backend) {
        let office = office(&db).await;
        for (resource, body) in [("groups", json!({"name": "Archivio", "kind": "supplier"})), ("categories", json!({"name": "Archivio", "service": "Sedi"}))] {
            let make = async |area: Option<&str>| {
                let mut body = body.clone();
                if let Some(area) = area {
                    body["area"] = json!(area);
                }
                office.post("admin", &format!("/api/v1/{resource}"), &body).await.status.as_u16()
            };
            assert_eq!([make(Some("PER")).await, make(Some("TEC")).await, make(Some("TEC")).await, make(None).await], [201, 201, 422, 422], "{resource}");
        }
    }

    async fn who_belongs_to_a_group_is_set_by_the_api_as_by_the_page(db: Backend) {
        let office = office(&db).await;
        let path = format!("/api/v1/groups/{}/members", office.groups["Sistemi"]);
        let read = office.get("anna", &path).await;
        let tag = read.header("etag").unwrap().to_owned();
        assert_eq!(read.expect(200)["items"][0]["name"], "sara");
        let ids = |answer: &Value| answer["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        let both = json!({"members": [office.people["luca"], office.people["anna"], office.people["luca"]]});
        let set = send(&office, "PUT", &path, &[("if-match", &tag)], &both).await;
        assert_ne!(set.header("etag"), Some(tag.as_str()));
        assert_eq!(ids(&set.expect(200)), ["luca", "anna"]);
        send(&office, "PUT", &path, &[("if-match", &tag)], &both).await.problem(412);
        let sara = format!("{path}/{}", office.people["sara"]);
        assert_eq!(ids(&send(&office, "PUT", &sara, &[], &json!({})).await.expect(200)), ["luca", "anna", "sara"]);
        let events = office.events().await;
        send(&office, "PUT", &sara, &[], &json!({})).await.expect(200);
        assert_eq!(office.events().await, events, "whoever is there stays");
        assert_eq!(ids(&send(&office, "DELETE", &sara, &[], &json!({})).await.expect(200)), ["luca", "anna"]);
        for (body, field) in [
            (json!({}), "members"), (json!({"members": [office.people["rosa"]]}), "members"),
            (json!({"members": ["x"]}), "members[0]"), (json!({"people": []}), "people"),
        ] {
            let (_, fields) = send(&office, "PUT", &path, &[], &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        let visitors = Visitors::of(&office).await;
        let page = format!("/administration/groups/{}/members", office.groups["Sistemi"]);
        let form = format!("person={}", office.people["bruno"]);
        assert_eq!(visitors.send(&office, "admin", "POST", &page, &form).await.status.as_u16(), 303);
        assert_eq!(visitors.send(&office, "admin", "POST", &format!("{page}/gone"), &form).await.status.as_u16(), 303);
        assert_eq!(ids(&office.get("admin", &path).await.expect(200)), ["luca", "anna"]);
    }

    async fn what_an_area_decides_is_read_and_changed_by_the_api(db: Backend) {
        let office = office(&db).await;
        let path = format!("/api/v1/areas/{}/parameters", office.areas["PER"]);
        let read = office.get("servizio", &path).await;
        let tag = read.header("etag").unwrap().to_owned();
        let before = read.expect(200);
        assert_eq!((&before["reopen_days"], &before["matrix"][0][0]), (&json!(5), &json!(1)));
        let gates = json!({"identification_before_solution": false, "classification_before_solution": false, "classification_before_second_level": true});
        let change = json!({"reopen_days": 9, "gates": gates, "matrix": [[1, 1, 2], [2, 3, 4], [3, 4, 5]]});
        let changed = send(&office, "PATCH", &path, &[("if-match", &tag)], &change).await.expect(200);
        let mut expected = before.clone();
        for field in ["reopen_days", "gates", "matrix"] {
            expected[field] = change[field].clone();
        }
        assert_eq!(changed, expected, "what was left out stays");
        send(&office, "PATCH", &path, &[("if-match", &tag)], &change).await.problem(412);
        let events = office.events().await;
        assert_eq!(send(&office, "PATCH", &path, &[], &change).await.expect(200), expected);
        for (body, field) in [
            (json!({"reopen_days": 366}), "reopen_days"), (json!({"contact_attempts_max": 0}), "contact_attempts_max"),
            (json!({"matrix": [[1, 2, 6], [2, 3, 4], [3, 4, 5]]}), "matrix"), (json!({"matrix": [[1, 2], [2, 3]]}), "matrix[0]"),
            (json!({"informal": "si"}), "informal"), (json!({"tone": "tu"}), "tone"),
        ] {
            let (_, fields) = send(&office, "PATCH", &path, &[], &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        assert_eq!(office.events().await, events, "nothing was to be changed");
        let page = Visitors::of(&office).await.send(&office, "admin", "GET", &format!("/administration/areas/{}", office.areas["PER"]), "").await;
        assert!(page.text().contains("value=\"9\""));
    }
}
