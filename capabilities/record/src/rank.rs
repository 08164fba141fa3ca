//! Which of the found records comes first: the weights, all in one place.
//!
//! Only what stands on the card counts, so that three hundred candidates are ranked without another look at the database.

use kernel::Instant;
use people::Actor;
use store::{Card, folded, tokens};

/// The number itself was typed: nothing comes before it.
const NUMBER: i64 = 1000;
/// A word that stands in the subject: a subject says what a ticket is about, a message mentions many things.
const IN_SUBJECT: i64 = 4;
/// All words stand in the subject: most likely the very ticket that is looked for, so it weighs more than all that follows.
const ALL_IN_SUBJECT: i64 = 14;
/// The words stand in the subject in the order in which they were typed.
const IN_ORDER: i64 = 3;
/// Open: what has ended is looked for less often, whoever had it.
const OPEN: i64 = 8;
/// It lies with the person who asks: people mostly look for what they work on.
const MINE: i64 = 4;
/// It lies with one of the person's groups.
const OUR_GROUP: i64 = 2;
/// Opened in the last days, or in the last month: what people call about is mostly new.
const RECENT: [(i64, i64); 2] = [(7, 2), (30, 1)];

const DAY: i64 = 86_400;

/// Puts the best first; what is equally good stands newest first.
pub(crate) fn rank(cards: &mut [Card], words: &str, actor: &Actor, now: Instant) {
    let wanted = tokens(words);
    let number = words.trim().to_uppercase();
    cards.sort_by_cached_key(|card| {
        let exact = if card.number == number { NUMBER } else { 0 };
        let score = exact + subject(card, &wanted) + whose(card, actor) + age(card, now);
        (-score, -card.ordinal)
    });
}

fn subject(card: &Card, wanted: &[String]) -> i64 {
    let subject = folded(&card.subject);
    let places: Vec<usize> = wanted.iter().filter_map(|stem| begins_word(&subject, stem)).collect();
    let all = !wanted.is_empty() && places.len() == wanted.len();
    let in_order = all && wanted.len() > 1 && places.is_sorted();
    places.len() as i64 * IN_SUBJECT + if all { ALL_IN_SUBJECT } else { 0 } + if in_order { IN_ORDER } else { 0 }
}

/// Where a word of the subject begins with a stem. Subjects are not stemmed: a stem is the beginning of its words.
fn begins_word(subject: &str, stem: &str) -> Option<usize> {
    let is_beginning = |place: &usize| {
        let before = subject[..*place].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    subject.match_indices(stem).map(|(place, _)| place).find(is_beginning)
}

fn whose(card: &Card, actor: &Actor) -> i64 {
    let mine = card.operator == Some(actor.person);
    let ours = card.group.is_some_and(|group| actor.groups.contains(&group));
    (if mine { MINE } else { 0 }) + (if ours { OUR_GROUP } else { 0 }) + (if card.open { OPEN } else { 0 })
}

fn age(card: &Card, now: Instant) -> i64 {
    let days = now.seconds_since(card.opened_at) / DAY;
    let recent = RECENT.iter().find(|(within, _)| days < *within);
    recent.map_or(0, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Uuid;
    use people::Door;

    const ME: Uuid = Uuid::from_u128(1);
    const OURS: Uuid = Uuid::from_u128(2);

    fn card(ordinal: i64, subject: &str, change: impl FnOnce(&mut Card)) -> Card {
        let mut card = Card::new(Uuid::from_u128(ordinal as u128), ordinal, "ticket");
        card.number = format!("SR-2026-{ordinal:06}");
        subject.clone_into(&mut card.subject);
        change(&mut card);
        card
    }

    fn order(words: &str, mut cards: Vec<Card>) -> Vec<i64> {
        let actor = Actor {
            person: ME,
            name: String::new(),
            language: None,
            category: None,
            roles: Vec::new(),
            groups: vec![OURS],
            door: Door::Console,
            token: None,
        };
        rank(&mut cards, words, &actor, Instant::from_millis(100 * DAY * 1000));
        cards.iter().map(|card| card.ordinal).collect()
    }

    #[test]
    fn what_people_look_for_comes_first() {
        let same = |_: &mut Card| {};
        let cases = [
            (
                "SR-2026-000001",
                vec![card(1, "rete", same), card(2, "SR-2026-000001", same)],
                [1, 2],
            ),
            (
                "stampante",
                vec![card(1, "Stampante ferma", same), card(2, "Altro", same)],
                [1, 2],
            ),
            (
                "posta piena",
                vec![card(1, "Posta piena", same), card(2, "Piena di posta", same)],
                [1, 2],
            ),
            (
                "rete",
                vec![card(1, "Rete", same), card(2, "Concreteria", same)],
                [1, 2],
            ),
            (
                "rete",
                vec![card(1, "Rete", same), card(2, "Rete", |card| card.open = false)],
                [1, 2],
            ),
            (
                "rete",
                vec![card(1, "Rete", |card| card.operator = Some(ME)), card(2, "Rete", same)],
                [1, 2],
            ),
            (
                "rete",
                vec![card(1, "Rete", |card| card.group = Some(OURS)), card(2, "Rete", same)],
                [1, 2],
            ),
            (
                "rete",
                vec![
                    card(1, "Rete", |card| card.opened_at = Instant::from_millis(95 * DAY * 1000)),
                    card(2, "Rete", same),
                ],
                [1, 2],
            ),
            ("rete", vec![card(1, "Rete", same), card(2, "Rete", same)], [2, 1]),
        ];
        for (place, (words, cards, expected)) in cases.into_iter().enumerate() {
            assert_eq!(order(words, cards), expected, "{place} {words}");
        }
    }
}
