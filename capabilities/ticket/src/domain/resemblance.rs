//! Already reported? (SD-055): which open tickets resemble what is being reported, and why.
//!
//! Words decide, the rarer among the candidates the more; what a ticket is about, when it came and who hangs on it only help
//! between tickets that share words. What hangs on a parent speaks for its parent and is not proposed beside it.

use kernel::{Instant, Uuid};
use std::collections::HashSet;

/// What a word weighs that every candidate holds. When many report the same, its words are common, and still the right ones.
const COMMON: i64 = 20;
/// By how much more it weighs each time half as many hold it.
const RARER: f64 = 5.0;
/// What a word weighs that no candidate holds: nothing tells how rare it is.
const UNHEARD: i64 = 25;
/// Hundredths of its weight that a word counts which stands in the texts but not in the subject.
const IN_TEXT: i64 = 60;
/// The same category.
const CATEGORY: i64 = 15;
/// Another area than the one it is reported in.
const ELSEWHERE: i64 = -15;
/// Something hangs on it already.
const PARENT: i64 = 8;
/// It is what a known outage is worked on in.
const KNOWN: i64 = 8;
/// Reported within so many hours of each other, and what that counts.
const NEAR: [(i64, i64); 3] = [(4, 10), (48, 6), (168, 3)];
/// From these hundredths of the words on, and from this score on, it is worth being proposed.
const LEAST_SHARE: i64 = 30;
const LEAST_SCORE: i64 = 42;
/// What is near in time enough to say so.
const SAID_NEAR: i64 = 48 * 3600;

const HOUR: i64 = 3600;

/// What is being reported.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its words.
    pub words: Vec<Word>,
    /// What it is about, where that is said.
    pub category: Option<Uuid>,
    /// In which area, where that is said.
    pub area: Option<Uuid>,
    /// When.
    pub at: Instant,
}

/// A word as it was written, and the tokens that must all stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it was written.
    pub written: String,
    /// Its tokens.
    pub tokens: Vec<String>,
}

/// An open ticket that shares words with it.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Which.
    pub id: Uuid,
    /// Its place in the order of recording: of two alike the newer one comes first.
    pub ordinal: i64,
    /// Tokens of its subject.
    pub subject: HashSet<String>,
    /// Tokens of all its public texts.
    pub text: HashSet<String>,
    /// What it is about.
    pub category: Option<Uuid>,
    /// Its area.
    pub area: Uuid,
    /// When it came.
    pub opened_at: Instant,
    /// The parent it hangs on.
    pub hangs_on: Option<Uuid>,
    /// True when others hang on it.
    pub is_parent: bool,
    /// True when a known outage is worked on in it.
    pub is_known: bool,
}

/// A ticket that may be the same, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resemblance {
    /// Which.
    pub id: Uuid,
    /// How much: hundredths of the weight of the words, and what else speaks for it.
    pub score: i64,
    /// Why.
    pub why: Agreement,
}

/// What two reports have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Words, as they were written.
    pub words: Vec<String>,
    /// True when they are about the same.
    pub category: bool,
    /// True when they came within two days of each other.
    pub near: bool,
    /// True when others hang on it already.
    pub parent: bool,
    /// True when it is what a known outage is worked on in.
    pub known: bool,
}

impl Word {
    fn stands_in(&self, tokens: &HashSet<String>) -> bool {
        self.tokens.iter().all(|token| tokens.contains(token))
    }
}

/// The tickets that resemble a report enough to be proposed, the likeliest first, at most `limit`.
pub fn resembling(report: &Report, candidates: Vec<Candidate>, limit: usize) -> Vec<Resemblance> {
    let candidates = families(candidates);
    let weights: Vec<i64> = report.words.iter().map(|word| weight(word, &candidates)).collect();
    let all: i64 = weights.iter().sum();
    if all == 0 {
        return Vec::new();
    }
    let mut found: Vec<(i64, Resemblance)> = candidates
        .iter()
        .filter_map(|candidate| {
            let shared: i64 = (report.words.iter().zip(&weights))
                .map(|(word, weight)| weight * held(word, candidate))
                .sum();
            let resemblance = judged(report, candidate, shared / all);
            (shared / all >= LEAST_SHARE && resemblance.score >= LEAST_SCORE)
                .then_some((candidate.ordinal, resemblance))
        })
        .collect();
    found.sort_by_key(|(ordinal, one)| (-one.score, -ordinal));
    found.into_iter().map(|(_, one)| one).take(limit).collect()
}

