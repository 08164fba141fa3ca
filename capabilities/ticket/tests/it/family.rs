//! Parents and children (itsm §2b, SD-055): one generation, and nobody hangs on what has ended without a solution.

use crate::office::{Office, done};
use crate::visitor::Visitor;
use serde_json::{Value, json};
use store::Sql;
use testkit::Backend;

fn number(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// A malfunction that Anna works on.
async fn malfunction(office: &Office) -> String {
    let path = office.ticket("PER").await;
    office.act("anna", &path, "take", json!({})).await;
    office
        .act("anna", &path, "classification", json!({"kind": "incident"}))
        .await;
    path
}

/// A parent with its children, each hung on it from the desk.
async fn family(office: &Office, children: usize) -> (String, Vec<String>) {
    let parent = malfunction(office).await;
    let mut hung = Vec::new();
    for _ in 0..children {
        let child = malfunction(office).await;
        link(office, &child, &parent).await;
        hung.push(child);
    }
    (parent, hung)
}

async fn link(office: &Office, child: &str, parent: &str) -> Value {
    office
        .act("anna", child, "link", json!({"kind": "parent", "to": number(parent)}))
        .await
}

async fn view(office: &Office, path: &str) -> Value {
    office.get("anna", path).await.expect(200)
}

/// The last thing that happened to a ticket.
async fn last(office: &Office, path: &str) -> Value {
    let timeline = office.get("anna", &format!("{path}/timeline")).await.expect(200);
    let items = timeline["items"].as_array().unwrap();
    let mut facts = items
        .iter()
        .filter(|entry| !entry["type"].as_str().unwrap().starts_with("ticket.clock_"));
    facts.next_back().unwrap().clone()
}

testkit::both_backends! {
    async fn sd_055_what_has_children_does_not_become_a_child(db: Backend) {
        let office = Office::open(&db).await;
        let (parent, children) = family(&office, 2).await;
        let other = malfunction(&office).await;
        let refused = office.post("anna", &format!("{parent}/link"), &json!({"kind": "parent", "to": number(&other)})).await;
        assert_eq!(refused.problem(409).0, "SD-055");
        let detail = refused.json()["detail"].to_string();
        assert!(children.iter().all(|child| detail.contains(number(child))), "it names them: {detail}");
        assert_eq!(view(&office, &parent).await["links"], json!([]));
        for child in &children {
            let id = view(&office, &parent).await["id"].as_str().unwrap().to_owned();
            office.send("anna", "DELETE", &format!("{child}/links/{id}"), &[], "").await.expect(200);
        }
        link(&office, &parent, &other).await;
    }

    async fn im_2b_a_parent_shows_its_children_and_a_merged_ticket_where_it_went(db: Backend) {
        let office = Office::open(&db).await;
        let (parent, children) = family(&office, 2).await;
        let seen = view(&office, &parent).await;
        let numbers: Vec<&str> = seen["children"].as_array().unwrap().iter().map(|child| child["number"].as_str().unwrap()).collect();
        assert_eq!(numbers, children.iter().map(|child| number(child)).collect::<Vec<_>>());
        assert_eq!(seen["children_count"], 2);
        let anna = Visitor::of(&office, "anna").await;
        let page = anna.get(&format!("/tickets/{}", number(&parent))).await.text();
        assert!(children.iter().all(|child| page.contains(&format!("/tickets/{}", number(child)))), "the page too");
        let other = malfunction(&office).await;
        office.act("anna", &parent, "merge", json!({"into": number(&other)})).await;
        let merged = view(&office, &parent).await;
        assert_eq!((merged["state"].as_str(), merged["merged_into"]["number"].as_str()), (Some("merged"), Some(number(&other))));
    }

    async fn sd_055_when_a_parent_is_cancelled_its_children_go_on_where_they_were(db: Backend) {
        let office = Office::open(&db).await;
        let (parent, children) = family(&office, 2).await;
        office.act("anna", &parent, "cancellation", json!({"reason": "Era una prova"})).await;
        for child in &children {
            let seen = view(&office, child).await;
            assert_eq!((seen["state"].as_str(), &seen["links"]), (Some("level1_work"), &json!([])));
            let told = last(&office, child).await;
            assert_eq!((told["type"].as_str(), told["data"]["because"].as_str()), (Some("ticket.unlinked"), Some("parent_ended")));
        }
        let page = Visitor::of(&office, "anna").await.get(&format!("/tickets/{}", number(&children[0]))).await.text();
        assert!(page.contains(&format!("{} è finito senza una soluzione", number(&parent))), "in words");
        assert_eq!(view(&office, &parent).await["children_count"], 0);
    }

    async fn sd_055_a_withdrawn_parent_lets_go_and_a_solved_one_does_not(db: Backend) {
        let office = Office::open(&db).await;
        let (withdrawn, left) = family(&office, 1).await;
        office.act("anna", &withdrawn, "closure", json!({"reason": "withdrawn"})).await;
        assert_eq!(view(&office, &left[0]).await["state"], "level1_work");
        let (solved, kept) = family(&office, 1).await;
        office.act("anna", &solved, "solution", json!({"solution": "Riavviato"})).await;
        office.act("anna", &solved, "outcome", json!({"satisfied": true})).await;
        assert_eq!(view(&office, &kept[0]).await["state"], "linked", "SD-081: its solution is theirs");
    }

    async fn sd_055_a_parent_is_merged_with_its_children_and_never_into_one_of_them(db: Backend) {
        let office = Office::open(&db).await;
        let (parent, children) = family(&office, 2).await;
        let into_child = json!({"into": number(&children[0])});
        assert_eq!(office.post("anna", &format!("{parent}/merge"), &into_child).await.problem(409).0, "SD-055");
        let (_, others) = family(&office, 1).await;
        let into_another_child = json!({"into": number(&others[0])});
        assert_eq!(office.post("anna", &format!("{parent}/merge"), &into_another_child).await.problem(409).0, "SD-055");
        let other = malfunction(&office).await;
        office.act("anna", &parent, "merge", json!({"into": number(&other)})).await;
        for child in &children {
            let seen = view(&office, child).await;
            assert_eq!((seen["state"].as_str(), seen["links"][0]["number"].as_str()), (Some("linked"), Some(number(&other))));
        }
        assert_eq!(view(&office, &other).await["children_count"], 2);
        let id = view(&office, &other).await["id"].as_str().unwrap().to_owned();
        let freed = office.send("anna", "DELETE", &format!("{}/links/{id}", children[0]), &[], "").await.expect(200);
        assert_eq!(freed["state"], "level1_work", "back to where it was before the first link");
    }

    async fn the_children_of_an_older_database_are_found(db: Backend) {
        let office = Office::open(&db).await;
        let (parent, children) = family(&office, 2).await;
        let moved = ticket::MIGRATIONS.iter().find(|step| step.intent.starts_with("Tickets that hang")).unwrap();
        let fill = if db.kind == testkit::Kind::Postgres { moved.postgres[0] } else { moved.sqlite[0] };
        let filled = office.store.write(store::Lane::People, move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM child", vec![]).await?;
                tx.run(fill, vec![]).await
            })
        });
        assert_eq!(done(filled.await), 2);
        let seen = view(&office, &parent).await;
        assert_eq!(seen["children"].as_array().unwrap().len(), children.len());
    }

    async fn a_child_that_goes_to_another_area_hangs_on_nothing(db: Backend) {
        let office = Office::open(&db).await;
        let (parent, children) = family(&office, 1).await;
        office.act("anna", &children[0], "reroute", json!({"area": "TEC", "reason": "Non è nostro"})).await;
        assert_eq!(view(&office, &parent).await["children_count"], 0);
    }
}
