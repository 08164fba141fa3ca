//! Whoever follows the journal over HTTP misses nothing while others write.

use crate::desk::{Desk, open_ticket};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use testkit::Backend;
use testkit::http::Client;

/// How long a follower waits for the last events before it calls them missing.
const PATIENCE: Duration = Duration::from_secs(30);

testkit::both_backends! {
    async fn a_follower_of_the_journal_misses_nothing_while_others_write(db: Backend) -> anyhow::Result<()> {
        let desk = Desk::open(&db).await?;
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..6 {
            let client = desk.client();
            writers.spawn(async move {
                let mut opened = Vec::new();
                for turn in 0..15 {
                    opened.push(open_ticket(&client, &format!("Contatto {writer}.{turn}")).await?["id"].to_string());
                }
                anyhow::Ok(opened)
            });
        }
        let (client, mut read, mut opened, mut after) = (desk.client(), Vec::new(), Vec::new(), 0);
        let since = Instant::now();
        loop {
            // On PostgreSQL an event is read once no older transaction of the server runs, and the
            // tests beside this one share the server: the last page may come a moment later.
            let ended = writers.is_empty() && (told(&read, &opened) || since.elapsed() > PATIENCE);
            let found = follow(&client, &mut after, &mut read).await?;
            if ended && found == 0 {
                break;
            }
            while let Some(done) = writers.try_join_next() {
                opened.extend(done??);
            }
        }
        assert!(read.windows(2).all(|pair| pair[0].0 < pair[1].0), "in order, nothing twice");
        let mut last: HashMap<&str, i64> = HashMap::new();
        for (_, record, position) in &read {
            let before = last.insert(record, *position).unwrap_or(0);
            assert_eq!(*position, before + 1, "nothing of {record} is missing");
        }
        assert_eq!(opened.len(), 90);
        assert!(told(&read, &opened), "every ticket was told");
        Ok(())
    }
}

/// Whether every one of these tickets was read of.
fn told(read: &[(i64, String, i64)], opened: &[String]) -> bool {
    opened.iter().all(|id| read.iter().any(|(_, record, _)| record == id))
}

/// Reads one page on from where one was; answers how many events it had.
async fn follow(client: &Client, after: &mut i64, read: &mut Vec<(i64, String, i64)>) -> anyhow::Result<usize> {
    let page = client
        .get(&format!("/api/v1/events?after={after}&limit=11"))
        .await?
        .expect(200)?
        .json()?;
    let items = page["items"].as_array().cloned().unwrap_or_default();
    for event in &items {
        let (seq, position) = (event["seq"].as_i64().unwrap(), event["position"].as_i64().unwrap());
        read.push((seq, event["record"].to_string(), position));
        *after = seq;
    }
    Ok(items.len())
}
