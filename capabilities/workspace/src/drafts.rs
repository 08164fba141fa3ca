//! What somebody is writing: kept while they type, gone when it was sent. Nobody reads another person's.

use crate::draft::{Change, Fields, Kept, Version, Write, after};
use crate::held::{Held, hold};
use crate::rows;
use kernel::{Instant, Outcome, Refusal, RefusalKind, Uuid};
use store::Store;

/// Longest key.
const KEY: usize = 80;
/// Most fields of a form, and most bytes of them all.
const FIELDS: usize = 40;
const BYTES: usize = 200_000;
/// Most drafts of a person.
const DRAFTS: i64 = 100;

/// A draft that somebody may go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it is a draft of.
    pub key: String,
    /// What was typed.
    pub fields: Fields,
    /// The page that wrote it.
    pub writer: String,
    /// When.
    pub at: Instant,
    /// What other devices wrote meanwhile, newest first.
    pub others: Vec<Version>,
}

impl Draft {
    fn of(key: String, kept: Kept) -> Option<Self> {
        Some(Self {
            key,
            fields: kept.fields?,
            writer: kept.writer,
            at: kept.at,
            others: kept.others,
        })
    }

    /// A field as typed, or nothing.
    pub fn text(&self, field: &str) -> &str {
        self.fields.get(field).map(String::as_str).unwrap_or_default()
    }
}

/// What a page typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The fields of its form.
    pub fields: Fields,
    /// The page: no two that are open have the same.
    pub writer: String,
    /// The instant of the version it began with; zero where there was none.
    pub based_on: i64,
    /// True when the person has said which version is to stay.
    pub settled: bool,
}

/// How a draft stands for a form: written, sent by a page, or not there.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The draft to go on with.
    pub draft: Option<Draft>,
    /// The page that sent or threw away the last one.
    pub ended_by: String,
}

/// A draft of a person, as far as this node knows.
pub async fn draft(store: &Store, person: Uuid, key: &str) -> Outcome<Standing> {
    let Some(kept) = kept(store, person, key).await? else {
        return Ok(Standing::default());
    };
    Ok(match kept.fields {
        Some(_) => Standing {
            draft: Draft::of(key.to_owned(), kept),
            ended_by: String::new(),
        },
        None => Standing {
            draft: None,
            ended_by: kept.writer,
        },
    })
}

async fn kept(store: &Store, person: Uuid, key: &str) -> Outcome<Option<Kept>> {
    let writes = store
        .memory::<Held>()
        .writes_of(person, key)
        .remove(key)
        .unwrap_or_default();
    let stored = rows::one(store.read(), person, key).await?;
    Ok(writes.iter().fold(stored, after))
}

/// The drafts of a person whose keys begin so, the oldest first.
pub async fn drafts_under(store: &Store, person: Uuid, start: &str) -> Outcome<Vec<Draft>> {
    let mut waiting = store.memory::<Held>().writes_of(person, start);
    let mut found = Vec::new();
    for (key, stored) in rows::under(store.read(), person, start).await? {
        let writes = waiting.remove(&key).unwrap_or_default();
        let kept = writes.iter().fold(Some(stored), after);
        found.extend(kept.and_then(|kept| Draft::of(key, kept)));
    }
    for (key, writes) in waiting {
        let kept = writes.iter().fold(None, after);
        found.extend(kept.and_then(|kept| Draft::of(key, kept)));
    }
    found.sort_by_key(|draft| draft.at);
    Ok(found)
}

/// Keeps what somebody typed.
///
/// # Errors
/// A refusal 413 when it is too large, 422 when the key is none, 429 when the person keeps too many.
pub async fn keep(store: &Store, person: Uuid, key: &str, typed: Typed) -> Outcome<Standing> {
    checked(key)?;
    let bytes: usize = typed.fields.iter().map(|(name, text)| name.len() + text.len()).sum();
    if typed.fields.len() > FIELDS || bytes > BYTES || typed.writer.len() > KEY {
        return Err(Refusal::new(RefusalKind::TooLarge, "body_too_large", "refusal-body-too-large").into());
    }
    let before = kept(store, person, key).await?;
    let is_new = before.is_none_or(|kept| kept.fields.is_none());
    if is_new && rows::count(store.read(), person).await? >= DRAFTS {
        return Err(Refusal::new(RefusalKind::TooMany, "too_many", "workspace-refusal-too-many").into());
    }
    let change = Change::Typed {
        fields: typed.fields,
        based_on: typed.based_on,
        settled: typed.settled,
    };
    change_draft(store, person, key, typed.writer, change)?;
    draft(store, person, key).await
}

/// The form was sent: the draft is gone, on every device.
///
/// # Errors
/// A refusal when the node holds too much already.
pub fn sent(store: &Store, person: Uuid, key: &str, writer: &str) -> Outcome<()> {
    change_draft(store, person, key, writer.to_owned(), Change::Sent)
}

/// Throws a draft away; for an hour it can be fetched back.
///
/// # Errors
/// A refusal 422 when the key is none.
pub fn throw_away(store: &Store, person: Uuid, key: &str) -> Outcome<()> {
    checked(key)?;
    change_draft(store, person, key, String::new(), Change::Discarded)
}

/// Fetches back what was thrown away.
///
/// # Errors
/// A refusal 422 when the key is none.
pub fn fetch_back(store: &Store, person: Uuid, key: &str) -> Outcome<()> {
    checked(key)?;
    change_draft(store, person, key, String::new(), Change::Restored)
}

fn change_draft(store: &Store, person: Uuid, key: &str, writer: String, change: Change) -> Outcome<()> {
    let at = store.clock().now();
    hold(store, (person, key.to_owned()), Write { change, writer, at })
}

/// A key says what it is a draft of: a word, a colon, which one.
fn checked(key: &str) -> Outcome<()> {
    let (word, which) = key.split_once(':').unwrap_or_default();
    let plain = |text: &str, more: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    if key.len() <= KEY && plain(word, "-") && plain(which, "-_.") {
        Ok(())
    } else {
        Err(Refusal::field("key", "field-wrong-type").into())
    }
}
