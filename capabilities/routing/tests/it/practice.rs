//! How groups work: new tickets are given to whoever is there for them, and go on where a group cannot take them.

use crate::office::{Office, done};
use serde_json::{Value, json};
use testkit::Backend;
use workspace::{Presence, say};

const DESK: &str = "Sportello Personale";
const BACK: &str = "Retro Personale";

/// An office in which two people work at the desk and one behind it.
async fn office(db: &Backend) -> Office {
    let mut office = Office::with(db, vec![routing::capability()]).await;
    let grant = people::RoleGrant {
        role: people::Role::Operator,
        area: Some(office.areas["PER"]),
    };
    office.hire("dora", &[grant], Some(DESK)).await;
    office.hire("retro", &[grant], Some(BACK)).await;
    office
}

async fn practice(office: &Office, group: &str, wanted: Value) -> crate::office::Answer {
    let path = format!("/api/v1/groups/{}/practice", office.groups[group]);
    office.send("admin", "PUT", &path, &[], wanted.to_string()).await
}

async fn there(office: &Office, who: &[&str], presence: Presence) {
    for one in who {
        done(say(&office.store, office.people[*one], presence).await);
    }
}

async fn opened(office: &Office, more: Value) -> String {
    let mut body = json!({"area": "PER", "subject": "Una domanda", "channel": "email", "requester": {"id": office.people["rosa"]}});
    for (field, value) in more.as_object().unwrap() {
        body[field] = value.clone();
    }
    let made = office.post("admin", "/api/v1/tickets", &body).await.expect(201);
    format!("/api/v1/tickets/{}", made["number"].as_str().unwrap())
}

/// Whose a ticket is, by name.
async fn whose(office: &Office, ticket: &str) -> Option<String> {
    let ticket = office.get("admin", ticket).await.expect(200);
    let id = ticket["operator"]["id"].as_str()?.to_owned();
    let found = office.people.iter().find(|(_, person)| person.to_string() == id);
    found.map(|(name, _)| name.clone())
}

async fn share_out(office: &Office) -> usize {
    office.store.note_listed_change();
    done(ticket::share_out(&office.store).await)
}

