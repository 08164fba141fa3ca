//! Finding records by words: candidates from the index, ranked here, the same on both databases.

use crate::{Filter, Listing};
use kernel::Outcome;
use people::{Act, Actor, Scope};
use std::collections::HashSet;
use store::{Belongs, CANDIDATES, Card, SearchQuery, Store, folded, tokens};
use web::Cursor;

/// Visible candidates that end the look for older ones: two pages, to be ranked among each other.
const ENOUGH: usize = 100;
/// How often the index is asked for older candidates when most of the newer ones may not be seen or are not meant.
const ROUNDS: usize = 8;

/// Records that hold all the words, the best first. The cursor counts how many were shown before.
pub async fn search(
    store: &Store,
    actor: &Actor,
    words: &str,
    filter: &Filter,
    limit: usize,
    after: Option<Cursor>,
) -> Outcome<Listing> {
    let mut query = SearchQuery {
        words: words.to_owned(),
        internal: !actor.scope(Act::ViewInternal).is_nothing(),
        requester: filter.requester,
        areas: filter.area.map(|area| vec![area]),
        within: within(&actor.scope(Act::View), actor),
        before: None,
    };
    let mut cards = Vec::new();
    for _ in 0..ROUNDS {
        let found = store.read().search_cards(&query).await?;
        let (count, oldest) = (found.len(), found.iter().map(|card| card.ordinal).min());
        cards.extend(visible(store, actor, filter, &query, found).await?);
        if count < CANDIDATES || cards.len() >= ENOUGH {
            break;
        }
        query.before = oldest;
    }
    rank(&mut cards, words);
    let before = usize::try_from(after.map_or(0, |cursor| cursor.key)).unwrap_or(0);
    let more = cards.len() > before + limit;
    let next = more.then(|| Cursor {
        key: (before + limit) as i64,
        ordinal: 0,
    });
    Ok(Listing {
        cards: cards.into_iter().skip(before).take(limit).collect(),
        next,
    })
}

/// What the index can be told of how far somebody reaches; groups do not stand in it and are looked at afterwards.
fn within(scope: &Scope, actor: &Actor) -> Option<Vec<Belongs>> {
    if scope.all || scope.groups.is_some() {
        return None;
    }
    let areas = scope.areas.iter().map(|area| Belongs::Area(*area));
    let own = scope.own.then_some(Belongs::Requester(actor.person));
    Some(areas.chain(own).collect())
}

/// The candidates that are meant and that the person may see, by words they may read.
async fn visible(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    query: &SearchQuery,
    mut cards: Vec<Card>,
) -> Outcome<Vec<Card>> {
    cards.retain(|card| actor.may(Act::View, card) && filter.matches(card));
    // Who reads notes only on some of these finds the others by their public words alone.
    if query.internal && cards.iter().any(|card| !actor.may(Act::ViewInternal, card)) {
        let by_public_words = SearchQuery {
            internal: false,
            ..query.clone()
        };
        let public = store.read().search(&by_public_words).await?;
        let public: HashSet<i64> = public.iter().map(|hit| hit.ordinal).collect();
        cards.retain(|card| actor.may(Act::ViewInternal, card) || public.contains(&card.ordinal));
    }
    Ok(cards)
}

/// The number asked for first, then words in the subject, then open before ended, then the newest.
fn rank(cards: &mut [Card], words: &str) {
    let wanted = tokens(words);
    let number = words.trim().to_uppercase();
    cards.sort_by_cached_key(|card| {
        // A stem is the beginning of its words, so looking for it in the folded subject needs no stemming of subjects.
        let subject = folded(&card.subject);
        let in_subject = wanted.iter().filter(|stem| subject.contains(stem.as_str())).count() as i64;
        let exact = i64::from(card.number == number);
        let score = exact * 1000 + in_subject * 4 + i64::from(card.open) * 3;
        (-score, -card.ordinal)
    });
}
