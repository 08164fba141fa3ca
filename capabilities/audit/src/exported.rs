//! Verifying an export: the same checks, from files alone.
//!
//! Events come by sequence, so the head of every record's chain is kept in memory (some fifty bytes each) and everything
//! else is read once.

use crate::chain::{check_content, erased_by, references};
use crate::export::{ContentLine, EventLine, FORMAT, Manifest};
use crate::seals::SealWalk;
use crate::{Finding, Findings, Report};
use kernel::{Author, Error, Instant, Outcome, Uuid};
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
    let (events, seals) = walked(folder, &manifest, key, &mut found).await?;
    if (events, seals) != (manifest.events, manifest.seals) {
        found.add(Finding::among(0, i64::MAX, "audit-export-count"));
    }
    let findings = found.count();
    Ok(Report {
        events,
        seals,
        first_broken: found.first(),
        findings,
        macs_checked: key.is_some(),
    })
}

/// Walks as far as the files can be read; answers how many events and seals there were.
async fn walked(
    folder: &Path,
    manifest: &Manifest,
    key: Option<&SealKey>,
    found: &mut Findings,
) -> Outcome<(i64, i64)> {
    let unreadable = |seq, cause| Finding::at(seq, "audit-export-unreadable").with("cause", cause);
    let mut walk = match Walk::open(folder, manifest).await {
        Ok(walk) => walk,
        Err(Error::Failed(cause)) => {
            found.add(unreadable(0, cause));
            return Ok((0, 0));
        }
        Err(why) => return Err(why),
    };
    let seals = match walk.run(key, found).await {
        Ok(seals) => seals,
        Err(Error::Failed(cause)) => {
            found.add(unreadable(walk.last_seq.max(0), cause));
            0
        }
        Err(why) => return Err(why),
    };
    Ok((walk.events, seals))
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
    name: &'static str,
    number: u64,
    lines: Lines<BufReader<File>>,
    waiting: Option<T>,
}

impl<T: DeserializeOwned> Reading<T> {
    async fn open(folder: &Path, name: &'static str) -> Outcome<Self> {
        let file = File::open(folder.join(name)).await;
        let file = file.map_err(|cause| anyhow::anyhow!("{name}: {cause}"))?;
        Ok(Self {
            name,
            number: 0,
            lines: BufReader::new(file).lines(),
            waiting: None,
        })
    }

    /// The next line, where there is one.
    async fn next(&mut self) -> Outcome<Option<T>> {
        self.number += 1;
        let (name, number) = (self.name, self.number);
        let at = |cause: &dyn std::fmt::Display| anyhow::anyhow!("{name}:{number}: {cause}");
        let line = self.lines.next_line().await.map_err(|cause| at(&cause))?;
        let line = line.map(|line| serde_json::from_str(&line).map_err(|cause| at(&cause)));
        Ok(line.transpose()?)
    }

    /// The next one, if it satisfies the condition.
    async fn next_if(&mut self, wanted: impl Fn(&T) -> bool) -> Outcome<Option<T>> {
        if self.waiting.is_none() {
            self.waiting = self.next().await?;
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
            lines: Reading::open(folder, "events.jsonl").await?,
            texts: Reading::open(folder, "contents.jsonl").await?,
            seals: Reading::open(folder, "seals.jsonl").await?,
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
