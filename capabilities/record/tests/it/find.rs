//! Looking for words finds what may be seen, however much of what is newer may not.

use kernel::{Clock, Outcome, Uuid};
use people::{Actor, Door, Role, RoleGrant};
use record::{Filter, search};
use store::{Card, DatabaseSettings, FoundBy, Lane, Store, StoreParts};
use testkit::{Backend, both_backends};

const AREA: Uuid = Uuid::from_u128(1);
const OTHER_AREA: Uuid = Uuid::from_u128(2);
const GROUP: Uuid = Uuid::from_u128(3);
const OTHER_GROUP: Uuid = Uuid::from_u128(4);
const PERSON: Uuid = Uuid::from_u128(5);
/// More than two rounds of candidates.
const NEWER: i64 = 700;

async fn open(db: &Backend) -> Store {
    let mut settings = DatabaseSettings::embedded(db.data.path());
    if db.kind == testkit::Kind::Postgres {
        settings.url = Some(db.url.clone());
    }
    let opened = Store::open(&settings, Clock::wall(), StoreParts::default()).await;
    opened.unwrap_or_else(|why| panic!("{why}"))
}

fn card(ordinal: i64, area: Uuid, group: Uuid, requester: Option<Uuid>) -> Card {
    let mut card = Card::new(Uuid::from_u128((9 << 64) | ordinal as u128), ordinal, "ticket");
    card.number = format!("SR-2026-{ordinal:06}");
    (card.area, card.group, card.requester) = (area, Some(group), requester);
    card
}

/// One old ticket here, one old ticket of the person's own elsewhere, and many newer ones elsewhere; all say the same.
async fn keep_tickets(store: &Store) {
    let done: Outcome<()> = store
        .write(Lane::People, |tx| {
            Box::pin(async move {
                let mut cards = vec![
                    card(1, AREA, GROUP, None),
                    card(2, OTHER_AREA, OTHER_GROUP, Some(PERSON)),
                ];
                cards.extend((3..3 + NEWER).map(|ordinal| card(ordinal, OTHER_AREA, OTHER_GROUP, None)));
                tx.insert_cards(&cards).await?;
                for card in &cards {
                    let words = FoundBy {
                        public: vec!["stampante ferma".to_owned()],
                        internal: vec![],
                    };
                    tx.index_anew(card, &words).await?;
                }
                Ok(())
            })
        })
        .await;
    done.unwrap_or_else(|why| panic!("{why}"));
}

fn somebody(role: Role, area: Option<Uuid>, groups: Vec<Uuid>) -> Actor {
    Actor {
        person: PERSON,
        name: String::new(),
        language: None,
        category: None,
        roles: vec![RoleGrant { role, area }],
        groups,
        door: Door::Api,
        token: None,
    }
}

async fn found_by(store: &Store, actor: &Actor) -> Vec<i64> {
    let listing = search(store, actor, "stampante", &Filter::default(), 50, None)
        .await
        .unwrap();
    let mut found: Vec<i64> = listing.cards.iter().map(|card| card.ordinal).collect();
    found.sort_unstable();
    found
}

both_backends!(
    async fn what_may_be_seen_is_found_below_hundreds_of_newer_matches(db: Backend) {
        let store = open(&db).await;
        keep_tickets(&store).await;
        let requester = somebody(Role::Requester, None, vec![]);
        assert_eq!(found_by(&store, &requester).await, [2]);
        let operator = somebody(Role::Operator, Some(AREA), vec![]);
        assert_eq!(found_by(&store, &operator).await, [1, 2]);
        let second_level = somebody(Role::SecondLevel, None, vec![GROUP]);
        assert_eq!(found_by(&store, &second_level).await, [1, 2]);
        let administrator = somebody(Role::Administrator, None, vec![]);
        assert_eq!(found_by(&store, &administrator).await.len(), 50);
    }
);
