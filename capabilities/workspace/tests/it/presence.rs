//! Whether somebody is there for work is their own word, while they are seen.

use crate::office::{Office, done};
use serde_json::{Value, json};
use testkit::Backend;
use workspace::{Presence, present, say, seen, write_signs};

const OWN: &str = "/api/v1/me/presence";

async fn is(office: &Office, who: &str) -> Value {
    office.get(who, OWN).await.expect(200)["presence"].clone()
}

testkit::both_backends! {
    async fn somebody_says_what_they_are_and_is_away_when_not_seen(db: Backend) {
        let office = Office::open(&db).await;
        assert_eq!(is(&office, "anna").await, "away", "nobody is there who never said so");
        let said = office.send("anna", "PUT", OWN, &[], json!({"presence": "available"}).to_string()).await;
        assert_eq!(said.expect(200), json!({"presence": "available"}));
        assert_eq!(is(&office, "bruno").await, "away");
        office.clock.advance(170);
        seen(&office.store, office.people["anna"]);
        done(write_signs(&office.store).await);
        office.clock.advance(20);
        office.store.note_listed_change();
        assert_eq!(is(&office, "anna").await, "available", "a page of theirs was open meanwhile");
        office.clock.advance(200);
        assert_eq!(is(&office, "anna").await, "away");
    }

    async fn what_is_no_presence_is_refused_and_requesters_have_none(db: Backend) {
        let office = Office::open(&db).await;
        let wrong = office.send("anna", "PUT", OWN, &[], json!({"presence": "asleep"}).to_string()).await;
        assert_eq!(wrong.problem(422).1, ["presence"]);
        office.get("rosa", OWN).await.problem(403);
        let asked = office.send("rosa", "PUT", OWN, &[], json!({"presence": "busy"}).to_string()).await;
        asked.problem(403);
    }

    async fn whoever_is_forgotten_leaves_no_presence(db: Backend) {
        let office = Office::open(&db).await;
        let anna = office.people["anna"];
        done(say(&office.store, anna, Presence::Busy).await);
        done(workspace::forget(&office.store, anna, &[], &[]).await);
        office.store.note_listed_change();
        assert!(done(present(&office.store).await).said(anna).is_none());
    }
}
