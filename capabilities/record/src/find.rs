//! Finding records by words: candidates from the index, ranked here, the same on both databases.

use crate::rank::rank;
use crate::{Filter, Listing, Question};
use kernel::Outcome;
use people::{Act, Actor, Scope};
use std::collections::HashSet;
use store::{Belongs, CANDIDATES, Card, SearchQuery, Store};
use web::Cursor;

/// Visible candidates that end the look for older ones: two pages, to be ranked among each other.
const ENOUGH: usize = 100;
/// The letter by which a cursor tells that it counts what was found by words.
const BY_RANK: char = 'q';
/// How often the index is asked for older candidates when most of the newer ones may not be seen or are not meant.
const ROUNDS: usize = 8;

/// What is looked for, beside the conditions on cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Words that all stand in it, those of phrases too.
    pub words: String,
    /// Words of which none does.
    pub denied: String,
    /// Phrases that stand in it as they are. The index knows nothing of order: whoever has the texts looks at them.
    pub phrases: Vec<String>,
    /// Phrases that do not.
    pub denied_phrases: Vec<String>,
}

impl Wanted {
    /// What a question looks for.
    pub fn of(question: &Question) -> Self {
        Self {
            words: question.words(),
            denied: question.denied_words(),
            phrases: question.phrases(false),
            denied_phrases: question.phrases(true),
        }
    }

    /// True when the order of words matters, which the index does not know.
    pub fn has_phrases(&self) -> bool {
        !(self.phrases.is_empty() && self.denied_phrases.is_empty())
    }
}

/// Records that hold all the words, the best first. The cursor counts how many were shown before.
pub async fn search(
    store: &Store,
    actor: &Actor,
    words: &str,
    filter: &Filter,
    limit: usize,
    after: Option<Cursor>,
) -> Outcome<Listing> {
    let wanted = Wanted {
        words: words.to_owned(),
        ..Wanted::default()
    };
    let before = shown_before(after)?;
    Ok(page_of(ranked(store, actor, &wanted, filter).await?, limit, before))
}

/// True when the person finds anything by a word alone.
pub async fn finds(store: &Store, actor: &Actor, word: &str) -> Outcome<bool> {
    let query = SearchQuery {
        words: word.to_owned(),
        internal: !actor.scope(Act::ViewInternal).is_nothing(),
        within: within(&actor.scope(Act::View), actor),
        ..SearchQuery::default()
    };
    Ok(!store.read().search(&query).await?.is_empty())
}

/// How many of what was found were shown before.
///
/// # Errors
/// A refusal that names `cursor` when it is no place among what is found by words.
pub fn shown_before(after: Option<Cursor>) -> Outcome<usize> {
    let after = after.map(|after| after.within(BY_RANK)).transpose()?;
    Ok(usize::try_from(after.map_or(0, |cursor| cursor.key)).unwrap_or(0))
}

/// A page of what was found.
pub fn page_of(cards: Vec<Card>, limit: usize, before: usize) -> Listing {
    let more = cards.len() > before + limit;
    let next = more.then(|| Cursor {
        order: BY_RANK,
        key: (before + limit) as i64,
        ordinal: 0,
    });
    Listing {
        cards: cards.into_iter().skip(before).take(limit).collect(),
        next,
    }
}

/// All candidates that hold the words and may be seen, the best first; phrases are not looked at.
pub async fn ranked(store: &Store, actor: &Actor, wanted: &Wanted, filter: &Filter) -> Outcome<Vec<Card>> {
    let mut query = SearchQuery {
        words: wanted.words.clone(),
        without: wanted.denied.clone(),
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
    rank(&mut cards, &wanted.words, actor, store.clock().now());
    Ok(cards)
}

/// What the index can be told of how far somebody reaches; groups do not stand in it and are looked at afterwards.
pub(crate) fn within(scope: &Scope, actor: &Actor) -> Option<Vec<Belongs>> {
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
    let (seen, read_whole) = (actor.sight(Act::View), actor.sight(Act::ViewInternal));
    cards.retain(|card| seen.holds(card) && filter.matches(card));
    // Who reads notes only on some of these finds the others by their public words alone.
    if query.internal && cards.iter().any(|card| !read_whole.holds(card)) {
        let by_public_words = SearchQuery {
            internal: false,
            ..query.clone()
        };
        let public = store.read().search(&by_public_words).await?;
        let public: HashSet<i64> = public.iter().map(|hit| hit.ordinal).collect();
        cards.retain(|card| read_whole.holds(card) || public.contains(&card.ordinal));
    }
    Ok(cards)
}
