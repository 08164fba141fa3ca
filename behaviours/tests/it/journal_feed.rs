//! Whoever follows the journal over HTTP misses nothing while others write.

use crate::desk::{Desk, open_ticket};
use std::collections::HashMap;
use testkit::Backend;
use testkit::http::Client;

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
        loop {
            let ended = writers.is_empty();
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
        assert!(opened.iter().all(|id| last.contains_key(id.as_str())), "every ticket was told");
        Ok(())
    }
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
