//! A beat: what one look at the journal found.

use crate::Seen;
use futures_util::future::BoxFuture;
use kernel::{Outcome, Uuid};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use store::{Card, Change, Reader};
use tokio::sync::OnceCell;

/// Records of a beat above which nobody is told of each: they are told to look again.
const FLOOD: usize = 200;

/// A record that changed, as it stands now.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Its card.
    pub card: Arc<Card>,
    /// Who did the last thing, where it was a person.
    pub by: Option<Uuid>,
    /// What happened since the last beat.
    pub events: Vec<String>,
}

/// What was written once and serves all: the lines of a beat in one language.
type Written = Arc<OnceCell<Arc<Vec<String>>>>;

/// What one look found. Readers share it.
#[derive(Default)]
pub struct Beat {
    /// How far in the journal it reaches.
    pub upto: i64,
    /// Records that changed, each once.
    pub changed: Vec<Changed>,
    /// True when so much changed that readers look again for themselves.
    pub flood: bool,
    /// True when what somebody may do may have changed.
    pub rights: bool,
    /// Records whose watchers changed.
    pub seen: Vec<Seen>,
    written: Mutex<HashMap<&'static str, Written>>,
}

impl Beat {
    /// The beat of these changes.
    pub async fn of(reader: &Reader, upto: i64, changes: &[Change], seen: Vec<Seen>) -> Outcome<Self> {
        let mut by_record: HashMap<Uuid, Vec<&Change>> = HashMap::new();
        for change in changes {
            by_record.entry(change.record).or_default().push(change);
        }
        let rights = changes
            .iter()
            .any(|change| change.name.starts_with("person.") || change.name.starts_with("group."));
        let mut beat = Self {
            upto,
            rights,
            flood: by_record.len() > FLOOD,
            seen,
            ..Self::default()
        };
        if !beat.flood {
            let records: Vec<Uuid> = by_record.keys().copied().collect();
            let cards = reader.cards(&records).await?;
            beat.changed = cards.into_iter().map(|card| changed(card, &by_record)).collect();
            beat.changed.sort_by_key(|changed| changed.card.ordinal);
        }
        Ok(beat)
    }

    /// True when there is nothing to tell anybody.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.seen.is_empty() && !self.flood && !self.rights
    }

    /// One line for each changed record, written by the first reader who needs them under this name; for the others `write`
    /// is never begun.
    ///
    /// # Errors
    /// What the writing answers; the next reader tries again.
    pub async fn lines(
        &self,
        name: &'static str,
        write: BoxFuture<'_, Outcome<Vec<String>>>,
    ) -> Outcome<Arc<Vec<String>>> {
        let cell = match self.written.lock() {
            Ok(mut written) => written.entry(name).or_default().clone(),
            Err(_) => Written::default(),
        };
        let lines = cell.get_or_try_init(|| async { write.await.map(Arc::new) }).await?;
        Ok(lines.clone())
    }
}

fn changed(card: Card, by_record: &HashMap<Uuid, Vec<&Change>>) -> Changed {
    let changes = by_record.get(&card.id).map(Vec::as_slice).unwrap_or_default();
    Changed {
        by: changes.last().and_then(|last| last.actor),
        events: changes.iter().map(|change| change.name.clone()).collect(),
        card: Arc::new(card),
    }
}
