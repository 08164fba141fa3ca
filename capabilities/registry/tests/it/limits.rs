//! What may be asked for before it is certain who asks (SD-046).

use crate::desk::{STAFF, open, person, register, ticket};
use crate::office::{Office, done};
use serde_json::{Value, json};
use testkit::Backend;

async fn allow(office: &Office, allowed: Value) {
    let path = format!("/api/v1/areas/{}/parameters", office.areas["PER"]);
    let body = json!({"allowed_types": allowed});
    office
        .send("admin", "PATCH", &path, &[], body.to_string())
        .await
        .expect(200);
}

testkit::both_backends! {
    async fn sd_046_guests_and_discrepant_people_ask_for_what_the_area_accepts(db: Backend) {
        let office = open(&db).await;
        register(&office, "PER", "Personale", STAFF).await;
        allow(&office, json!({"guest": ["information"], "discrepant": ["incident"]})).await;
        person(&office, json!({"name": "Mario Rossi", "email": "m.rossi@ente.example", "phone": "06 9"})).await;
        let rosa = office.people["rosa"];
        for (requester, kind, refused) in [
            (json!({"phone": "06 5", "name": "Ospite"}), "information", false), (json!({"phone": "06 6"}), "incident", true),
            (json!({"email": "m.rossi@ente.example"}), "incident", false), (json!({"email": "m.rossi@ente.example"}), "information", true),
            (json!({"id": rosa}), "incident", false), (json!({"id": rosa}), "information", false),
        ] {
            let (path, id) = ticket(&office, "PER", "phone", requester.clone()).await;
            done(registry::check(&office.store, id).await);
            office.act("anna", &path, "take", json!({})).await;
            let answer = office.post("anna", &format!("{path}/classification"), &json!({"kind": kind})).await;
            match refused {
                true => assert_eq!(answer.problem(409).0, "SD-046", "{requester} {kind}"),
                false => drop(answer.expect(200)),
            }
        }
        let at_once = json!({"area": "PER", "subject": "x", "requester": {"phone": "06 7"}, "kind": "incident"});
        assert_eq!(office.post("anna", "/api/v1/tickets", &at_once).await.problem(409).0, "SD-046", "when it is opened too");
        allow(&office, json!({})).await;
        office.post("anna", "/api/v1/tickets", &at_once).await.expect(201);
        let path = format!("/api/v1/areas/{}/parameters", office.areas["PER"]);
        let odd = json!({"allowed_types": {"guest": ["parole"]}});
        let (_, fields) = office.send("admin", "PATCH", &path, &[], odd.to_string()).await.problem(422);
        assert_eq!(fields, ["allowed_types"]);
    }
}
