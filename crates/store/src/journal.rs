//! The journal: typed events, one chain for each record.
//!
//! A record (a ticket, a person, a group) is what its events say it is. Its row holds the state that those events fold
//! into, the number of events, and the hash of the last one; saving appends to the chain under the row's lock, so no
//! lock is global. Hashes are taken over the text as stored, never over something serialised again.

use crate::card::{self, Card, CardFold};
use crate::content::{self, Content, NewContent};
use crate::{Reader, Row, Sql, Store, Tx, Value};
use kernel::{Author, Instant, Outcome, Refusal, Uuid};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write as _;

/// What a record is: its state, its events, and how one becomes the other.
pub trait Aggregate: Default + Clone + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The kind as stored: `ticket`, `person`.
    const KIND: &'static str;
    /// True when records of this kind stand in lists.
    const HAS_CARD: bool = false;
    /// True for the few records of a kind that everybody needs at hand (groups, areas, categories).
    const LISTED: bool = false;
    /// What can happen to it.
    type Event: Serialize + DeserializeOwned + Clone + Send + Sync;

    /// The event's name as stored, with the kind before it: `ticket.taken`.
    fn name(event: &Self::Event) -> &'static str;

    /// Folds one event into the state. It cannot fail: what was recorded did happen.
    fn apply(&mut self, event: &Self::Event, at: Instant, author: &Author);

    /// Writes on the card what this practice knows.
    fn project(&self, _card: &mut Card) {}

    /// The content that holds the card's subject, if any.
    fn subject(&self) -> Option<Uuid> {
        None
    }
}

/// An event and the instant at which it occurred (imports and late mail tell the past).
#[derive(Clone, Debug)]
pub struct Recorded<E> {
    /// What happened.
    pub event: E,
    /// When it happened.
    pub occurred_at: Instant,
}

/// A record read for writing; its row is locked until the transaction ends.
#[derive(Clone, Debug)]
pub struct Loaded<A> {
    /// Its identity.
    pub id: Uuid,
    /// Rises with recording; it orders lists and the search index. Zero before the first save.
    pub ordinal: i64,
    /// How many events it has; also the version that `ETag` carries.
    pub version: i64,
    /// Hash of the last event.
    pub head: Vec<u8>,
    /// What the events fold into.
    pub state: A,
    /// Its row in lists.
    pub card: Option<Card>,
}

/// What a save appended.
#[derive(Clone, Debug)]
pub struct SavedEvent {
    /// Its place in the journal.
    pub seq: i64,
    /// Its name.
    pub name: &'static str,
}

/// The events that one save appended.
pub type Appended = Vec<SavedEvent>;

/// An event as other practices and readers see it.
#[derive(Clone, Copy, Debug)]
pub struct EventView<'e> {
    /// Its name with the kind before it.
    pub name: &'e str,
    /// Its payload as stored.
    pub payload: &'e str,
    /// When it occurred.
    pub occurred_at: Instant,
}

/// An event as it stands in the journal.
#[derive(Clone, Debug)]
pub struct StoredEvent {
    /// Place in the journal; rises with recording.
    pub seq: i64,
    /// The record it belongs to.
    pub record: Uuid,
    /// Place in the record's chain, from one.
    pub position: i64,
    /// Its name with the kind before it.
    pub name: String,
    /// When it occurred.
    pub occurred_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// Who, and through which door.
    pub author: Author,
    /// The payload as stored.
    pub payload: String,
    /// The hash that chains it.
    pub hash: Vec<u8>,
}

/// Name of the store's own event that lets content be missing.
pub const fn erased_event_kind() -> &'static str {
    "content.erased"
}

/// The hash of an event: over the previous hash and everything that is stored of it but its sequence (which the seals
/// cover), each part with its length before it.
pub fn chain_hash(previous: &[u8], event: &StoredEvent) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    part(previous);
    part(event.record.as_bytes());
    part(&event.position.to_be_bytes());
    part(event.name.as_bytes());
    part(&event.occurred_at.as_millis().to_be_bytes());
    part(&event.recorded_at.as_millis().to_be_bytes());
    part(event.author.person.unwrap_or(kernel::NIL).as_bytes());
    part(event.author.via.as_bytes());
    part(event.payload.as_bytes());
    hash.finalize().to_vec()
}

