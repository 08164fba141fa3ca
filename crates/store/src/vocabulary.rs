//! The words that were ever written, so that a typing error leads to the nearest one.
//!
//! Each node notes the words it indexes and writes those it has not seen before in the background, a batch after commits: no
//! command waits for them, and two nodes that meet the same word write it once. A word lost with a node that dies is noted
//! again when somebody writes it again, or by rebuilding. Words are kept as they were written, since people read them as a
//! suggestion; beside them stand their plain letters, forwards and backwards, so that both a word's beginning and its end
//! lead to it by an index. An erasure takes away those by which nothing is found any more.

use crate::words::{cut, fold};
use crate::{Lane, Migration, Reader, SearchQuery, Sql, Store, Value, apart, forgiven};
use kernel::Outcome;
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Letters of a word that is worth keeping.
const LETTERS: std::ops::RangeInclusive<usize> = 4..=24;
/// Words written at once.
const BATCH: usize = 200;
/// Words a node remembers to have seen; beyond that it forgets all and asks the database again.
const MOST_SEEN: usize = 400_000;
/// Words that wait to be written, at the most: more are noted another time.
const MOST_WAITING: usize = 50_000;
/// Rows of the dictionary that one look takes.
const LOOKED_AT: i64 = 20_000;

pub(crate) const MIGRATION: Migration = Migration {
    capability: "vocabulary",
    number: 1,
    intent: "Words by their letters, to forgive typing errors",
    common: &[],
    sqlite: &[
        "CREATE TABLE word (word TEXT PRIMARY KEY, front TEXT NOT NULL, back TEXT NOT NULL) WITHOUT ROWID",
        "CREATE INDEX word_front ON word (front)",
        "CREATE INDEX word_back ON word (back)",
    ],
    postgres: &[
        "CREATE TABLE word (word TEXT COLLATE \"C\" PRIMARY KEY, front TEXT COLLATE \"C\" NOT NULL, back TEXT COLLATE \"C\" NOT NULL)",
        "CREATE INDEX word_front ON word (front)",
        "CREATE INDEX word_back ON word (back)",
    ],
};

/// What a node knows of the dictionary.
#[derive(Default)]
pub(crate) struct Vocabulary {
    seen: HashSet<u64>,
    waiting: BTreeSet<String>,
}

impl Vocabulary {
    /// Notes the words of a text.
    pub(crate) fn note(&mut self, text: &str) {
        for word in words_of(text) {
            if self.seen.len() >= MOST_SEEN {
                self.seen.clear();
            }
            if self.waiting.len() < MOST_WAITING && self.seen.insert(mark(&word)) {
                self.waiting.insert(word);
            }
        }
    }

    fn take(&mut self) -> Vec<String> {
        let mut batch = Vec::new();
        while batch.len() < BATCH
            && let Some(word) = self.waiting.pop_first()
        {
            batch.push(word);
        }
        batch
    }

    fn forget(&mut self, words: &[String]) {
        for word in words {
            self.seen.remove(&mark(word));
            self.waiting.remove(word);
        }
    }
}

fn mark(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// The words of a text that are words, in lower case; of "wi-fi" also the whole, so that "wifi" leads to it.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    let chunks = cut(text).split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let words = chunks.flat_map(|chunk| {
        let whole = chunk.trim_matches('-');
        let parts = whole.split('-').filter(move |part| part.len() < whole.len());
        std::iter::once(whole).chain(parts)
    });
    words
        .filter(|word| word.chars().all(|c| c.is_alphabetic() || c == '-'))
        .filter(|word| LETTERS.contains(&letters(word).chars().count()))
        .map(str::to_lowercase)
}

/// The plain letters of a word.
fn letters(word: &str) -> String {
    fold(word).replace('_', "")
}

