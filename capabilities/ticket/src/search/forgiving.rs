//! Typing errors: a word that finds nothing gives way to the nearest one that does.

use super::Asker;
use kernel::Outcome;
use record::{Part, Question};
use store::Store;

/// Near words that are tried for each that finds nothing.
const TRIED: usize = 3;
/// Words that are put right in one question, at the most.
const WORDS: usize = 6;

/// What was typed with its errors put right; nothing when there is none to be put right.
pub(super) async fn corrected(store: &Store, asker: &Asker<'_>, text: &str) -> Outcome<Option<String>> {
    let question = Question::read(text);
    let mut corrected = String::new();
    let (mut at, mut tried) = (0, 0);
    for term in &question.terms {
        let (Part::Word(word), false) = (&term.part, term.denied) else {
            continue;
        };
        tried += 1;
        if tried > WORDS || record::finds(store, asker.actor, word).await? {
            continue;
        }
        let Some(better) = nearest(store, asker, word).await? else {
            continue;
        };
        corrected.push_str(&text[at..term.place.0]);
        corrected.push_str(&better);
        at = term.place.1;
    }
    corrected.push_str(&text[at..]);
    Ok((at > 0).then_some(corrected))
}

async fn nearest(store: &Store, asker: &Asker<'_>, word: &str) -> Outcome<Option<String>> {
    for near in store.read().near_words(word, TRIED).await? {
        if record::finds(store, asker.actor, &near).await? {
            return Ok(Some(near));
        }
    }
    Ok(None)
}
