//! Open records whose words somebody uses again: the candidates for what was reported before.
//!
//! Only public words count, so that nobody learns of a note by what is proposed to them, and what one may not see is not
//! among the candidates.

use crate::find::within;
use kernel::Outcome;
use people::{Act, Actor};
use std::collections::HashSet;
use store::{Card, SearchQuery, Store, tokens};

/// Candidates that are enough: with fewer, older ones that hold the longest words together are looked for too.
const ENOUGH: usize = 20;
/// Candidates whose whole texts are looked at.
const READ: usize = 100;

/// An open record, with the words by which it is found.
#[derive(Clone, Debug)]
pub struct Sharing {
    /// Its card.
    pub card: Card,
    /// The tokens of its subject.
    pub subject: HashSet<String>,
    /// The tokens of all its public texts.
    pub text: HashSet<String>,
}

/// Open records that somebody may see and that hold any of these words; with the tokens of their texts.
pub async fn sharing(store: &Store, actor: &Actor, words: &str) -> Outcome<Vec<Sharing>> {
    let wanted = distinct(words);
    let scope = within(&actor.scope(Act::View), actor);
    let seen = actor.sight(Act::View);
    let mut cards = store.read().open_cards_sharing(&wanted, scope.as_deref()).await?;
    cards.retain(|card| seen.holds(card));
    if cards.len() < ENOUGH && wanted.len() > 1 {
        let query = SearchQuery {
            words: longest(words),
            within: scope,
            ..SearchQuery::default()
        };
        let mut older = store.read().search_cards(&query).await?;
        older.retain(|card| card.open && seen.holds(card) && !cards.iter().any(|known| known.id == card.id));
        cards.append(&mut older);
    }
    with_words(store, cards, &wanted).await
}

/// The same of records that are known otherwise, as far as somebody may see them and they are open.
pub async fn sharing_of(store: &Store, actor: &Actor, mut cards: Vec<Card>) -> Outcome<Vec<Sharing>> {
    let seen = actor.sight(Act::View);
    cards.retain(|card| card.open && seen.holds(card));
    with_words(store, cards, &[]).await
}

async fn with_words(store: &Store, cards: Vec<Card>, wanted: &[String]) -> Outcome<Vec<Sharing>> {
    let mut each: Vec<(usize, Card, HashSet<String>)> = cards
        .into_iter()
        .map(|card| {
            let subject: HashSet<String> = tokens(&card.subject).into_iter().collect();
            let held = wanted.iter().filter(|token| subject.contains(*token)).count();
            (held, card, subject)
        })
        .collect();
    each.sort_by_key(|(held, card, _)| (std::cmp::Reverse(*held), std::cmp::Reverse(card.ordinal)));
    each.truncate(READ);
    let ordinals: Vec<i64> = each.iter().map(|(_, card, _)| card.ordinal).collect();
    let mut texts = store.read().public_tokens_of(&ordinals).await?;
    let each = each.into_iter().map(|(_, card, subject)| Sharing {
        text: texts.remove(&card.ordinal).unwrap_or_default(),
        card,
        subject,
    });
    Ok(each.collect())
}

/// The tokens of a text, each once.
fn distinct(words: &str) -> Vec<String> {
    let mut known = HashSet::new();
    tokens(words)
        .into_iter()
        .filter(|token| known.insert(token.clone()))
        .collect()
}

/// The two longest words of a text: long words are seldom frequent ones.
fn longest(words: &str) -> String {
    let mut each: Vec<&str> = words
        .split_whitespace()
        .filter(|word| !tokens(word).is_empty())
        .collect();
    each.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    each.truncate(2);
    each.join(" ")
}
