//! The same words find the same records on both databases.

use crate::thing::{make, open};
use store::SearchQuery;
use testkit::both_backends;

both_backends!(
    async fn words_find_records_newest_first_whatever_their_form(db: testkit::Backend) {
        let store = open(&db).await;
        let first = make(&store, "La stampante dell'ufficio non risponde").await;
        let second = make(&store, "Stampanti degli uffici ferme, errore su prn-rag-01").await;
        make(&store, "Accesso VPN negato").await;
        for (words, expected) in [
            ("stampante ufficio", vec![second.ordinal, first.ordinal]),
            ("PRN-RAG-01", vec![second.ordinal]),
            ("stampante vpn", vec![]),
            ("'; DROP TABLE search; --\u{0}", vec![]),
            ("", vec![]),
        ] {
            let query = SearchQuery {
                words: words.to_owned(),
                ..SearchQuery::default()
            };
            let hits = store.read().search(&query).await.expect("searches");
            let found: Vec<i64> = hits.iter().map(|hit| hit.ordinal).collect();
            assert_eq!(found, expected, "{words}");
        }
    }
);
