//! How many tickets stand in the views at the head of a queue, told as it changes.
//!
//! Counting asks the database once a view, so it is not done with every beat: a change makes a count due, and the more people look,
//! the later; and those who ask the same within a second are told the same. Lists and tickets never wait for it.

use super::super::asked::{Asked, View};
use super::topics::Topics;
use i18n::Language;
use kernel::Outcome;
use people::Actor;
use record::{Filter, OpenCount};
use serde_json::{Map, Value};
use std::time::Duration;
use store::Store;
use tokio::time::Instant;
use web::App;

/// The least time between a change and the count that follows.
const LEAST: Duration = Duration::from_secs(1);
/// How much later it is for each who looks: all of a node's readers together then ask for a count forty times a second.
const FOR_EACH: Duration = Duration::from_millis(25);
/// Saved views of one person that are counted at the most.
const MOST: usize = 12;

/// What one reader was told, and when the next count is due.
#[derive(Default)]
pub(super) struct Counts {
    due: Option<Instant>,
    /// How far the journal was told when something last changed.
    upto: i64,
    told: Map<String, Value>,
}

impl Counts {
    /// Something changed: a count is due, unless one is already. `share` (0–999) keeps those who came in the same moment apart.
    pub(super) fn soon(&mut self, upto: i64, readers: usize, share: u32) {
        self.upto = self.upto.max(upto);
        self.due.get_or_insert_with(|| Instant::now() + pause(readers, share));
    }

    /// When the next count is due.
    pub(super) const fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Counts; what is told where it differs from what was told before.
    pub(super) async fn count(
        &mut self,
        app: &App,
        actor: &Actor,
        topics: &Topics,
        language: Language,
        share: u32,
    ) -> Outcome<Option<String>> {
        self.due = None;
        let mut counts = Map::new();
        let mut upto = i64::MAX;
        for (name, filter) in views(&app.store, actor, topics).await? {
            let question = OpenCount::of(actor, &filter);
            let figure = app.live.figure(question.text(), question.ask(&app.store)).await?;
            upto = upto.min(figure.upto);
            counts.insert(name, language.count(figure.count.unsigned_abs()).into());
        }
        if upto < self.upto {
            // Somebody asked before the last change: what came since is told by the next count.
            self.soon(self.upto, app.live.readers(), share);
        }
        if counts == self.told {
            return Ok(None);
        }
        self.told.clone_from(&counts);
        Ok(Some(Value::Object(counts).to_string()))
    }
}

/// Between a half and the whole of what is due for so many readers.
fn pause(readers: usize, share: u32) -> Duration {
    let whole = LEAST.max(FOR_EACH * u32::try_from(readers).unwrap_or(u32::MAX));
    whole / 2 + whole / 2 * share.min(999) / 1000
}

/// The views that are counted, each under the name by which the page knows it: open ones, in which few tickets stand.
async fn views(store: &Store, actor: &Actor, topics: &Topics) -> Outcome<Vec<(String, Filter)>> {
    let plain = View::ALL.into_iter().filter(|view| view.is_open());
    let mut views: Vec<(String, Filter)> = plain
        .map(|view| (view.code().to_owned(), Asked::default().viewing(view).conditions(actor)))
        .collect();
    let mut saved = Vec::new();
    if !topics.counts.is_empty() {
        saved = crate::saved::views_of(store, actor).await?;
        saved.retain(|view| topics.counts.contains(&view.id));
    }
    for saved in saved.into_iter().take(MOST) {
        let asked = Asked::from_query(&saved.query);
        if asked.is_counted() {
            views.push((saved.id.to_string(), asked.conditions(actor)));
        }
    }
    let watched = topics.lists.iter().filter(|list| list.is_counted);
    views.extend(watched.map(|list| (format!("list {}", list.query), list.filter.clone())));
    Ok(views)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_people_look_the_later_a_count_is_due() {
        assert_eq!(pause(1, 0), LEAST / 2);
        assert!(pause(1, 999) < LEAST);
        let many = 500;
        let (first, last) = (pause(many, 0), pause(many, 999));
        assert!(
            first >= Duration::from_secs(6) && last <= Duration::from_secs(13),
            "{first:?} to {last:?}"
        );
        // In the middle each of them asks once in so long: that many counts a second.
        let a_second = many as f64 / ((first + last) / 2).as_secs_f64();
        assert!(a_second < 60.0, "{a_second} counts a second");
    }
}
