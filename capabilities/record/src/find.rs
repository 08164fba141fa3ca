//! Finding records by words: candidates from the index, ranked here, the same on both databases.

use crate::{Filter, Listing};
use kernel::Outcome;
use people::{Act, Actor};
use std::collections::HashSet;
use std::fmt::Write as _;
use store::{Card, SearchQuery, Sql, Store, Value, tokens};
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
    let ordinals: Vec<i64> = store.read().search(&query).await?.iter().map(|hit| hit.ordinal).collect();
    let mut cards = cards_by_ordinal(store, &ordinals).await?;
    cards.retain(|card| actor.may(Act::View, card) && filter.matches(card));
    rank(&mut cards, words);
    let before = usize::try_from(after.map_or(0, |cursor| cursor.key)).unwrap_or(0);
    let more = cards.len() > before + limit;
    let next = more.then(|| Cursor { key: (before + limit) as i64, ordinal: 0 });
    Ok(Listing { cards: cards.into_iter().skip(before).take(limit).collect(), next })
}

async fn cards_by_ordinal(store: &Store, ordinals: &[i64]) -> Outcome<Vec<Card>> {
    if ordinals.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = format!("SELECT {} FROM card c WHERE c.ordinal IN (", Card::columns("c"));
    for place in 1..=ordinals.len() {
        let _ = write!(sql, "{}${place}", if place == 1 { "" } else { ", " });
    }
    sql.push(')');
    let values: Vec<Value> = ordinals.iter().map(|ordinal| (*ordinal).into()).collect();
    store.read().rows(&sql, values).await?.iter().map(|row| Card::from_row(row, 0)).collect()
}

/// The number asked for first, then words in the subject, then open before ended, then the newest.
fn rank(cards: &mut [Card], words: &str) {
    let wanted: HashSet<String> = tokens(words).into_iter().collect();
    let number = words.trim().to_uppercase();
    cards.sort_by_cached_key(|card| {
        let in_subject = tokens(&card.subject).iter().filter(|token| wanted.contains(*token)).count().min(20) as i64;
        let exact = i64::from(card.number == number);
        let score = exact * 1000 + in_subject * 4 + i64::from(card.open) * 3;
        (-score, -card.ordinal)
    });
}