/// Children give their words to their parent, where it is among the candidates.
fn families(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let parents: HashSet<Uuid> = candidates.iter().map(|one| one.id).collect();
    let (children, mut own): (Vec<Candidate>, Vec<Candidate>) = candidates
        .drain(..)
        .partition(|one| one.hangs_on.is_some_and(|parent| parents.contains(&parent)));
    for child in children {
        if let Some(parent) = own.iter_mut().find(|one| Some(one.id) == child.hangs_on) {
            parent.text.extend(child.text);
            parent.subject.extend(child.subject);
            parent.is_parent = true;
        }
    }
    own
}

/// What a word weighs: one that few candidates hold tells more.
fn weight(word: &Word, candidates: &[Candidate]) -> i64 {
    let holding = candidates.iter().filter(|one| held(word, one) > 0).count();
    if holding == 0 {
        return UNHEARD;
    }
    let rarity = (candidates.len() + 1) as f64 / (holding + 1) as f64;
    COMMON + (rarity.log2() * RARER).round() as i64
}

/// In hundredths, how far a ticket holds a word.
fn held(word: &Word, candidate: &Candidate) -> i64 {
    if word.stands_in(&candidate.subject) {
        100
    } else if word.stands_in(&candidate.text) {
        IN_TEXT
    } else {
        0
    }
}

