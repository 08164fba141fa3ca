//! Typing errors lead to words that were written, on both databases alike.

use crate::thing::open;
use kernel::Uuid;
use store::{Card, FoundBy, Lane, Sql, Store};
use testkit::both_backends;

async fn write(store: &Store, ordinal: i64, text: &str) {
    let words = FoundBy {
        public: vec![text.to_owned()],
        internal: Vec::new(),
    };
    let written = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let card = Card::new(Uuid::from_u128(ordinal as u128), ordinal, "thing");
            tx.index_anew(&card, &words).await
        })
    });
    written.await.expect("writes");
}

async fn near(store: &Store, word: &str) -> Vec<String> {
    store.read().near_words(word, 3).await.expect("reads")
}

both_backends! {
    async fn the_nearest_words_that_were_written_are_told(db: testkit::Backend) {
        let store = open(&db).await;
        write(&store, 1, "La stampante è ferma, la rete è lenta in città").await;
        write(&store, 2, "Stampante e stampanti, Wi-Fi, cartella, cartello; reti SR-2026-000001").await;
        assert_eq!(near(&store, "stanpante").await, [""; 0], "words wait for the background");
        store.keep_words().await.expect("keeps");
        for (typed, expected) in [
            ("stanpante", &["stampante", "stampanti"][..]),
            ("tsampante", &["stampante"]),
            ("STAMPNATE", &["stampante", "stampanti"]),
            ("rtee", &["rete"]),
            ("erte", &["rete"]),
            ("citta", &["città"]),
            ("cartela", &["cartella", "cartello"]),
            ("qwertyui", &[]),
            ("wifi", &["wi-fi"]),
            ("re", &[]),
            ("rete9", &[]),
        ] {
            assert_eq!(near(&store, typed).await, expected, "{typed}");
        }
    }

    async fn a_word_is_written_once_whoever_writes_it(db: testkit::Backend) {
        let store = open(&db).await;
        let other = open(&db).await;
        for (node, ordinal) in [(&store, 1), (&other, 2)] {
            write(node, ordinal, "stampante ferma").await;
            node.keep_words().await.expect("keeps");
        }
        let row = store.read().row("SELECT COUNT(*) FROM word", vec![]).await.expect("reads");
        assert_eq!(row.expect("a row").get::<i64>(0).expect("a number"), 2);
        let before = store.statements();
        write(&store, 3, "stampante ferma").await;
        let after_writing = store.statements();
        store.keep_words().await.expect("keeps");
        assert_eq!(store.statements(), after_writing, "nothing new, nothing written");
        assert!(after_writing > before);
    }

    async fn an_erased_word_is_forgotten_unless_something_else_says_it(db: testkit::Backend) {
        let store = open(&db).await;
        write(&store, 1, "Zambrotta chiede").await;
        write(&store, 2, "qualcuno chiede").await;
        store.keep_words().await.expect("keeps");
        store.begin_scrubbing().await.expect("begins");
        store.write(Lane::People, |tx| Box::pin(async move { tx.unindex(1).await })).await.expect("unindexes");
        assert!(store.finish_scrubbing(&["Zambrotta chiede".to_owned()]).await.expect("finishes"));
        assert_eq!(near(&store, "Zambrota").await, [""; 0]);
        assert_eq!(near(&store, "chide").await, ["chiede"]);
    }
}
