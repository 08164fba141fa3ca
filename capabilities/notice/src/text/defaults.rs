//! What each text says where nobody wrote it otherwise.

use super::area_text::Words;
use super::key::TextKey;
use super::voice::Voice;
use std::collections::HashMap;
use std::sync::LazyLock;

/// The texts of one voice.
type Written = HashMap<TextKey, Words>;

static ALL: LazyLock<HashMap<(Voice, TextKey), Words>> = LazyLock::new(|| {
    let mut all = HashMap::new();
    for voice in Voice::ALL {
        // The files are part of the program, and a test reads them: what is missing there says nothing here.
        let texts = toml::from_str::<Written>(file(voice)).unwrap_or_default();
        all.extend(texts.into_iter().map(|(key, words)| ((voice, key), words)));
    }
    all
});

const fn file(voice: Voice) -> &'static str {
    match voice {
        Voice::ItTu => include_str!("../../defaults/it_tu.toml"),
        Voice::ItLei => include_str!("../../defaults/it_lei.toml"),
        Voice::En => include_str!("../../defaults/en.toml"),
    }
}

/// The default of a text.
pub(crate) fn words(key: TextKey, voice: Voice) -> Words {
    ALL.get(&(voice, key)).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::template;

    #[test]
    fn every_text_has_a_default_in_every_voice_that_holds() {
        for voice in Voice::ALL {
            let written =
                toml::from_str::<Written>(file(voice)).unwrap_or_else(|why| panic!("{}: {why}", voice.code()));
            assert_eq!(written.len(), TextKey::ALL.len(), "{}", voice.code());
            for key in TextKey::ALL {
                let words = words(key, voice);
                for source in [&words.subject, &words.body] {
                    assert!(!source.trim().is_empty(), "{} {}", key.code(), voice.code());
                    let checked = template::check(source, key);
                    assert_eq!(checked, Ok(()), "{} {}", key.code(), voice.code());
                }
                let said = key.needs().is_none_or(|variable| template::says(&words.body, variable));
                assert!(said, "{} {}", key.code(), voice.code());
            }
        }
    }

    #[test]
    fn who_is_addressed_formally_is_never_called_tu() {
        for key in TextKey::ALL {
            let words = words(key, Voice::ItLei).body.to_lowercase();
            for word in [" tua ", " tuo ", " ti ", " puoi ", " tue ", "scrivici", "rispondi "] {
                assert!(!words.contains(word), "{} says {word:?}", key.code());
            }
        }
    }
}
