//! The ready texts for a ticket at hand, filled in and in the language of whoever asked.

use crate::placeholder::{Facts, fill};
use crate::row::{ReadyTextView, ready_texts};
use configuration::Area;
use i18n::{Language, TimeZone};
use kernel::{Instant, Outcome};
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
    let requester = match card.requester {
        Some(id) => people::person_row(store.read(), id).await?,
        None => None,
    };
    let identity = requester.map(|found| found.identity);
    let language = identity
        .as_ref()
        .and_then(|identity| identity.language)
        .unwrap_or_default();
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
    let (own, other) = (facts(language), facts(other(language)));
    let all = ready_texts(store, actor).await?;
    let here = |text: &ReadyTextView| text.active && (text.area.is_none() || text.area == Some(card.area));
    let texts = all.into_iter().filter(here).map(|text| {
        let (mine, theirs) = match language {
            Language::It => (text.italian, text.english),
            Language::En => (text.english, text.italian),
        };
        let filled = if mine.is_empty() {
            fill(&theirs, &other)
        } else {
            fill(&mine, &own)
        };
        Offer {
            name: text.name,
            more: glimpse(&filled),
            text: filled,
        }
    });
    Ok(texts.collect())
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
