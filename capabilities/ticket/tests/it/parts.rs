//! Targets for groups: the clocks of a part begin when a group is given it, and the ticket's own go on beside them.

use crate::clocks::{agreed, agreement, told};
use crate::office::{Office, done};
use kernel::{Author, Instant};
use serde_json::{Value, json};
use service_level::{AgreementText, Metric, Target};
use store::Lane;
use testkit::Backend;

const HOUR: i64 = 3600;

/// The office with the usual targets, and one for the second level's systems: an hour to take a part, four to be done with it.
async fn agreed_with_groups(db: &Backend) -> Office {
    let office = agreed(db).await;
    let calendar = agreement(&office).await.1.calendar;
    let target = |metric, priority, seconds| Target {
        metric,
        priority,
        seconds,
        elapsed: false,
    };
    let of_priority = |priority| {
        [
            target(Metric::GroupTakingCharge, priority, HOUR),
            target(Metric::GroupWork, priority, 4 * HOUR),
        ]
    };
    let text = AgreementText {
        name: "Patto con i sistemi".to_owned(),
        calendar,
        groups: vec![office.groups["Sistemi"]],
        targets: (1..=5).flat_map(of_priority).collect(),
        pausing: vec!["requester".to_owned()],
        attention: vec![75],
        ..AgreementText::default()
    };
    let add = office.store.write(Lane::People, move |tx| {
        let text = text.clone();
        Box::pin(async move { service_level::add_agreement(tx, &Author::system("test"), None, text).await })
    });
    done(add.await);
    office
}

/// A ticket with a part for each of these groups.
async fn sent_to(office: &Office, groups: &[&str]) -> (String, Vec<Value>) {
    let ticket = office.ticket("PER").await;
    office.act("anna", &ticket, "take", json!({})).await;
    let class = json!({"kind": "incident"});
    office.act("anna", &ticket, "classification", class).await;
    for group in groups {
        let part = json!({"group": group});
        office.act("anna", &ticket, "assignments", part).await;
    }
    let parts = office.get("anna", &ticket).await.expect(200)["assignments"].clone();
    (ticket, parts.as_array().unwrap().clone())
}

/// The clock of a part.
async fn of_part(office: &Office, ticket: &str, part: &Value, metric: &str) -> Value {
    let clocks = office.get("anna", ticket).await.expect(200)["clocks"].clone();
    let mut clocks = clocks.as_array().unwrap().iter();
    let clock = clocks.find(|one| one["metric"] == metric && one["assignment"] == part["id"]);
    clock.cloned().unwrap_or_default()
}

/// What was told of the clocks of parts.
async fn told_of_parts(office: &Office, ticket: &str, turn: &str) -> Vec<Value> {
    let mut told = told(office, ticket, &format!("ticket.clock_{turn}")).await;
    let is_of_part = |clock: &Value| !clock["part"].is_null();
    told.retain(|event| event["data"]["clocks"].as_array().unwrap().iter().any(is_of_part));
    told
}

fn seconds(from: &Value, until: &Value) -> i64 {
    let at = |value: &Value| Instant::parse(value.as_str().unwrap()).unwrap().second();
    at(until).seconds_since(at(from))
}

fn technical() -> Value {
    json!({"activity": "Fatto", "outcome": "solved", "callback_required": false})
}

async fn act_on(office: &Office, who: &str, ticket: &str, part: &Value, act: &str, body: Value) {
    let path = format!("{ticket}/assignments/{}/{act}", part["id"].as_str().unwrap());
    office.post(who, &path, &body).await.expect(200);
}

