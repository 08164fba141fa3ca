//! What a capability hands over.

use axum::Router;
use futures_util::future::BoxFuture;
use kernel::Outcome;
use store::{CardFold, Migration, RecordKind};
use utoipa_axum::router::OpenApiRouter;
use web::{App, Place, Slot};

/// A kind of job and how it is done. It may run twice and must not mind.
#[derive(Clone, Copy)]
pub struct JobHandler {
    /// The kind as queued.
    pub kind: &'static str,
    /// Does it, from its payload.
    pub run: fn(App, String) -> BoxFuture<'static, Outcome<()>>,
}

/// Work that comes again and again, on one node at a time.
#[derive(Clone, Copy)]
pub struct Scheduled {
    /// Its name: the lease it runs under.
    pub name: &'static str,
    /// Seconds between two runs.
    pub every: i64,
    /// Does it.
    pub run: fn(App) -> BoxFuture<'static, Outcome<()>>,
}

/// A capability, whole.
#[derive(Clone, Default)]
pub struct Capability {
    /// Its name: the folder's.
    pub name: &'static str,
    /// Its tables.
    pub migrations: &'static [Migration],
    /// Its texts.
    pub texts: Option<i18n::Source>,
    /// Its resources under `/api/v1`.
    pub api: Option<fn() -> OpenApiRouter<App>>,
    /// Its pages.
    pub pages: Option<fn() -> Router<App>>,
    /// The records that are its own.
    pub records: Vec<RecordKind>,
    /// Its badges on others' cards.
    pub folds: Vec<CardFold>,
    /// Its jobs.
    pub jobs: Vec<JobHandler>,
    /// Its scheduled work.
    pub scheduled: Vec<Scheduled>,
    /// Its places in the navigation.
    pub places: Vec<Place>,
    /// What it puts on others' pages.
    pub slots: Vec<Slot>,
}
