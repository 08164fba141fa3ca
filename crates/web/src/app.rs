//! What every handler may ask for.

use crate::Slots;
use axum::extract::FromRef;
use std::sync::Arc;
use store::Store;

/// Settings that pages and the API read.
#[derive(Clone, Debug, Default)]
pub struct AppSettings {
    /// The address people reach the service at, without a slash at the end.
    pub base_url: String,
    /// Name of the organisation, shown at the top.
    pub organisation: String,
    /// True with `--demo`: a banner says so.
    pub demo: bool,
    /// True behind TLS: cookies are `__Host-` and secure.
    pub secure: bool,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Largest attachment in bytes.
    pub attachment_limit: u64,
}

/// The state of the router. Clones are cheap.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// Settings.
    pub settings: Arc<AppSettings>,
    /// Where the navigation leads, in the order of the house.
    pub places: Arc<Vec<Place>>,
    /// What capabilities put on each other's pages.
    pub slots: Slots,
    /// Notes of who read what.
    pub reads: ReadLog,
    /// What changed, for those who watch.
    pub live: live::Hub,
}

impl FromRef<App> for Store {
    fn from_ref(app: &App) -> Self {
        app.store.clone()
    }
}

/// Who a place of the navigation is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody who is signed in.
    Everybody,
    /// People of the desk.
    Staff,
    /// People who set things up.
    Configurers,
    /// People who only ask.
    Requesters,
}

/// A place that the navigation leads to.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Key of its name in the texts.
    pub label: &'static str,
    /// Where.
    pub href: &'static str,
    /// Icon of the sprite.
    pub icon: &'static str,
    /// Key sequence, empty for none.
    pub key: &'static str,
    /// For whom.
    pub audience: Audience,
}

/// That somebody read something with personal data.
#[derive(Clone, Debug)]
pub struct ReadNote {
    /// Who.
    pub person: kernel::Uuid,
    /// What: `ticket`, `search`, `attachment`, `person`, `export`.
    pub what: &'static str,
    /// Which record, where it was one.
    pub record: Option<kernel::Uuid>,
    /// When.
    pub at: kernel::Instant,
    /// From where.
    pub address: String,
}

/// Takes notes of reads; they are written in batches each second.
#[derive(Clone, Debug, Default)]
pub struct ReadLog(Option<tokio::sync::mpsc::Sender<ReadNote>>);

impl ReadLog {
    /// A log that hands its notes to a writer.
    pub fn to(writer: tokio::sync::mpsc::Sender<ReadNote>) -> Self {
        Self(Some(writer))
    }

    /// Notes a read. A full queue drops the note and says so in the program's log.
    pub fn note(&self, note: ReadNote) {
        if let Some(writer) = &self.0
            && writer.try_send(note).is_err()
        {
            tracing::warn!("a note of a read was dropped: the queue is full");
        }
    }
}
