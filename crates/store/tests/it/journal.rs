//! What is written together stays together, in order, and nobody misses anything.

use crate::thing::{Thing, count, make, open};
use kernel::{Error, Refusal};
use store::{Lane, Sql, chain_hash};
use testkit::both_backends;

both_backends!(
    async fn events_chain_and_the_state_is_their_fold(db: testkit::Backend) {
        let store = open(&db).await;
        let thing = make(&store, "La stampante non risponde").await;
        for expected in 1..=3 {
            assert_eq!(count(&store, thing.id).await.expect("counts"), expected);
        }
        let events = store.read().events_of(thing.id, 0, 100).await.expect("events");
        assert_eq!(events.len(), 4);
        let mut head = vec![0; 32];
        for event in &events {
            assert_eq!(chain_hash(&head, event), event.hash);
            head.clone_from(&event.hash);
        }
        let now = store
            .read()
            .state::<Thing>(thing.id)
            .await
            .expect("state")
            .expect("exists");
        assert_eq!((now.version, now.head, now.state.count), (4, head, 3));
        let card = now.card.expect("card");
        assert_eq!((card.subject.as_str(), card.priority), ("La stampante non risponde", 3));
    }
);

both_backends!(
    async fn a_refused_command_changes_nothing_and_leaves_others_alone(db: testkit::Backend) {
        let store = open(&db).await;
        let thing = make(&store, "x").await;
        let refused = store.write::<(), _>(Lane::People, move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM card", vec![]).await?;
                Err(Refusal::rule("SD-110", "x").into())
            })
        });
        let (refused, counted) = tokio::join!(refused, count(&store, thing.id));
        assert!(matches!(refused, Err(Error::Refused(_))));
        assert_eq!(counted.expect("counts"), 1);
        let panicked = store
            .write::<(), _>(Lane::People, |_| Box::pin(async { panic!("on purpose") }))
            .await;
        assert!(matches!(panicked, Err(Error::Failed(_))));
        assert_eq!(count(&store, thing.id).await.expect("counts"), 2);
    }
);

both_backends!(
    async fn a_reader_that_goes_on_from_the_last_event_misses_nothing_while_writers_run(db: testkit::Backend) {
        let store = open(&db).await;
        let writers: Vec<_> = (0..8)
            .map(|writer| {
                let store = store.clone();
                tokio::spawn(async move {
                    for step in 0..20 {
                        let thing = make(&store, &format!("{writer} {step}")).await;
                        count(&store, thing.id).await.expect("counts");
                    }
                })
            })
            .collect();
        let (mut seen, mut after) = (Vec::new(), 0);
        while seen.len() < 320 {
            for event in store.events_after(after, 7).await.expect("reads") {
                assert!(event.seq > after);
                after = event.seq;
                seen.push(event.seq);
            }
            tokio::task::yield_now().await;
        }
        for writer in writers {
            writer.await.expect("writes");
        }
        assert_eq!(store.events_after(after, 10).await.expect("reads").len(), 0);
        assert_eq!(seen.len(), 320);
    }
);

both_backends!(
    async fn numbers_are_unique_under_concurrency(db: testkit::Backend) {
        let store = open(&db).await;
        let made = futures_util::future::join_all((0..50).map(|n| {
            let store = store.clone();
            async move { make(&store, &n.to_string()).await.state.number }
        }))
        .await;
        let unique: std::collections::HashSet<_> = made.iter().collect();
        assert_eq!(unique.len(), 50);
        assert!(made.iter().all(|number| number.starts_with("SR-2026-0000")));
    }
);
