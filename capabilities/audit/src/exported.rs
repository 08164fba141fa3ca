//! Verifying an export: the same checks, from files alone.
//!
//! Events come by sequence, so the head of every record's chain is kept in memory (some fifty bytes each) and everything
//! else is read once.

use crate::chain::{check_content, erased_by, references};
use crate::export::{ContentLine, EventLine, FORMAT, Manifest};
use crate::seals::SealWalk;
use crate::{Finding, Findings, Report};
use kernel::{Author, Instant, Outcome, Uuid};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;
use store::{Content, Seal, SealKey, StoredEvent, chain_hash};
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};

/// Verifies an exported folder.
pub async fn verify_export(folder: &Path, key: Option<&SealKey>) -> Outcome<Report> {
    let manifest: Manifest = serde_json::from_slice(&tokio::fs::read(folder.join("manifest.json")).await?)?;
    if manifest.format != FORMAT {
        return Err(anyhow::anyhow!("not an export that this program reads: {}", manifest.format).into());
    }
    let key = key.filter(|key| manifest.key.as_deref() == Some(&key.fingerprint()));
    let mut found = Findings::default();
    for (name, hash) in &manifest.files {
        if hash_file(&folder.join(name)).await?.as_ref() != Some(hash) {
            found.add(Finding::among(0, i64::MAX, "audit-export-file").with("file", name));
        }
    }
    let mut walk = Walk::open(folder, &manifest).await?;
    let seals = walk.run(key, &mut found).await?;
    if (walk.events, seals) != (manifest.events, manifest.seals) {
        found.add(Finding::among(0, i64::MAX, "audit-export-count"));
    }
    let findings = found.count();
    Ok(Report {
        events: walk.events,
        seals,
        first_broken: found.first(),
        findings,
        macs_checked: key.is_some(),
    })
}

async fn hash_file(file: &Path) -> Outcome<Option<String>> {
    let Ok(mut file) = File::open(file).await else {
        return Ok(None);
    };
    let (mut hash, mut buffer) = (Sha256::new(), vec![0_u8; 1 << 16]);
    loop {
        let count = file.read(&mut buffer).await?;
        if count == 0 {
            return Ok(Some(hex::encode(hash.finalize())));
        }
        hash.update(&buffer[..count]);
    }
}

/// Lines of a file, read as they are needed.
struct Reading<T> {
    lines: Lines<BufReader<File>>,
    waiting: Option<T>,
}

impl<T: DeserializeOwned> Reading<T> {
    async fn open(file: &Path) -> Outcome<Self> {
        Ok(Self {
            lines: BufReader::new(File::open(file).await?).lines(),
            waiting: None,
        })
    }

    /// The next one, if it satisfies the condition.
    async fn next_if(&mut self, wanted: impl Fn(&T) -> bool) -> Outcome<Option<T>> {
        if self.waiting.is_none()
            && let Some(line) = self.lines.next_line().await?
        {
            self.waiting = Some(serde_json::from_str(&line)?);
        }
        Ok(if self.waiting.as_ref().is_some_and(wanted) {
            self.waiting.take()
        } else {
            None
        })
    }
}

struct Walk {
    lines: Reading<EventLine>,
    texts: Reading<ContentLine>,
    seals: Reading<Seal>,
    with_contents: bool,
    heads: HashMap<Uuid, (i64, Vec<u8>)>,
    missing: HashMap<Uuid, i64>,
    last_seq: i64,
    events: i64,
}

impl Walk {
    async fn open(folder: &Path, manifest: &Manifest) -> Outcome<Self> {
        Ok(Self {
            lines: Reading::open(&folder.join("events.jsonl")).await?,
            texts: Reading::open(&folder.join("contents.jsonl")).await?,
            seals: Reading::open(&folder.join("seals.jsonl")).await?,
            with_contents: manifest.with_contents,
            heads: HashMap::new(),
            missing: HashMap::new(),
            last_seq: i64::MIN,
            events: 0,
        })
    }

    /// All seals with their events, then the events that no seal covers yet.
    async fn run(&mut self, key: Option<&SealKey>, found: &mut Findings) -> Outcome<i64> {
        let (mut seals, mut count) = (SealWalk::new(key, None), 0);
        while let Some(seal) = self.seals.next_if(|_| true).await? {
            count += 1;
            let events = self.events_upto(seal.last_seq, found).await?;
            seals.check(seal, &events, found);
        }
        self.events_upto(i64::MAX, found).await?;
        for seq in self.missing.values() {
            found.add(Finding::at(*seq, "audit-content-missing"));
        }
        Ok(count)
    }

    async fn events_upto(&mut self, last: i64, found: &mut Findings) -> Outcome<Vec<(i64, Vec<u8>)>> {
        let mut hashes = Vec::new();
        while let Some(line) = self.lines.next_if(|line| line.seq <= last).await? {
            let event = event_of(line)?;
            self.events += 1;
            self.check_event(&event, found);
            self.check_texts(&event, found).await?;
            if last != i64::MAX {
                hashes.push((event.seq, event.hash));
            }
        }
        Ok(hashes)
    }

    fn check_event(&mut self, event: &StoredEvent, found: &mut Findings) {
        let (position, head) = self.heads.entry(event.record).or_insert_with(|| (0, vec![0; 32]));
        if event.seq <= self.last_seq {
            found.add(Finding::at(event.seq, "audit-event-moved"));
        } else if event.position != *position + 1 {
            found.add(Finding::at(event.seq, "audit-event-missing").with("position", *position + 1));
        } else if chain_hash(head, event) != event.hash {
            found.add(Finding::at(event.seq, "audit-event-altered"));
        }
        *position = event.position;
        head.clone_from(&event.hash);
        self.last_seq = event.seq;
    }

    async fn check_texts(&mut self, event: &StoredEvent, found: &mut Findings) -> Outcome<()> {
        for erased in erased_by(event) {
            self.missing.remove(&erased);
        }
        if !self.with_contents {
            return Ok(());
        }
        let mut texts = HashMap::new();
        while let Some(line) = self.texts.next_if(|line| line.seq <= event.seq).await? {
            let salt = hex::decode(&line.salt).unwrap_or_default();
            texts.insert(
                line.id,
                Content {
                    id: line.id,
                    salt,
                    body: line.body,
                },
            );
        }
        for reference in references(event) {
            match texts.get(&reference.content) {
                Some(content) => {
                    check_content(event.seq, &reference, Some(content), false)
                        .into_iter()
                        .for_each(|f| found.add(f));
                }
                None => {
                    self.missing.insert(reference.content, event.seq);
                }
            }
        }
        Ok(())
    }
}

fn event_of(line: EventLine) -> Outcome<StoredEvent> {
    Ok(StoredEvent {
        seq: line.seq,
        record: line.record,
        position: line.position,
        name: line.name,
        occurred_at: Instant::from_millis(line.occurred_at),
        recorded_at: Instant::from_millis(line.recorded_at),
        author: Author {
            person: line.actor,
            via: line.via,
        },
        payload: line.payload,
        hash: hex::decode(&line.hash).map_err(anyhow::Error::from)?,
    })
}