impl Store {
    /// Notes the words of texts that are in the index already.
    pub(crate) fn note_words<'t>(&self, texts: impl IntoIterator<Item = &'t str>) {
        if let Ok(mut vocabulary) = self.inner.vocabulary.lock() {
            texts.into_iter().for_each(|text| vocabulary.note(text));
        }
    }

    /// Writes the words that were noted since the last time.
    pub async fn keep_words(&self) -> Outcome<()> {
        loop {
            let batch = self
                .inner
                .vocabulary
                .lock()
                .map(|mut known| known.take())
                .unwrap_or_default();
            if batch.is_empty() {
                return Ok(());
            }
            let (sql, values) = insertion(&batch);
            let kept = self.write(Lane::Background, |tx| {
                Box::pin(async move { tx.run(&sql, values).await.map(drop) })
            });
            if let Err(why) = kept.await {
                if let Ok(mut vocabulary) = self.inner.vocabulary.lock() {
                    vocabulary.waiting.extend(batch);
                }
                return Err(why);
            }
        }
    }

    /// Takes the words of erased texts away, as far as nothing is found by them any more.
    pub(crate) async fn forget_words(&self, texts: &[String]) -> Outcome<()> {
        let words: BTreeSet<String> = texts.iter().flat_map(|text| words_of(text)).collect();
        let mut gone = Vec::new();
        for word in words {
            let query = SearchQuery {
                words: word.clone(),
                internal: true,
                ..SearchQuery::default()
            };
            if self.read().search(&query).await?.is_empty() {
                gone.push(word);
            }
        }
        if let Ok(mut vocabulary) = self.inner.vocabulary.lock() {
            vocabulary.forget(&gone);
        }
        self.write(Lane::Background, |tx| {
            Box::pin(async move {
                for word in gone {
                    tx.run("DELETE FROM word WHERE word = $1", vec![word.into()]).await?;
                }
                Ok(())
            })
        })
        .await
    }
}

/// In the order of the words, so that two nodes never wait for each other.
fn insertion(batch: &[String]) -> (String, Vec<Value>) {
    let mut sql = "INSERT INTO word (word, front, back) VALUES ".to_owned();
    let mut values: Vec<Value> = Vec::with_capacity(batch.len() * 3);
    for word in batch {
        crate::journal::push_row(&mut sql, values.len(), 3);
        let front = letters(word);
        let back: String = front.chars().rev().collect();
        values.extend([word.as_str().into(), front.into(), back.into()]);
    }
    sql.push_str(" ON CONFLICT (word) DO NOTHING");
    (sql, values)
}

impl Reader {
    /// The words nearest to one that may hold typing errors, the nearest first: one error in short words, two in longer ones.
    ///
    /// Either the beginning or the end must be right: of two errors, not one at each end.
    pub async fn near_words(&self, word: &str, most: usize) -> Outcome<Vec<String>> {
        let typed = letters(word);
        let length = typed.chars().count();
        if !LETTERS.contains(&length) || !typed.chars().all(char::is_alphabetic) {
            return Ok(Vec::new());
        }
        let errors = forgiven(&typed);
        let first: String = typed.chars().take(errors).collect();
        let last: String = typed.chars().rev().take(2).collect();
        let branch = |column: &str, from: usize| {
            format!(
                "SELECT * FROM (SELECT word, front FROM word WHERE {column} >= ${from} AND {column} < ${} \
                 AND length(front) BETWEEN $5 AND $6 LIMIT $7) by_{column}",
                from + 1
            )
        };
        let sql = format!("{} UNION {}", branch("front", 1), branch("back", 3));
        let beyond = |start: &str| format!("{start}\u{10FFFF}");
        let values: Vec<Value> = vec![
            first.as_str().into(),
            beyond(&first).into(),
            last.as_str().into(),
            beyond(&last).into(),
            (length.saturating_sub(errors) as i64).into(),
            ((length + errors) as i64).into(),
            LOOKED_AT.into(),
        ];
        let mut near = Vec::new();
        for row in self.rows(&sql, values).await? {
            let (word, front): (String, String) = (row.get(0)?, row.get(1)?);
            let distance = apart(&front, &typed);
            if distance <= errors {
                near.push((distance, usize::MAX - shared(&front, &typed), word));
            }
        }
        near.sort();
        Ok(near.into_iter().take(most).map(|(.., word)| word).collect())
    }
}

/// Letters that two words have in common at their beginning.
fn shared(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_kept_and_each_waits_once() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.note("La Stampante dell'ufficio PRN-RAG-01 è ferma: la stampante - Wi-Fi! abc123 SR-2026-000123");
        assert_eq!(vocabulary.take(), ["dell", "ferma", "stampante", "ufficio", "wi-fi"]);
        vocabulary.note("stampante nuova");
        assert_eq!(vocabulary.take(), ["nuova"]);
        vocabulary.forget(&["nuova".to_owned()]);
        vocabulary.note("nuova");
        assert_eq!(vocabulary.take(), ["nuova"]);
    }
}
