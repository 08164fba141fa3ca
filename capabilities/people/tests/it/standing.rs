//! What an administrator changes about somebody by the API, and what one decides about oneself.

use crate::office::{Answer, Office};
use people::TokenScope;
use serde_json::{Value, json};
use testkit::Backend;

/// A request of the administrator with a body.
async fn ask(office: &Office, method: &str, path: &str, body: &Value) -> Answer {
    office.send("admin", method, path, &[], body.to_string()).await
}

/// Mario, who can be reached in two ways.
async fn mario(office: &Office) -> String {
    let body = json!({"name": "Mario Rossi", "email": "m.rossi@ente.example", "phone": "06 1"});
    let made = office.post("admin", "/api/v1/people", &body).await.expect(201);
    format!("/api/v1/people/{}", made["id"].as_str().unwrap())
}

fn held(roles: &Value) -> Vec<(String, Option<String>)> {
    let items = roles["items"].as_array().unwrap().iter();
    items
        .map(|grant| {
            let area = grant["area"].as_str().map(str::to_owned);
            (grant["role"].as_str().unwrap().to_owned(), area)
        })
        .collect()
}

testkit::both_backends! {
    async fn what_is_corrected_is_corrected_and_the_rest_stays(db: Backend) {
        let office = Office::open(&db).await;
        let mario = mario(&office).await;
        let read = office.get("admin", &mario).await;
        let tag = read.header("etag").unwrap().to_owned();
        let now = ask(&office, "PATCH", &mario, &json!({"phone": "", "office": "Stanza 12", "language": "en"})).await.expect(200);
        assert_eq!(
            (&now["name"], &now["email"], &now["phone"], &now["office"], &now["language"]),
            (&json!("Mario Rossi"), &json!("m.rossi@ente.example"), &json!(null), &json!("Stanza 12"), &json!("en"))
        );
        assert_eq!(office.get("admin", &mario).await.expect(200), now);
        let late = office.send("admin", "PATCH", &mario, &[("if-match", &tag)], json!({"name": "M."}).to_string()).await;
        assert_eq!(late.expect(412)["current"], now, "whoever is late reads what it is now");
        let events = office.events().await;
        for (body, field) in [
            (json!({"name": " "}), "name"), (json!({"email": "anna@ente.example"}), "email"), (json!({"email": "x"}), "email"),
            (json!({"colour": "red"}), "colour"), (json!({"language": "de"}), "language"),
        ] {
            let (_, fields) = ask(&office, "PATCH", &mario, &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        let nobody = "/api/v1/people/00000000-0000-7000-8000-000000000000";
        ask(&office, "PATCH", nobody, &json!({"name": "x"})).await.problem(404);
        assert_eq!(office.events().await, events, "what was refused left nothing");
    }

    async fn roles_are_given_and_taken_back_once(db: Backend) {
        let office = Office::open(&db).await;
        let roles = format!("{}/roles", mario(&office).await);
        let area = office.areas["PER"].to_string();
        let asker = ("requester".to_owned(), None);
        assert_eq!(held(&office.get("admin", &roles).await.expect(200)), std::slice::from_ref(&asker));
        for _ in 0..2 {
            let given = ask(&office, "POST", &roles, &json!({"role": "operator", "area": "PER"})).await.expect(200);
            assert_eq!(held(&given), [asker.clone(), ("operator".to_owned(), Some(area.clone()))]);
        }
        let events = office.events().await;
        let everywhere = ask(&office, "DELETE", &format!("{roles}/operator"), &json!({})).await.expect(200);
        assert_eq!(held(&everywhere).len(), 2, "the role for all areas is another one");
        assert_eq!(office.events().await, events);
        for _ in 0..2 {
            let taken = ask(&office, "DELETE", &format!("{roles}/operator?area=PER"), &json!({})).await.expect(200);
            assert_eq!(held(&taken), std::slice::from_ref(&asker));
        }
        assert_eq!(office.events().await, events + 1);
        for (body, field) in [
            (json!({"role": "king"}), "role"), (json!({}), "role"), (json!({"role": "operator", "area": "none"}), "area"),
        ] {
            let (_, fields) = ask(&office, "POST", &roles, &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        ask(&office, "DELETE", &format!("{roles}/king"), &json!({})).await.problem(404);
    }

    async fn nobody_takes_the_administrators_role_from_themselves(db: Backend) {
        let office = Office::open(&db).await;
        let own = format!("/api/v1/people/{}/roles/administrator", office.people["admin"]);
        let (_, fields) = ask(&office, "DELETE", &own, &json!({})).await.problem(422);
        assert_eq!(fields, ["role"]);
        ask(&office, "PATCH", &mario(&office).await, &json!({"office": "1"})).await.expect(200);
    }

    async fn a_password_needs_an_address_to_sign_in_with(db: Backend) {
        let office = Office::open(&db).await;
        let mario = mario(&office).await;
        let password = format!("{mario}/password");
        let good = json!({"password": "una frase lunga"});
        ask(&office, "POST", &password, &good).await.expect_status(204);
        people::sign_in(&office.store, "m.rossi@ente.example", "una frase lunga").await.unwrap();
        let (_, fields) = ask(&office, "POST", &password, &json!({"password": "breve"})).await.problem(422);
        assert_eq!(fields, ["password"]);
        ask(&office, "PATCH", &mario, &json!({"email": ""})).await.expect(200);
        let (_, fields) = ask(&office, "POST", &password, &good).await.problem(422);
        assert_eq!(fields, ["password"]);
    }

    async fn a_lesser_token_makes_no_greater_one(db: Backend) {
        let mut office = Office::open(&db).await;
        let body = json!({"name": "automazione", "scopes": ["read"], "days": 30});
        let made = office.post("anna", "/api/v1/me/tokens", &body).await.expect(201);
        let anna = office.people["anna"];
        let listed = office.get("anna", "/api/v1/me/tokens").await.expect(200);
        assert!(listed["items"].as_array().unwrap().iter().any(|one| one["id"] == made["id"] && one["scopes"] == json!(["read"])));
        assert!(!listed.to_string().contains(made["token"].as_str().unwrap()), "the text stands nowhere");
        office.give_token("reads", made["token"].as_str().unwrap().to_owned());
        assert_eq!(office.get("reads", "/api/v1/me").await.expect(200)["id"], json!(anna));
        let write = people::create_token(&office.store, anna, "x", &[TokenScope::Write], 1).await.unwrap();
        office.give_token("writes", write.text);
        for who in ["reads", "writes"] {
            office.post(who, "/api/v1/me/tokens", &json!({"name": "x", "scopes": ["admin"], "days": 1})).await.problem(403);
            office.get(who, "/api/v1/me/tokens").await.problem(403);
            office.get(who, "/api/v1/me/sessions").await.problem(403);
        }
        let own = format!("/api/v1/me/tokens/{}", made["id"].as_str().unwrap());
        office.send("carla", "DELETE", &own, &[], "").await.problem(404);
        office.send("anna", "DELETE", &own, &[], "").await.expect_status(204);
        office.get("reads", "/api/v1/me").await.problem(401);
        for (body, field) in [
            (json!({"name": "x", "scopes": [], "days": 1}), "scopes"), (json!({"name": "x", "scopes": ["all"], "days": 1}), "scopes[0]"),
            (json!({"name": "", "scopes": ["read"], "days": 1}), "name"), (json!({"name": "x", "scopes": ["read"], "days": 0}), "days"),
        ] {
            let (_, fields) = office.post("anna", "/api/v1/me/tokens", &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
    }

    async fn ones_own_sessions_are_seen_and_ended(db: Backend) {
        let office = Office::open(&db).await;
        let key = people::open_session(&office.store, office.people["anna"], "192.0.2.7", "curl/8").await.unwrap();
        let listed = office.get("anna", "/api/v1/me/sessions").await.expect(200);
        let session = listed["items"].as_array().unwrap().iter().find(|one| one["address"] == "192.0.2.7").unwrap().clone();
        assert!(!listed.to_string().contains(&key), "what opens it is not told");
        let own = format!("/api/v1/me/sessions/{}", session["handle"].as_str().unwrap());
        office.send("carla", "DELETE", &own, &[], "").await.problem(404);
        office.send("anna", "DELETE", &own, &[], "").await.expect_status(204);
        let left = people::sessions_of(&office.store, office.people["anna"]).await.unwrap();
        assert!(left.iter().all(|one| one.address != "192.0.2.7"));
    }
}