const LOADED: &str = "r.ordinal, r.version, r.head, r.state";

impl Tx {
    /// Reads a record for writing and locks it.
    ///
    /// # Errors
    /// A refusal 404 when there is none.
    pub async fn load<A: Aggregate>(&self, id: Uuid) -> Outcome<Loaded<A>> {
        self.find(id).await?.ok_or_else(|| Refusal::not_found().into())
    }

    /// Reads a record for writing, if it exists, and locks it.
    pub async fn find<A: Aggregate>(&self, id: Uuid) -> Outcome<Option<Loaded<A>>> {
        let backend = self.backend();
        let (columns, join) = card_part::<A>();
        let sql = format!(
            "SELECT {}, {LOADED}{columns} FROM record r{join} WHERE r.id = $1 AND r.kind = $2{}",
            backend.transaction_number(),
            backend.for_update()
        );
        let Some(row) = self.row(&sql, vec![id.into(), A::KIND.into()]).await? else {
            return Ok(None);
        };
        self.note_number(row.get(0)?);
        loaded_from(&row, id, 1).map(Some)
    }

    /// A record that does not exist yet.
    pub fn fresh<A: Aggregate>(&self, id: Uuid) -> Loaded<A> {
        Loaded {
            id,
            ordinal: 0,
            version: 0,
            head: vec![0; 32],
            state: A::default(),
            card: None,
        }
    }

    /// Appends events to a record, folds them, and writes record, card, events and content.
    pub async fn save<A: Aggregate>(
        &self,
        loaded: &mut Loaded<A>,
        author: &Author,
        events: Vec<Recorded<A::Event>>,
        contents: &[NewContent],
    ) -> Outcome<Appended> {
        let mut drafts = Vec::with_capacity(events.len());
        for recorded in events {
            loaded.state.apply(&recorded.event, recorded.occurred_at, author);
            let payload = serde_json::to_string(&recorded.event)?;
            drafts.push(Draft {
                name: A::name(&recorded.event),
                payload,
                occurred_at: recorded.occurred_at,
            });
        }
        self.append(loaded, author, drafts, contents).await
    }

    /// Appends the store's own event, which the record's practice does not know: content was erased.
    pub(crate) async fn append_erasure<A: Aggregate>(
        &self,
        loaded: &mut Loaded<A>,
        author: &Author,
        payload: String,
    ) -> Outcome<Appended> {
        let draft = Draft {
            name: erased_event_kind(),
            payload,
            occurred_at: self.now(),
        };
        self.append(loaded, author, vec![draft], &[]).await
    }

    async fn append<A: Aggregate>(
        &self,
        loaded: &mut Loaded<A>,
        author: &Author,
        drafts: Vec<Draft>,
        contents: &[NewContent],
    ) -> Outcome<Appended> {
        if drafts.is_empty() {
            return Ok(Vec::new());
        }
        let first = self.reserve(drafts.len() as i64).await?;
        let is_new = loaded.version == 0;
        if is_new {
            loaded.ordinal = first;
        }
        let stored = self.chain(loaded, author, &drafts, first);
        self.insert_events(&stored).await?;
        if A::LISTED {
            self.inner().listed.note_change();
        }
        self.write_record(loaded, is_new).await?;
        if A::HAS_CARD {
            self.write_card(loaded, &stored, contents).await?;
        }
        content::insert(self, loaded.id, contents).await?;
        Ok(drafts
            .iter()
            .zip(first..)
            .map(|(draft, seq)| SavedEvent { seq, name: draft.name })
            .collect())
    }

    fn chain<A>(&self, loaded: &mut Loaded<A>, author: &Author, drafts: &[Draft], first: i64) -> Vec<StoredEvent> {
        let mut stored = Vec::with_capacity(drafts.len());
        for (draft, seq) in drafts.iter().zip(first..) {
            let mut event = StoredEvent {
                seq,
                record: loaded.id,
                position: loaded.version + 1,
                name: draft.name.to_owned(),
                occurred_at: draft.occurred_at,
                recorded_at: self.now(),
                author: author.clone(),
                payload: draft.payload.clone(),
                hash: Vec::new(),
            };
            event.hash = chain_hash(&loaded.head, &event);
            loaded.head.clone_from(&event.hash);
            loaded.version += 1;
            stored.push(event);
        }
        stored
    }

