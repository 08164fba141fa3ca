//! What somebody types is kept, found on another device and another node, and gone when it was sent.

use crate::office::{Office, done};
use crate::visitor::Visitor;
use serde_json::{Value, json};
use store::Sql;
use testkit::Backend;

const KEY: &str = "message:SR-2026-000001";

fn typed(writer: &str, based_on: i64, text: &str) -> Value {
    json!({"writer": writer, "based_on": based_on, "fields": {"kind": "reply", "text": text}})
}

async fn rows(office: &Office) -> i64 {
    let row = office.store.read().row("SELECT COUNT(*) FROM draft", vec![]).await;
    done(row).unwrap().get(0).unwrap()
}

testkit::both_backends! {
    async fn what_is_typed_is_kept_in_memory_and_written_together(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        for text in ["Buon", "Buongiorno", "Buongiorno Rosa"] {
            anna.put(&format!("/drafts/{KEY}"), typed("a", 0, text)).await.expect(200);
        }
        assert_eq!(anna.draft(KEY).await, (Some("Buongiorno Rosa".into()), vec![]));
        for n in 1..20 {
            anna.put(&format!("/drafts/call:{n}"), typed("a", 0, "sospesa")).await.expect(200);
        }
        let before = office.store.statements();
        workspace::flush(&office.store).await;
        let statements = office.store.statements() - before;
        assert!(statements <= 6, "{statements} statements for twenty drafts");
        assert_eq!(rows(&office).await, 20);
        assert_eq!(anna.draft(KEY).await, (Some("Buongiorno Rosa".into()), vec![]));
    }

    async fn another_node_sees_it_and_both_agree_which_is_newer(db: Backend) {
        let office = Office::open(&db).await;
        let beside = office.beside(&db, vec![]).await;
        let here = Visitor::of(&office, "anna").await;
        let there = here.at(&beside);
        here.put(&format!("/drafts/{KEY}"), typed("ufficio", 0, "dall'ufficio")).await.expect(200);
        workspace::flush(&office.store).await;
        assert_eq!(there.draft(KEY).await, (Some("dall'ufficio".into()), vec![]));
        office.clock.advance(5);
        there.put(&format!("/drafts/{KEY}"), typed("telefono", 0, "dal telefono")).await.expect(200);
        assert_eq!(there.draft(KEY).await, (Some("dal telefono".into()), vec!["dall'ufficio".into()]));
        office.clock.advance(5);
        here.put(&format!("/drafts/{KEY}"), typed("ufficio", 0, "dall'ufficio, ancora")).await.expect(200);
        workspace::flush(&beside.store).await;
        workspace::flush(&office.store).await;
        let agreed = (Some("dall'ufficio, ancora".into()), vec!["dal telefono".into()]);
        assert_eq!(here.draft(KEY).await, agreed);
        assert_eq!(there.draft(KEY).await, agreed);
    }

    async fn what_was_sent_on_one_device_is_gone_on_the_other(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        anna.put(&format!("/drafts/{KEY}"), typed("a", 0, "ecco")).await.expect(200);
        let at = anna.get(&format!("/drafts/{KEY}")).await["at"].as_i64().unwrap();
        office.clock.advance(5);
        done(workspace::sent(&office.store, office.people["anna"], KEY, "a"));
        let told = anna.get(&format!("/drafts/{KEY}")).await;
        assert_eq!((&told["fields"], &told["ended_by"]), (&Value::Null, &json!("a")));
        office.clock.advance(5);
        anna.put(&format!("/drafts/{KEY}"), typed("b", at, "ecco!")).await.expect(200);
        assert_eq!(anna.draft(KEY).await.0, None, "words under way do not bring it back");
        anna.put(&format!("/drafts/{KEY}"), typed("b", 0, "altro")).await.expect(200);
        assert_eq!(anna.draft(KEY).await.0.as_deref(), Some("altro"));
    }

    async fn nobody_reads_or_ends_what_another_writes(db: Backend) {
        let office = Office::open(&db).await;
        let (anna, admin, rosa) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "admin").await, Visitor::of(&office, "rosa").await);
        anna.put(&format!("/drafts/{KEY}"), typed("a", 0, "solo mio")).await.expect(200);
        for other in [&admin, &rosa] {
            assert_eq!(other.draft(KEY).await.0, None);
            let thrown = other.send("POST", &format!("/drafts/{KEY}/thrown-away"), "to=%2Ftickets".into()).await;
            assert_eq!(thrown.status.as_u16(), 303);
        }
        assert_eq!(anna.draft(KEY).await.0.as_deref(), Some("solo mio"));
        assert_eq!(office.send("", "GET", &format!("/drafts/{KEY}"), &[], String::new()).await.status.as_u16(), 401);
        assert_eq!(office.send("anna", "GET", &format!("/drafts/{KEY}"), &[], String::new()).await.status.as_u16(), 401, "a token has no desk");
    }

    async fn what_was_thrown_away_comes_back_within_the_hour(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        anna.put(&format!("/drafts/{KEY}"), typed("a", 0, "forse no")).await.expect(200);
        let thrown = anna.send("POST", &format!("/drafts/{KEY}/thrown-away"), "to=%2Ftickets".into()).await;
        assert_eq!(thrown.header("location"), Some("/tickets"));
        workspace::flush(&office.store).await;
        assert_eq!(anna.draft(KEY).await.0, None);
        anna.send("POST", &format!("/drafts/{KEY}/fetched-back"), "to=https://altrove".into()).await;
        assert_eq!(anna.draft(KEY).await.0.as_deref(), Some("forse no"));
    }

    async fn drafts_have_limits(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        for key in ["x", "a:", ":a", "a:b%20c", &format!("a:{}", "b".repeat(90))] {
            assert_eq!(anna.put(&format!("/drafts/{key}"), typed("a", 0, "x")).await.status.as_u16(), 422, "{key}");
        }
        let long = "x".repeat(200_001);
        anna.put(&format!("/drafts/{KEY}"), typed("a", 0, &long)).await.problem(413);
        for n in 0..100 {
            anna.put(&format!("/drafts/call:{n}"), typed("a", 0, "x")).await.expect(200);
        }
        workspace::flush(&office.store).await;
        anna.put("/drafts/call:100", typed("a", 0, "x")).await.problem(429);
        anna.put("/drafts/call:7", typed("a", 0, "si continua")).await.expect(200);
    }
}
