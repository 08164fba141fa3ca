//! Cards beside a record: what other capabilities keep of it, with its forms, among the facts at its side.
//!
//! Whoever has such a card hands over a source and writes it with a template of its own; the page of the record asks all of
//! them and names none.

use futures_util::future::BoxFuture;
use kernel::Outcome;
use people::Actor;
use std::sync::Arc;
use store::Card;
use ui::Frame;
use web::App;

/// The record beside which a card is to stand, and who reads it there.
#[derive(Clone)]
pub struct Beside {
    /// Who.
    pub actor: Arc<Actor>,
    /// The record.
    pub card: Card,
    /// Language, zone and now.
    pub frame: Frame,
    /// The query of the page, with its question mark: where forms come back to.
    pub query: String,
}

/// A card beside a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// The card as it is put on the page: written by a template, which escapes what people wrote.
    pub html: String,
    /// What is said of it in the record's head; empty for nothing.
    pub words: String,
    /// How that is coloured: as a tag is.
    pub tone: &'static str,
    /// Where on the page that leads: the card's own id.
    pub anchor: &'static str,
}

/// A card on its way; nothing where there is none to show.
type Found = BoxFuture<'static, Outcome<Option<Aside>>>;

/// A source of cards beside records.
#[derive(Clone, Copy)]
pub struct AsideSource(pub fn(App, Beside) -> Found);

/// All cards beside a record. One source that fails is logged and left out: the page is better without than not at all.
pub async fn asides(app: &App, beside: &Beside) -> Vec<Aside> {
    let mut all = Vec::new();
    for AsideSource(find) in app.slots.of::<AsideSource>() {
        match find(app.clone(), beside.clone()).await {
            Ok(found) => all.extend(found),
            Err(cause) => tracing::warn!(%cause, "a source of cards failed"),
        }
    }
    all
}