    async fn insert_events(&self, events: &[StoredEvent]) -> Outcome<()> {
        for events in events.chunks(64) {
            let mut sql = INSERT_EVENT.to_owned();
            let mut values: Vec<Value> = Vec::with_capacity(events.len() * 10);
            for event in events {
                push_row(&mut sql, values.len(), 10);
                values.extend(event_values(event));
            }
            let key = events.first().map_or(0, |event| event.seq);
            self.later("event", key, sql, values).await?;
        }
        Ok(())
    }

    async fn write_record<A: Aggregate>(&self, loaded: &Loaded<A>, is_new: bool) -> Outcome<()> {
        let state = serde_json::to_string(&loaded.state)?;
        let (version, head) = (Value::from(loaded.version), Value::from(loaded.head.clone()));
        if is_new {
            let sql = "INSERT INTO record (id, kind, ordinal, version, head, state, recorded_at, is_listed) \
                       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
            let (now, listed) = (self.now().as_millis(), i64::from(A::LISTED));
            let values = vec![
                loaded.id.into(),
                A::KIND.into(),
                loaded.ordinal.into(),
                version,
                head,
                state.into(),
                now.into(),
                listed.into(),
            ];
            return self.later("record", loaded.ordinal, sql.to_owned(), values).await;
        }
        let sql = "UPDATE record SET version = $2, head = $3, state = $4 WHERE ordinal = $1";
        let values = vec![loaded.ordinal.into(), version, head, state.into()];
        self.later("record", loaded.ordinal, sql.to_owned(), values).await
    }

    async fn write_card<A: Aggregate>(
        &self,
        loaded: &mut Loaded<A>,
        stored: &[StoredEvent],
        contents: &[NewContent],
    ) -> Outcome<()> {
        let before = loaded.card.take();
        let card = before
            .clone()
            .unwrap_or_else(|| Card::new(loaded.id, loaded.ordinal, A::KIND));
        let card = self.projected(&loaded.state, card, stored, contents);
        match before {
            Some(before) => card::update(self, &before, &card).await?,
            None => card::insert(self, &card).await?,
        }
        loaded.card = Some(card);
        Ok(())
    }

    /// The card after these events: what the practice writes on it, then what other practices fold into it.
    pub(crate) fn projected<A: Aggregate>(
        &self,
        state: &A,
        mut card: Card,
        stored: &[StoredEvent],
        contents: &[NewContent],
    ) -> Card {
        let subject = state.subject();
        if let Some(content) = contents.iter().find(|content| Some(content.id) == subject) {
            card.subject.clone_from(&content.body);
        }
        state.project(&mut card);
        for event in stored {
            let view = EventView {
                name: &event.name,
                payload: &event.payload,
                occurred_at: event.occurred_at,
            };
            self.inner().folds.iter().for_each(|fold| fold(&mut card, &view));
        }
        card
    }
}

pub(crate) const INSERT_EVENT: &str = "INSERT INTO event (seq, record_id, position, name, occurred_at, recorded_at, actor_id, via, payload, hash) VALUES ";

struct Draft {
    name: &'static str,
    payload: String,
    occurred_at: Instant,
}

/// Appends `($n, …)` for one more row of a multi-row INSERT.
pub(crate) fn push_row(sql: &mut String, before: usize, columns: usize) {
    sql.push_str(if before == 0 { "(" } else { ", (" });
    for column in 1..=columns {
        let comma = if column == 1 { "" } else { ", " };
        let _ = write!(sql, "{comma}${}", before + column);
    }
    sql.push(')');
}

pub(crate) fn event_values(event: &StoredEvent) -> [Value; 10] {
    [
        event.seq.into(),
        event.record.into(),
        event.position.into(),
        event.name.as_str().into(),
        event.occurred_at.as_millis().into(),
        event.recorded_at.as_millis().into(),
        event.author.person.into(),
        event.author.via.as_str().into(),
        event.payload.as_str().into(),
        event.hash.clone().into(),
    ]
}

