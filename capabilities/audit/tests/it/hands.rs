//! The hands a ticket lies in are what its journal says: verified, and made again.

use crate::desk::{Desk, kinds};
use kernel::Author;
use people::{Actor, GroupKind};
use std::sync::Arc;
use store::Lane;
use testkit::both_backends;
use ticket::domain::TicketKind;
use ticket::{Conditions, TicketAct};

/// Sends the first ticket to two groups of the second level.
async fn send(desk: &Desk) {
    let author = Author::system("test");
    let made = desk.store.write(Lane::People, move |tx| {
        Box::pin(async move {
            for name in ["Sistemi", "Applicazioni"] {
                people::create_group(tx, &author, name, GroupKind::SecondLevel, None).await?;
            }
            Ok(())
        })
    });
    made.await.unwrap_or_else(|cause| panic!("{cause}"));
    let classify = TicketAct::Classify {
        kind: Some(TicketKind::Incident),
        category: None,
        impact: None,
        urgency: None,
        priority: None,
        reason: None,
    };
    let to = |group: &str| TicketAct::SendToSecondLevel {
        group: group.to_owned(),
        note: None,
    };
    let acts = vec![TicketAct::Take, classify, to("Sistemi"), to("Applicazioni")];
    let actor = Arc::new(Actor::system());
    let sent = ticket::perform(&desk.store, &actor, desk.tickets[0], acts, Conditions::default()).await;
    sent.unwrap_or_else(|cause| panic!("{cause}"));
}

both_backends!(
    async fn hands_that_were_altered_are_found_and_made_again(db: testkit::Backend) {
        let desk = Desk::new(db).await;
        send(&desk).await;
        let rows = "SELECT COUNT(*) FROM hand WHERE stake IN ('part', 'owner')";
        assert!(desk.verify().await.is_intact());
        assert_eq!(
            desk.number(rows).await,
            2,
            "the second part and the owner: the first part stands on the card"
        );
        let harm: [&[&'static str]; 5] = [
            &["DELETE FROM hand"],
            &["UPDATE hand SET stake = 'owner'"],
            &["UPDATE card SET hands = '[]'"],
            &["UPDATE card SET hands = '[]'", "DELETE FROM hand"],
            &["DELETE FROM card WHERE ordinal = (SELECT MIN(ordinal) FROM card)"],
        ];
        for statements in harm {
            desk.sql(statements).await;
            assert!(!desk.verify().await.is_intact(), "{statements:?}");
            let rebuilt = audit::rebuild(&desk.store, &kinds(), &|_, _| ()).await;
            let rebuilt = rebuilt.unwrap_or_else(|cause| panic!("{cause}"));
            assert_eq!((rebuilt.states, rebuilt.cards), (0, 1), "{statements:?}");
            assert!(desk.verify().await.is_intact(), "{statements:?}");
            assert_eq!(desk.number(rows).await, 2, "{statements:?}");
        }
        desk.sql(&["INSERT INTO hand (ordinal, place, group_id, stake) SELECT -9, 0, id, 'part' FROM content LIMIT 1"])
            .await;
        let rebuilt = audit::rebuild(&desk.store, &kinds(), &|_, _| ()).await;
        assert_eq!(
            rebuilt.unwrap_or_else(|cause| panic!("{cause}")).cards,
            1,
            "a hand of no card goes"
        );
        assert!(desk.verify().await.is_intact());
    }
);
