//! Under control (SD-108): how it goes on is decided by the control manager, or by whoever leads the group in their stead.

use crate::office::Office;
use crate::visitor::Visitor;
use serde_json::{Value, json};
use testkit::Backend;

/// A ticket whose solution was refused with the right class (SD-062).
async fn under_control(office: &Office) -> String {
    let path = office.ticket("PER").await;
    office.act("anna", &path, "take", json!({})).await;
    office
        .act("anna", &path, "classification", json!({"kind": "incident"}))
        .await;
    office
        .act("anna", &path, "solution", json!({"solution": "Riavviata"}))
        .await;
    office.act("anna", &path, "outcome", json!({"satisfied": false})).await;
    path
}

fn exits() -> [(&'static str, Value); 6] {
    [
        ("diagnosis", json!({"diagnosis": "Il cavo"})),
        ("classification", json!({"kind": "incident", "impact": 1})),
        ("solution", json!({"solution": "Sostituito il cavo"})),
        ("assignments", json!({"group": "Sistemi"})),
        ("owner", json!({"group": "Retro Personale"})),
        (
            "closure",
            json!({"reason": "decided", "note": "Spiegato al richiedente"}),
        ),
    ]
}

testkit::both_backends! {
    async fn sd_108_an_operator_decides_nothing_and_is_told_who_does(db: Backend) {
        let office = Office::open(&db).await;
        let path = under_control(&office).await;
        for (act, body) in exits() {
            let refused = office.post("anna", &format!("{path}/{act}"), &body).await;
            assert_eq!(refused.problem(409).0, "SD-108", "{act}");
            assert!(refused.json()["detail"].as_str().unwrap().contains("responsabile del controllo"), "{act}");
            assert_eq!(office.get("anna", &path).await.expect(200)["state"], "under_control", "{act}");
        }
        let number = path.rsplit('/').next().unwrap();
        let page = Visitor::of(&office, "anna").await.get(&format!("/tickets/{number}")).await.text();
        assert!(!page.contains(&format!("/tickets/{number}/second-level")), "nothing is offered that would be refused");
    }

    async fn sd_108_the_control_manager_and_whoever_leads_the_group_decide(db: Backend) {
        let office = Office::open(&db).await;
        for who in ["controllo", "capo"] {
            for (act, body) in exits() {
                let path = under_control(&office).await;
                let after = office.act(who, &path, act, body).await;
                assert_ne!(after["state"], "under_control", "{who} {act}");
            }
        }
    }

    async fn sd_108_what_is_allowed_from_any_open_state_is_no_decision(db: Backend) {
        let office = Office::open(&db).await;
        for (act, body, state) in [
            ("owner", json!({"group": "Sportello Personale"}), "under_control"),
            ("pause", json!({"reason": "requester"}), "waiting"),
            ("reroute", json!({"area": "TEC", "reason": "Non è nostro"}), "new"),
            ("cancellation", json!({"reason": "Doppio"}), "cancelled"),
            ("closure", json!({"reason": "withdrawn"}), "closed"),
        ] {
            let path = under_control(&office).await;
            assert_eq!(office.act("anna", &path, act, body).await["state"], state, "{act}");
        }
    }
}
