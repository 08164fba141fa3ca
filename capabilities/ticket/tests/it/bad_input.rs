//! Bad input: refused, named, and nothing changed.

use crate::office::Office;
use serde_json::{Value, json};
use testkit::Backend;

testkit::both_backends! {
    async fn every_wrong_field_of_a_new_ticket_is_named(db: Backend) {
        let office = Office::open(&db).await;
        let before = office.events().await;
        let long = "a".repeat(241);
        let cases: Vec<(Value, &str)> = vec![
            (json!({}), "subject"),
            (json!({"subject": ""}), "subject"),
            (json!({"subject": "   "}), "subject"),
            (json!({"subject": "\u{200b}"}), "subject"),
            (json!({"subject": "\u{feff} \u{ad}"}), "subject"),
            (json!({"subject": "\u{e0001}"}), "subject"),
            (json!({"subject": 7}), "subject"),
            (json!({"subject": null}), "subject"),
            (json!({"subject": long}), "subject"),
            (json!({"subject": "a\u{0}b"}), "subject"),
            (json!({"subject": "a\nb"}), "subject"),
            (json!({"subject": "a\u{202e}b"}), "subject"),
            (json!({"subject": "x", "colour": "red"}), "colour"),
            (json!({"subject": "x", "requester": {"colour": 1}}), "requester.colour"),
            (json!({"subject": "x", "requester": {}}), "requester"),
            (json!({"subject": "x", "requester": {"id": "not-an-id"}}), "requester.id"),
            (json!({"subject": "x", "requester": {"id": "00000000-0000-0000-0000-000000000000"}}), "requester.id"),
            (json!({"subject": "x", "requester": {"email": "no at sign"}}), "requester.email"),
            (json!({"subject": "x", "requester": {"name": "a".repeat(161)}}), "requester.name"),
            (json!({"subject": "x", "requester": {"name": "\u{2060}"}}), "requester"),
            (json!({"subject": "x", "requester": {"pin": "1".repeat(200)}}), "requester.pin"),
            (json!({"subject": "x", "requester": {"phone": "0".repeat(200)}}), "requester.phone"),
            (json!({"subject": "x", "requester": {"email": format!("{}@b.example", "a".repeat(254))}}), "requester.email"),
            (json!({"subject": "x", "requester": {"external_id": "a\u{0}b"}}), "requester.external_id"),
            (json!({"subject": "x", "channel": "pigeon"}), "channel"),
            (json!({"subject": "x", "kind": "problem"}), "kind"),
            (json!({"subject": "x", "kind": "incident", "impact": 4}), "impact"),
            (json!({"subject": "x", "kind": "incident", "urgency": "high"}), "urgency"),
            (json!({"subject": "x", "kind": "incident", "urgency": 1.5}), "urgency"),
            (json!({"subject": "x", "area": "NONE"}), "area"),
            (json!({"subject": "x", "area": "\u{0}"}), "area"),
            (json!({"subject": "x", "category": "None"}), "category"),
            (json!({"subject": "x", "description": "b".repeat(50_001)}), "description"),
            (json!({"subject": "x", "external_ref": "c".repeat(121)}), "external_ref"),
            (json!({"subject": "x", "taken": "yes"}), "taken"),
            (json!({"subject": "x", "configuration_items": "one"}), "configuration_items"),
            (json!([]), "."),
        ];
        for (body, field) in cases {
            let answer = office.post("admin", "/api/v1/tickets", &body).await;
            let (_, fields) = answer.problem(422);
            assert_eq!(fields, [field], "{body}");
        }
        assert_eq!(office.events().await, before, "nothing was written");
    }

    async fn malformed_json_is_told_with_its_line_and_column(db: Backend) {
        let office = Office::open(&db).await;
        let answer = office.send("anna", "POST", "/api/v1/tickets", &[("accept-language", "en")], "{\n \"subject\": \"x\",,\n}").await;
        let (code, _) = answer.problem(422);
        assert_eq!(code, "malformed_json");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.contains('2') && detail.contains("17"), "{detail}");
        for broken in ["{", "\"", "{\"subject\": \"x\"} more", "\u{feff}{}", "[[[[", "nul"] {
            let (code, _) = office.send("anna", "POST", "/api/v1/tickets", &[], broken).await.problem(422);
            assert!(["malformed_json", "invalid"].contains(&code.as_str()), "{broken}: {code}");
        }
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        office.send("anna", "POST", "/api/v1/tickets", &[], deep).await.problem(422);
        office.send("anna", "POST", "/api/v1/tickets", &[], vec![0xff, 0xfe, b'{']).await.problem(422);
    }

    async fn a_body_that_is_too_large_is_refused_as_such(db: Backend) {
        let office = Office::open(&db).await;
        let subject = json!({"subject": "s".repeat(10 * 1024 * 1024)}).to_string();
        let (code, _) = office.send("anna", "POST", "/api/v1/tickets", &[], subject).await.problem(413);
        assert_eq!(code, "body_too_large");
        let path = office.ticket("PER").await;
        let body = json!({"body": "m".repeat(1_100_000)}).to_string();
        office.send("anna", "POST", &format!("{path}/messages"), &[], body).await.problem(413);
    }

    async fn wrong_values_of_a_query_are_named(db: Backend) {
        let office = Office::open(&db).await;
        let (long, as_long) = (format!("q={}", "a".repeat(401)), format!("q={}", "a".repeat(400)));
        office.get("anna", &format!("/api/v1/tickets?{as_long}")).await.expect(200);
        for (query, field) in [
            (long.as_str(), "q"), ("q=a%E2%80%AEb", "q"),
            ("limit=0", "limit"), ("limit=201", "limit"), ("limit=ten", "limit"), ("limit=99999999999999999999", "limit"),
            ("cursor=zz", "cursor"), ("cursor=", "cursor"), ("cursor=1-2-3", "cursor"),
            ("state=open", "state"), ("phase=none", "phase"), ("kind=x", "kind"), ("channel=x", "channel"),
            ("priority=6", "priority"), ("priority=x", "priority"), ("assignee=nobody", "assignee"), ("requester=1", "requester"),
            ("area=NONE", "area"), ("group=none", "group"), ("category=none", "category"),
            ("updated_since=yesterday", "updated_since"), ("open=maybe", "open"), ("colour=red", "colour"),
            ("limit=1&limit=2", "limit"),
        ] {
            let (_, fields) = office.get("anna", &format!("/api/v1/tickets?{query}")).await.problem(422);
            assert_eq!(fields, [field], "{query}");
        }
        let path = office.ticket("PER").await;
        for (query, field) in [("after=-1", "after"), ("limit=501", "limit"), ("limit=x", "limit"), ("x=1", "x")] {
            let (_, fields) = office.get("anna", &format!("{path}/timeline?{query}")).await.problem(422);
            assert_eq!(fields, [field], "{query}");
        }
        for query in ["after=9223372036854775807", "after=9223372036854775807&limit=500"] {
            office.get("anna", &format!("{path}/timeline?{query}")).await.expect(200);
            office.get("admin", &format!("/api/v1/events?{query}")).await.expect(200);
        }
        office.get("anna", "/api/v1/tickets?updated_since=9999-12-01T00:00:00Z").await.expect(200);
        office.get("anna", "/api/v1/tickets?updated_since=0001-01-01T00:00:00Z").await.expect(200);
    }

    async fn what_is_searched_for_can_be_anything(db: Backend) {
        let office = Office::open(&db).await;
        office.ticket("PER").await;
        let many: String = (0..9_000).map(|n| format!("p{n}+")).collect();
        for q in ["%00", "%27%22%2A", "NEAR(a%20b)", "a%20OR%20b", "-", "%22", "%EF%B7%BD", "stampante%20AND", "%5C", "public%3Ax", many.as_str()] {
            let answer = office.get("anna", &format!("/api/v1/tickets?q={q}")).await;
            assert!(matches!(answer.status.as_u16(), 200 | 422), "{}: {}", &q[..q.len().min(40)], answer.text());
        }
        let found = office.get("anna", "/api/v1/tickets?q=stampante").await.expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1);
        for cursor in ["ffffffffffffffff-0", "7fffffffffffffff-7fffffffffffffff", "0-0", "8000000000000000-1"] {
            office.get("anna", &format!("/api/v1/tickets?q=stampante&cursor=q.{cursor}")).await.expect(200);
            office.get("anna", &format!("/api/v1/tickets?cursor=n.{cursor}")).await.expect(200);
        }
    }

    async fn a_place_in_one_list_is_none_in_another(db: Backend) {
        let office = Office::open(&db).await;
        for _ in 0..3 {
            office.ticket("PER").await;
            office.clock.advance(1);
        }
        let lists = ["q=stampante", "updated_since=2000-01-01T00:00:00Z", "open=true"];
        for (place, list) in lists.iter().enumerate() {
            let first = office.get("anna", &format!("/api/v1/tickets?limit=1&{list}")).await.expect(200);
            let cursor = first["next"].as_str().unwrap();
            for (other, query) in lists.iter().enumerate() {
                let answer = office.get("anna", &format!("/api/v1/tickets?limit=1&{query}&cursor={cursor}")).await;
                if place == other {
                    assert_ne!(answer.expect(200)["items"], first["items"], "{list}");
                } else {
                    assert_eq!(answer.problem(422).1, ["cursor"], "{list} and {query}");
                }
            }
        }
    }

    async fn what_is_wrong_with_a_key_of_repetition_is_told(db: Backend) {
        let office = Office::open(&db).await;
        let long = "k".repeat(256);
        for (key, code) in [(long.as_str(), "too-long"), ("", "required")] {
            let body = json!({"subject": "x"});
            let answer = office.post_with("anna", "/api/v1/tickets", &[("idempotency-key", key)], &body).await;
            assert_eq!(answer.problem(422).1, ["Idempotency-Key"]);
            let told = answer.json()["errors"][0]["code"].as_str().unwrap().replace('_', "-");
            assert!(told.ends_with(code), "{key:.9}: {told}");
        }
    }

    async fn what_does_not_exist_is_not_found(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        let missing = "00000000-0000-7000-8000-000000000000";
        for key in [missing, "SR-2026-999999", "x", "%00", "%27", "SR-2026-000001%00", "..%2F..%2Fetc", &"k".repeat(3000)] {
            for resource in ["", "/timeline", "/clocks", "/attachments"] {
                office.get("anna", &format!("/api/v1/tickets/{key}{resource}")).await.problem(404);
            }
            office.post("anna", &format!("/api/v1/tickets/{key}/take"), &json!({})).await.problem(404);
        }
        office.post("anna", &format!("{path}/assignments/{missing}/acceptance"), &json!({})).await.problem(404);
        office.post("anna", &format!("{path}/assignments/none/acceptance"), &json!({})).await.problem(404);
        office.get("anna", &format!("{path}/attachments/{missing}")).await.problem(404);
        office.send("anna", "DELETE", &format!("{path}/links/{missing}"), &[], "").await.problem(404);
        office.get("anna", "/api/v1/nothing").await.problem(404);
    }

    async fn other_tickets_that_are_named_must_exist(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        office.act("anna", &path, "take", json!({})).await;
        for to in ["SR-2026-999999", "", "\u{0}", "00000000-0000-7000-8000-000000000000", "'; DROP TABLE card; --"] {
            let (_, fields) = office.post("anna", &format!("{path}/link"), &json!({"to": to, "kind": "related"})).await.problem(422);
            assert_eq!(fields, ["to"], "{to:?}");
            let (_, fields) = office.post("anna", &format!("{path}/merge"), &json!({"into": to})).await.problem(422);
            assert_eq!(fields, ["into"], "{to:?}");
        }
        let number = path.rsplit('/').next().unwrap();
        let (code, _) = office.post("anna", &format!("{path}/merge"), &json!({"into": number})).await.problem(409);
        assert_eq!(code, "SD-110", "not into itself");
    }

    async fn acts_name_their_wrong_fields_and_change_nothing(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        office.act("anna", &path, "take", json!({})).await;
        let before = office.events().await;
        let nobody = "00000000-0000-7000-8000-000000000000";
        let long = "n".repeat(4001);
        for (act, body, field) in [
            ("take", json!({"force": true}), "force"),
            ("resumption", json!({"x": 1}), "x"),
            ("owner", json!({}), "group"),
            ("owner", json!({"group": "None"}), "group"),
            ("owner", json!({"group": "Sistemi"}), "group"),
            ("owner", json!({"operator": nobody}), "operator"),
            ("owner", json!({"operator": office.people["rosa"]}), "operator"),
            ("identification", json!({}), "requester"),
            ("identification", json!({"requester": {"email": "x"}}), "requester.email"),
            ("registration", json!({"reason": " "}), "reason"),
            ("diagnosis", json!({"diagnosis": "\u{7}"}), "diagnosis"),
            ("classification", json!({}), "kind"),
            ("classification", json!({"kind": "incident", "priority": 1}), "reason"),
            ("classification", json!({"kind": "incident", "priority": 9}), "priority"),
            ("classification", json!({"kind": "incident", "category": "None"}), "category"),
            ("reroute", json!({"area": "NONE", "reason": "x"}), "area"),
            ("reroute", json!({"area": "TEC"}), "reason"),
            ("link", json!({"to": "x", "kind": "twin"}), "kind"),
            ("assignments", json!({"group": "None"}), "group"),
            ("assignments", json!({"group": "Sportello Personale", "classification": {"kind": "incident"}}), "group"),
            ("pause", json!({"reason": "holiday"}), "reason"),
            ("pause", json!({"reason": "supplier", "wake_at": "2020-01-01T00:00:00Z"}), "wake_at"),
            ("pause", json!({"reason": "supplier", "wake_at": "tomorrow"}), "wake_at"),
            ("pause", json!({"reason": "supplier", "note": long}), "note"),
            ("solution", json!({"solution": ""}), "solution"),
            ("outcome", json!({"satisfied": "si"}), "satisfied"),
            ("contact-attempts", json!({"outcome": "busy"}), "outcome"),
            ("closure", json!({"reason": "bored"}), "reason"),
            ("closure", json!({"reason": "refused"}), "note"),
            ("reopening", json!({}), "reason"),
            ("cancellation", json!({"reason": ""}), "reason"),
            ("merge", json!({}), "into"),
            ("messages", json!({"body": "x", "visibility": "secret"}), "visibility"),
            ("messages", json!({"body": "m".repeat(50_001)}), "body"),
        ] {
            let (_, fields) = office.post("anna", &format!("{path}/{act}"), &body).await.problem(422);
            assert_eq!(fields, [field], "{act} {body}");
        }
        let (_, fields) = office.send("anna", "PATCH", &path, &[], "{}").await.problem(422);
        assert_eq!(fields, ["subject"]);
        assert_eq!(office.events().await, before, "nothing was written");
    }

    async fn markup_and_formulas_stay_text(db: Backend) {
        let office = Office::open(&db).await;
        let nasty = "<script>alert(1)</script> =cmd|' /C calc'!A0 ${7*7} {{7*7}} \"'; DROP TABLE card; --";
        let body = json!({"area": "PER", "subject": nasty, "description": nasty, "requester": {"name": nasty}});
        let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
        assert_eq!(ticket["subject"], json!(nasty));
        let answer = office.get("anna", &format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap())).await;
        assert_eq!((answer.header("content-type"), answer.header("x-content-type-options")), (Some("application/json"), Some("nosniff")));
        let read = answer.expect(200);
        assert_eq!((&read["description"], &read["requester"]["name"]), (&json!(nasty), &json!(nasty)));
    }

    async fn a_wrong_method_and_a_missing_token_are_told_as_problems(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        for (method, path) in [("DELETE", "/api/v1/tickets"), ("PUT", path.as_str()), ("GET", &format!("{path}/take")), ("POST", "/api/v1/events")] {
            let answer = office.send("anna", method, path, &[], "").await;
            let (code, _) = answer.problem(405);
            assert_eq!(code, "method_not_allowed");
            assert!(answer.header("allow").is_some(), "{method} {path}");
        }
        for headers in [&[][..], &[("authorization", "Bearer wrong")], &[("authorization", "Basic YTpi")], &[("authorization", "Bearer")]] {
            let answer = office.send("", "GET", "/api/v1/tickets", headers, "").await;
            let (code, _) = answer.problem(401);
            assert_eq!((code.as_str(), answer.header("www-authenticate")), ("unauthenticated", Some("Bearer")));
        }
        for key in ["", &"k".repeat(256)] {
            let body = json!({"area": "PER", "subject": "x"});
            let (_, fields) = office.post_with("anna", "/api/v1/tickets", &[("idempotency-key", key)], &body).await.problem(422);
            assert_eq!(fields, ["Idempotency-Key"]);
        }
    }

    async fn a_long_conversation_does_not_break_the_index(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        for turn in 0..30 {
            let body: String = (0..6_000).map(|n| format!("t{:x} ", turn * 6_000 + n)).collect();
            let body = json!({"body": body, "visibility": if turn % 2 == 0 { "public" } else { "internal" }});
            let answer = office.post("anna", &format!("{path}/messages"), &body).await;
            assert_eq!(answer.status.as_u16(), 200, "message {turn}: {}", answer.text());
        }
    }
}
