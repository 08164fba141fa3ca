//! Many at once: numbers, keys, races.

use crate::office::Office;
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::time::Duration;
use testkit::Backend;

/// How long a reader of the journal waits for its last events before it calls them missing.
const PATIENCE: Duration = Duration::from_secs(30);

testkit::both_backends! {
    async fn numbers_are_unique_and_rise(db: Backend) {
        let office = std::sync::Arc::new(Office::open(&db).await);
        let mut clients = tokio::task::JoinSet::new();
        for client in 0..8 {
            let office = office.clone();
            clients.spawn(async move {
                let mut numbers = Vec::new();
                for turn in 0..10 {
                    let body = json!({"area": "PER", "subject": format!("Contatto {client}-{turn}")});
                    let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
                    numbers.push(ticket["number"].as_str().unwrap().to_owned());
                }
                numbers
            });
        }
        let numbers = clients.join_all().await;
        assert!(numbers.iter().all(|own| own.windows(2).all(|pair| pair[0] < pair[1])), "each client sees them rise");
        let all: HashSet<String> = numbers.into_iter().flatten().collect();
        assert_eq!(all.len(), 80);
        assert!(all.iter().all(|number| number.starts_with("SR-2026-") && number.len() == 14), "{all:?}");
    }

    async fn sd_112_of_two_who_take_at_once_one_wins_and_the_other_is_told_who(db: Backend) {
        let office = Office::open(&db).await;
        for _ in 0..10 {
            let path = format!("{}/take", office.ticket("PER").await);
            let nothing = json!({});
            let (one, two) = tokio::join!(office.post("anna", &path, &nothing), office.post("bruno", &path, &nothing));
            let (won, lost, winner) = if one.status.is_success() { (one, two, "anna") } else { (two, one, "bruno") };
            assert_eq!(won.expect(200)["operator"]["id"], json!(office.people[winner]));
            let (code, _) = lost.problem(409);
            assert_eq!(code, "SD-112");
            assert!(lost.json()["detail"].as_str().unwrap().contains(winner), "{}", lost.text());
        }
    }

    async fn a_repeated_request_gets_the_first_answer_and_does_it_once(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"area": "PER", "subject": "Una volta sola", "requester": {"name": "Ospite"}});
        let key = [("idempotency-key", "chiave-1")];
        let first = office.post_with("anna", "/api/v1/tickets", &key, &body).await;
        let again = office.post_with("anna", "/api/v1/tickets", &key, &body).await;
        assert_eq!((first.expect(201), first.header("etag")), (again.expect(201), again.header("etag")));
        let other = json!({"area": "PER", "subject": "Un'altra"});
        let (code, _) = office.post_with("anna", "/api/v1/tickets", &key, &other).await.problem(422);
        assert_eq!(code, "idempotency_key_reused");
        let theirs = office.post_with("bruno", "/api/v1/tickets", &key, &body).await.expect(201);
        assert_ne!(theirs["id"], first.json()["id"], "a key is its caller's");
        office.clock.advance(25 * 3600);
        let later = office.post_with("anna", "/api/v1/tickets", &key, &body).await.expect(201);
        assert_ne!(later["id"], first.json()["id"], "a key is kept for a day");
    }

    async fn a_refusal_is_not_kept(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        let key = [("idempotency-key", "chiave-2")];
        let body = json!({"solution": "Riavviata"});
        office.post_with("anna", &format!("{path}/solution"), &key, &body).await.problem(409);
        office.act("anna", &path, "take", json!({})).await;
        office.act("anna", &path, "classification", json!({"kind": "incident"})).await;
        office.post_with("anna", &format!("{path}/solution"), &key, &body).await.expect(200);
    }

    async fn the_same_key_at_once_does_it_once_and_all_get_the_same_answer(db: Backend) {
        let office = Office::open(&db).await;
        let path = office.ticket("PER").await;
        for turn in 0..5 {
            let key = format!("insieme-{turn}");
            let key = [("idempotency-key", key.as_str())];
            let body = json!({"area": "PER", "subject": format!("Insieme {turn}"), "requester": {"name": "Ospite"}});
            let asked = [(); 6].map(|()| office.post_with("anna", "/api/v1/tickets", &key, &body));
            let answers = join(asked).await;
            let numbers: HashSet<String> = answers.iter().map(|answer| answer.expect(201)["number"].to_string()).collect();
            assert_eq!(numbers.len(), 1, "{numbers:?}");
            let key = format!("messaggio-{turn}");
            let key = [("idempotency-key", key.as_str())];
            let body = json!({"body": format!("Messaggio {turn}")});
            let messages = format!("{path}/messages");
            let asked = [(); 4].map(|()| office.post_with("anna", &messages, &key, &body));
            let versions: HashSet<String> =
                join(asked).await.iter().map(|answer| answer.expect(200)["version"].to_string()).collect();
            assert_eq!(versions.len(), 1, "{versions:?}");
        }
        let take = format!("{path}/take");
        let key = [("idempotency-key", "presa")];
        let nothing = json!({});
        let asked = [(); 4].map(|()| office.post_with("anna", &take, &key, &nothing));
        join(asked).await.iter().for_each(|answer| drop(answer.expect(200)));
        let tickets = office.get("anna", "/api/v1/tickets?limit=100").await.expect(200)["items"].as_array().unwrap().len();
        assert_eq!(tickets, 1 + 5);
    }

    async fn a_new_guest_who_comes_twice_at_once_is_one_person(db: Backend) {
        let office = Office::open(&db).await;
        let body = json!({"area": "PER", "subject": "x", "requester": {"email": "nuovo@fuori.example"}});
        let asked = [(); 6].map(|()| office.post("anna", "/api/v1/tickets", &body));
        let people: HashSet<String> =
            join(asked).await.iter().map(|answer| answer.expect(201)["requester"]["id"].to_string()).collect();
        assert_eq!(people.len(), 1, "{people:?}");
    }

    async fn two_tickets_merged_into_each_other_at_once_do_not_both_end(db: Backend) {
        let office = Office::open(&db).await;
        for _ in 0..5 {
            let (one, two) = (office.ticket("PER").await, office.ticket("PER").await);
            let number = |path: &str| path.rsplit('/').next().unwrap().to_owned();
            let (into_two, into_one) = (json!({"into": number(&two)}), json!({"into": number(&one)}));
            let (merge_one, merge_two) = (format!("{one}/merge"), format!("{two}/merge"));
            let (first, second) =
                tokio::join!(office.post("anna", &merge_one, &into_two), office.post("bruno", &merge_two, &into_one));
            let mut statuses = [first.status.as_u16(), second.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409], "{} {}", first.text(), second.text());
        }
    }

    async fn sd_055_a_ticket_that_gets_a_child_and_a_parent_at_once_has_only_one_of_them(db: Backend) {
        let office = Office::open(&db).await;
        for _ in 0..5 {
            let mut family = Vec::new();
            for _ in 0..3 {
                let path = office.ticket("PER").await;
                office.act("anna", &path, "take", json!({})).await;
                office.act("anna", &path, "classification", json!({"kind": "incident"})).await;
                family.push(path);
            }
            let to = |path: &str| json!({"kind": "parent", "to": path.rsplit('/').next().unwrap()});
            let (to_middle, to_top) = (to(&family[1]), to(&family[2]));
            let (lower, upper) = (format!("{}/link", family[0]), format!("{}/link", family[1]));
            let (first, second) = tokio::join!(office.post("anna", &lower, &to_middle), office.post("bruno", &upper, &to_top));
            let mut statuses = [first.status.as_u16(), second.status.as_u16()];
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 409], "{} {}", first.text(), second.text());
        }
    }

    async fn the_journal_is_read_without_a_gap_while_others_write(db: Backend) {
        let office = std::sync::Arc::new(Office::open(&db).await);
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..6 {
            let office = office.clone();
            writers.spawn(async move {
                for turn in 0..15 {
                    let body = json!({"area": "PER", "subject": format!("{writer} {turn}"), "taken": true});
                    office.post("anna", "/api/v1/tickets", &body).await.expect(201);
                }
            });
        }
        let (mut after, mut read, since) = ("0".to_owned(), Vec::new(), std::time::Instant::now());
        loop {
            // On PostgreSQL an event is read once no older transaction of the server runs, and the
            // tests beside this one share the server: the last pages may come a moment later.
            let ended = writers.is_empty() && (read.len() == office.events().await || since.elapsed() > PATIENCE);
            let page = office.get("admin", &format!("/api/v1/events?after={after}&limit=7")).await.expect(200);
            let items = page["items"].as_array().unwrap();
            read.extend(items.iter().map(|event| (event["seq"].as_i64().unwrap(), event["record"].to_string(), event["position"].as_i64().unwrap())));
            if let Some(next) = page["next"].as_str() {
                after = next.to_owned();
            }
            if ended && items.is_empty() {
                break;
            }
            while writers.try_join_next().is_some() {}
            tokio::task::yield_now().await;
        }
        assert!(read.windows(2).all(|pair| pair[0].0 < pair[1].0), "in order, nothing twice");
        let mut positions: HashMap<&str, i64> = HashMap::new();
        for (_, record, position) in &read {
            let last = positions.entry(record).or_default();
            assert_eq!(*position, *last + 1, "nothing of {record} is missing");
            *last = *position;
        }
        assert_eq!(read.len(), office.events().await);
    }
}

async fn join<T>(work: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    futures_util::future::join_all(work).await
}
