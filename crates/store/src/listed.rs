//! The few records that every page needs (groups, areas, categories), kept in memory.
//!
//! A change by this process is seen at once, one by another node within a second.

use crate::{Aggregate, Loaded, Row, Sql, Store, Tx};
use kernel::Outcome;
use std::any::Any;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Stopwatch};

/// How long another node's change may stay unseen.
const FRESH: Duration = Duration::from_secs(1);

struct Kept {
    at: Stopwatch,
    change: u64,
    all: Arc<dyn Any + Send + Sync>,
}

/// What is kept, by kind.
#[derive(Default)]
pub(crate) struct ListedCache {
    kept: Mutex<HashMap<&'static str, Kept>>,
    changes: AtomicU64,
    dirty: AtomicBool,
}

impl ListedCache {
    /// Something listed was written: everything kept is old.
    pub(crate) fn note_change(&self) {
        self.dirty.store(true, Ordering::Relaxed);
    }

    /// A command was committed: if it wrote something listed, the next look reads anew.
    pub(crate) fn committed(&self) {
        if self.dirty.swap(false, Ordering::Relaxed) {
            self.changes.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn fresh<T: Send + Sync + 'static>(&self, kind: &'static str, change: u64) -> Option<Arc<T>> {
        let kept = self.kept.lock().ok()?;
        let found = kept
            .get(kind)
            .filter(|kept| kept.at.elapsed() < FRESH && kept.change == change)?;
        found.all.clone().downcast().ok()
    }

    fn keep<T: Send + Sync + 'static>(&self, kind: &'static str, change: u64, all: Arc<T>) {
        if let Ok(mut kept) = self.kept.lock() {
            kept.insert(
                kind,
                Kept {
                    at: Stopwatch::now(),
                    change,
                    all,
                },
            );
        }
    }
}

impl Store {
    /// All records of a listed kind, in the order in which they were made.
    pub async fn all<A: Aggregate>(&self) -> Outcome<Arc<Vec<Loaded<A>>>> {
        self.kept(A::KIND, || async {
            let rows = self.read().rows(ALL, vec![A::KIND.into()]).await?;
            rows.iter().map(listed).collect()
        })
        .await
    }

    /// Keeps any list in memory under a name, read anew when something listed was written or a second has passed.
    pub async fn kept<T, F, Fut>(&self, name: &'static str, read: F) -> Outcome<Arc<T>>
    where
        T: Send + Sync + 'static,
        F: FnOnce() -> Fut,
        Fut: Future<Output = Outcome<T>>,
    {
        let cache = &self.inner.listed;
        let change = cache.changes.load(Ordering::Relaxed);
        if let Some(all) = cache.fresh(name, change) {
            return Ok(all);
        }
        let all = Arc::new(read().await?);
        cache.keep(name, change, all.clone());
        Ok(all)
    }

    /// Says that something kept in memory has changed.
    pub fn note_listed_change(&self) {
        self.inner.listed.note_change();
        self.inner.listed.committed();
    }
}

const ALL: &str =
    "SELECT id, ordinal, version, head, state FROM record WHERE kind = $1 AND is_listed = 1 ORDER BY ordinal";

fn listed<A: Aggregate>(row: &Row) -> Outcome<Loaded<A>> {
    let state: String = row.get(4)?;
    Ok(Loaded {
        id: row.get(0)?,
        ordinal: row.get(1)?,
        version: row.get(2)?,
        head: row.get(3)?,
        state: serde_json::from_str(&state)?,
        card: None,
    })
}

impl Tx {
    /// All records of a listed kind as they are now; until the transaction ends nobody else asks for them this way. For
    /// rules over all of a kind, such as that no two have the same name.
    pub async fn all_alone<A: Aggregate>(&self) -> Outcome<Vec<Loaded<A>>> {
        self.alone_by(A::KIND).await?;
        let rows = self.rows(ALL, vec![A::KIND.into()]).await?;
        rows.iter().map(listed).collect()
    }
}
