//! How somebody likes to see things is kept for them alone.

use crate::office::Office;
use crate::visitor::Visitor;
use serde_json::json;
use testkit::Backend;

testkit::both_backends! {
    async fn a_preference_is_kept_changed_and_taken_away(db: Backend) {
        let office = Office::open(&db).await;
        let (anna, bruno) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "bruno").await);
        let path = "/preferences/pane.queue";
        assert_eq!(anna.get(path).await["value"], "");
        for value in ["320", "280"] {
            assert_eq!(anna.put(path, json!({"value": value})).await.status.as_u16(), 204);
            assert_eq!(anna.get(path).await["value"], value);
        }
        assert_eq!(bruno.get(path).await["value"], "");
        assert_eq!(anna.put(path, json!({"value": ""})).await.status.as_u16(), 204);
        assert_eq!(anna.get(path).await["value"], "");
    }

    async fn preferences_have_limits(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        for name in ["Pane", "a%20b", &"a".repeat(61)] {
            assert_eq!(anna.put(&format!("/preferences/{name}"), json!({"value": "1"})).await.status.as_u16(), 422, "{name}");
        }
        anna.put("/preferences/long", json!({"value": "x".repeat(4_001)})).await.problem(413);
        for n in 0..100 {
            assert_eq!(anna.put(&format!("/preferences/p{n}"), json!({"value": "1"})).await.status.as_u16(), 204);
        }
        anna.put("/preferences/p100", json!({"value": "1"})).await.problem(429);
    }
}
