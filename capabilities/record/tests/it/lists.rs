//! Lists show exactly what may be seen and was asked for: all of it, once, in order, whatever the scope, filter and page.

use kernel::{Clock, Instant, Outcome, Uuid};
use people::{Act, Actor, Door, Role, RoleGrant};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use record::{Filter, Listing, Sort, count_open, list};
use store::{Card, DatabaseSettings, Hand, Lane, Sql, Stake, Store, StoreParts};
use testkit::Backend;

const STATES: [(&str, &str, bool); 4] = [
    ("new", "new", true),
    ("level1_work", "working", true),
    ("waiting", "waiting", true),
    ("closed", "closed", false),
];

fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128((kind << 64) | number)
}

fn area(number: u8) -> Uuid {
    id(1, u128::from(number % 4))
}

fn group(number: u8) -> Uuid {
    id(2, u128::from(number % 5))
}

fn person(number: u8) -> Uuid {
    id(3, u128::from(number % 6))
}

async fn open(db: &Backend) -> Store {
    let mut settings = DatabaseSettings::embedded(db.data.path());
    if db.kind == testkit::Kind::Postgres {
        settings.url = Some(db.url.clone());
    }
    let opened = Store::open(&settings, Clock::wall(), StoreParts::default()).await;
    opened.unwrap_or_else(|why| panic!("{why}"))
}

/// Cards as they might stand, from seeds.
fn cards(seeds: &[[u8; 8]]) -> Vec<Card> {
    let card = |(place, seed): (usize, &[u8; 8])| {
        let ordinal = place as i64 + 1;
        let (state, phase, open) = STATES[usize::from(seed[3]) % 4];
        let mut card = Card::new(id(9, ordinal as u128), ordinal, "ticket");
        card.number = format!("SR-2026-{ordinal:06}");
        card.area = area(seed[0]);
        card.group = (seed[1] % 6 > 0).then(|| group(seed[1]));
        card.operator = (seed[2] % 3 > 0).then(|| person(seed[2]));
        card.requester = Some(person(seed[4]));
        card.hands = hands(seed, open);
        (card.state, card.phase, card.open) = (state.to_owned(), phase.to_owned(), open);
        card.priority = i64::from(seed[5] % 5) + 1;
        card.channel = if seed[6] % 2 == 0 { "phone" } else { "web" }.to_owned();
        // Few different instants, so that ties are common.
        card.updated_at = Instant::from_millis(i64::from(seed[6] % 16) * 1000);
        card.due_at = if seed[7] % 3 == 0 {
            Instant::NEVER
        } else {
            Instant::from_millis(i64::from(seed[7] % 8) * 1000)
        };
        card
    };
    seeds.iter().enumerate().map(card).collect()
}

/// Other hands, for one card in three.
fn hands(seed: &[u8; 8], open: bool) -> Vec<Hand> {
    let stakes = [Stake::Part, Stake::Owner, Stake::Past];
    let count = if seed[7] % 3 == 1 { seed[6] % 4 } else { 0 };
    let hand = |place: u8| Hand {
        group: group(seed[5].wrapping_add(place)),
        operator: seed[4]
            .wrapping_add(place)
            .is_multiple_of(2)
            .then(|| person(seed[0].wrapping_add(place))),
        stake: if open {
            stakes[usize::from(seed[3] / 4 + place) % 3]
        } else {
            Stake::Past
        },
    };
    (0..count).map(hand).collect()
}

async fn keep(store: &Store, cards: &[Card]) {
    let cards = cards.to_vec();
    let done: Outcome<()> = store
        .write(Lane::People, move |tx| {
            Box::pin(async move {
                tx.run("DELETE FROM card WHERE ordinal > 0", vec![]).await?;
                tx.run("DELETE FROM hand WHERE ordinal > 0", vec![]).await?;
                tx.insert_cards(&cards).await
            })
        })
        .await;
    done.unwrap_or_else(|why| panic!("{why}"));
}