testkit::both_backends! {
    async fn a_part_has_clocks_of_its_own_where_it_was_agreed_with_its_group(db: Backend) {
        let office = agreed_with_groups(&db).await;
        let (ticket, parts) = sent_to(&office, &["Sistemi", "Applicazioni"]).await;
        let shown = office.get("anna", &ticket).await.expect(200);
        let metrics: Vec<&str> = shown["clocks"].as_array().unwrap().iter().map(|one| one["metric"].as_str().unwrap()).collect();
        assert_eq!(metrics, ["taking_charge", "first_reply", "resolution", "group_taking_charge", "group_work"],
            "the ticket keeps its own, and the applications agreed to nothing");
        let taking = of_part(&office, &ticket, &parts[0], "group_taking_charge").await;
        assert_eq!((&taking["standing"], &taking["group"]["name"]), (&json!("running"), &json!("Sistemi")));
        assert_eq!(seconds(&parts[0]["created_at"], &taking["due_at"]), HOUR, "from when the group was given it");
        let seen = office.get("rosa", &ticket).await.expect(200);
        assert_eq!(seen["clocks"], json!([]), "requesters see none");
        office.clock.advance(HOUR / 2);
        act_on(&office, "sara", &ticket, &parts[0], "acceptance", json!({})).await;
        assert_eq!(of_part(&office, &ticket, &parts[0], "group_taking_charge").await["standing"], "met");
        act_on(&office, "sara", &ticket, &parts[0], "technical-closure", technical()).await;
        assert_eq!(of_part(&office, &ticket, &parts[0], "group_work").await["standing"], "met");
        let resolution = office.get("anna", &ticket).await.expect(200)["clocks"][2].clone();
        assert_eq!((&resolution["metric"], &resolution["standing"]), (&json!("resolution"), &json!("running")), "another part is open");
    }

    async fn a_group_is_told_of_before_it_is_late_and_when_it_is(db: Backend) {
        let office = agreed_with_groups(&db).await;
        let (ticket, parts) = sent_to(&office, &["Sistemi"]).await;
        let work = of_part(&office, &ticket, &parts[0], "group_work").await;
        office.clock.advance(3 * HOUR + 2);
        assert_eq!(done(ticket::ring(&office.store).await), 1);
        assert_eq!(told_of_parts(&office, &ticket, "attention").await.len(), 1, "three of four hours are over");
        let breached = told_of_parts(&office, &ticket, "breached").await;
        assert_eq!(breached.len(), 1, "an hour to take it is long over: {breached:?}");
        assert_eq!(breached[0]["data"]["clocks"][0]["part"]["group"], json!(office.groups["Sistemi"]));
        office.clock.advance(HOUR);
        assert_eq!(done(ticket::ring(&office.store).await), 1);
        let breached = told_of_parts(&office, &ticket, "breached").await;
        assert_eq!(breached[1]["occurred_at"], work["due_at"], "told of the instant at which it was due");
        act_on(&office, "sara", &ticket, &parts[0], "technical-closure", technical()).await;
        assert_eq!(of_part(&office, &ticket, &parts[0], "group_work").await["standing"], "breached");
        office.clock.advance(48 * HOUR);
        done(ticket::ring(&office.store).await);
        assert_eq!(told_of_parts(&office, &ticket, "breached").await.len(), 2, "what has stopped is told no more");
    }

    async fn a_part_that_is_taken_back_owes_nothing_and_one_given_back_is_done(db: Backend) {
        let office = agreed_with_groups(&db).await;
        let (ticket, parts) = sent_to(&office, &["Sistemi", "Sistemi"]).await;
        act_on(&office, "anna", &ticket, &parts[0], "withdrawal", json!({})).await;
        act_on(&office, "sara", &ticket, &parts[1], "return", json!({"reason": "Non è nostra"})).await;
        for (part, standing) in [(&parts[0], "void"), (&parts[1], "met")] {
            for metric in ["group_taking_charge", "group_work"] {
                assert_eq!(of_part(&office, &ticket, part, metric).await["standing"], standing, "{metric}");
            }
        }
        office.clock.advance(48 * HOUR);
        done(ticket::ring(&office.store).await);
        assert!(told_of_parts(&office, &ticket, "breached").await.is_empty());
    }

    async fn the_ledger_counts_a_part_from_its_assignment_to_its_end(db: Backend) {
        let office = agreed_with_groups(&db).await;
        let (ticket, parts) = sent_to(&office, &["Sistemi"]).await;
        office.clock.advance(HOUR);
        // A second part, while the first is worked on: nothing changes hands, and its clocks begin here.
        office.act("anna", &ticket, "assignments", json!({"group": "Sistemi"})).await;
        let second = office.get("anna", &ticket).await.expect(200)["assignments"][1].clone();
        office.clock.advance(HOUR);
        act_on(&office, "sara", &ticket, &parts[0], "technical-closure", technical()).await;
        office.clock.advance(HOUR);
        let spans = office.get("anna", &format!("{ticket}/clocks")).await.expect(200)["items"].clone();
        let of = |part: &Value| -> i64 {
            let counted = spans.as_array().unwrap().iter().flat_map(|span| span["clocks"].as_array().unwrap());
            let counted = counted.filter(|one| one["assignment"] == part["id"] && one["metric"] == "group_work");
            counted.map(|one| one["seconds"].as_i64().unwrap()).sum()
        };
        let near = |found: i64, expected: i64| assert!((expected..expected + 60).contains(&found), "{found}, not {expected}");
        near(of(&parts[0]), 2 * HOUR);
        near(of(&second), 2 * HOUR);
    }
}
