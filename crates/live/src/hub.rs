//! The hub of a node: follows the journal once, tells all readers.

use crate::board::Board;
use crate::memo::{Figure, Memo};
use crate::{Beat, Hanging, Look, Seen};
use kernel::{Outcome, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant as Stopwatch};
use store::{Card, Change, Ears, Store};
use tokio::sync::{Notify, broadcast, watch};
use tokio::time::timeout;

/// The least time between two beats: many changes are told together.
const BEAT: Duration = Duration::from_millis(200);
/// How often the journal is looked at when nobody says that something was written.
const LOOK: Duration = Duration::from_secs(1);
/// Changes that one look takes.
const MOST: i64 = 2000;
/// Beats that a slow reader may be behind before it has to look again for itself.
const BEHIND: usize = 64;
/// Looks that are told to other nodes in one word.
const LOOKS_IN_A_WORD: usize = 25;

/// A node's hub. Clones are cheap and share it.
#[derive(Clone, Default)]
pub struct Hub(Arc<Inner>);

struct Inner {
    node: Uuid,
    upto: AtomicI64,
    beats: broadcast::Sender<Arc<Beat>>,
    board: Mutex<Board>,
    /// Looks that other nodes have not been told yet.
    untold: Mutex<Vec<Look>>,
    woken: Notify,
    memo: Memo,
    hanging: OnceLock<Vec<Hanging>>,
    /// Held while a figure is found: of many who ask at once one asks the database.
    finding: tokio::sync::Mutex<()>,
    closed: watch::Sender<bool>,
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            node: Uuid::now_v7(),
            upto: AtomicI64::new(0),
            beats: broadcast::channel(BEHIND).0,
            board: Mutex::default(),
            untold: Mutex::default(),
            woken: Notify::new(),
            memo: Memo::default(),
            hanging: OnceLock::new(),
            finding: tokio::sync::Mutex::default(),
            closed: watch::channel(false).0,
        }
    }
}

/// A reader's place at the hub.
pub struct Joined {
    /// The beats from now on.
    pub beats: broadcast::Receiver<Arc<Beat>>,
    /// How far the journal was told before.
    pub upto: i64,
    /// Who is where at this moment.
    pub seen: Vec<Seen>,
}

/// What nodes say to each other.
#[derive(Serialize, Deserialize)]
struct Word {
    node: Uuid,
    /// Empty: something was written.
    looks: Vec<Look>,
}

impl Hub {
    /// How far the journal has been told: what a page read now shows at least this much.
    pub fn upto(&self) -> i64 {
        self.0.upto.load(Ordering::Acquire)
    }

    /// Says which records hang on others; only the first time counts.
    pub fn hang(&self, hanging: Vec<Hanging>) {
        let _ = self.0.hanging.set(hanging);
    }

    /// The beat of these changes, told at the records that what changed hangs on.
    ///
    /// # Errors
    /// When the cards cannot be read.
    pub async fn beat_of(&self, store: &Store, upto: i64, mut changes: Vec<Change>, seen: Vec<Seen>) -> Outcome<Beat> {
        for hanging in self.0.hanging.get().into_iter().flatten() {
            hanging.lay(store, &mut changes).await?;
        }
        Beat::of(store.read(), upto, &changes, seen).await
    }

    /// Begins to read: beats from here on.
    pub fn join(&self) -> Joined {
        let beats = self.0.beats.subscribe();
        let seen = self.0.board.lock().map(|board| board.all()).unwrap_or_default();
        Joined {
            beats,
            upto: self.upto(),
            seen,
        }
    }

    /// Readers at this moment.
    pub fn readers(&self) -> usize {
        self.0.beats.receiver_count()
    }

    /// A figure that another reader of the node asked for within the last second, or else what `found` answers.
    ///
    /// # Errors
    /// Those of `found`.
    pub async fn figure(&self, question: String, found: impl Future<Output = Outcome<i64>>) -> Outcome<Figure> {
        if let Some(figure) = self.0.memo.figure(&question, Stopwatch::now()) {
            return Ok(figure);
        }
        let _alone = self.0.finding.lock().await;
        let asked = Stopwatch::now();
        if let Some(figure) = self.0.memo.figure(&question, asked) {
            return Ok(figure);
        }
        let upto = self.upto();
        let count = found.await?;
        let figure = Figure { count, upto };
        self.0.memo.keep(question, figure, asked);
        Ok(figure)
    }

    /// Somebody says what they look at; whether they may was checked by whoever asks.
    pub fn look(&self, look: Look, card: Arc<Card>) {
        if let Ok(mut untold) = self.0.untold.lock() {
            untold.push(look.clone());
        }
        self.note(look, card);
    }

    fn note(&self, look: Look, card: Arc<Card>) {
        if let Ok(mut board) = self.0.board.lock() {
            board.note(look, card, Stopwatch::now());
        }
        self.0.woken.notify_one();
    }

