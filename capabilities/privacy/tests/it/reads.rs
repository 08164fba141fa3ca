//! The log of reads is a chain of its own.

use crate::house::{assert_intact, open};
use kernel::{Instant, Uuid};
use store::{Lane, Sql};
use testkit::both_backends;
use web::ReadNote;

both_backends!(
    async fn reads_are_written_in_a_chain_and_tampering_is_found(db: testkit::Backend) {
        let (store, key) = open(&db).await;
        let (log, writer) = privacy::start_read_log(store.clone(), key.clone());
        for place in 0..5 {
            let (person, record) = (Uuid::now_v7(), Some(Uuid::now_v7()));
            log.note(ReadNote {
                person,
                what: "ticket",
                record,
                at: Instant::from_millis(place),
                address: "10.0.0.1".into(),
            });
        }
        writer.flush().await;
        assert_eq!(privacy::reads_after(store.read(), 0, 10).await.expect("reads").len(), 5);
        assert_intact(&store, &key).await;
        for (sql, seq) in [
            ("UPDATE read_log SET address = '10.0.0.2' WHERE seq = 3", 3),
            ("DELETE FROM read_log WHERE seq = 2", 2),
            ("DELETE FROM read_log WHERE seq >= 1", 1),
        ] {
            let sql = sql.to_owned();
            store
                .write(Lane::People, move |tx| {
                    Box::pin(async move { tx.run(&sql, vec![]).await })
                })
                .await
                .expect("done");
            let outside = privacy::last_read_outside(db.data.path()).await;
            let broken = privacy::verify_reads(store.read(), Some(&key), outside)
                .await
                .expect("verifies")
                .expect("found");
            assert!(broken.seq == seq || broken.seq == seq + 1, "{broken:?}");
        }
    }
);
