//! Many new records at once, with their whole history: for loads, not for people's acts.
//!
//! What is written is what the single way writes (the same chains, states, cards, words), only in wide statements.

use crate::card::Card;
use crate::journal::push_row;
use crate::{Aggregate, Backend, Loaded, NewContent, Recorded, Sql, StoredEvent, Tx, Value, Words, chain_hash};
use kernel::{Author, Outcome, Uuid};

/// A record to be written with its whole history.
#[derive(Clone, Debug)]
pub struct NewRecord<A: Aggregate> {
    /// Its identity.
    pub id: Uuid,
    /// What happened to it, and who did it.
    pub events: Vec<(Author, Recorded<A::Event>)>,
    /// Its texts.
    pub contents: Vec<NewContent>,
    /// The words by which it is found.
    pub public: String,
    /// The words that only the desk finds it by.
    pub internal: String,
}

/// Parameters of one statement: SQLite takes 32,766, PostgreSQL 65,535.
const fn widest(backend: Backend) -> usize {
    match backend {
        Backend::Sqlite => 4_000,
        Backend::Postgres => 30_000,
    }
}

impl Tx {
    /// Writes new records; their events follow each other in the sequence.
    pub async fn save_new<A: Aggregate>(&self, records: Vec<NewRecord<A>>) -> Outcome<()> {
        let count: usize = records.iter().map(|record| record.events.len()).sum();
        let mut seq = self.reserve(count as i64).await?;
        let (mut events, mut rows, mut cards) = (Vec::with_capacity(count), Vec::new(), Vec::new());
        let (mut contents, mut words) = (Vec::new(), Vec::new());
        for record in records {
            let (loaded, stored) = self.folded(&record, seq)?;
            seq += stored.len() as i64;
            rows.push(self.record_values(&loaded)?);
            if let Some(card) = loaded.card {
                self.note_texts([record.public.as_str(), record.internal.as_str()]);
                words.push(search_values(self.backend(), loaded.ordinal, &card, &record));
                cards.push(card);
            }
            contents.extend(
                record
                    .contents
                    .iter()
                    .map(|content| crate::content::values(record.id, content)),
            );
            events.extend(stored.iter().map(|event| crate::journal::event_values(event).to_vec()));
        }
        self.insert_rows(crate::journal::INSERT_EVENT, events).await?;
        self.insert_rows(
            "INSERT INTO record (id, kind, ordinal, version, head, state, recorded_at, is_listed) VALUES ",
            rows,
        )
        .await?;
        self.insert_cards(&cards).await?;
        self.insert_rows(crate::content::INSERT_CONTENT, contents).await?;
        self.insert_words(words).await
    }

    fn folded<A: Aggregate>(&self, record: &NewRecord<A>, first: i64) -> Outcome<(Loaded<A>, Vec<StoredEvent>)> {
        let mut loaded = self.fresh::<A>(record.id);
        loaded.ordinal = first;
        let mut stored = Vec::with_capacity(record.events.len());
        for (author, recorded) in &record.events {
            loaded.state.apply(&recorded.event, recorded.occurred_at, author);
            loaded.version += 1;
            let mut event = StoredEvent {
                seq: first + loaded.version - 1,
                record: record.id,
                position: loaded.version,
                name: A::name(&recorded.event).to_owned(),
                occurred_at: recorded.occurred_at,
                recorded_at: self.now(),
                author: author.clone(),
                payload: serde_json::to_string(&recorded.event)?,
                hash: Vec::new(),
            };
            event.hash = chain_hash(&loaded.head, &event);
            loaded.head.clone_from(&event.hash);
            stored.push(event);
        }
        if A::HAS_CARD {
            let card = Card::new(record.id, first, A::KIND);
            loaded.card = Some(self.projected(&loaded.state, card, &stored, &record.contents));
        }
        Ok((loaded, stored))
    }

    fn record_values<A: Aggregate>(&self, loaded: &Loaded<A>) -> Outcome<Vec<Value>> {
        Ok(vec![
            loaded.id.into(),
            A::KIND.into(),
            loaded.ordinal.into(),
            loaded.version.into(),
            loaded.head.clone().into(),
            serde_json::to_string(&loaded.state)?.into(),
            self.now().as_millis().into(),
            i64::from(A::LISTED).into(),
        ])
    }

    /// Rows of one table in as few statements as the parameters allow.
    pub async fn insert_rows(&self, start: &str, rows: Vec<Vec<Value>>) -> Outcome<()> {
        let Some(columns) = rows.first().map(Vec::len) else {
            return Ok(());
        };
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let (mut sql, mut values) = (start.to_owned(), Vec::new());
            for row in rows.by_ref().take(widest(self.backend()) / columns) {
                push_row(&mut sql, values.len(), columns);
                values.extend(row);
            }
            self.run(&sql, values).await?;
        }
        Ok(())
    }

    async fn insert_words(&self, rows: Vec<Vec<Value>>) -> Outcome<()> {
        match self.backend() {
            Backend::Sqlite => {
                self.insert_rows("INSERT INTO search (rowid, public, internal) VALUES ", rows)
                    .await
            }
            Backend::Postgres => {
                for rows in rows.chunks(1000) {
                    let (mut sql, mut values) =
                        ("INSERT INTO search (ordinal, public, internal) SELECT o, p::tsvector, i::tsvector FROM (VALUES ".to_owned(), Vec::new());
                    for row in rows {
                        let comma = if values.is_empty() { "" } else { ", " };
                        let n = values.len();
                        sql.push_str(&format!(
                            "{comma}(${}::bigint, ${}::text, ${}::text)",
                            n + 1,
                            n + 2,
                            n + 3
                        ));
                        values.extend(row.iter().cloned());
                    }
                    sql.push_str(") AS rows (o, p, i)");
                    self.run(&sql, values).await?;
                }
                Ok(())
            }
        }
    }
}

fn search_values<A: Aggregate>(backend: Backend, ordinal: i64, card: &Card, record: &NewRecord<A>) -> Vec<Value> {
    let public = crate::search::public_tokens(&record.public, card.area, card.requester);
    let internal = Words::of(&record.internal).0;
    let (public, internal) = match backend {
        Backend::Sqlite => (public, internal),
        Backend::Postgres => (crate::search::vector(&public), crate::search::vector(&internal)),
    };
    vec![ordinal.into(), public.into(), internal.into()]
}
