//! A source of what is known about people: a directory that is asked, or a file that was loaded.

use crate::RegistryField;
use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Aggregate;

/// Where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SourceKind {
    /// An LDAP directory, asked each time.
    Directory(Directory),
    /// A CSV file that somebody loads.
    #[default]
    File,
}

/// How a directory is reached and asked. Its password is no part of it: only the name under which the surroundings have it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directory {
    /// `ldap://` or `ldaps://`.
    pub url: String,
    /// Where to look for people.
    pub base: String,
    /// What they must be besides.
    pub filter: String,
    /// Who asks; nobody asks anonymously.
    pub bind_dn: String,
    /// The name of the password among the settings.
    pub secret: String,
}

/// What a source says of itself, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceText {
    /// Name as people read it.
    pub name: String,
    /// Where it is.
    pub place: SourceKind,
    /// Which attribute or column has what.
    pub mapping: BTreeMap<RegistryField, String>,
}

/// What was loaded from a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadedFile {
    /// Under which number its rows stand.
    pub edition: i64,
    /// How many people it has.
    pub rows: i64,
    /// SHA-256 of the file.
    pub sha256: String,
    /// When it was loaded.
    pub at: Instant,
}

/// A source with what it says now.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RegistrySource {
    /// The area whose requesters it knows; all areas where there is none.
    pub area: Option<Uuid>,
    /// What it says of itself.
    pub text: SourceText,
    /// Whether it is asked.
    pub active: bool,
    /// The file, where one was loaded.
    pub loaded: Option<LoadedFile>,
}

impl RegistrySource {
    /// Whether it is asked about requesters of an area.
    pub fn is_of(&self, area: Uuid) -> bool {
        self.active && self.area.is_none_or(|own| own == area)
    }
}

/// What can happen to a source.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SourceEvent {
    /// It was added.
    SourceAdded {
        /// The area.
        area: Option<Uuid>,
        /// What it says of itself.
        text: SourceText,
    },
    /// It is reached or read otherwise from now on.
    SourceChanged {
        /// What it says of itself.
        text: SourceText,
    },
    /// A file was loaded: it takes the place of the one before.
    SourceLoaded {
        /// Under which number its rows stand.
        edition: i64,
        /// How many people it has.
        rows: i64,
        /// SHA-256 of the file.
        sha256: String,
    },
    /// It is asked no more.
    SourceClosed,
    /// It is asked again.
    SourceReopened,
}

impl Aggregate for RegistrySource {
    const KIND: &'static str = "registry_source";
    const LISTED: bool = true;
    type Event = SourceEvent;

    fn name(event: &SourceEvent) -> &'static str {
        match event {
            SourceEvent::SourceAdded { .. } => "registry_source.added",
            SourceEvent::SourceChanged { .. } => "registry_source.changed",
            SourceEvent::SourceLoaded { .. } => "registry_source.loaded",
            SourceEvent::SourceClosed => "registry_source.closed",
            SourceEvent::SourceReopened => "registry_source.reopened",
        }
    }

    fn apply(&mut self, event: &SourceEvent, at: Instant, _author: &Author) {
        match event {
            SourceEvent::SourceAdded { area, text } => {
                self.area = *area;
                self.text.clone_from(text);
                self.active = true;
            }
            SourceEvent::SourceChanged { text } => self.text.clone_from(text),
            SourceEvent::SourceLoaded { edition, rows, sha256 } => {
                self.loaded = Some(LoadedFile {
                    edition: *edition,
                    rows: *rows,
                    sha256: sha256.clone(),
                    at,
                });
            }
            SourceEvent::SourceClosed => self.active = false,
            SourceEvent::SourceReopened => self.active = true,
        }
    }
}
