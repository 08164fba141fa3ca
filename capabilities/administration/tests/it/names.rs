//! Names that are nobody else's, whoever asks for them and when.

use crate::office::{Answer, Office};
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
}
