//! Areas, groups and categories: made once, renamed, closed, opened again, by the API and by their pages.

use crate::office::Office;
use crate::visitor::Visitors;
use serde_json::{Value, json};
use testkit::Backend;

async fn office(db: &Backend) -> Office {
    Office::with(db, vec![portal::capability(), administration::capability()]).await
}

async fn change(
    office: &Office,
    who: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &Value,
) -> crate::office::Answer {
    office.send(who, "PATCH", path, headers, body.to_string()).await
}

fn own(resource: &str, made: &Value) -> String {
    format!("/api/v1/{resource}/{}", made["id"].as_str().unwrap())
}

/// What can be made of each kind.
fn kinds() -> [(&'static str, Value); 3] {
    [
        ("areas", json!({"name": "Edilizia", "code": "EDI"})),
        (
            "groups",
            json!({"name": "Edili", "kind": "second_level", "area": "PER"}),
        ),
        (
            "categories",
            json!({"name": "Porte", "service": "Edifici", "area": "PER"}),
        ),
    ]
}

testkit::both_backends! {
    async fn what_is_made_again_under_the_same_key_is_made_once(db: Backend) {
        let office = office(&db).await;
        for (resource, body) in kinds() {
            let (path, key) = (format!("/api/v1/{resource}"), [("idempotency-key", resource)]);
            let first = office.post_with("admin", &path, &key, &body).await;
            let made = first.expect(201);
            let events = office.events().await;
            let again = office.post_with("admin", &path, &key, &body).await;
            assert_eq!((again.expect(201), office.events().await), (made.clone(), events), "{resource}");
            assert_eq!((first.header("location"), first.header("etag")), (Some(own(resource, &made).as_str()), again.header("etag")));
            let (code, _) = office.post_with("admin", &path, &key, &json!({"name": "Altro", "kind": "supplier"})).await.problem(422);
            if code == "invalid" {
                // Areas and categories have no kind: what is refused before the key is looked at names its field.
                let (code, _) = office.post_with("admin", &path, &key, &json!({"name": "Altro"})).await.problem(422);
                assert_eq!(code, "idempotency_key_reused", "{resource}");
            } else {
                assert_eq!(code, "idempotency_key_reused", "{resource}");
            }
            assert_eq!(office.events().await, events, "{resource}");
        }
    }

    async fn the_accessibility_declaration_stands_at_the_foot_of_every_page(db: Backend) {
        let office = office(&db).await;
        let visitors = Visitors::of(&office).await;
        let (path, address) = ("/api/v1/accessibility", "https://form.agid.gov.it/view/0a1b");
        let before = office.get("admin", path).await;
        assert_eq!(before.expect(200), json!({"declaration": "", "contact": ""}));
        assert!(!visitors.send(&office, "", "GET", "/accessibility", "").await.text().contains("form.agid"));
        let set = json!({"declaration": address, "contact": "barriere@ente.example"});
        let tag = before.header("etag").unwrap().to_owned();
        let put = async |headers: &[(&str, &str)], body: &Value| office.send("admin", "PUT", path, headers, body.to_string()).await;
        assert_eq!(put(&[("if-match", &tag)], &set).await.expect(200), set);
        put(&[("if-match", &tag)], &json!({})).await.problem(412);
        let (_, fields) = put(&[], &json!({"declaration": "javascript:alert(1)", "contact": "a"})).await.problem(422);
        assert_eq!(fields, ["declaration", "contact"]);
        for (who, page) in [("rosa", "/portal"), ("admin", "/administration/areas"), ("", "/accessibility")] {
            let shown = visitors.send(&office, who, "GET", page, "").await.text();
            assert!(shown.contains(&format!("href=\"{address}\"")), "{who} {page}");
        }
        let shown = visitors.send(&office, "rosa", "GET", "/accessibility", "").await.text();
        assert!(shown.contains("mailto:barriere@ente.example") && shown.contains("/portal/new?subject="), "{shown}");
        let events = office.events().await;
        let form = "declaration=&contact=barriere%40ente.example";
        let page = "/administration/accessibility";
        assert_eq!(visitors.send(&office, "admin", "POST", page, form).await.header("location"), Some(page));
        assert_eq!(office.events().await, events + 1, "it stands in the journal");
        assert!(!visitors.send(&office, "rosa", "GET", "/portal", "").await.text().contains(address));
    }

    async fn a_change_is_refused_when_another_version_was_meant(db: Backend) {
        let office = office(&db).await;
        for (resource, body) in kinds() {
            let made = office.post("admin", &format!("/api/v1/{resource}"), &body).await.expect(201);
            let path = own(resource, &made);
            let read = office.get("rosa", &path).await;
            let tag = read.header("etag").unwrap().to_owned();
            assert_eq!(read.expect(200)["name"], made["name"]);
            let renamed = change(&office, "admin", &path, &[("if-match", &tag)], &json!({"name": " Nuovo nome "})).await;
            assert_eq!(renamed.expect(200)["name"], json!("Nuovo nome"), "{resource}");
            assert_ne!(renamed.header("etag"), Some(tag.as_str()));
            let stale = change(&office, "admin", &path, &[("if-match", &tag)], &json!({"active": false})).await;
            stale.problem(412);
            assert_eq!((&stale.json()["current"]["name"], &stale.json()["current"]["active"]), (&json!("Nuovo nome"), &json!(true)), "{resource}");
            let events = office.events().await;
            let same = change(&office, "admin", &path, &[], &json!({"name": "Nuovo nome", "active": true})).await.expect(200);
            assert_eq!((office.events().await, &same["name"]), (events, &json!("Nuovo nome")), "{resource}: nothing was to be changed");
            let closed = change(&office, "admin", &path, &[], &json!({"active": false})).await.expect(200);
            let opened = change(&office, "admin", &path, &[], &json!({"active": true})).await.expect(200);
            assert_eq!((&closed["active"], &opened["active"], office.events().await), (&json!(false), &json!(true), events + 2), "{resource}");
        }
    }

    async fn wrong_fields_and_unknown_things_are_named(db: Backend) {
        let office = office(&db).await;
        let (line, nobody) = ("a".repeat(121), "00000000-0000-7000-8000-000000000000");
        let before = office.events().await;
        for (resource, body, field) in [
            ("areas", json!({}), "name"), ("areas", json!({"name": "a\u{0}b"}), "name"), ("areas", json!({"name": line}), "name"),
            ("areas", json!({"name": "PERSONALE"}), "name"), ("areas", json!({"name": "x", "code": "per"}), "code"),
            ("areas", json!({"name": "x", "code": "c".repeat(41)}), "code"), ("areas", json!({"name": "x", "code": "a\nb"}), "code"),
            ("areas", json!({"name": "Per"}), "name"), ("areas", json!({"name": 7}), "name"), ("areas", json!({"x": 7}), "x"),
            ("groups", json!({"kind": "supplier"}), "name"), ("groups", json!({"name": "x"}), "kind"),
            ("groups", json!({"name": line, "kind": "supplier"}), "name"), ("groups", json!({"name": "a\u{202e}", "kind": "supplier"}), "name"),
            ("groups", json!({"name": "x", "kind": "team"}), "kind"), ("groups", json!({"name": "x", "kind": "supplier", "area": "NONE"}), "area"),
            ("groups", json!({"name": "x", "kind": "supplier", "area": "\u{0}"}), "area"), ("groups", json!({"members": []}), "members"),
            ("categories", json!({}), "name"), ("categories", json!({"name": line}), "name"), ("categories", json!({"name": "\u{7}"}), "name"),
            ("categories", json!({"name": "x", "service": line}), "service"), ("categories", json!({"name": "x", "service": "a\tb"}), "service"),
            ("categories", json!({"name": "x", "area": nobody}), "area"), ("categories", json!({"name": "x", "colour": 1}), "colour"),
        ] {
            let (_, fields) = office.post("admin", &format!("/api/v1/{resource}"), &body).await.problem(422);
            assert_eq!(fields, [field], "{resource} {body}");
        }
        for (path, body, field) in [
            (format!("/api/v1/areas/{}", office.areas["PER"]), json!({"name": "tecnologie"}), "name"),
            (format!("/api/v1/areas/{}", office.areas["PER"]), json!({}), "name"),
            (format!("/api/v1/areas/{}", office.areas["PER"]), json!({"name": ""}), "name"),
            (format!("/api/v1/areas/{}", office.areas["PER"]), json!({"code": "x"}), "code"),
            (format!("/api/v1/groups/{}", office.groups["Sistemi"]), json!({"name": "a\nb"}), "name"),
            (format!("/api/v1/groups/{}", office.groups["Sistemi"]), json!({"active": "no"}), "active"),
        ] {
            let (_, fields) = change(&office, "admin", &path, &[], &body).await.problem(422);
            assert_eq!(fields, [field], "{path} {body}");
        }
        let anna = office.people["anna"].to_string();
        for resource in ["areas", "groups", "categories"] {
            for id in [nobody, "x", "%00", anna.as_str()] {
                office.get("admin", &format!("/api/v1/{resource}/{id}")).await.problem(404);
                change(&office, "admin", &format!("/api/v1/{resource}/{id}"), &[], &json!({"name": "x"})).await.problem(404);
            }
        }
        assert_eq!(office.events().await, before, "nothing was written");
    }

    async fn a_group_is_not_closed_while_a_ticket_is_its_own_wherever_it_is_worked_on(db: Backend) {
        let office = office(&db).await;
        let another = json!({"name": "Nuovo sportello", "kind": "front_end", "area": "PER"});
        office.post("admin", "/api/v1/groups", &another).await.expect(201);
        let (away, here) = (office.ticket("PER").await, office.ticket("PER").await);
        office.act("anna", &away, "take", json!({})).await;
        office.act("anna", &away, "classification", json!({"kind": "incident"})).await;
        for group in ["Sistemi", "Applicazioni"] {
            office.act("anna", &away, "assignments", json!({"group": group})).await;
        }
        let close = async |group: &str| {
            let path = format!("/api/v1/groups/{}", office.groups[group]);
            let italian = [("accept-language", "it")];
            let answer = change(&office, "admin", &path, &italian, &json!({"active": false})).await;
            (answer.problem(409).0, answer.json()["detail"].as_str().unwrap().to_owned())
        };
        let (code, detail) = close("Sportello Personale").await;
        assert_eq!(code, "group_has_tickets");
        assert!(detail.contains("2 ticket aperti, di cui 1 nella sua coda e 1 in lavorazione presso Sistemi"), "{detail}");
        let elsewhere = json!({"group": "Nuovo sportello"});
        office.act("anna", &here, "owner", elsewhere.clone()).await;
        let (_, detail) = close("Sportello Personale").await;
        assert!(detail.contains("titolare di un ticket aperto che è in lavorazione presso Sistemi"), "{detail}");
        for group in ["Sistemi", "Applicazioni"] {
            let (_, detail) = close(group).await;
            assert!(detail.contains("ancora un ticket aperto, nella sua coda"), "{group}: {detail}");
        }
        let parts = office.get("anna", &away).await.expect(200);
        for part in parts["assignments"].as_array().unwrap() {
            office.act("anna", &away, &format!("assignments/{}/withdrawal", part["id"].as_str().unwrap()), json!({})).await;
        }
        office.act("anna", &away, "owner", elsewhere).await;
        let path = format!("/api/v1/groups/{}", office.groups["Sportello Personale"]);
        change(&office, "admin", &path, &[], &json!({"active": false})).await.expect(200);
    }

    async fn a_closed_area_takes_no_new_tickets_and_the_last_stays_open(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("TEC").await;
        let path = format!("/api/v1/areas/{}", office.areas["TEC"]);
        change(&office, "admin", &path, &[], &json!({"active": false, "name": "Tecnologie di ieri"})).await.expect(200);
        let read = office.get("carla", &ticket).await.expect(200);
        assert_eq!(read["area"]["name"], json!("Tecnologie di ieri"), "what it has keeps its name");
        office.act("carla", &ticket, "take", json!({})).await;
        for body in [json!({"area": "TEC", "subject": "x"}), json!({"area": office.areas["TEC"], "subject": "x"})] {
            let (_, fields) = office.post("rosa", "/api/v1/tickets", &body).await.problem(422);
            assert_eq!(fields, ["area"]);
        }
        let here = office.ticket("PER").await;
        let (_, fields) = office.post("anna", &format!("{here}/reroute"), &json!({"area": "TEC", "reason": "x"})).await.problem(422);
        assert_eq!(fields, ["area"]);
        let found = office.get("carla", "/api/v1/tickets?area=TEC").await.expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1, "it is still found by its area");
        let last = format!("/api/v1/areas/{}", office.areas["PER"]);
        let (code, _) = change(&office, "admin", &last, &[], &json!({"active": false})).await.problem(409);
        assert_eq!(code, "last_area");
        change(&office, "admin", &path, &[], &json!({"active": true})).await.expect(200);
        office.post("rosa", "/api/v1/tickets", &json!({"area": "TEC", "subject": "x"})).await.expect(201);
    }

    async fn a_group_is_closed_only_when_others_have_its_tickets(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "assignments", json!({"group": "Sistemi"})).await;
        let path = |group: &str| format!("/api/v1/groups/{}", office.groups[group]);
        let closing = json!({"active": false});
        let busy = change(&office, "admin", &path("Sistemi"), &[], &closing).await;
        assert_eq!((busy.problem(409).0.as_str(), busy.json()["detail"].as_str().unwrap().contains("un ticket aperto")), ("group_has_tickets", true));
        let (code, _) = change(&office, "admin", &path("Sportello Tecnologie"), &[], &closing).await.problem(409);
        assert_eq!(code, "last_group", "its area would have nobody");
        let unused = change(&office, "admin", &path("Applicazioni"), &[], &closing).await.expect(200);
        assert_eq!(unused["active"], json!(false));
        let (_, fields) = office.post("anna", &format!("{ticket}/assignments"), &json!({"group": "Applicazioni"})).await.problem(422);
        assert_eq!(fields, ["group"]);
        let parts = office.get("anna", &ticket).await.expect(200);
        let part = parts["assignments"][0]["id"].as_str().unwrap().to_owned();
        let (code, _) = change(&office, "servizio", &path("Sportello Personale"), &[], &closing).await.problem(409);
        assert_eq!(code, "group_has_tickets", "the owner of what is at the second level is needed");
        office.act("anna", &ticket, &format!("assignments/{part}/withdrawal"), json!({})).await;
        office.act("anna", &ticket, "owner", json!({"group": "Retro Personale"})).await;
        change(&office, "servizio", &path("Sportello Personale"), &[], &closing).await.expect(200);
        let next = office.post("rosa", "/api/v1/tickets", &json!({"area": "PER", "subject": "x"})).await.expect(201);
        let next = office.get("anna", &format!("/api/v1/tickets/{}", next["number"].as_str().unwrap())).await.expect(200);
        assert_eq!(next["group"]["name"], json!("Retro Personale"), "the other group of the desk takes over");
        let (code, _) = change(&office, "servizio", &path("Retro Personale"), &[], &closing).await.problem(409);
        assert_eq!(code, "last_group");
    }

    async fn a_closed_category_is_offered_no_more_and_stays_where_it_was(db: Backend) {
        let office = office(&db).await;
        let made = office.post("admin", "/api/v1/categories", &json!({"name": "Badge", "service": "Tornelli", "area": "PER"})).await.expect(201);
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident", "category": made["id"]})).await;
        let visitors = Visitors::of(&office).await;
        assert!(visitors.send(&office, "admin", "GET", "/administration/offerings", "").await.text().contains("Tornelli"));
        change(&office, "servizio", &own("categories", &made), &[], &json!({"active": false, "name": "Tessere"})).await.expect(200);
        assert!(!visitors.send(&office, "admin", "GET", "/administration/offerings", "").await.text().contains("Tornelli"), "nothing is offered by it");
        let read = office.get("anna", &ticket).await.expect(200);
        assert_eq!(read["category"]["name"], json!("Tornelli › Tessere"));
        let again = json!({"kind": "specialist", "category": made["id"]});
        office.act("anna", &ticket, "classification", again.clone()).await;
        let other = office.ticket("PER").await;
        office.act("anna", &other, "take", json!({})).await;
        let (_, fields) = office.post("anna", &format!("{other}/classification"), &again).await.problem(422);
        assert_eq!(fields, ["category"]);
    }

    async fn the_pages_rename_and_close_and_say_what_is_to_be_mended(db: Backend) {
        let office = office(&db).await;
        let visitors = Visitors::of(&office).await;
        let made = office.post("admin", "/api/v1/categories", &json!({"name": "Badge", "service": "Accessi"})).await.expect(201);
        let pages = [
            format!("/administration/areas/{}", office.areas["TEC"]), format!("/administration/groups/{}", office.groups["Applicazioni"]),
            format!("/administration/categories/{}", made["id"].as_str().unwrap()),
        ];
        for page in pages {
            let see = async || visitors.send(&office, "admin", "GET", &page, "").await;
            let version = |text: &str| text.split("name=\"version\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
            let first = version(&see().await.text());
            let form = format!("version={first}&name=Nuovo+nome&service=Nuovo");
            let renamed = visitors.send(&office, "admin", "POST", &format!("{page}/name"), &form).await;
            assert_eq!((renamed.status.as_u16(), renamed.header("location")), (303, Some(page.as_str())));
            assert!(see().await.text().contains("Nuovo nome"), "{page}");
            let stale = visitors.send(&office, "admin", "POST", &format!("{page}/standing"), &format!("version={first}&active=false")).await;
            assert_eq!(stale.status.as_u16(), 422, "{page}");
            let wrong = visitors.send(&office, "admin", "POST", &format!("{page}/name"), "name=%00scritto&service=x").await;
            assert!(wrong.status.as_u16() == 422 && wrong.text().contains("scritto"), "{page}: what was typed stays");
            let version = version(&see().await.text());
            let closed = visitors.send(&office, "admin", "POST", &format!("{page}/standing"), &format!("version={version}&active=false")).await;
            assert_eq!(closed.status.as_u16(), 303, "{page}: {}", closed.text());
            assert!(see().await.text().contains("chiuso"), "{page}");
            let list = page.rsplit_once('/').unwrap().0;
            assert!(visitors.send(&office, "admin", "GET", list, "").await.text().contains("chiuso"), "{list}");
        }
        let desk = format!("/administration/groups/{}/standing", office.groups["Sportello Tecnologie"]);
        let group = visitors.send(&office, "admin", "POST", &desk, "active=false").await;
        assert_eq!(group.status.as_u16(), 303, "its area is closed: nobody waits for it");
    }
}
