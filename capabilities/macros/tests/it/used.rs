//! Macros that are used: all of them or nothing, after the time to take them back, on one ticket or on many.

use crate::stage::{at, happened, number, office, text, used, visit, work, written};
use serde_json::{Value, json};
use testkit::Backend;

testkit::both_backends! {
    async fn several_acts_are_one_gesture_and_what_is_so_already_is_left_out(db: Backend) {
        let office = office(&db).await;
        let reply = text(&office, "Ci siamo", Some("PER")).await;
        let one = written(&office, &json!({"name": "Aspetta il documento", "area": "PER", "note": "Sentito", "steps":
            {"take": true, "kind": "fulfilment", "impact": 3, "urgency": 3, "reply": reply, "end": {"wait": {"reason": "requester", "days": 2}}}})).await;
        let ticket = office.ticket("PER").await;
        let asked = used(&office, "anna", &one, &[&ticket]).await.expect(202);
        assert_eq!(asked["state"], "waiting");
        assert_eq!(office.get("anna", &ticket).await.expect(200)["state"], "new", "not yet");
        work(&office).await;
        let now = office.get("anna", &ticket).await.expect(200);
        assert_eq!((&now["state"], &now["kind"], &now["priority"]), (&json!("waiting"), &json!("fulfilment"), &json!(5)));
        let (wakes, in_two_days) = (now["wake_at"].to_string(), json!(office.clock.now().plus_seconds(2 * 86_400)).to_string());
        assert_eq!(wakes[..17], in_two_days[..17], "to the minute");
        let told = happened(&office, &ticket).await;
        let mut own = told.iter().filter(|kind| ["ticket.taken", "ticket.classified", "ticket.message_added", "ticket.paused"].contains(&kind.as_str()));
        assert!(own.by_ref().eq(["ticket.taken", "ticket.classified", "ticket.message_added", "ticket.message_added", "ticket.paused"]), "{told:?}");
        let said = visit(&office, "anna", "GET", &format!("/tickets/{}", number(&ticket)), "").await.text();
        assert!(said.contains(&format!("su {} ci siamo", number(&ticket))) && said.contains("Sentito"), "{said}");
        // A second time it is neither taken nor classified anew, and waiting twice is refused: nothing at all is written.
        let before = happened(&office, &ticket).await.len();
        let again = used(&office, "anna", &one, &[&ticket]).await.expect(202);
        work(&office).await;
        let path = format!("/api/v1/bulk-acts/{}", again["id"].as_str().unwrap());
        let told = office.get("anna", &path).await.expect(200);
        assert_eq!((&told["state"], &told["tickets"][0]["done"]), (&json!("done"), &json!(false)), "{told}");
        assert_eq!(happened(&office, &ticket).await.len(), before, "all of it, or nothing");
    }

    async fn a_macro_is_used_on_many_tickets_and_each_has_its_own_words(db: Backend) {
        let office = office(&db).await;
        let reply = text(&office, "Ci siamo", None).await;
        let one = written(&office, &json!({"name": "Risposta", "steps": {"reply": reply}})).await;
        let (first, second) = (office.ticket("PER").await, office.ticket("PER").await);
        let preview = json!({"tickets": [number(&first), number(&second)], "act": {"macro": {"id": one["id"]}}});
        let told = office.post("anna", "/api/v1/bulk-acts/preview", &preview).await.expect(200);
        assert_eq!(told["able"], 2);
        used(&office, "anna", &one, &[&first, &second]).await.expect(202);
        work(&office).await;
        for ticket in [&first, &second] {
            let page = visit(&office, "anna", "GET", &format!("/tickets/{}", number(ticket)), "").await.text();
            assert!(page.contains(&format!("su {} ci siamo", number(ticket))), "{ticket}");
        }
        let unknown = json!({"tickets": [number(&first)], "act": {"macro": {"id": kernel::Uuid::now_v7()}}});
        assert_eq!(office.post("anna", "/api/v1/bulk-acts", &unknown).await.problem(422).1, ["act"]);
    }

    async fn from_a_list_a_macro_is_chosen_among_those_there_are(db: Backend) {
        let office = office(&db).await;
        let one = written(&office, &json!({"name": "Presa per me", "steps": {"take": true}})).await;
        let ticket = office.ticket("PER").await;
        let fields = format!("act=macro&number={}", number(&ticket));
        let page = visit(&office, "anna", "POST", "/tickets/bulk", &fields).await.text();
        assert!(page.contains("Presa per me") && !page.contains("Si può"), "{page}");
        let none = visit(&office, "anna", "POST", "/tickets/bulk", &format!("{fields}&seen=1")).await.text();
        assert!(none.contains("field-error"), "which one is to be said");
        let chosen = format!("{fields}&seen=1&macro={}", one["id"].as_str().unwrap());
        assert!(visit(&office, "anna", "POST", "/tickets/bulk", &chosen).await.text().contains("Si può"));
        let asked = visit(&office, "anna", "POST", "/tickets/bulk/do", &chosen).await;
        let told = visit(&office, "anna", "GET", asked.header("location").unwrap(), "").await.text();
        assert!(told.contains("Presa per me: "), "{told}");
        work(&office).await;
        assert_eq!(office.get("anna", &ticket).await.expect(200)["state"], "taken");
    }

    async fn who_uses_one_is_led_on_and_takes_it_back_from_there(db: Backend) {
        let office = office(&db).await;
        let one = written(&office, &json!({"name": "Presa e avanti", "leads_on": true, "steps": {"take": true}})).await;
        let (ticket, next) = (office.ticket("PER").await, office.ticket("PER").await);
        let page = format!("/tickets/{}/macros", number(&ticket));
        let offered = visit(&office, "anna", "GET", &page, "").await.text();
        assert!(offered.contains("Presa e avanti") && offered.contains("Porta al prossimo ticket"), "{offered}");
        let form = format!("macro={}&version=1", one["id"].as_str().unwrap());
        let asked = visit(&office, "anna", "POST", &page, &form).await;
        let on = asked.header("location").unwrap().to_owned();
        let led = visit(&office, "anna", "GET", &on, "").await;
        let there = led.header("location").unwrap().to_owned();
        assert!(there.starts_with(&format!("/tickets/{}?did=", number(&next))), "not back to what is done in a moment: {there}");
        let band = visit(&office, "anna", "GET", &there, "").await.text();
        assert!(band.contains("Presa e avanti") && band.contains("Annulla"), "{band}");
        let bulk = there.split("did=").nth(1).unwrap();
        assert!(!visit(&office, "bruno", "GET", &there, "").await.text().contains("Presa e avanti"), "it is Anna's");
        let undone = visit(&office, "anna", "POST", &format!("/tickets/bulk/{bulk}/undo"), &format!("ticket={}", number(&ticket))).await;
        assert_eq!(undone.header("location"), Some(format!("/tickets/{}?did={bulk}", number(&ticket)).as_str()));
        work(&office).await;
        assert_eq!(office.get("anna", &ticket).await.expect(200)["state"], "new");
        let now = visit(&office, "anna", "GET", &format!("/tickets/bulk/{bulk}/band"), "").await.text();
        assert!(now.contains("non è cambiato nulla") && !now.contains("hx-get"), "{now}");
    }

    async fn what_it_would_meet_is_told_at_once(db: Backend) {
        let office = office(&db).await;
        let one = written(&office, &json!({"name": "Presa", "area": "PER", "steps": {"take": true}})).await;
        let (ticket, elsewhere) = (office.ticket("PER").await, office.ticket("TEC").await);
        office.act("bruno", &ticket, "take", json!({})).await;
        let page = format!("/tickets/{}/macros", number(&ticket));
        let form = format!("macro={}&version=1", one["id"].as_str().unwrap());
        let refused = visit(&office, "anna", "POST", &page, &form).await;
        assert_eq!((refused.status.as_u16(), refused.text().contains("bruno")), (422, true));
        // It is another by now.
        let free = office.ticket("PER").await;
        let changed = json!({"name": "Presa", "area": "PER", "note": "Presa", "steps": {"take": true}}).to_string();
        office.send("admin", "PUT", &at(&one), &[], changed).await.expect(200);
        let stale = visit(&office, "anna", "POST", &format!("/tickets/{}/macros", number(&free)), &form).await;
        assert_eq!((stale.status.as_u16(), stale.text().contains("è stata cambiata")), (422, true));
        // One of another area is not offered, and does nothing there.
        let there = format!("/tickets/{}/macros", number(&elsewhere));
        assert!(!visit(&office, "admin", "GET", &there, "").await.text().contains(">Presa"));
        assert_eq!(visit(&office, "admin", "POST", &there, &form).await.status.as_u16(), 422);
        let told = json!({"tickets": [number(&elsewhere)], "act": {"macro": {"id": one["id"]}}});
        let told = office.post("admin", "/api/v1/bulk-acts/preview", &told).await.expect(200);
        assert_eq!(told["tickets"][0]["refusal"]["code"], "macro_elsewhere");
        for who in ["rosa", "carla"] {
            assert_eq!(visit(&office, who, "GET", &page, "").await.status.as_u16(), 404, "{who}");
        }
        assert_eq!(visit(&office, "revisore", "POST", &page, &form).await.status.as_u16(), 403);
    }

    async fn a_text_that_is_gone_by_then_is_told_and_nothing_is_done(db: Backend) {
        let office = office(&db).await;
        let reply = text(&office, "Ci siamo", Some("PER")).await;
        let one = written(&office, &json!({"name": "Risposta", "area": "PER", "steps": {"take": true, "reply": reply}})).await;
        let ticket = office.ticket("PER").await;
        let asked = used(&office, "anna", &one, &[&ticket]).await.expect(202);
        let closed = json!({"name": "Ci siamo", "area": "PER", "italian": "x", "active": false}).to_string();
        office.send("admin", "PUT", &format!("/api/v1/ready-texts/{}", reply.as_str().unwrap()), &[], closed).await.expect(200);
        work(&office).await;
        let told = office.get("anna", &format!("/api/v1/bulk-acts/{}", asked["id"].as_str().unwrap())).await.expect(200);
        let reason: &Value = &told["tickets"][0]["reason"];
        assert!(reason.as_str().is_some_and(|reason| reason.contains("testo pronto")), "{told}");
        assert_eq!(office.get("anna", &ticket).await.expect(200)["state"], "new");
    }

    async fn passing_on_goes_to_the_desk_or_to_the_second_level(db: Backend) {
        let office = office(&db).await;
        let to = async |group: &str| {
            let wanted = json!({"name": format!("A {group}"), "steps":
                {"take": true, "kind": "incident", "impact": 2, "urgency": 2, "end": {"hand_over": {"group": office.groups[group]}}}});
            written(&office, &wanted).await
        };
        let (systems, ticket) = (to("Sistemi").await, office.ticket("PER").await);
        used(&office, "anna", &systems, &[&ticket]).await.expect(202);
        work(&office).await;
        let now = office.get("anna", &ticket).await.expect(200);
        assert_eq!((&now["state"], &now["assignments"][0]["group"]["id"]), (&json!("level2_work"), &json!(office.groups["Sistemi"])), "{now}");
    }
}