/// Somebody with roles and groups from seeds.
fn actor(seed: [u8; 4]) -> Actor {
    let grants = match seed[0] % 7 {
        0 => vec![RoleGrant {
            role: Role::Administrator,
            area: None,
        }],
        1 => vec![RoleGrant {
            role: Role::Operator,
            area: Some(area(seed[1])),
        }],
        2 => vec![
            RoleGrant {
                role: Role::Operator,
                area: Some(area(seed[1])),
            },
            RoleGrant {
                role: Role::TeamLead,
                area: Some(area(seed[2])),
            },
        ],
        3 => vec![RoleGrant {
            role: Role::SecondLevel,
            area: None,
        }],
        4 => vec![
            RoleGrant {
                role: Role::SecondLevel,
                area: None,
            },
            RoleGrant {
                role: Role::Operator,
                area: Some(area(seed[1])),
            },
        ],
        5 => vec![RoleGrant {
            role: Role::Requester,
            area: None,
        }],
        _ => vec![],
    };
    let groups = if seed[2].is_multiple_of(3) {
        vec![]
    } else {
        vec![group(seed[2]), group(seed[3])]
    };
    let mut groups = groups;
    groups.dedup();
    Actor {
        person: person(seed[3]),
        name: String::new(),
        language: None,
        category: None,
        roles: grants,
        groups,
        door: Door::Api,
        token: None,
    }
}

fn filter(seed: [u8; 8]) -> Filter {
    let given = |place: usize, often: u8| seed[place].is_multiple_of(often);
    Filter {
        area: given(0, 3).then(|| area(seed[0] / 3)),
        group: given(1, 4).then(|| group(seed[1] / 4)),
        operator: given(2, 4).then(|| person(seed[2] / 4)),
        requester: given(3, 4).then(|| person(seed[3] / 4)),
        states: if given(4, 3) {
            vec![STATES[usize::from(seed[4] / 3) % 4].0.to_owned(), "waiting".to_owned()]
        } else {
            vec![]
        },
        phases: if given(5, 5) {
            vec![STATES[usize::from(seed[5] / 5) % 4].1.to_owned()]
        } else {
            vec![]
        },
        priority: given(6, 4).then(|| i64::from(seed[6] / 4 % 5) + 1),
        open: given(7, 3).then_some(seed[7].is_multiple_of(2)),
        updated_since: (seed[7] % 5 == 1).then(|| Instant::from_millis(i64::from(seed[7] % 16) * 1000)),
        unassigned: seed[6] % 7 == 1,
        ..Filter::default()
    }
}

/// The same conditions, told again from what they mean.
fn is_wanted(filter: &Filter, card: &Card) -> bool {
    filter.area.is_none_or(|area| area == card.area)
        && filter.group.is_none_or(|group| Some(group) == card.group)
        && filter.operator.is_none_or(|operator| Some(operator) == card.operator)
        && filter
            .requester
            .is_none_or(|requester| Some(requester) == card.requester)
        && (filter.states.is_empty() || filter.states.contains(&card.state))
        && (filter.phases.is_empty() || filter.phases.contains(&card.phase))
        && filter.priority.is_none_or(|priority| priority == card.priority)
        && filter.open.is_none_or(|open| open == card.open)
        && filter.updated_since.is_none_or(|since| card.updated_at >= since)
        && !(filter.unassigned && card.operator.is_some())
}

/// What may be seen stands in a list once, in whichever queue was asked for; what a group only may read stands in none.
fn stands_in(actor: &Actor, filter: &Filter, card: &Card) -> bool {
    let scope = actor.scope(Act::View);
    let everywhere =
        scope.all || scope.areas.contains(&card.area) || (scope.own && card.requester == Some(actor.person));
    // Without a group or an operator asked for, an area is looked at by its cards alone.
    let by_hands = filter.group.is_some() || filter.operator.is_some();
    queues(card).enumerate().any(|(place, queue)| {
        let reached = (everywhere && (place == 0 || by_hands))
            || (scope.groups.is_some() && {
                let bare = Actor {
                    roles: vec![RoleGrant {
                        role: Role::SecondLevel,
                        area: None,
                    }],
                    ..actor.clone()
                };
                let foreign = Card {
                    requester: None,
                    ..queue.clone()
                };
                bare.may(Act::View, &foreign)
            });
        reached && is_wanted(filter, &queue)
    })
}

/// The card as each of the hands that work on it sees it: the queues it stands in.
fn queues(card: &Card) -> impl Iterator<Item = Card> {
    let own = Card {
        hands: Vec::new(),
        ..card.clone()
    };
    let parts = card.hands.iter().filter(|hand| hand.stake == Stake::Part);
    let parts: Vec<Card> = parts.map(|hand| card.in_hand(hand.group, hand.operator)).collect();
    std::iter::once(own).chain(parts)
}

