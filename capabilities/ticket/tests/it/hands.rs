//! Several groups on one ticket: each has it in its queue while it works, and may read it afterwards.

use crate::office::Office;
use serde_json::{Value, json};
use testkit::Backend;

/// A ticket at the second level, with a part for each of these groups; answers its address and the parts.
async fn sent_to(office: &Office, groups: &[&str]) -> (String, Vec<String>) {
    let ticket = office.ticket("PER").await;
    office.act("anna", &ticket, "take", json!({})).await;
    office
        .act("anna", &ticket, "classification", json!({"kind": "incident"}))
        .await;
    let mut last = Value::Null;
    for group in groups {
        last = office
            .act("anna", &ticket, "assignments", json!({"group": group}))
            .await;
    }
    let part = |part: &Value| part["id"].as_str().unwrap().to_owned();
    (
        ticket,
        last["assignments"].as_array().unwrap().iter().map(part).collect(),
    )
}

/// The numbers in a list, with the group and the operator that each shows.
async fn listed(office: &Office, who: &str, query: &str) -> Vec<(String, String)> {
    let list = office.get(who, &format!("/api/v1/tickets{query}")).await.expect(200);
    let row = |row: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&row["number"]), text(&row["group"]["name"]))
    };
    list["items"].as_array().unwrap().iter().map(row).collect()
}

fn done() -> Value {
    json!({"activity": "Fatto", "outcome": "solved", "callback_required": false})
}

testkit::both_backends! {
    async fn each_group_has_its_part_in_its_queue(db: Backend) {
        let office = Office::open(&db).await;
        let (ticket, _) = sent_to(&office, &["Sistemi", "Applicazioni"]).await;
        let number = ticket.rsplit('/').next().unwrap().to_owned();
        for (who, group) in [("sara", "Sistemi"), ("luca", "Applicazioni")] {
            office.get(who, &ticket).await.expect(200);
            let own = [(number.clone(), group.to_owned())];
            for query in ["", &format!("?group={group}"), "?phase=second_level", "?state=level2_work"] {
                assert_eq!(listed(&office, who, query).await, own, "{who} {query}");
            }
            // Whoever sees the area finds it in either queue, and once.
            assert_eq!(listed(&office, "anna", &format!("?group={group}")).await, own);
            assert_eq!(listed(&office, "admin", &format!("?group={group}")).await, own);
        }
        assert_eq!(listed(&office, "anna", "").await.len(), 1);
    }

    async fn a_part_is_accepted_and_closed_by_its_own_group(db: Backend) {
        let office = Office::open(&db).await;
        let (ticket, parts) = sent_to(&office, &["Sistemi", "Applicazioni"]).await;
        let acts = [("acceptance", json!({})), ("technical-closure", done()), ("return", json!({"reason": "No"})), ("withdrawal", json!({}))];
        for (act, body) in acts {
            let path = format!("{ticket}/assignments/{}/{act}", parts[0]);
            office.post("luca", &path, &body).await.problem(403);
        }
        office.act("luca", &ticket, &format!("assignments/{}/acceptance", parts[1]), json!({})).await;
        let mine = format!("?assignee={}", office.people["luca"]);
        assert_eq!(listed(&office, "luca", &mine).await.len(), 1, "what one accepted is one's own, whichever part it is");
        assert_eq!(listed(&office, "anna", &mine).await.len(), 1);
        office.act("luca", &ticket, &format!("assignments/{}/technical-closure", parts[1]), done()).await;
    }

    async fn a_part_ends_with_an_outcome_of_the_list(db: Backend) {
        let office = Office::open(&db).await;
        for outcome in ["solved", "workaround", "not_reproducible", "by_design"] {
            let (ticket, parts) = sent_to(&office, &["Sistemi"]).await;
            let path = format!("{ticket}/assignments/{}/technical-closure", parts[0]);
            for wrong in [json!("fatto"), json!(""), json!(7), Value::Null] {
                let body = json!({"activity": "Fatto", "outcome": wrong, "callback_required": false});
                let (_, fields) = office.post("sara", &path, &body).await.problem(422);
                assert_eq!(fields, ["outcome"]);
            }
            let body = json!({"activity": "Fatto", "outcome": outcome, "callback_required": false});
            let closed = office.post("sara", &path, &body).await.expect(200);
            assert_eq!(closed["assignments"][0]["outcome"], outcome);
        }
    }

    async fn who_has_done_a_part_reads_the_ticket_and_changes_it_no_more(db: Backend) {
        let office = Office::open(&db).await;
        let (ticket, parts) = sent_to(&office, &["Sistemi", "Applicazioni"]).await;
        let number = ticket.rsplit('/').next().unwrap().to_owned();
        office.get("carla", &ticket).await.problem(404);
        for (who, part) in [("sara", &parts[0]), ("luca", &parts[1])] {
            office.act(who, &ticket, &format!("assignments/{part}/technical-closure"), done()).await;
            assert_eq!(listed(&office, who, "").await, [], "it left the queue of {who}");
            for path in ["", "/timeline", "/clocks"] {
                office.get(who, &format!("{ticket}{path}")).await.expect(200);
            }
            assert_eq!(listed(&office, who, &format!("?q={number}")).await.len(), 1, "it is found by {who}");
            for (act, body) in [("messages", json!({"body": "Ancora", "visibility": "internal"})), ("solution", json!({"solution": "Ecco"}))] {
                office.post(who, &format!("{ticket}/{act}"), &body).await.problem(403);
            }
        }
        office.act("anna", &ticket, "closure", json!({"reason": "confirmed"})).await;
        office.get("sara", &ticket).await.expect(200);
    }
}