    /// What others than this person are at, as far as they look at it and not elsewhere.
    pub fn at_by_others(&self, person: Uuid) -> HashSet<Uuid> {
        let board = self.0.board.lock();
        board.map(|board| board.at_by_others(person)).unwrap_or_default()
    }

    /// Ends when the node stops: streams end with it.
    pub async fn closed(&self) {
        let mut closed = self.0.closed.subscribe();
        while !*closed.borrow_and_update() && closed.changed().await.is_ok() {}
    }

    /// Lets readers go.
    pub fn close(&self) {
        // Whether or not somebody waits for it in this moment.
        self.0.closed.send_replace(true);
    }

    /// Follows the journal until the hub is closed.
    pub async fn follow(&self, store: Store) {
        let hearing = tokio::spawn(self.clone().hear(store.clone()));
        let mut commits = store.commits();
        while let Err(cause) = self.begin(&store).await {
            tracing::warn!(%cause, "the journal cannot be followed yet");
            if self.rest(LOOK).await {
                break;
            }
        }
        let mut busy_until = Stopwatch::now();
        while !*self.0.closed.borrow() {
            let patience = if Stopwatch::now() < busy_until { BEAT } else { LOOK };
            let wrote = tokio::select! {
                changed = commits.changed() => changed.is_ok(),
                () = self.0.woken.notified() => false,
                () = tokio::time::sleep(patience) => false,
                () = self.closed() => break,
            };
            if wrote {
                busy_until = Stopwatch::now() + LOOK;
            }
            if let Err(cause) = self.turn(&store, wrote).await {
                tracing::warn!(%cause, "what changed was not told this time");
            }
            if self.rest(BEAT).await {
                break;
            }
        }
        hearing.abort();
    }

    async fn begin(&self, store: &Store) -> Outcome<()> {
        self.0.upto.store(store.position().await?, Ordering::Release);
        Ok(())
    }

    /// True when it is time to stop.
    async fn rest(&self, long: Duration) -> bool {
        timeout(long, self.closed()).await.is_ok()
    }

    async fn turn(&self, store: &Store, wrote: bool) -> Outcome<()> {
        let told = self.tell_others(store, wrote).await;
        loop {
            let more = self.beat(store).await?;
            if !more {
                return told;
            }
        }
    }

    /// One look at the journal; true when there may be more.
    async fn beat(&self, store: &Store) -> Outcome<bool> {
        let changes = store.changes_after(self.upto(), MOST).await?;
        let upto = changes.last().map_or_else(|| self.upto(), |change| change.seq);
        let more = changes.len() as i64 == MOST;
        let seen = self.0.board.lock().map(|mut board| board.changes(Stopwatch::now()));
        let beat = match self.readers() {
            0 => Beat::default(),
            _ => self.beat_of(store, upto, changes, seen.unwrap_or_default()).await?,
        };
        // First the place, then the beat: whoever joins in between reads it from the journal and hears it once more.
        self.0.upto.store(upto, Ordering::Release);
        if !beat.is_empty() {
            let _ = self.0.beats.send(Arc::new(beat));
        }
        Ok(more)
    }

    async fn tell_others(&self, store: &Store, wrote: bool) -> Outcome<()> {
        let looks = self.0.untold.lock().map(|mut untold| std::mem::take(&mut *untold));
        let looks = looks.unwrap_or_default();
        let node = self.0.node;
        for looks in looks.chunks(LOOKS_IN_A_WORD) {
            let looks = looks.to_vec();
            store.tell(&serde_json::to_string(&Word { node, looks })?).await?;
        }
        if wrote && looks.is_empty() {
            let looks = Vec::new();
            store.tell(&serde_json::to_string(&Word { node, looks })?).await?;
        }
        Ok(())
    }

    /// Hears other nodes; begins again when the connection breaks.
    async fn hear(self, store: Store) {
        loop {
            match store.ears().await {
                Ok(None) => return,
                Ok(Some(ears)) => self.hear_with(&store, ears).await,
                Err(cause) => tracing::debug!(%cause, "other nodes cannot be heard yet"),
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn hear_with(&self, store: &Store, mut ears: Ears) {
        while let Ok(text) = ears.next().await {
            let Ok(word) = serde_json::from_str::<Word>(&text) else {
                continue;
            };
            if word.node == self.0.node {
                continue;
            }
            self.0.woken.notify_one();
            if let Err(cause) = self.heard(store, word.looks).await {
                tracing::debug!(%cause, "what another node said was not understood");
            }
        }
    }

    async fn heard(&self, store: &Store, looks: Vec<Look>) -> Outcome<()> {
        let records: Vec<Uuid> = looks.iter().map(|look| look.record).collect();
        let cards = store.read().cards(&records).await?;
        for look in looks {
            if let Some(card) = cards.iter().find(|card| card.id == look.record) {
                self.note(look, Arc::new(card.clone()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hub_that_nobody_waits_for_is_closed_all_the_same() {
        let hub = Hub::default();
        hub.close();
        assert!(*hub.0.closed.borrow());
    }
}
