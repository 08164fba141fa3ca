//! Finding records by words: candidates from the index, ranked here, the same on both databases.

use crate::{Filter, Listing};
use kernel::Outcome;
use people::{Act, Actor};
use std::collections::HashSet;
use store::{Card, SearchQuery, Store, folded, tokens};
use web::Cursor;

/// Records that hold all the words, the best first. The cursor counts how many were shown before.
pub async fn search(
    store: &Store,
    actor: &Actor,
    words: &str,
    filter: &Filter,
    limit: usize,
    after: Option<Cursor>,
) -> Outcome<Listing> {
    let scope = actor.scope(Act::View);
    let internal = !actor.scope(Act::ViewInternal).is_nothing();
    let only_own = scope.own && !scope.all && scope.areas.is_empty() && scope.groups.is_none();
    let query = SearchQuery {
        words: words.to_owned(),
        internal,
        requester: filter.requester.or(only_own.then_some(actor.person)),
        areas: filter.area.map(|area| vec![area]),
        before: None,
    };
    let mut cards = store.read().search_cards(&query).await?;
    cards.retain(|card| actor.may(Act::View, card) && filter.matches(card));
    // Who reads notes only on some of these finds the others by their public words alone.
    if internal && cards.iter().any(|card| !actor.may(Act::ViewInternal, card)) {
        let public = store
            .read()
            .search(&SearchQuery {
                internal: false,
                ..query
            })
            .await?;
        let public: HashSet<i64> = public.iter().map(|hit| hit.ordinal).collect();
        cards.retain(|card| actor.may(Act::ViewInternal, card) || public.contains(&card.ordinal));
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
