//! People by the API: found page by page, made known once, and what is wrong named by its field.

use crate::office::Office;
use serde_json::{Value, json};
use std::collections::HashSet;
use testkit::Backend;

/// Walks a list to its end; the names as they came.
async fn walk(office: &Office, query: &str) -> Vec<String> {
    let (mut names, mut path) = (Vec::new(), format!("/api/v1/people?{query}"));
    loop {
        let page = office.get("admin", &path).await.expect(200);
        names.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|person| person["name"].as_str().unwrap().to_owned()),
        );
        match page["next"].as_str() {
            Some(next) => path = format!("/api/v1/people?{query}&cursor={next}"),
            None => return names,
        }
    }
}

async fn known(office: &Office, people: &[Value]) {
    for person in people {
        office.post("admin", "/api/v1/people", person).await.expect(201);
    }
}

testkit::both_backends! {
    async fn a_list_of_people_shows_each_once_whatever_the_size_of_its_pages(db: Backend) {
        let office = Office::open(&db).await;
        known(&office, &[
            json!({"name": "Mario Rossi", "email": "m.rossi@ente.example"}), json!({"name": "Mario Rossi", "phone": "+39 06 1"}),
            json!({"name": "Rosa Mari"}), json!({"name": "Bianca Rossini", "pin": "rossi"}), json!({"name": "Rossi"}),
            json!({"name": "Rossana Verdi", "phone": "+39061"}), json!({"name": "Ada"}),
        ]).await;
        let all = walk(&office, "limit=200").await;
        assert_eq!(all.len(), 13 + 7);
        for limit in [1, 2, 3, 19, 20] {
            assert_eq!(walk(&office, &format!("limit={limit}")).await, all, "{limit}");
        }
        let sorted: Vec<_> = ["Ada", "Rosa Mari", "Rossi", "Mario Rossi", "Mario Rossi", "Bianca Rossini"].map(str::to_owned).to_vec();
        let place = |name: &str| all.iter().position(|known| known == name).unwrap();
        assert!(sorted.windows(2).all(|two| place(&two[0]) <= place(&two[1])), "by surname: {all:?}");
        for (words, expected) in [
            ("rossi", vec!["Bianca Rossini", "Rossi", "Mario Rossi", "Mario Rossi"]),
            ("ROSS", vec!["Rossi", "Mario Rossi", "Mario Rossi", "Bianca Rossini", "Rossana Verdi"]),
            ("mari", vec!["Rosa Mari", "Mario Rossi", "Mario Rossi"]),
            ("m.rossi@ente.example", vec!["Mario Rossi"]),
            ("nobody", vec![]),
        ] {
            for limit in [1, 2, 50] {
                assert_eq!(walk(&office, &format!("q={words}&limit={limit}")).await, expected, "{words} by {limit}");
            }
        }
        assert_eq!(walk(&office, "q=%2B39061&limit=1").await.len(), 2, "two people, one telephone");
    }

    async fn of_namesakes_those_who_are_known_come_before_guests(db: Backend) {
        let office = Office::open(&db).await;
        // A guest is made by a ticket for somebody nobody knows.
        for _ in 0..2 {
            let body = json!({"area": "PER", "subject": "x", "requester": {"name": "Mario Rossi"}});
            office.post("anna", "/api/v1/tickets", &body).await.expect(201);
        }
        known(&office, &[json!({"name": "Mario Rossi", "pin": "4711"}), json!({"name": "Mario Rossi", "pin": "4712"}), json!({"name": "Bruno Rossi"})]).await;
        for (words, known_first) in [("rossi", 3), ("mario", 2)] {
            for limit in [1, 2, 50] {
                let (mut guests, mut path) = (Vec::new(), format!("/api/v1/people?q={words}&limit={limit}"));
                loop {
                    let page = office.get("admin", &path).await.expect(200);
                    guests.extend(page["items"].as_array().unwrap().iter().map(|person| person["guest"] == true));
                    match page["next"].as_str() {
                        Some(next) => path = format!("/api/v1/people?q={words}&limit={limit}&cursor={next}"),
                        None => break,
                    }
                }
                let expected: Vec<bool> = (0..known_first + 2).map(|place| place >= known_first).collect();
                assert_eq!(guests, expected, "{words} by {limit}");
            }
        }
    }

    async fn a_list_of_people_goes_on_where_it_ended_although_others_come(db: Backend) {
        let office = Office::open(&db).await;
        let first = office.get("admin", "/api/v1/people?limit=5").await.expect(200);
        known(&office, &[json!({"name": "Aaa Aaa"}), json!({"name": "Zzz Zzz"})]).await;
        let cursor = first["next"].as_str().unwrap();
        let rest = office.get("admin", &format!("/api/v1/people?limit=200&cursor={cursor}")).await.expect(200);
        let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(|person| person["id"].to_string()).collect::<HashSet<_>>();
        assert!(ids(&first).is_disjoint(&ids(&rest)));
        assert_eq!((ids(&first).len(), ids(&rest).len()), (5, 9));
        assert!(!cursor.contains("anna"), "no name stands in an address");
    }

    async fn wrong_values_of_a_list_of_people_are_named(db: Backend) {
        let office = Office::open(&db).await;
        let long = format!("q={}", "a".repeat(401));
        for (query, field) in [
            ("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"), (long.as_str(), "q"), ("q=%00", "q"),
            ("q=a%E2%80%AEb", "q"), ("cursor=zz", "cursor"), ("cursor=", "cursor"), ("cursor=0-0", "cursor"),
            ("cursor=s00000000000070008000000000000000", "cursor"), ("colour=red", "colour"), ("q=a&q=b", "q"),
        ] {
            let (_, fields) = office.get("admin", &format!("/api/v1/people?{query}")).await.problem(422);
            assert_eq!(fields, [field], "{query}");
        }
        for id in ["x", "%00", "00000000-0000-7000-8000-000000000000"] {
            office.get("admin", &format!("/api/v1/people/{id}")).await.problem(404);
        }
    }

    async fn a_person_sent_again_under_the_same_key_is_made_once(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"name": "Mario Rossi", "email": "M.Rossi@ente.example", "phone": "06 1", "role": "operator"});
        let key = [("idempotency-key", "una-volta")];
        let first = office.post_with("admin", "/api/v1/people", &key, &body).await.expect(201);
        assert_eq!((&first["email"], &first["phone"], &first["staff"]), (&json!("m.rossi@ente.example"), &json!("061"), &json!(true)));
        let events = office.events().await;
        assert_eq!(office.post_with("admin", "/api/v1/people", &key, &body).await.expect(201), first);
        let read = office.get("admin", &format!("/api/v1/people/{}", first["id"].as_str().unwrap())).await.expect(200);
        assert_eq!(read, first);
        let other = json!({"name": "Mario Bianchi"});
        let (code, _) = office.post_with("admin", "/api/v1/people", &key, &other).await.problem(422);
        assert_eq!((code.as_str(), office.events().await), ("idempotency_key_reused", events));
        let (_, fields) = office.post("admin", "/api/v1/people", &body).await.problem(422);
        assert_eq!(fields, ["email"], "without the key the address is taken");
        let long = "k".repeat(256);
        for key in ["", long.as_str()] {
            let (_, fields) = office.post_with("admin", "/api/v1/people", &[("idempotency-key", key)], &other).await.problem(422);
            assert_eq!(fields, ["Idempotency-Key"]);
        }
    }

    async fn what_was_refused_is_not_kept_under_its_key(db: Backend) {
        let office = Office::open(&db).await;
        let key = [("idempotency-key", "prima-no")];
        office.post_with("admin", "/api/v1/people", &key, &json!({"name": "A", "email": "anna@ente.example"})).await.problem(422);
        office.post_with("admin", "/api/v1/people", &key, &json!({"name": "A", "email": "altra@ente.example"})).await.expect(201);
    }

    async fn every_wrong_field_of_a_person_is_named(db: Backend) {
        let office = Office::open(&db).await;
        let before = office.events().await;
        let long = |most: usize| "a".repeat(most + 1);
        for (body, field) in [
            (json!({}), "name"), (json!({"name": " "}), "name"), (json!({"name": 7}), "name"), (json!({"name": long(160)}), "name"),
            (json!({"name": "a\nb"}), "name"), (json!({"name": "a\u{0}b"}), "name"), (json!({"name": "a\u{202e}b"}), "name"),
            (json!({"name": "x", "email": "no at"}), "email"), (json!({"name": "x", "email": "a@b"}), "email"),
            (json!({"name": "x", "email": format!("{}@b.example", long(254))}), "email"),
            (json!({"name": "x", "email": "anna@ente.example"}), "email"), (json!({"name": "x", "email": "a\u{0}@b.example"}), "email"),
            (json!({"name": "x", "phone": "abc"}), "phone"), (json!({"name": "x", "phone": "1".repeat(41)}), "phone"),
            (json!({"name": "x", "pin": long(40)}), "pin"), (json!({"name": "x", "pin": "\u{7}"}), "pin"),
            (json!({"name": "x", "external_id": long(120)}), "external_id"), (json!({"name": "x", "external_id": "a\tb"}), "external_id"),
            (json!({"name": "x", "office": long(200)}), "office"), (json!({"name": "x", "office": "a\rb"}), "office"),
            (json!({"name": "x", "language": "fr"}), "language"), (json!({"name": "x", "role": "boss"}), "role"),
            (json!({"name": "x", "colour": "red"}), "colour"),
        ] {
            let (_, fields) = office.post("admin", "/api/v1/people", &body).await.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        assert_eq!(office.events().await, before, "nothing was written");
    }
}