testkit::both_backends! {
    async fn a_new_ticket_is_given_to_whoever_has_least_and_is_not_taken_by_that(db: Backend) {
        let office = office(&db).await;
        practice(&office, DESK, json!({"sharing": "least_load", "most_each": 1})).await.expect(200);
        there(&office, &["anna", "dora"], Presence::Available).await;
        let first = opened(&office, json!({})).await;
        office.act("anna", &first, "take", json!({})).await;
        let (second, third) = (opened(&office, json!({})).await, opened(&office, json!({})).await);
        assert_eq!(share_out(&office).await, 1, "anna has what she can have, and dora has it then too");
        assert_eq!(whose(&office, &second).await.as_deref(), Some("dora"));
        assert_eq!(whose(&office, &third).await, None);
        let told = office.get("admin", &second).await.expect(200);
        assert_eq!((&told["state"], &told["facts"]["taken_at"]), (&json!("new"), &Value::Null));
        let history = office.get("anna", &format!("{second}/timeline")).await.expect(200);
        let given = history["items"].as_array().unwrap().iter().find(|entry| entry["type"] == "ticket.given");
        assert_eq!(given.expect("it is told")["data"]["load"], 0);
        office.act("dora", &second, "take", json!({})).await;
        assert_eq!(share_out(&office).await, 0);
    }

    async fn what_was_given_to_somebody_who_left_is_free_again(db: Backend) {
        let office = office(&db).await;
        practice(&office, DESK, json!({"sharing": "rotation"})).await.expect(200);
        there(&office, &["anna"], Presence::Available).await;
        let (ticket, taken) = (opened(&office, json!({})).await, opened(&office, json!({})).await);
        assert_eq!(share_out(&office).await, 2);
        office.act("anna", &taken, "take", json!({})).await;
        there(&office, &["anna"], Presence::Busy).await;
        assert_eq!(share_out(&office).await, 0, "busy is there");
        there(&office, &["anna"], Presence::Away).await;
        assert_eq!(share_out(&office).await, 1);
        assert_eq!((whose(&office, &ticket).await, whose(&office, &taken).await.as_deref()), (None, Some("anna")));
        there(&office, &["dora"], Presence::Available).await;
        assert_eq!(share_out(&office).await, 1);
        assert_eq!(whose(&office, &ticket).await.as_deref(), Some("dora"));
    }

    async fn a_colleague_may_take_what_was_given_to_another(db: Backend) {
        let office = office(&db).await;
        practice(&office, DESK, json!({"sharing": "rotation"})).await.expect(200);
        there(&office, &["anna"], Presence::Available).await;
        let ticket = opened(&office, json!({})).await;
        assert_eq!(share_out(&office).await, 1);
        office.act("dora", &ticket, "take", json!({})).await;
        there(&office, &["anna"], Presence::Away).await;
        assert_eq!(share_out(&office).await, 0);
        assert_eq!(whose(&office, &ticket).await.as_deref(), Some("dora"));
    }

    async fn sd_018_a_full_group_hands_on_and_the_ticket_says_why(db: Backend) {
        let office = office(&db).await;
        let wanted = json!({"sharing": "by_hand", "most_waiting": 1, "overflow": office.groups[BACK]});
        practice(&office, DESK, wanted).await.expect(200);
        let group = |ticket: Value| ticket["group"]["id"].clone();
        let first = opened(&office, json!({})).await;
        assert_eq!(group(office.get("anna", &first).await.expect(200)), json!(office.groups[DESK]));
        let second = opened(&office, json!({})).await;
        assert_eq!(group(office.get("admin", &second).await.expect(200)), json!(office.groups[BACK]));
        let why = office.get("admin", &format!("{second}/routing")).await.expect(200);
        assert_eq!(why["overflow"], json!({"from": office.groups[DESK], "why": "full"}));
        office.act("anna", &first, "take", json!({})).await;
        let third = opened(&office, json!({})).await;
        assert_eq!(group(office.get("anna", &third).await.expect(200)), json!(office.groups[DESK]), "there is room again");
        let why = office.get("anna", &format!("{third}/routing")).await.expect(200);
        assert_eq!(why["overflow"], Value::Null);
    }

    async fn a_practice_that_could_not_work_is_refused_naming_the_field(db: Backend) {
        let office = office(&db).await;
        let (desk, back, systems) = (office.groups[DESK], office.groups[BACK], office.groups["Sistemi"]);
        practice(&office, BACK, json!({"sharing": "by_hand", "most_waiting": 5, "overflow": desk})).await.expect(200);
        let nobody = json!([{"person": office.people["retro"], "categories": [office.people["rosa"]]}]);
        let cases = [
            (DESK, json!({"sharing": "by_hand", "most_waiting": 0}), "most_waiting"),
            (DESK, json!({"sharing": "by_hand", "most_each": 201}), "most_each"),
            (DESK, json!({"sharing": "by_skill"}), "skills"),
            (DESK, json!({"sharing": "by_skill", "skills": nobody}), "skills"),
            (DESK, json!({"sharing": "by_hand", "overflow": back}), "overflow"),
            (DESK, json!({"sharing": "by_hand", "most_waiting": 5, "overflow": back}), "overflow"),
            (DESK, json!({"sharing": "by_hand", "most_waiting": 5, "overflow": desk}), "overflow"),
            (DESK, json!({"sharing": "by_hand", "most_waiting": 5, "overflow": systems}), "overflow"),
            (DESK, json!({"sharing": "by_hand", "hours": desk}), "hours"),
            ("Sistemi", json!({"sharing": "rotation"}), "sharing"),
            (DESK, json!({"sharing": "alphabetically"}), "sharing"),
        ];
        let events = office.events().await;
        for (group, wanted, field) in cases {
            let (_, fields) = practice(&office, group, wanted.clone()).await.problem(422);
            assert_eq!(fields[0].split(['.', '[']).next(), Some(field), "{wanted}");
        }
        assert_eq!(office.events().await, events, "nothing was changed");
    }

    async fn only_whoever_configures_sets_how_a_group_works(db: Backend) {
        let office = office(&db).await;
        let path = format!("/api/v1/groups/{}/practice", office.groups[DESK]);
        office.get("anna", &path).await.problem(403);
        let wanted = json!({"sharing": "rotation"}).to_string();
        office.send("anna", "PUT", &path, &[], wanted.clone()).await.problem(403);
        let now = office.get("admin", &path).await;
        let etag = now.header("etag").unwrap().to_owned();
        assert_eq!(now.expect(200)["sharing"], "by_hand");
        office.send("admin", "PUT", &path, &[("if-match", etag.as_str())], wanted.clone()).await.expect(200);
        office.send("admin", "PUT", &path, &[("if-match", etag.as_str())], wanted).await.problem(412);
    }
}
