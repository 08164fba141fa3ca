//! Lists of what is set up: whole, page by page, and strict about what they are asked.

use crate::office::Office;
use serde_json::Value;
use testkit::Backend;

const LISTS: [&str; 4] = ["areas", "groups", "categories", "offerings"];

fn ids(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["id"].as_str().unwrap().to_owned())
        .collect()
}

testkit::both_backends! {
    async fn wrong_values_of_a_list_are_named(db: Backend) {
        let office = Office::with(&db, vec![administration::capability()]).await;
        for list in LISTS {
            for (query, field) in [
                ("limit=0", "limit"), ("limit=201", "limit"), ("limit=x", "limit"), ("cursor=x", "cursor"), ("cursor=", "cursor"),
                ("cursor=n.1-1", "cursor"), ("zork=1", "zork"), ("limit=1&limit=2", "limit"),
            ] {
                let (_, fields) = office.get("admin", &format!("/api/v1/{list}?{query}")).await.problem(422);
                assert_eq!(fields, [field], "{list} {query}");
            }
        }
    }

    async fn a_list_is_read_whole_or_page_by_page(db: Backend) {
        let office = Office::with(&db, vec![administration::capability()]).await;
        for list in LISTS {
            let whole = office.get("admin", &format!("/api/v1/{list}")).await.expect(200);
            assert_eq!(whole["next"], Value::Null, "{list}");
            let (mut shown, mut next) = (Vec::new(), String::new());
            loop {
                let page = office.get("admin", &format!("/api/v1/{list}?limit=1{next}")).await.expect(200);
                shown.extend(ids(&page));
                let Some(cursor) = page["next"].as_str() else { break };
                next = format!("&cursor={cursor}");
            }
            assert_eq!(shown, ids(&whole), "{list}");
        }
    }
}
