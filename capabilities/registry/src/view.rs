//! A source as the API tells it.

use crate::{Directory, RegistryField, RegistrySource, SourceKind, SourceText};
use kernel::{Instant, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Loaded;
use utoipa::ToSchema;

/// What kind of source it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KindName {
    /// An LDAP directory, asked each time.
    Directory,
    /// A CSV file that somebody loads.
    #[default]
    File,
}

/// A source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SourceView {
    /// Identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// The area whose requesters it knows; all areas where there is none.
    pub area: Option<Uuid>,
    /// Name.
    pub name: String,
    /// What kind of source it is.
    pub kind: KindName,
    /// Of a directory: `ldap://` (then TLS begins before anything is said, but on this machine) or `ldaps://`.
    pub url: String,
    /// Of a directory: where to look for people.
    pub base: String,
    /// Of a directory: what they must be besides, in brackets.
    pub filter: String,
    /// Of a directory: who asks; nobody asks anonymously.
    pub bind_dn: String,
    /// Of a directory: the name under which the surroundings have its password, `SPORTELLO_REGISTRY_<name>_PASSWORD`.
    pub secret: String,
    /// Which attribute or column has what.
    pub mapping: BTreeMap<RegistryField, String>,
    /// Whether it is asked.
    pub active: bool,
    /// Of a file: how many people it has; nothing before one was loaded.
    pub rows: Option<i64>,
    /// Of a file: when it was loaded.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub loaded_at: Option<Instant>,
}

impl SourceView {
    /// A source as it is.
    pub fn of(source: &Loaded<RegistrySource>) -> Self {
        let RegistrySource {
            area,
            text,
            active,
            loaded,
        } = source.state.clone();
        let SourceText { name, place, mapping } = text;
        let (kind, directory) = match place {
            SourceKind::Directory(directory) => (KindName::Directory, directory),
            SourceKind::File => (KindName::File, Directory::default()),
        };
        let Directory {
            url,
            base,
            filter,
            bind_dn,
            secret,
        } = directory;
        Self {
            id: source.id,
            version: source.version,
            area,
            name,
            kind,
            url,
            base,
            filter,
            bind_dn,
            secret,
            mapping,
            active,
            rows: loaded.as_ref().map(|file| file.rows),
            loaded_at: loaded.map(|file| file.at),
        }
    }
}
