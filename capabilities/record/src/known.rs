//! What is known to be out of order, as whoever knows it tells it: for pages where somebody reports the same again.
//!
//! The capability that keeps such knowledge hands over a source; whoever needs it asks all sources and names none.

use futures_util::future::BoxFuture;
use i18n::{Language, TimeZone};
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use std::sync::Arc;
use web::App;

/// Something that is out of order for many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The record that tells of it.
    pub id: Uuid,
    /// Where it is told at the desk.
    pub href: String,
    /// What is out of order, where and until when: a sentence to read out.
    pub sentence: String,
    /// All that is said of it, to be compared with what somebody types.
    pub words: String,
    /// The area it touches; nothing for all.
    pub area: Option<Uuid>,
    /// The ticket in which it is worked on, by number.
    pub ticket: Option<String>,
    /// When it should work again.
    pub expected_at: Option<Instant>,
}

/// Who reads it, in which language, when and where.
#[derive(Clone)]
pub struct Reading {
    /// Who.
    pub actor: Arc<Actor>,
    /// In which language.
    pub language: Language,
    /// Now.
    pub now: Instant,
    /// Where days begin.
    pub zone: TimeZone,
}

/// A source of what is known.
#[derive(Clone, Copy)]
pub struct KnownSource(pub fn(App, Reading) -> BoxFuture<'static, Outcome<Vec<Known>>>);

/// All that is known and told to somebody. One source that fails is logged and left out.
pub async fn known(app: &App, reading: &Reading) -> Vec<Known> {
    let mut all = Vec::new();
    for KnownSource(find) in app.slots.of::<KnownSource>() {
        match find(app.clone(), reading.clone()).await {
            Ok(found) => all.extend(found),
            Err(cause) => tracing::warn!(%cause, "a source of what is known failed"),
        }
    }
    all
}
