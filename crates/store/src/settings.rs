//! Where the database is and how it is opened.

use crate::Backend;
use std::path::PathBuf;

/// How to reach the database. Without a URL it is `sportello.db` in the data folder.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// The data folder: embedded database, attachments, seal key.
    pub data: PathBuf,
    /// `postgres://…` for a server, `sqlite:PATH` or nothing for the embedded database.
    pub url: Option<String>,
    /// Connections to a PostgreSQL server, at most.
    pub connections: u32,
}

impl DatabaseSettings {
    /// The embedded database in a data folder.
    pub fn embedded(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            url: None,
            connections: 20,
        }
    }

    /// A database by address.
    pub fn at(data: impl Into<PathBuf>, url: &str) -> Self {
        Self {
            url: Some(url.to_owned()),
            ..Self::embedded(data)
        }
    }

    /// Which database the address means.
    pub fn backend(&self) -> Backend {
        match &self.url {
            Some(url) if url.starts_with("postgres") => Backend::Postgres,
            _ => Backend::Sqlite,
        }
    }

    /// The file of the embedded database.
    pub fn file(&self) -> PathBuf {
        match &self.url {
            Some(url) if url.starts_with("sqlite:") => {
                PathBuf::from(url.trim_start_matches("sqlite:").trim_start_matches("//"))
            }
            _ => self.data.join("sportello.db"),
        }
    }
}
