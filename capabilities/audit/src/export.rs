//! Export: the journal as files that verify on another machine without the database.

use crate::chain::references;
use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;
use store::{Content, SealKey, Snapshot, Sql, Store, StoredEvent, span};
use tokio::fs::File;
use tokio::io::{AsyncWriteExt, BufWriter};

/// Events read at once.
const BATCH: i64 = 2000;

/// Whether texts go along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    /// With their salts, so that their digests can be checked.
    Included,
    /// Only the journal.
    LeftOut,
}

/// What stands in `manifest.json`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub(crate) format: String,
    /// Events in the export.
    pub events: i64,
    /// Seals in the export.
    pub seals: i64,
    pub(crate) with_contents: bool,
    /// Tells which key made the seals, without giving it away.
    pub(crate) key: Option<String>,
    /// SHA-256 of each file.
    pub(crate) files: HashMap<String, String>,
}

/// An event as a line.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct EventLine {
    pub(crate) seq: i64,
    pub(crate) record: Uuid,
    pub(crate) position: i64,
    pub(crate) name: String,
    pub(crate) occurred_at: i64,
    pub(crate) recorded_at: i64,
    pub(crate) actor: Option<Uuid>,
    pub(crate) via: String,
    /// As stored: a text within the line, never taken apart.
    pub(crate) payload: String,
    pub(crate) hash: String,
}

/// A text as a line, in the order of the events that refer to it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ContentLine {
    pub(crate) seq: i64,
    pub(crate) id: Uuid,
    pub(crate) salt: String,
    pub(crate) body: String,
}

pub(crate) const FORMAT: &str = "sportello-journal-1";
const README: [(&str, &str); 2] = [
    ("LEGGIMI.md", include_str!("../texts/LEGGIMI.md")),
    ("README.md", include_str!("../texts/README.md")),
];

/// A file that is hashed while it is written.
struct Hashed {
    file: BufWriter<File>,
    hash: Sha256,
}

impl Hashed {
    async fn create(folder: &Path, name: &str) -> Outcome<Self> {
        Ok(Self {
            file: BufWriter::new(File::create(folder.join(name)).await?),
            hash: Sha256::new(),
        })
    }

    async fn line(&mut self, line: &impl Serialize) -> Outcome<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.hash.update(&text);
        Ok(self.file.write_all(&text).await?)
    }

    async fn finish(mut self) -> Outcome<String> {
        self.file.flush().await?;
        self.file.get_ref().sync_all().await?;
        Ok(hex::encode(self.hash.finalize()))
    }
}

/// Writes the journal into a new or empty folder.
///
/// # Errors
/// A refusal when the folder holds anything.
pub async fn export(store: &Store, folder: &Path, contents: Contents, key: Option<&SealKey>) -> Outcome<Manifest> {
    tokio::fs::create_dir_all(folder).await?;
    if tokio::fs::read_dir(folder).await?.next_entry().await?.is_some() {
        return Err(Refusal::new(RefusalKind::Conflict, "out_not_empty", "audit-refusal-out-not-empty").into());
    }
    let snapshot = store.snapshot().await?;
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        events: 0,
        seals: 0,
        with_contents: contents == Contents::Included,
        key: key.map(SealKey::fingerprint),
        files: HashMap::new(),
    };
    write_events(&snapshot, folder, &mut manifest).await?;
    write_seals(&snapshot, folder, &mut manifest).await?;
    for (name, text) in README {
        tokio::fs::write(folder.join(name), text).await?;
    }
    tokio::fs::write(folder.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?).await?;
    Ok(manifest)
}

async fn write_events(snapshot: &Snapshot, folder: &Path, manifest: &mut Manifest) -> Outcome<()> {
    let mut events_file = Hashed::create(folder, "events.jsonl").await?;
    let mut contents_file = Hashed::create(folder, "contents.jsonl").await?;
    let mut after = i64::MIN;
    loop {
        let events = span::events_after(snapshot, after, BATCH).await?;
        let Some(last) = events.last() else { break };
        after = last.seq;
        manifest.events += events.len() as i64;
        let texts = if manifest.with_contents {
            texts_of(snapshot, &events).await?
        } else {
            HashMap::new()
        };
        for event in &events {
            events_file.line(&line_of(event)).await?;
            for content in references(event)
                .iter()
                .filter_map(|reference| texts.get(&reference.content))
            {
                let salt = hex::encode(&content.salt);
                let line = ContentLine {
                    seq: event.seq,
                    id: content.id,
                    salt,
                    body: content.body.clone(),
                };
                contents_file.line(&line).await?;
            }
        }
    }
    manifest
        .files
        .insert("events.jsonl".to_owned(), events_file.finish().await?);
    manifest
        .files
        .insert("contents.jsonl".to_owned(), contents_file.finish().await?);
    Ok(())
}

fn line_of(event: &StoredEvent) -> EventLine {
    EventLine {
        seq: event.seq,
        record: event.record,
        position: event.position,
        name: event.name.clone(),
        occurred_at: event.occurred_at.as_millis(),
        recorded_at: event.recorded_at.as_millis(),
        actor: event.author.person,
        via: event.author.via.clone(),
        payload: event.payload.clone(),
        hash: hex::encode(&event.hash),
    }
}

async fn texts_of(snapshot: &Snapshot, events: &[StoredEvent]) -> Outcome<HashMap<Uuid, Content>> {
    let ids: Vec<Uuid> = events
        .iter()
        .flat_map(references)
        .map(|reference| reference.content)
        .collect();
    let mut texts = HashMap::new();
    for ids in ids.chunks(500) {
        let places: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
        let sql = format!("SELECT id, salt, body FROM content WHERE id IN ({})", places.join(", "));
        for row in snapshot.rows(&sql, ids.iter().map(|id| (*id).into()).collect()).await? {
            let content = Content {
                id: row.get(0)?,
                salt: row.get(1)?,
                body: row.get(2)?,
            };
            texts.insert(content.id, content);
        }
    }
    Ok(texts)
}

async fn write_seals(snapshot: &Snapshot, folder: &Path, manifest: &mut Manifest) -> Outcome<()> {
    let mut file = Hashed::create(folder, "seals.jsonl").await?;
    let mut number = i64::MIN;
    loop {
        let seals = store::seals_after(snapshot, number, 1000).await?;
        let Some(last) = seals.last() else { break };
        number = last.number;
        manifest.seals += seals.len() as i64;
        for seal in &seals {
            file.line(seal).await?;
        }
    }
    manifest.files.insert("seals.jsonl".to_owned(), file.finish().await?);
    Ok(())
}
