//! What a page watches: lists, tickets, and from where in the journal.

use super::super::asked::{Asked, View};
use super::super::shape::Shape;
use kernel::Uuid;
use people::Actor;
use record::Filter;

/// Lists and tickets of one browser that are watched at the most; what is above them is passed over.
const MOST: usize = 40;

/// A list somebody looks at.
pub(super) struct WatchedList {
    /// The list as the page names it: its query.
    pub(super) query: String,
    /// Its conditions on cards.
    pub(super) filter: Filter,
    /// Where words narrow it, what fits is not known here: the page looks again.
    pub(super) by_words: bool,
    /// Whether a new ticket's mark goes without saying.
    pub(super) of_new: bool,
    /// Whether the page shows how many stand in it.
    pub(super) is_counted: bool,
    /// Rows of which shape the page shows.
    pub(super) shape: Shape,
}

/// Everything a browser watches.
#[derive(Default)]
pub(super) struct Topics {
    pub(super) since: Option<i64>,
    pub(super) lists: Vec<WatchedList>,
    pub(super) tickets: Vec<String>,
    /// Saved views whose counts stand on the page.
    pub(super) counts: Vec<Uuid>,
}

impl Topics {
    /// From the pairs of the address: `since`, `list` (a list's query), `ticket` (a number), `count` (a saved view).
    pub(super) fn of(pairs: &[(String, String)], actor: &Actor) -> Self {
        let mut topics = Self::default();
        for (name, value) in pairs.iter().take(MOST) {
            match name.as_str() {
                "since" => topics.since = value.parse().ok(),
                "list" => topics.lists.push(list(value, actor)),
                "count" => topics.counts.extend(value.parse::<Uuid>()),
                "ticket" => topics.tickets.extend(record::number_of(value)),
                _ => {}
            }
        }
        topics
    }
}

fn list(query: &str, actor: &Actor) -> WatchedList {
    let asked = Asked::from_query(query);
    WatchedList {
        query: query.to_owned(),
        filter: asked.conditions(actor),
        by_words: !asked.words.is_empty(),
        of_new: asked.view == View::New,
        is_counted: asked.is_counted(),
        shape: asked.shape,
    }
}
