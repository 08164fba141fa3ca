//! What other places say of a person, handed over by whoever asks them: on the person's page and beside their tickets.

use futures_util::future::BoxFuture;
use kernel::{Instant, Outcome, Uuid};
use ui::Frame;
use web::App;

/// Origins on their way.
type Found = BoxFuture<'static, Outcome<Vec<Origin>>>;

/// What one place says of somebody.
#[derive(Clone, Debug)]
pub struct Origin {
    /// What the place is called.
    pub source: String,
    /// The area that it is for; all where there is none.
    pub area: Option<Uuid>,
    /// That area in words.
    pub place: String,
    /// When it said so.
    pub seen_at: Instant,
    /// How that stands to what we know, in words.
    pub standing: String,
    /// The tone of those words.
    pub tone: &'static str,
    /// What it says.
    pub lines: Vec<OriginLine>,
}

/// One thing that a place says of somebody.
#[derive(Clone, Debug)]
pub struct OriginLine {
    /// What it is.
    pub label: String,
    /// As we know it.
    pub ours: String,
    /// As the place knows it.
    pub theirs: String,
    /// True where the two do not agree.
    pub differs: bool,
}

/// Hands over what is known of somebody elsewhere; the frame gives language and zone.
#[derive(Clone, Copy)]
pub struct OriginSource(pub fn(App, Frame, Uuid) -> Found);

/// All that is known of somebody elsewhere. A page without it is better than none: what fails is logged and left out.
pub async fn origins(app: &App, frame: &Frame, person: Uuid) -> Vec<Origin> {
    let mut all = Vec::new();
    for OriginSource(find) in app.slots.of::<OriginSource>() {
        match find(app.clone(), frame.clone(), person).await {
            Ok(found) => all.extend(found),
            Err(cause) => tracing::warn!(%cause, "what is known of a person elsewhere could not be read"),
        }
    }
    all
}
