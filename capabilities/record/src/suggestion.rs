//! Suggestions: what capabilities propose to somebody who says in words what they need.
//!
//! Whoever has something that helps (a guide, a known outage) hands over a source; the pages with a field ask all of them,
//! in the order of the house, and name none.

use futures_util::future::BoxFuture;
use kernel::Outcome;
use people::Actor;
use std::sync::Arc;
use ui::Frame;
use web::App;

/// Something that may help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// What it is, in a few words.
    pub note: String,
    /// An icon of the sprite.
    pub icon: &'static str,
}

/// What somebody typed, who they are, and how they read.
#[derive(Clone)]
pub struct Sought {
    /// Who.
    pub actor: Arc<Actor>,
    /// The words, as typed.
    pub words: String,
    /// Language, zone and now.
    pub frame: Frame,
    /// Who is to read what is proposed: the desk has pages of its own.
    pub desk: bool,
}

/// A source of suggestions: the nearest ones first, and few.
#[derive(Clone, Copy)]
pub struct SuggestionSource(pub fn(App, Sought) -> BoxFuture<'static, Outcome<Vec<Suggestion>>>);

/// What all sources propose. One that fails is logged and left out: the others still help.
pub async fn suggestions(app: &App, sought: &Sought) -> Vec<Suggestion> {
    let mut all = Vec::new();
    for SuggestionSource(find) in app.slots.of::<SuggestionSource>() {
        match find(app.clone(), sought.clone()).await {
            Ok(found) => all.extend(found),
            Err(cause) => tracing::warn!(%cause, "a source of suggestions failed"),
        }
    }
    all
}
