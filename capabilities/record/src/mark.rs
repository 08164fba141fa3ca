//! Marks: what another capability has to say of something in a record's history, below the words it is about.
//!
//! Whoever knows what became of it hands over a source; the page of the record asks all of them and names none.

use futures_util::future::BoxFuture;
use kernel::{Outcome, Uuid};
use ui::Frame;
use web::App;

/// Something said of one place of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The place in the record's history, from one.
    pub place: i64,
    /// What is said.
    pub words: String,
    /// How it is coloured: as a tag is.
    pub tone: &'static str,
}

/// Marks on their way.
type Found = BoxFuture<'static, Outcome<Vec<Mark>>>;

/// A source of marks.
#[derive(Clone, Copy)]
pub struct MarkSource {
    /// Where more of it is told, by the record's number.
    pub address: fn(&str) -> String,
    /// The key of what that is called.
    pub label: &'static str,
    /// Finds the marks of a record, for a reader's frame.
    pub find: fn(App, Uuid, Frame) -> Found,
}

/// All marks of a record. One source that fails is logged and left out: the page is better without than not at all.
pub async fn marks(app: &App, record: Uuid, frame: &Frame) -> Vec<Mark> {
    let mut all = Vec::new();
    for source in app.slots.of::<MarkSource>() {
        match (source.find)(app.clone(), record, frame.clone()).await {
            Ok(found) => all.extend(found),
            Err(cause) => tracing::warn!(%cause, "a source of marks failed"),
        }
    }
    all
}
