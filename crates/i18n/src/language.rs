//! The language a person reads, and how it is agreed with the browser.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Italian, the language of reference.
    #[default]
    It,
    /// English.
    En,
}

impl Language {
    /// Every language, the one of reference first.
    pub const ALL: [Language; 2] = [Language::It, Language::En];

    /// The code used in HTML, in the API and in the database: `it` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Language::It => "it",
            Language::En => "en",
        }
    }

    /// The language's own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::It => "Italiano",
            Language::En => "English",
        }
    }

    /// The language that best fits an `Accept-Language` header; Italian when nothing fits.
    pub fn negotiate(accept_language: &str) -> Language {
        let mut best: Option<(Language, f32)> = None;
        for range in accept_language.split(',') {
            let Some((language, weight)) = weighted(range) else {
                continue;
            };
            if weight > best.map_or(0.0, |(_, top)| top) {
                best = Some((language, weight));
            }
        }
        best.map_or(Language::default(), |(language, _)| language)
    }
}

/// One range of the header: the language it names, if it is one of ours, and its weight.
fn weighted(range: &str) -> Option<(Language, f32)> {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next()?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=")) {
        Some(value) => value.parse().ok()?,
        None => 1.0,
    };
    let primary = tag.split('-').next()?;
    let language = if primary == "*" {
        Language::default()
    } else {
        primary.parse().ok()?
    };
    Some((language, weight))
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Language::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(code))
            .ok_or_else(|| UnknownLanguage(code.to_owned()))
    }
}

/// A code that is none of our languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLanguage(String);

impl fmt::Display for UnknownLanguage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no language {:?}: it or en", self.0)
    }
}

impl std::error::Error for UnknownLanguage {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_gets_the_language_it_prefers() {
        let cases = [
            ("", Language::It),
            ("it-IT,it;q=0.9,en;q=0.8", Language::It),
            ("en-GB,en;q=0.9", Language::En),
            ("de-DE,de;q=0.9,en;q=0.7,it;q=0.6", Language::En),
            ("de,fr;q=0.5", Language::It),
            ("*", Language::It),
            ("en;q=0", Language::It),
            ("it;q=0.3, EN;q=0.4", Language::En),
            ("en;q=very", Language::It),
        ];
        for (header, expected) in cases {
            assert_eq!(Language::negotiate(header), expected, "{header}");
        }
    }

    #[test]
    fn codes_travel_unchanged() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
            let json = serde_json::to_string(&language).expect("a language is a plain string");
            assert_eq!(json, format!("\"{language}\""));
        }
        assert!("de".parse::<Language>().is_err());
    }
}
