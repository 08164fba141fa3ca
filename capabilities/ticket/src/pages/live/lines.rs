//! The rows of a beat as they stand in a queue, written once in each language for all who watch.

use super::super::names::Names;
use super::super::queue::{Line, Row};
use askama::Template;
use i18n::Language;
use kernel::{Outcome, Uuid};
use live::{Beat, Changed};
use serde::Serialize;
use std::sync::Arc;
use store::Store;
use ui::Frame;

/// A row on its way to a page.
#[derive(Serialize)]
struct Pushed<'p> {
    number: &'p str,
    html: String,
}

/// One JSON object for each changed record of a beat.
pub(super) async fn rows(store: &Store, beat: &Beat, language: Language, of_new: bool) -> Outcome<Arc<Vec<String>>> {
    let name = match (language, of_new) {
        (Language::It, false) => "it",
        (Language::It, true) => "it-new",
        (Language::En, false) => "en",
        (Language::En, true) => "en-new",
    };
    beat.lines(name, Box::pin(write(store, language, of_new, &beat.changed)))
        .await
}

async fn write(store: &Store, language: Language, of_new: bool, changed: &[Changed]) -> Outcome<Vec<String>> {
    let people = changed
        .iter()
        .flat_map(|changed| [changed.card.requester, changed.card.operator]);
    let people: Vec<Uuid> = people.flatten().collect();
    let names = Names::of(store, people).await?;
    let mut frame = Frame::new(language, "");
    frame.now = store.clock().now();
    let mut rows = Vec::with_capacity(changed.len());
    for changed in changed {
        let row = Row {
            frame: &frame,
            row: Line::of(&frame, &names, &changed.card, of_new),
        };
        rows.push(serde_json::to_string(&Pushed {
            number: &changed.card.number,
            html: row.render().map_err(anyhow::Error::from)?,
        })?);
    }
    Ok(rows)
}
