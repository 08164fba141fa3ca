//! The voice of a text: its language and, where the language has one, its tone.

use i18n::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Language and tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = TextVoice)]
pub enum Voice {
    /// Italian, saying *tu*.
    ItTu,
    /// Italian, saying *lei*.
    ItLei,
    /// English.
    En,
}

impl Voice {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ItTu, Self::ItLei, Self::En];

    /// As programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ItTu => "it_tu",
            Self::ItLei => "it_lei",
            Self::En => "en",
        }
    }

    /// The voice of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|voice| voice.code() == code)
    }

    /// How an area speaks to somebody who reads this language.
    pub const fn of(language: Language, informal: bool) -> Self {
        match (language, informal) {
            (Language::En, _) => Self::En,
            (Language::It, true) => Self::ItTu,
            (Language::It, false) => Self::ItLei,
        }
    }

    /// Its language.
    pub const fn language(self) -> Language {
        match self {
            Self::En => Language::En,
            Self::ItTu | Self::ItLei => Language::It,
        }
    }

    /// The key of its name.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::ItTu => "notice-voice-it-tu",
            Self::ItLei => "notice-voice-it-lei",
            Self::En => "notice-voice-en",
        }
    }
}
