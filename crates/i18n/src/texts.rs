//! The texts themselves: what capabilities hand over, put together once.
//!
//! A key that is missing must never stop a page: it is shown between ⟦ ⟧, where a tester's eye falls on it, and noted in
//! the log. Tests use [`crate::check`] so that this stays a curiosity.

use std::{borrow::Cow, sync::RwLock};

use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::langid;

use crate::Language;

/// The two Fluent files of one capability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// The Italian file, the one of reference.
    pub it: &'static str,
    /// The English file.
    pub en: &'static str,
}

impl Source {
    /// The file in this language.
    pub fn file(&self, language: Language) -> &'static str {
        match language {
            Language::It => self.it,
            Language::En => self.en,
        }
    }
}

/// A value put into a text. Numbers also choose the plural and are written in the reader's way.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<'a> {
    /// Words, put in as they are.
    Text(Cow<'a, str>),
    /// A number.
    Number(f64),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Arg::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Arg::Text(Cow::Owned(text))
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl From<$number> for Arg<'_> {
            fn from(number: $number) -> Self {
                Arg::Number(number as f64)
            }
        }
        impl From<&$number> for Arg<'_> {
            fn from(number: &$number) -> Self {
                Arg::Number(*number as f64)
            }
        }
    )*};
}
numbers!(u8 u16 u32 u64 usize i8 i16 i32 i64 isize f32 f64);

/// Texts of many sources, ready to be asked.
pub struct Texts {
    it: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Texts {
    /// Puts the sources together. The first of two equal keys stays; malformed messages are left out and noted.
    pub fn new(sources: &[Source]) -> Texts {
        Texts {
            it: bundle(Language::It, sources),
            en: bundle(Language::En, sources),
        }
    }

    /// The text with this key.
    pub fn text(&self, language: Language, key: &str) -> String {
        self.text_with(language, key, &[])
    }

    /// The text with this key and these values in it.
    pub fn text_with(&self, language: Language, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let bundle = match language {
            Language::It => &self.it,
            Language::En => &self.en,
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return missing(language, key);
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, arg)| (*name, fluent_value(arg))).collect();
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
        if !errors.is_empty() {
            tracing::debug!(key, %language, ?errors, "text with a hole in it");
        }
        text.into_owned()
    }
}

fn missing(language: Language, key: &str) -> String {
    tracing::debug!(key, %language, "no such text");
    format!("⟦{key}⟧")
}

fn fluent_value<'a>(arg: &'a Arg<'a>) -> FluentValue<'a> {
    match arg {
        Arg::Text(text) => FluentValue::String(isolated(text)),
        Arg::Number(number) => FluentValue::from(*number),
    }
}

/// A value that is written from right to left stands between marks that keep it from turning its surroundings around.
fn isolated(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_right_to_left) {
        Cow::Owned(format!("\u{2068}{text}\u{2069}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Hebrew, Arabic and their neighbours, with the forms of letters that older programs write.
fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn bundle(language: Language, sources: &[Source]) -> FluentBundle<FluentResource> {
    let locale = match language {
        Language::It => langid!("it-IT"),
        Language::En => langid!("en-GB"),
    };
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Both languages are written from left to right: only values that are not need marks, and get them above.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::It => |value, _| written(Language::It, value),
        Language::En => |value, _| written(Language::En, value),
    }));
    for source in sources {
        let resource = parsed(language, source.file(language));
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(%language, ?errors, "texts given twice");
        }
    }
    bundle
}

fn parsed(language: Language, file: &'static str) -> FluentResource {
    FluentResource::try_new(file.to_owned()).unwrap_or_else(|(rest, errors)| {
        tracing::error!(%language, ?errors, "malformed texts");
        rest
    })
}

/// Numbers inside texts follow the reader's language; everything else is left to Fluent.
fn written(language: Language, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => {
            let decimals = number.options.minimum_fraction_digits;
            Some(match decimals {
                Some(decimals) => language.decimal(number.value, decimals),
                None => language.number(number.value),
            })
        }
        _ => None,
    }
}

static INSTALLED: RwLock<Option<Installed>> = RwLock::new(None);