fn expected(cards: &[Card], actor: &Actor, filter: &Filter, sort: Sort) -> Vec<i64> {
    let sort = if filter.updated_since.is_some() && sort != Sort::Recent {
        Sort::Updated
    } else {
        sort
    };
    let mut found: Vec<&Card> = cards.iter().filter(|card| stands_in(actor, filter, card)).collect();
    if sort == Sort::Due {
        found.retain(|card| card.open);
    }
    match sort {
        Sort::Updated => found.sort_by_key(|card| (card.updated_at, card.ordinal)),
        Sort::Due => found.sort_by_key(|card| (card.due_at, card.ordinal)),
        Sort::Recent => found.sort_by_key(|card| std::cmp::Reverse((card.updated_at, card.ordinal))),
        Sort::Oldest => found.sort_by_key(|card| card.ordinal),
        Sort::Newest => found.sort_by_key(|card| std::cmp::Reverse(card.ordinal)),
    }
    found.into_iter().map(|card| card.ordinal).collect()
}

/// Walks all pages; answers what they showed, and whether a page was short and still had a next one.
async fn walked(store: &Store, actor: &Actor, filter: &Filter, sort: Sort, limit: usize) -> (Vec<i64>, bool) {
    let (mut found, mut after, mut short) = (Vec::new(), None, false);
    for _ in 0..20_000 {
        let page: Listing = list(store, actor, filter, sort, limit, after)
            .await
            .unwrap_or_else(|why| panic!("{why} {filter:?}"));
        assert!(page.cards.len() <= limit);
        short |= page.cards.len() < limit && page.next.is_some();
        found.extend(page.cards.iter().map(|card| card.ordinal));
        match page.next {
            Some(next) => {
                assert_ne!(Some(next), after, "a page leads on");
                after = Some(next);
            }
            None => return (found, short),
        }
    }
    panic!("the list never ends: {filter:?}");
}

async fn compare(store: &Store, cards: &[Card], who: &Actor, filter: &Filter, sort: Sort, limit: usize) -> bool {
    let (found, short) = walked(store, who, filter, sort, limit).await;
    assert_eq!(
        found,
        expected(cards, who, filter, sort),
        "{:?} {filter:?} {sort:?} limit {limit}",
        who.scope(Act::View)
    );
    let open = Filter {
        open: Some(true),
        ..filter.clone()
    };
    let counted = count_open(store, who, filter)
        .await
        .unwrap_or_else(|why| panic!("{why}"));
    assert_eq!(
        counted,
        expected(cards, who, &open, Sort::Newest).len() as i64,
        "counted: {:?} {filter:?}",
        who.scope(Act::View)
    );
    short
}

testkit::both_backends! {
    async fn pages_show_all_that_may_be_seen_once_and_in_order(db: Backend) {
        let store = open(&db).await;
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
        let seeds = prop::collection::vec(any::<[u8; 8]>(), 0..160);
        let asked = (any::<[u8; 4]>(), any::<[u8; 8]>(), 0_u8..5, 1_usize..30);
        for _ in 0..12 {
            let cards = cards(&seeds.new_tree(&mut runner).unwrap().current());
            keep(&store, &cards).await;
            for _ in 0..25 {
                let (who, wanted, sort, limit) = asked.new_tree(&mut runner).unwrap().current();
                let sort = [Sort::Newest, Sort::Oldest, Sort::Updated, Sort::Recent, Sort::Due][usize::from(sort)];
                compare(&store, &cards, &actor(who), &filter(wanted), sort, limit).await;
            }
        }
    }

    async fn a_filter_by_person_shows_the_old_in_ones_own_area_below_the_new_in_others(db: Backend) {
        let store = open(&db).await;
        // Sixty newer ones of the same requester in another area, and one old one in one's own.
        let mut cards = cards(&[[0; 8]; 61]);
        for card in &mut cards[1..] {
            card.area = area(1);
        }
        keep(&store, &cards).await;
        let who = actor([1, 0, 0, 5]);
        let wanted = Filter { requester: Some(person(0)), ..Filter::default() };
        compare(&store, &cards, &who, &wanted, Sort::Newest, 50).await;
    }

    async fn a_rare_hit_behind_more_rows_than_a_page_looks_at_is_found_by_going_on(db: Backend) {
        let store = open(&db).await;
        let mut cards = cards(&vec![[0, 1, 1, 0, 0, 0, 0, 1]; 11_000]);
        for place in [3, 2_500, 5_100, 10_990] {
            cards[place].priority = 5;
        }
        keep(&store, &cards).await;
        let wanted = Filter { priority: Some(5), ..Filter::default() };
        for (who, sort) in [([0; 4], Sort::Newest), ([1, 0, 0, 0], Sort::Newest), ([1, 0, 0, 0], Sort::Oldest), ([1, 0, 0, 0], Sort::Updated), ([1, 0, 0, 0], Sort::Recent), ([1, 0, 0, 0], Sort::Due)] {
            assert!(compare(&store, &cards, &actor(who), &wanted, sort, 10).await, "a short page with a next one: {sort:?}");
        }
    }
}
