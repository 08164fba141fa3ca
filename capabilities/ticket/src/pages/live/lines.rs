//! The rows of a beat as they stand in a queue, written once in each language for all who watch.

use super::super::line::{Cells, Line, Row};
use super::super::names::Names;
use super::super::shape::Shape;
use super::topics::WatchedList;
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
pub(super) async fn rows(
    store: &Store,
    beat: &Beat,
    language: Language,
    list: &WatchedList,
) -> Outcome<Arc<Vec<String>>> {
    let (shape, of_new) = (list.shape, list.of_new);
    // A table names each state, so that new ones are like others.
    let name = match (language, shape, of_new) {
        (Language::It, Shape::Rows, false) => "it",
        (Language::It, Shape::Rows, true) => "it-new",
        (Language::It, Shape::Table, _) => "it-table",
        (Language::En, Shape::Rows, false) => "en",
        (Language::En, Shape::Rows, true) => "en-new",
        (Language::En, Shape::Table, _) => "en-table",
    };
    beat.lines(name, Box::pin(write(store, language, shape, of_new, &beat.changed)))
        .await
}

async fn write(
    store: &Store,
    language: Language,
    shape: Shape,
    of_new: bool,
    changed: &[Changed],
) -> Outcome<Vec<String>> {
    let people = changed
        .iter()
        .flat_map(|changed| [changed.card.requester, changed.card.operator]);
    let people: Vec<Uuid> = people.flatten().collect();
    let names = Names::of(store, people).await?;
    let mut frame = Frame::new(language, "");
    frame.now = store.clock().now();
    let mut rows = Vec::with_capacity(changed.len());
    for changed in changed {
        let (frame, row) = (&frame, Line::of(&frame, &names, &changed.card, of_new));
        let html = match shape {
            Shape::Rows => Row { frame, row }.render(),
            Shape::Table => Cells { frame, row }.render(),
        };
        rows.push(serde_json::to_string(&Pushed {
            number: &changed.card.number,
            html: html.map_err(anyhow::Error::from)?,
        })?);
    }
    Ok(rows)
}
