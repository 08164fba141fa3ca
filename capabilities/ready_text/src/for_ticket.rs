//! The ready texts for a ticket at hand, filled in and in the language of whoever asked.

use crate::placeholder::{Facts, fill};
use crate::row::{ReadyTextView, ready_texts};
use configuration::Area;
use i18n::{Language, TimeZone};
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use serde::Serialize;
use store::{Card, Store};

/// Characters of a text that the list shows.
const GLIMPSE: usize = 60;

/// A text to choose while one writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// What it is called.
    pub name: String,
    /// How it begins.
    pub more: String,
    /// What is inserted.
    pub text: String,
}

/// The texts in use for a ticket's area and for all, that somebody may read.
pub async fn offers(store: &Store, actor: &Actor, card: &Card, now: Instant, zone: &TimeZone) -> Outcome<Vec<Offer>> {
    let voice = Voice::of(store, actor, card, now, zone).await?;
    let all = ready_texts(store, actor).await?;
    let texts = all.into_iter().filter(|text| is_here(text, card)).map(|text| {
        let filled = voice.says(&text);
        Offer {
            name: text.name,
            more: glimpse(&filled),
            text: filled,
        }
    });
    Ok(texts.collect())
}

/// One of them as it is for this ticket; nothing where it is not offered there.
pub async fn filled(
    store: &Store,
    (actor, card): (&Actor, &Card),
    text: Uuid,
    now: Instant,
    zone: &TimeZone,
) -> Outcome<Option<String>> {
    let all = ready_texts(store, actor).await?;
    let Some(found) = all.iter().find(|one| one.id == text && is_here(one, card)) else {
        return Ok(None);
    };
    let voice = Voice::of(store, actor, card, now, zone).await?;
    Ok(Some(voice.says(found)))
}

fn is_here(text: &ReadyTextView, card: &Card) -> bool {
    text.active && (text.area.is_none() || text.area == Some(card.area))
}

/// In which language one speaks on a ticket, and what is said of it in that one and in the other.
struct Voice {
    language: Language,
    own: Facts,
    other: Facts,
}

impl Voice {
    async fn of(store: &Store, actor: &Actor, card: &Card, now: Instant, zone: &TimeZone) -> Outcome<Self> {
        let requester = match card.requester {
            Some(id) => people::person_row(store.read(), id).await?,
            None => None,
        };
        let identity = requester.map(|found| found.identity);
        let language = identity.as_ref().and_then(|identity| identity.language);
        let language = language.unwrap_or_default();
        let area = Area::by_id(store, card.area).await?;
        let known = Facts {
            requester: identity.map(|identity| identity.name).unwrap_or_default(),
            number: card.number.clone(),
            subject: card.subject.clone(),
            operator: actor.name.clone(),
            area: area.map(|area| area.name).unwrap_or_default(),
            greeting: String::new(),
        };
        let facts = |language: Language| Facts {
            greeting: greeting(language, now, zone),
            ..known.clone()
        };
        Ok(Self {
            language,
            own: facts(language),
            other: facts(other(language)),
        })
    }

    /// A text in the language of whoever asked, or in the other where there is none.
    fn says(&self, text: &ReadyTextView) -> String {
        let (mine, theirs) = match self.language {
            Language::It => (&text.italian, &text.english),
            Language::En => (&text.english, &text.italian),
        };
        if mine.is_empty() {
            fill(theirs, &self.other)
        } else {
            fill(mine, &self.own)
        }
    }
}

const fn other(language: Language) -> Language {
    match language {
        Language::It => Language::En,
        Language::En => Language::It,
    }
}

/// How one greets at this time of day.
fn greeting(language: Language, now: Instant, zone: &TimeZone) -> String {
    let hour = now.timestamp().to_zoned(zone.clone()).hour();
    language.text(greeting_key(language, hour))
}

/// Italians have lunch before the afternoon begins.
const fn greeting_key(language: Language, hour: i8) -> &'static str {
    let noon = match language {
        Language::It => 13,
        Language::En => 12,
    };
    if hour >= 18 || hour < 4 {
        "ready-text-evening"
    } else if hour < noon {
        "ready-text-morning"
    } else {
        "ready-text-afternoon"
    }
}

/// The beginning of a text in one line.
fn glimpse(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(GLIMPSE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_greets_by_the_time_of_day_and_the_language() {
        let (it, en) = (Language::It, Language::En);
        let cases = [
            (it, 4, "ready-text-morning"),
            (it, 12, "ready-text-morning"),
            (en, 12, "ready-text-afternoon"),
            (it, 13, "ready-text-afternoon"),
            (it, 17, "ready-text-afternoon"),
            (it, 18, "ready-text-evening"),
            (en, 3, "ready-text-evening"),
        ];
        for (language, hour, expected) in cases {
            assert_eq!(greeting_key(language, hour), expected, "{language:?} {hour}");
        }
    }

    #[test]
    fn a_glimpse_is_one_line_and_short() {
        assert_eq!(glimpse("Buongiorno,\n\n  a presto"), "Buongiorno, a presto");
        assert_eq!(glimpse(&"è".repeat(80)).chars().count(), GLIMPSE + 1);
    }
}