fn card_part<A: Aggregate>() -> (String, &'static str) {
    if !A::HAS_CARD {
        return (String::new(), "");
    }
    (
        format!(", {}", card::columns("c")),
        " JOIN card c ON c.ordinal = r.ordinal",
    )
}

fn loaded_from<A: Aggregate>(row: &Row, id: Uuid, first: usize) -> Outcome<Loaded<A>> {
    let state: String = row.get(first + 3)?;
    let card = if A::HAS_CARD {
        Some(Card::from_row(row, first + 4)?)
    } else {
        None
    };
    Ok(Loaded {
        id,
        ordinal: row.get(first)?,
        version: row.get(first + 1)?,
        head: row.get(first + 2)?,
        state: serde_json::from_str(&state)?,
        card,
    })
}

pub(crate) const EVENT_COLUMNS: &str =
    "seq, record_id, position, name, occurred_at, recorded_at, actor_id, via, payload, hash";

pub(crate) fn event_from(row: &Row) -> Outcome<StoredEvent> {
    Ok(StoredEvent {
        seq: row.get(0)?,
        record: row.get(1)?,
        position: row.get(2)?,
        name: row.get(3)?,
        occurred_at: row.instant(4)?,
        recorded_at: row.instant(5)?,
        author: Author {
            person: row.get(6)?,
            via: row.get(7)?,
        },
        payload: row.get(8)?,
        hash: row.get(9)?,
    })
}

impl Reader {
    /// A record's present state, without a lock.
    pub async fn state<A: Aggregate>(&self, id: Uuid) -> Outcome<Option<Loaded<A>>> {
        let (columns, join) = card_part::<A>();
        let sql = format!("SELECT {LOADED}{columns} FROM record r{join} WHERE r.id = $1 AND r.kind = $2");
        let row = self.row(&sql, vec![id.into(), A::KIND.into()]).await?;
        row.map(|row| loaded_from(&row, id, 0)).transpose()
    }

    /// The records of a practice that are open, in the order in which they were opened, behind `after` (exclusive), at most
    /// `limit`, without a lock.
    pub async fn open_after<A: Aggregate>(&self, after: i64, limit: i64) -> Outcome<Vec<Loaded<A>>> {
        self.carded::<A>("c.is_open = 1 AND", after, limit).await
    }

    /// The same of all of them, open or not.
    pub async fn cards_after<A: Aggregate>(&self, after: i64, limit: i64) -> Outcome<Vec<Loaded<A>>> {
        self.carded::<A>("", after, limit).await
    }

    async fn carded<A: Aggregate>(&self, which: &'static str, after: i64, limit: i64) -> Outcome<Vec<Loaded<A>>> {
        let columns = card::columns("c");
        let sql = format!(
            "SELECT r.id, {LOADED}, {columns} FROM card c JOIN record r ON r.ordinal = c.ordinal \
             WHERE {which} c.ordinal > $1 AND r.kind = $2 ORDER BY c.ordinal LIMIT $3"
        );
        let values = vec![after.into(), A::KIND.into(), limit.into()];
        let rows = self.rows(&sql, values).await?;
        rows.iter().map(|row| loaded_from(row, row.get(0)?, 1)).collect()
    }

    /// The events of a record in the order of its chain, from `after` (exclusive), at most `limit`.
    pub async fn events_of(&self, record: Uuid, after: i64, limit: i64) -> Outcome<Vec<StoredEvent>> {
        let sql = format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE record_id = $1 AND position > $2 ORDER BY position LIMIT $3"
        );
        self.rows(&sql, vec![record.into(), after.into(), limit.into()])
            .await?
            .iter()
            .map(event_from)
            .collect()
    }
}

