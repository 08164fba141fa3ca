//! Drafts in the node's memory: a keystroke is not worth a durable commit, so writes wait up to a second and go together.
//!
//! A read folds what waits over what the database has, so a person sees their own words at once on this node, and on
//! another one when they were written. The writer sleeps when nothing waits.

use crate::draft::{Change, Kept, Write, after};
use crate::rows::{self, Place};
use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{Lane, Store};

/// Drafts with writes that wait; beyond it nothing more is held.
const MOST: usize = 20_000;
/// How long a write waits at most.
const PAUSE: Duration = Duration::from_secs(1);
/// The lock under which one node writes.
const LOCK: i64 = 7_202_613;

#[derive(Default)]
pub(crate) struct Held {
    waiting: Mutex<Waiting>,
    /// One writing at a time, so that what was written is taken off in order.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Waiting {
    by_place: HashMap<Place, Vec<(u64, Write)>>,
    last: u64,
    awake: bool,
}

impl Held {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The writes that wait for a person's drafts whose keys begin so. Asked for before the database is read: a write that is
    /// written in between is then folded twice, which changes nothing.
    pub(crate) fn writes_of(&self, person: Uuid, start: &str) -> HashMap<String, Vec<Write>> {
        let waiting = self.waiting();
        let own = waiting
            .by_place
            .iter()
            .filter(|((whose, key), _)| *whose == person && key.starts_with(start));
        own.map(|((_, key), writes)| (key.clone(), writes.iter().map(|(_, write)| write.clone()).collect()))
            .collect()
    }

    /// Forgets the writes that wait for drafts of which this is true.
    pub(crate) fn forget(&self, is_meant: impl Fn(&Place, &Write) -> bool) {
        self.waiting().by_place.retain(|place, writes| {
            writes.retain(|(_, write)| !is_meant(place, write));
            !writes.is_empty()
        });
    }

    /// Lets a write wait; true when somebody has to write it.
    fn push(&self, place: Place, write: Write) -> Result<bool, Refusal> {
        let mut waiting = self.waiting();
        if waiting.by_place.len() >= MOST && !waiting.by_place.contains_key(&place) {
            return Err(Refusal::new(RefusalKind::TooMany, "too_many", "workspace-refusal-busy"));
        }
        waiting.last += 1;
        let turn = waiting.last;
        let writes = waiting.by_place.entry(place).or_default();
        match (writes.last_mut(), write) {
            (Some((at, last)), mut write) if follows(last, &write) => {
                if let (Change::Typed { based_on, .. }, Change::Typed { based_on: first, .. }) =
                    (&mut write.change, &last.change)
                {
                    *based_on = *first;
                }
                (*at, *last) = (turn, write);
            }
            (_, write) => writes.push((turn, write)),
        }
        Ok(!std::mem::replace(&mut waiting.awake, true))
    }

    fn taken(&self) -> (u64, Vec<(Place, Vec<Write>)>) {
        let waiting = self.waiting();
        let all = waiting.by_place.iter().map(|(place, writes)| {
            let writes = writes.iter().map(|(_, write)| write.clone()).collect();
            (place.clone(), writes)
        });
        (waiting.last, all.collect())
    }

    /// Takes off what was written, up to this turn; false when nothing more waits.
    fn written(&self, last: u64) -> bool {
        let mut waiting = self.waiting();
        waiting.by_place.retain(|_, writes| {
            writes.retain(|(turn, _)| *turn > last);
            !writes.is_empty()
        });
        waiting.awake = !waiting.by_place.is_empty();
        waiting.awake
    }
}

/// True when a write goes on from the one before it in the same page, which had heard of nothing else in between.
fn follows(before: &Write, write: &Write) -> bool {
    let base = |write: &Write| match write.change {
        Change::Typed {
            based_on,
            settled: false,
            ..
        } => Some(based_on),
        _ => None,
    };
    let (Some(first), Some(next)) = (base(before), base(write)) else {
        return false;
    };
    before.writer == write.writer && (next == first || next == before.at.as_millis())
}

/// Holds a write, to be written within a second.
pub(crate) fn hold(store: &Store, place: Place, write: Write) -> Outcome<()> {
    if store.memory::<Held>().push(place, write)? {
        let store = store.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(PAUSE).await;
                if !flush(&store).await {
                    return;
                }
            }
        });
    }
    Ok(())
}

/// Writes what waits; true when something waits still. Asked for before a node stops, too.
pub async fn flush(store: &Store) -> bool {
    let held = store.memory::<Held>();
    let _alone = held.writing.lock().await;
    let (last, all) = held.taken();
    let written = store.write(Lane::Background, move |tx| {
        Box::pin(async move {
            tx.alone(LOCK).await?;
            let places: Vec<Place> = all.iter().map(|(place, _)| place.clone()).collect();
            let mut stored: HashMap<Place, Kept> = rows::some(tx, &places).await?.into_iter().collect();
            let folded = all.into_iter().filter_map(|(place, writes)| {
                let kept = writes.iter().fold(stored.remove(&place), after)?;
                Some((place, kept))
            });
            rows::replace(tx, folded.collect()).await
        })
    });
    match written.await {
        Ok(()) => held.written(last),
        Err(cause) => {
            tracing::warn!(%cause, "drafts were not written this time");
            true
        }
    }
}