#[derive(Clone)]
struct Installed {
    sources: Vec<Source>,
    texts: &'static Texts,
}

/// Makes the sources available to the whole process. Sources already there are passed over, new ones are added, so that
/// the test of a crate may install what it needs without asking who came before.
pub fn install(sources: &[Source]) {
    let mut installed = INSTALLED.write().unwrap_or_else(|poisoned| poisoned.into_inner());
    let mut all = installed.as_ref().map_or_else(Vec::new, |known| known.sources.clone());
    let known = all.len();
    for source in sources {
        if !all.contains(source) {
            all.push(*source);
        }
    }
    if installed.is_some() && all.len() == known {
        return;
    }
    // Texts live as long as the process; the few bytes of an earlier, smaller set are given up on purpose.
    let texts = Box::leak(Box::new(Texts::new(&all)));
    *installed = Some(Installed { sources: all, texts });
}

fn installed() -> Option<&'static Texts> {
    let installed = INSTALLED.read().unwrap_or_else(|poisoned| poisoned.into_inner());
    installed.as_ref().map(|installed| installed.texts)
}

impl Language {
    /// The installed text with this key.
    pub fn text(self, key: &str) -> String {
        self.text_with(key, &[])
    }

    /// The installed text with this key and these values in it.
    pub fn text_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        match installed() {
            Some(texts) => texts.text_with(self, key, args),
            None => missing(self, key),
        }
    }
}

/// An error of Fluent in words of ours.
pub(crate) fn described(error: &FluentError) -> String {
    match error {
        FluentError::ParserError(error) => format!("malformed at byte {}: {error}", error.pos.start),
        FluentError::Overriding { id, .. } => format!("{id} is given twice"),
        FluentError::ResolverError(error) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTERS: Source = Source {
        it: "letters-found = { $n ->\n    [0] Nessun ticket\n    [one] Un ticket\n   *[other] { $n } ticket\n }\nletters-hello = Buongiorno { $name }\n",
        en: "letters-found = { $n ->\n    [0] No tickets\n    [one] One ticket\n   *[other] { $n } tickets\n }\nletters-hello = Good morning { $name }\n",
    };

    #[test]
    fn plurals_and_numbers_follow_the_language() {
        let texts = Texts::new(&[LETTERS]);
        let cases = [
            (Language::It, 0, "Nessun ticket"),
            (Language::It, 1, "Un ticket"),
            (Language::It, 2418, "2.418 ticket"),
            (Language::En, 0, "No tickets"),
            (Language::En, 1, "One ticket"),
            (Language::En, 2418, "2,418 tickets"),
        ];
        for (language, n, expected) in cases {
            assert_eq!(texts.text_with(language, "letters-found", &[("n", n.into())]), expected);
        }
    }

    #[test]
    fn a_missing_key_is_shown_not_hidden() {
        assert_eq!(
            Texts::new(&[LETTERS]).text(Language::En, "letters-none"),
            "⟦letters-none⟧"
        );
    }

    #[test]
    fn values_are_put_in_as_they_are() {
        let text =
            Texts::new(&[LETTERS]).text_with(Language::It, "letters-hello", &[("name", "dott.ssa D’Amico".into())]);
        assert_eq!(text, "Buongiorno dott.ssa D’Amico");
    }

    #[test]
    fn a_name_from_right_to_left_turns_nothing_else_around() {
        let text = Texts::new(&[LETTERS]).text_with(Language::It, "letters-hello", &[("name", "ليلى حداد".into())]);
        assert_eq!(text, "Buongiorno \u{2068}ليلى حداد\u{2069}");
    }

    #[test]
    fn installing_twice_adds_and_never_removes() {
        const MORE: Source = Source {
            it: "more-yes = Sì\n",
            en: "more-yes = Yes\n",
        };
        install(&[LETTERS]);
        install(&[LETTERS]);
        install(&[MORE]);
        assert_eq!(Language::It.text("more-yes"), "Sì");
        assert_eq!(
            Language::En.text_with("letters-hello", &[("name", "Ada".into())]),
            "Good morning Ada"
        );
    }
}