impl Store {
    /// The journal after a sequence, in its order, at most `limit` events.
    ///
    /// It stops before the oldest transaction that is still open, so that a reader which goes on from the last event it
    /// got misses nothing, whatever commits later.
    pub async fn events_after(&self, after: i64, limit: i64) -> Outcome<Vec<StoredEvent>> {
        let sql = format!(
            "SELECT {EVENT_COLUMNS} FROM event WHERE seq > $1 AND seq < {} ORDER BY seq LIMIT $2",
            self.horizon_expression()
        );
        self.read()
            .rows(&sql, vec![after.into(), limit.into()])
            .await?
            .iter()
            .map(event_from)
            .collect()
    }

    /// The sequence before which everything is visible to everybody.
    pub async fn horizon(&self) -> Outcome<i64> {
        let row = self
            .read()
            .row(&format!("SELECT {}", self.horizon_expression()), vec![])
            .await?;
        row.ok_or_else(|| anyhow::anyhow!("no horizon"))?.get(0)
    }

    pub(crate) fn horizon_expression(&self) -> String {
        match self.backend() {
            crate::Backend::Sqlite => i64::MAX.to_string(),
            crate::Backend::Postgres => {
                let offset = self.inner.offset.load(std::sync::atomic::Ordering::Relaxed);
                let bits = crate::transaction::SEQUENCE_BITS;
                format!("((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + {offset}) << {bits})")
            }
        }
    }
}

/// What a record's journal folds into: what must stand in its row and its card.
#[derive(Clone, Debug)]
pub struct Refolded {
    /// The state as it is stored.
    pub state: String,
    /// Number of events.
    pub version: i64,
    /// Hash of the last event.
    pub head: Vec<u8>,
    /// The card, for kinds that have one; its subject is still empty.
    pub card: Option<Card>,
    /// The content that holds the subject.
    pub subject: Option<Uuid>,
}

/// How records of a kind are folded again, without knowing their type: for verification and rebuilding.
#[derive(Clone, Copy)]
pub struct RecordKind {
    /// The kind as stored.
    pub kind: &'static str,
    /// True for the few records that are kept at hand.
    pub listed: bool,
    /// Folds a record's whole chain.
    pub refold: fn(&[StoredEvent], &[CardFold]) -> Outcome<Refolded>,
    /// The words by which a record is found, for kinds that stand in the search index.
    pub words: Option<WordsOf>,
}

/// The words of a record, from its events and the texts that are still there.
pub type WordsOf = fn(&[StoredEvent], &HashMap<Uuid, Content>) -> Outcome<FoundBy>;

/// The texts by which a record is found, each for itself: a long one does not push out the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundBy {
    /// What the requester may read too.
    pub public: Vec<String>,
    /// What only the desk reads.
    pub internal: Vec<String>,
}

impl RecordKind {
    /// The same kind, found by words.
    #[must_use]
    pub const fn found_by(self, words: WordsOf) -> Self {
        Self {
            words: Some(words),
            ..self
        }
    }
}

/// The kind of an aggregate.
pub const fn record_kind<A: Aggregate>() -> RecordKind {
    RecordKind {
        kind: A::KIND,
        listed: A::LISTED,
        refold: refold::<A>,
        words: None,
    }
}

fn refold<A: Aggregate>(events: &[StoredEvent], folds: &[CardFold]) -> Outcome<Refolded> {
    let mut state = A::default();
    let mut card = events
        .first()
        .filter(|_| A::HAS_CARD)
        .map(|first| Card::new(first.record, first.seq, A::KIND));
    for event in events {
        if event
            .name
            .strip_prefix(A::KIND)
            .is_some_and(|rest| rest.starts_with('.'))
        {
            let own: A::Event = serde_json::from_str(&event.payload)?;
            state.apply(&own, event.occurred_at, &event.author);
        }
        if let Some(card) = card.as_mut() {
            let view = EventView {
                name: &event.name,
                payload: &event.payload,
                occurred_at: event.occurred_at,
            };
            folds.iter().for_each(|fold| fold(card, &view));
        }
    }
    if let Some(card) = card.as_mut() {
        state.project(card);
    }
    Ok(Refolded {
        version: events.len() as i64,
        head: events.last().map_or_else(|| vec![0; 32], |event| event.hash.clone()),
        subject: state.subject(),
        state: serde_json::to_string(&state)?,
        card,
    })
}
