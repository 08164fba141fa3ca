//! Texts as programs and pages see them.

use super::area_text::{Agreed, AreaText, Edition, Words, in_force};
use super::defaults;
use super::key::TextKey;
use super::voice::Voice;
use i18n::Language;
use kernel::{Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::Loaded;
use utoipa::ToSchema;

/// Where the words of a text come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The area said it.
    Area,
    /// It holds for all areas.
    Everywhere,
    /// Nobody said it otherwise.
    Default,
}

/// A text in one voice, as an area says it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TextView {
    /// Which text: `alt.conferma_ricezione`.
    pub key: String,
    /// Voice.
    pub voice: Voice,
    /// The area that was asked about; nothing for all.
    pub area: Option<Uuid>,
    /// Where the words come from.
    pub origin: Origin,
    /// Subject of the mail.
    pub subject: String,
    /// The text.
    pub body: String,
    /// True for what is sent by itself; the others are inserted while somebody writes.
    pub sent: bool,
    /// What it can say, by its names in Italian and in English.
    pub variables: Vec<[String; 2]>,
    /// The version of the record of this area: what `If-Match` takes.
    pub version: i64,
    /// The edition in force; nothing for a default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<i64>,
    /// With whom it was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_by: Option<Uuid>,
    /// When.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written_at: Option<Instant>,
}

/// An edition of a text in one voice.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EditionView {
    /// Its number.
    pub edition: i64,
    /// What it said; nothing where it went back to what holds otherwise.
    pub words: Option<Words>,
    /// With whom it was agreed.
    pub agreed: Option<Agreed>,
    /// Who wrote it.
    pub written_by: Option<Uuid>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub written_at: Instant,
}

impl EditionView {
    fn of(edition: &Edition) -> Self {
        Self {
            edition: edition.number,
            words: edition.words.clone(),
            agreed: edition.agreed.clone(),
            written_by: edition.by,
            written_at: edition.at,
        }
    }
}

/// A text as an area says it now.
pub fn text(all: &[Loaded<AreaText>], key: TextKey, area: Option<Uuid>, voice: Voice) -> TextView {
    let own = AreaText::identity(key, area);
    let found = in_force(all, key, area, voice);
    let edition = found.map(|(_, edition)| edition);
    let origin = match found {
        Some((text, _)) if text.state.area.is_some() => Origin::Area,
        Some(_) => Origin::Everywhere,
        None => Origin::Default,
    };
    let words = edition
        .and_then(|edition| edition.words.clone())
        .unwrap_or_else(|| defaults::words(key, voice));
    let variables = key.variables().iter();
    TextView {
        key: key.code().to_owned(),
        voice,
        area,
        origin,
        subject: words.subject,
        body: words.body,
        sent: key.is_sent(),
        variables: variables
            .map(|variable| [Language::It, Language::En].map(|language| variable.name(language).to_owned()))
            .collect(),
        version: all.iter().find(|text| text.id == own).map_or(0, |text| text.version),
        edition: edition.map(|edition| edition.number),
        agreed: edition.and_then(|edition| edition.agreed.clone()),
        written_by: edition.and_then(|edition| edition.by),
        written_at: edition.map(|edition| edition.at),
    }
}

/// The editions of an area's own text in one voice, the newest first.
pub fn editions(all: &[Loaded<AreaText>], key: TextKey, area: Option<Uuid>, voice: Voice) -> Vec<EditionView> {
    let own = AreaText::identity(key, area);
    let text = all.iter().find(|text| text.id == own);
    let editions = text.into_iter().flat_map(|text| text.state.editions.iter().rev());
    editions
        .filter(|edition| edition.voice == voice)
        .map(EditionView::of)
        .collect()
}
