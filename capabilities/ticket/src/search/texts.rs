//! The texts of found tickets that somebody may read: for phrases, whose order the index does not know, and for excerpts.

use crate::words;
use kernel::{Outcome, Uuid};
use people::{Act, Actor};
use record::{Wanted, holds_phrase};
use std::collections::{HashMap, HashSet};
use store::{Card, Store, tokens};

/// Tickets whose texts are read at once.
const AT_ONCE: usize = 40;

/// Texts by ticket.
pub(crate) type Texts = HashMap<Uuid, Vec<String>>;

/// The texts of these tickets, as far as the person reads them.
pub(crate) async fn texts(store: &Store, actor: &Actor, cards: &[Card]) -> Outcome<Texts> {
    let records: Vec<Uuid> = cards.iter().map(|card| card.id).collect();
    let histories = store.read().histories_of(&records).await?;
    let mut texts = Texts::new();
    for card in cards {
        let Some(history) = histories.get(&card.id) else {
            continue;
        };
        let found = words::of_journal(&history.events, &history.contents)?;
        let mut own = found.public;
        if actor.may(Act::ViewInternal, card) {
            own.extend(found.internal);
        }
        texts.insert(card.id, own);
    }
    Ok(texts)
}

/// Those of the candidates in which the phrases stand as they are wanted: one more than is enough tells that there are more.
pub(super) async fn holding(
    store: &Store,
    actor: &Actor,
    wanted: &Wanted,
    cards: Vec<Card>,
    enough: usize,
) -> Outcome<Vec<Card>> {
    let mut kept = Vec::new();
    for part in cards.chunks(AT_ONCE) {
        let texts = texts(store, actor, part).await?;
        let fits = |card: &&Card| texts.get(&card.id).is_some_and(|texts| fits(texts, wanted));
        kept.extend(part.iter().filter(fits).cloned());
        if kept.len() > enough {
            break;
        }
    }
    Ok(kept)
}

/// True when the phrases stand there, and nothing that is denied.
pub(super) fn fits(texts: &[String], wanted: &Wanted) -> bool {
    let holds = |phrase: &String| texts.iter().any(|text| holds_phrase(text, phrase));
    let denied: HashSet<String> = tokens(&wanted.denied).into_iter().collect();
    let has_denied = !denied.is_empty()
        && texts
            .iter()
            .any(|text| tokens(text).iter().any(|token| denied.contains(token)));
    wanted.phrases.iter().all(holds) && !wanted.denied_phrases.iter().any(holds) && !has_denied
}
