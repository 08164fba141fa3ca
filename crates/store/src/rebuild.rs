//! Making again what the journal says: states, cards, words.
//!
//! What stands in a record's row, on its card and in the search index is a fold of its events and texts. Here it is
//! folded anew under the record's lock and written only where it differs.

use crate::search::{self, Indexed};
use crate::span::{self, RecordRow};
use crate::{Card, Content, FoundBy, HandRow, RecordKind, Refolded, Sql, Store, StoredEvent, Tx, card, content, hand};
use kernel::{Outcome, Uuid};
use std::collections::HashMap;

/// What of a record was not what its journal says, and was written anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remade {
    /// Its row.
    pub record: bool,
    /// Its card.
    pub card: bool,
    /// Its words in the index.
    pub words: bool,
}

impl Remade {
    /// True when anything was.
    pub fn any(self) -> bool {
        self.record || self.card || self.words
    }
}

/// What must stand there.
pub(crate) struct Due {
    refolded: Refolded,
    words: Option<FoundBy>,
    ordinal: i64,
    listed: bool,
    kind: &'static str,
    recorded_at: i64,
}

impl Due {
    pub(crate) fn of(
        kind: &RecordKind,
        events: &[StoredEvent],
        contents: &HashMap<Uuid, Content>,
        store: &Store,
    ) -> Outcome<Option<Self>> {
        let Some(first) = events.first() else { return Ok(None) };
        let mut refolded = (kind.refold)(events, store.folds())?;
        if let (Some(card), Some(subject)) = (
            refolded.card.as_mut(),
            refolded.subject.and_then(|id| contents.get(&id)),
        ) {
            card.subject.clone_from(&subject.body);
        }
        let words = kind.words.map(|words| words(events, contents)).transpose()?;
        let (ordinal, recorded_at) = (first.seq, first.recorded_at.as_millis());
        Ok(Some(Self {
            refolded,
            words,
            ordinal,
            listed: kind.listed,
            kind: kind.kind,
            recorded_at,
        }))
    }

    fn differs(
        &self,
        row: Option<&RecordRow>,
        card: Option<&Card>,
        hands: &[HandRow],
        indexed: Option<&Indexed>,
    ) -> Remade {
        let refolded = &self.refolded;
        let row_is_right = row.is_some_and(|row| {
            row.kind == self.kind
                && (row.ordinal, row.version, row.listed) == (self.ordinal, refolded.version, self.listed)
                && row.head == refolded.head
                && row.recorded_at.as_millis() == self.recorded_at
                && row.state == refolded.state
        });
        let words_are_right = match (&self.words, &refolded.card) {
            (Some(words), Some(card)) => indexed.is_some_and(|indexed| indexed.holds(words, card)),
            _ => indexed.is_none(),
        };
        Remade {
            record: !row_is_right,
            card: card != refolded.card.as_ref() || self.hands() != hands,
            words: !words_are_right,
        }
    }

    fn hands(&self) -> Vec<HandRow> {
        self.refolded.card.as_ref().map(hand::hand_rows).unwrap_or_default()
    }
}

impl Store {
    /// Folds a record again and tells what differs from what stands there. On the way its words are noted for the dictionary.
    pub async fn unlike_its_journal(
        &self,
        sql: &impl Sql,
        kind: &RecordKind,
        parts: &RecordParts<'_>,
    ) -> Outcome<Remade> {
        let Some(due) = Due::of(kind, parts.events, parts.contents, self)? else {
            return Ok(Remade::default());
        };
        if let Some(words) = &due.words {
            self.note_words(words.public.iter().chain(&words.internal).map(String::as_str));
        }
        let indexed = match kind.words {
            Some(_) => search::indexed(sql, due.ordinal).await?,
            None => None,
        };
        Ok(due.differs(parts.row, parts.card, parts.hands, indexed.as_ref()))
    }
}

/// A record and what belongs to it, as read.
pub struct RecordParts<'p> {
    /// Its row.
    pub row: Option<&'p RecordRow>,
    /// Its card.
    pub card: Option<&'p Card>,
    /// Its rows among the hands.
    pub hands: &'p [HandRow],
    /// Its events.
    pub events: &'p [StoredEvent],
    /// Its texts.
    pub contents: &'p HashMap<Uuid, Content>,
}

impl Tx {
    /// Writes a record's row, card and words as its journal says, under its lock.
    pub async fn remake(&self, store: &Store, id: Uuid, kind: &RecordKind) -> Outcome<Remade> {
        let lock = format!("SELECT 1 FROM record r WHERE r.id = $1{}", self.backend().for_update());
        self.row(&lock, vec![id.into()]).await?;
        let row = span::record(self, id).await?;
        let events = span::events_of(self, id).await?;
        let contents = content::of_record(self, id).await?;
        let card = card::one(self, id).await?;
        let Some(due) = Due::of(kind, &events, &contents, store)? else {
            return Ok(Remade::default());
        };
        let indexed = search::indexed(self, due.ordinal).await?;
        let hands = hand::of(self, due.ordinal).await?;
        let remade = due.differs(row.as_ref(), card.as_ref(), &hands, indexed.as_ref());
        self.write_due(id, &due, remade, card.as_ref()).await?;
        Ok(remade)
    }

    async fn write_due(&self, id: Uuid, due: &Due, remade: Remade, before: Option<&Card>) -> Outcome<()> {
        if remade.record {
            self.write_row_anew(id, due).await?;
        }
        if remade.card {
            match (&due.refolded.card, before) {
                (Some(card), Some(before)) => card::update_row(self, before, card).await?,
                (Some(card), None) => card::insert_row(self, card).await?,
                (None, _) => self
                    .run("DELETE FROM card WHERE id = $1", vec![id.into()])
                    .await
                    .map(drop)?,
            }
        }
        if remade.card {
            let has = hand::of(self, due.ordinal).await?;
            hand::write(self, due.ordinal, &has, &due.hands()).await?;
        }
        if remade.words {
            match (&due.words, &due.refolded.card) {
                (Some(words), Some(card)) => self.reindex(card, words).await?,
                _ => self.unindex(due.ordinal).await?,
            }
        }
        Ok(())
    }

    async fn write_row_anew(&self, id: Uuid, due: &Due) -> Outcome<()> {
        let sql = "INSERT INTO record (id, kind, ordinal, version, head, state, recorded_at, is_listed) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, \
                   ordinal = excluded.ordinal, version = excluded.version, head = excluded.head, state = excluded.state, \
                   recorded_at = excluded.recorded_at, is_listed = excluded.is_listed";
        let refolded = &due.refolded;
        let values = vec![
            id.into(),
            due.kind.into(),
            due.ordinal.into(),
            refolded.version.into(),
            refolded.head.clone().into(),
            refolded.state.as_str().into(),
            due.recorded_at.into(),
            i64::from(due.listed).into(),
        ];
        self.run(sql, values).await.map(drop)
    }
}