fn judged(report: &Report, candidate: &Candidate, share: i64) -> Resemblance {
    let apart = report.at.seconds_since(candidate.opened_at).abs();
    let nearness = NEAR.iter().find(|(hours, _)| apart <= hours * HOUR);
    let why = Agreement {
        words: (report.words.iter())
            .filter(|word| held(word, candidate) > 0)
            .map(|word| word.written.clone())
            .collect(),
        category: report.category.is_some() && report.category == candidate.category,
        near: apart <= SAID_NEAR,
        parent: candidate.is_parent,
        known: candidate.is_known,
    };
    let counts = |holds: bool, points: i64| if holds { points } else { 0 };
    let score = share
        + counts(why.category, CATEGORY)
        + counts(report.area.is_some_and(|area| area != candidate.area), ELSEWHERE)
        + counts(why.parent, PARENT)
        + counts(why.known, KNOWN)
        + nearness.map_or(0, |(_, points)| *points);
    Resemblance {
        id: candidate.id,
        score,
        why,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use proptest::sample::subsequence;

    const NOW: i64 = 1_000_000_000_000;
    const WORDS: [&str; 6] = ["stampa", "ferma", "roma", "vpn", "posta", "piena"];

    fn report(words: &[&str]) -> Report {
        let word = |word: &&str| Word {
            written: (*word).to_owned(),
            tokens: vec![(*word).to_owned()],
        };
        Report {
            words: words.iter().map(word).collect(),
            category: None,
            area: Some(kernel::NIL),
            at: Instant::from_millis(NOW),
        }
    }

    fn candidate(ordinal: i64, subject: &[&str]) -> Candidate {
        let tokens: HashSet<String> = subject.iter().map(|word| (*word).to_owned()).collect();
        Candidate {
            id: Uuid::from_u128(ordinal as u128),
            ordinal,
            subject: tokens.clone(),
            text: tokens,
            category: None,
            area: kernel::NIL,
            opened_at: Instant::from_millis(NOW - 3_600_000),
            hangs_on: None,
            is_parent: false,
            is_known: false,
        }
    }

    fn places(found: &[Resemblance]) -> Vec<u128> {
        found.iter().map(|one| one.id.as_u128()).collect()
    }

    #[test]
    fn a_rare_word_counts_more_than_one_that_everybody_uses() {
        let candidates = vec![
            candidate(1, &["stampa", "vpn"]),
            candidate(2, &["stampa", "roma"]),
            candidate(3, &["stampa", "roma"]),
            candidate(4, &["stampa", "roma"]),
            candidate(5, &["stampa", "roma"]),
        ];
        let found = resembling(&report(&["stampa", "roma", "vpn"]), candidates, 5);
        assert_eq!(places(&found)[0], 1, "{found:?}");
        assert_eq!(found[0].why.words, ["stampa", "vpn"]);
    }

    #[test]
    fn sd_055_a_parent_is_proposed_for_its_children_with_what_they_say() {
        let mut child = candidate(2, &["posta", "piena"]);
        child.hangs_on = Some(Uuid::from_u128(1));
        let orphan = Candidate {
            hangs_on: Some(Uuid::from_u128(9)),
            ..candidate(3, &["posta", "piena"])
        };
        let found = resembling(
            &report(&["posta", "piena"]),
            vec![candidate(1, &["vpn"]), child, orphan],
            5,
        );
        assert_eq!(
            places(&found),
            [1, 3],
            "the child itself is not proposed beside its parent"
        );
        assert!(found[0].why.parent);
    }

    #[test]
    fn what_helps_between_two_that_share_the_same_words() {
        let same = candidate(9, &["stampa", "ferma"]);
        let day = |days: i64| Instant::from_millis(NOW - days * 86_400_000);
        let category = Some(Uuid::from_u128(77));
        let better: [(&str, Candidate); 4] = [
            (
                "parent",
                Candidate {
                    is_parent: true,
                    ..same.clone()
                },
            ),
            (
                "known",
                Candidate {
                    is_known: true,
                    ..same.clone()
                },
            ),
            (
                "category",
                Candidate {
                    category,
                    ..same.clone()
                },
            ),
            ("newer", same.clone()),
        ];
        for (name, better) in better {
            let other = Candidate {
                id: Uuid::from_u128(8),
                ordinal: 8,
                opened_at: if name == "newer" { day(3) } else { same.opened_at },
                ..same.clone()
            };
            let better = Candidate { ordinal: 1, ..better };
            let report = Report {
                category,
                ..report(&["stampa", "ferma"])
            };
            let found = resembling(&report, vec![other, better], 5);
            assert_eq!(places(&found), [9, 8], "{name}: {found:?}");
        }
    }

    #[test]
    fn another_area_weighs_against_it_and_a_word_in_passing_is_not_enough() {
        let elsewhere = Candidate {
            area: Uuid::from_u128(5),
            ..candidate(2, &["stampa", "ferma"])
        };
        let found = resembling(
            &report(&["stampa", "ferma"]),
            vec![elsewhere, candidate(1, &["stampa", "ferma"])],
            5,
        );
        assert_eq!(places(&found), [1, 2]);
        let passing = Candidate {
            text: HashSet::from(["stampa".to_owned()]),
            ..candidate(1, &["posta"])
        };
        assert!(resembling(&report(&["stampa", "ferma", "roma", "vpn"]), vec![passing], 5).is_empty());
    }

    fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let one = (
            subsequence(WORDS.to_vec(), 0..=4),
            0i64..400,
            any::<(bool, bool)>(),
            0u128..6,
        );
        prop::collection::vec(one, 0..12).prop_map(|all| {
            let each = all.into_iter().enumerate();
            each.map(|(place, (words, hours, (is_parent, is_known), parent))| Candidate {
                opened_at: Instant::from_millis(NOW - hours * 3_600_000),
                is_parent,
                is_known,
                // Families have one generation: only odd ones hang on even ones.
                hangs_on: (place % 2 == 1 && parent % 2 == 0).then(|| Uuid::from_u128(parent + 1)),
                ..candidate(place as i64 + 1, &words)
            })
            .collect()
        })
    }

    proptest! {
        #[test]
        fn the_order_of_candidates_changes_nothing(candidates in any_candidates(), words in subsequence(WORDS.to_vec(), 1..=6)) {
            let mut turned = candidates.clone();
            turned.reverse();
            prop_assert_eq!(resembling(&report(&words), candidates, 5), resembling(&report(&words), turned, 5));
        }

        #[test]
        fn what_is_proposed_shares_words_and_is_named_once(candidates in any_candidates(), words in subsequence(WORDS.to_vec(), 1..=6), limit in 0usize..6) {
            let found = resembling(&report(&words), candidates.clone(), limit);
            prop_assert!(found.len() <= limit);
            prop_assert!(found.windows(2).all(|two| two[0].score >= two[1].score));
            let mut ids = places(&found);
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), found.len());
            for one in &found {
                prop_assert!(!one.why.words.is_empty() && one.why.words.iter().all(|word| words.contains(&word.as_str())));
                prop_assert!(candidates.iter().any(|candidate| candidate.id == one.id));
            }
        }

        #[test]
        fn another_word_in_common_never_makes_it_less_likely(words in subsequence(WORDS.to_vec(), 2..=6), held in subsequence(WORDS.to_vec(), 0..=6)) {
            let score = |subject: &[&str]| {
                let found = resembling(&report(&words), vec![candidate(1, subject)], 1);
                found.first().map_or(0, |one| one.score)
            };
            let mut more = held.clone();
            more.extend(words.iter().find(|word| !held.contains(word)));
            prop_assert!(score(&more) >= score(&held), "{held:?} {more:?}");
        }
    }
}
