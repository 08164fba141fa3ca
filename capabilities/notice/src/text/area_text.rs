//! A text as an area, or the whole service, says it otherwise: every edition there was.

use super::key::TextKey;
use super::voice::Voice;
use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Aggregate, Loaded};
use utoipa::ToSchema;

/// Subject and body, with places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Words {
    /// Subject of the mail.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// With whom an edition was agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Agreed {
    /// The body or office it was agreed with.
    pub with: String,
    /// The day, as `2026-11-23`.
    pub on: String,
    /// Number or date of the letter, minutes, contract.
    pub reference: String,
}

impl Agreed {
    /// Nothing yet, to be filled in.
    pub(crate) const fn blank() -> Self {
        Self {
            with: String::new(),
            on: String::new(),
            reference: String::new(),
        }
    }
}

/// One edition of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its number, from one, over all voices of the text.
    pub number: i64,
    /// Its voice.
    pub voice: Voice,
    /// What it says; nothing where it went back to what holds otherwise.
    pub words: Option<Words>,
    /// With whom it was agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
    /// Who wrote it.
    pub by: Option<Uuid>,
    /// When.
    pub at: Instant,
}

/// A text with all its editions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaText {
    /// Which text; nothing before it is written for the first time.
    pub key: Option<TextKey>,
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// Its editions, the oldest first.
    pub editions: Vec<Edition>,
}

/// What can happen to a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AreaTextEvent {
    /// It says this from now on.
    Written {
        /// Which text.
        key: TextKey,
        /// Area; nothing for all.
        area: Option<Uuid>,
        /// Voice.
        voice: Voice,
        /// What it says.
        words: Words,
    },
    /// What holds otherwise holds again.
    Withdrawn {
        /// Voice.
        voice: Voice,
    },
    /// An edition was agreed with the client.
    Agreed {
        /// Which edition.
        edition: i64,
        /// With whom, when, where it is written.
        agreed: Agreed,
    },
}

impl Aggregate for AreaText {
    const KIND: &'static str = "area_text";
    const LISTED: bool = true;
    type Event = AreaTextEvent;

    fn name(event: &AreaTextEvent) -> &'static str {
        match event {
            AreaTextEvent::Written { .. } => "area_text.written",
            AreaTextEvent::Withdrawn { .. } => "area_text.withdrawn",
            AreaTextEvent::Agreed { .. } => "area_text.agreed",
        }
    }

    fn apply(&mut self, event: &AreaTextEvent, at: Instant, author: &Author) {
        match event {
            AreaTextEvent::Written {
                key,
                area,
                voice,
                words,
            } => {
                self.key = Some(*key);
                self.area = *area;
                self.add(*voice, Some(words.clone()), at, author);
            }
            AreaTextEvent::Withdrawn { voice } => self.add(*voice, None, at, author),
            AreaTextEvent::Agreed { edition, agreed } => {
                let mut editions = self.editions.iter_mut();
                if let Some(found) = editions.find(|one| one.number == *edition) {
                    found.agreed = Some(agreed.clone());
                }
            }
        }
    }
}

impl AreaText {
    /// The identity of the text of an area: the same on every node, so that nobody writes it twice.
    pub(crate) fn identity(key: TextKey, area: Option<Uuid>) -> Uuid {
        let mut hash = Sha256::new();
        hash.update(b"area_text");
        hash.update(key.code());
        hash.update(area.unwrap_or(kernel::NIL).as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Uuid::from_bytes(bytes)
    }

    fn add(&mut self, voice: Voice, words: Option<Words>, at: Instant, author: &Author) {
        let number = self.editions.last().map_or(0, |last| last.number) + 1;
        self.editions.push(Edition {
            number,
            voice,
            words,
            agreed: None,
            by: author.person,
            at,
        });
    }

    /// The edition of a voice that is in force, where it says anything.
    pub(crate) fn in_force(&self, voice: Voice) -> Option<&Edition> {
        let last = self.editions.iter().rfind(|edition| edition.voice == voice)?;
        last.words.is_some().then_some(last)
    }
}

/// The edition that an area says: its own, or the one of all areas; nothing where the default holds.
pub(crate) fn in_force(
    all: &[Loaded<AreaText>],
    key: TextKey,
    area: Option<Uuid>,
    voice: Voice,
) -> Option<(&Loaded<AreaText>, &Edition)> {
    let own = area.map(|area| AreaText::identity(key, Some(area)));
    let everywhere = AreaText::identity(key, None);
    own.into_iter().chain([everywhere]).find_map(|id| {
        let text = all.iter().find(|text| text.id == id)?;
        Some((text, text.state.in_force(voice)?))
    })
}
