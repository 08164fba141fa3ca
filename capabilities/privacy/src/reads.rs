//! Who read what: notes of reads, written in batches each second in a chain of their own.
//!
//! Each row carries the hash of the one before; the last row of a batch also a keyed digest, and its place is written
//! outside the database, so that neither a change nor a cut end goes unseen. At a kill up to one second may be lost.

use kernel::{Instant, Outcome, Uuid};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::{Lane, Row, SealKey, Sql, Store, Tx, Value};
use tokio::sync::{mpsc, oneshot};
use web::{ReadLog, ReadNote};

/// Notes that may wait.
const QUEUE: usize = 10_000;
/// Rows written at once.
const BATCH: usize = 1000;
/// The lock under which one node writes.
const LOCK: i64 = 7_202_612;
const FILE: &str = "last-read.json";

/// A row of the log.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its place.
    pub seq: i64,
    /// Who.
    pub person: Uuid,
    /// What.
    pub what: String,
    /// Which record, where it was one.
    pub record: Option<Uuid>,
    /// When.
    pub at: Instant,
    /// From where.
    pub address: String,
    hash: Vec<u8>,
    mac: Option<Vec<u8>>,
}

/// The last row as written outside the database.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LastRead {
    seq: i64,
    hash: String,
}

/// Where the log of reads does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenRead {
    /// The row.
    pub seq: i64,
}

/// Asks the writer to write what waits.
#[derive(Clone, Debug)]
pub struct ReadLogWriter(mpsc::Sender<oneshot::Sender<()>>);

impl ReadLogWriter {
    /// Waits until everything noted so far is written.
    pub async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.0.send(done).await.is_ok() {
            let _ = written.await;
        }
    }
}

/// Starts the writer; answers what handlers note their reads with.
pub fn start_read_log(store: Store, key: SealKey) -> (ReadLog, ReadLogWriter) {
    let (notes, waiting) = mpsc::channel(QUEUE);
    let (asks, asked) = mpsc::channel(4);
    tokio::spawn(write_all(store, key, waiting, asked));
    (ReadLog::to(notes), ReadLogWriter(asks))
}

async fn write_all(
    store: Store,
    key: SealKey,
    mut waiting: mpsc::Receiver<ReadNote>,
    mut asked: mpsc::Receiver<oneshot::Sender<()>>,
) {
    let mut kept: Vec<ReadNote> = Vec::new();
    loop {
        let asker = tokio::select! {
            asker = asked.recv() => asker,
            () = tokio::time::sleep(Duration::from_secs(1)) => None,
        };
        while kept.len() < QUEUE
            && let Ok(note) = waiting.try_recv()
        {
            kept.push(note);
        }
        while !kept.is_empty() {
            let batch: Vec<ReadNote> = kept.iter().take(BATCH).cloned().collect();
            let count = batch.len();
            if let Err(cause) = write(&store, &key, batch).await {
                tracing::warn!(%cause, waiting = kept.len(), "notes of reads were not written this time");
                break;
            }
            kept.drain(..count);
        }
        if let Some(asker) = asker {
            let _ = asker.send(());
        }
        if waiting.is_closed() && waiting.is_empty() && kept.is_empty() {
            return;
        }
    }
}

async fn write(store: &Store, key: &SealKey, notes: Vec<ReadNote>) -> Outcome<()> {
    let key = key.clone();
    let last = store
        .write(Lane::Background, move |tx| {
            Box::pin(async move { write_in(tx, &key, notes).await })
        })
        .await?;
    let folder: PathBuf = store.settings().data.clone();
    let waiting = folder.join(format!("{FILE}.new"));
    tokio::fs::write(&waiting, serde_json::to_string(&last)?).await?;
    Ok(tokio::fs::rename(&waiting, folder.join(FILE)).await?)
}

async fn write_in(tx: &Tx, key: &SealKey, notes: Vec<ReadNote>) -> Outcome<LastRead> {
    tx.alone(LOCK).await?;
    let last = tx
        .row("SELECT seq, hash FROM read_log ORDER BY seq DESC LIMIT 1", vec![])
        .await?;
    let (mut seq, mut head) = match last {
        Some(row) => (row.get(0)?, row.get(1)?),
        None => (0, vec![0; 32]),
    };
    let (mut rows, count) = (Vec::with_capacity(notes.len()), notes.len());
    for (place, note) in notes.into_iter().enumerate() {
        seq += 1;
        let (person, what) = (note.person, note.what.to_owned());
        let mut read = Read {
            seq,
            person,
            what,
            record: note.record,
            at: note.at,
            address: note.address,
            hash: Vec::new(),
            mac: None,
        };
        read.hash = hash_of(&head, &read);
        read.mac = (place + 1 == count).then(|| mac_of(key, &read));
        head.clone_from(&read.hash);
        rows.push(values(read));
    }
    tx.insert_rows(
        "INSERT INTO read_log (seq, person_id, what, record_id, at, address, hash, mac) VALUES ",
        rows,
    )
    .await?;
    Ok(LastRead {
        seq,
        hash: hex::encode(head),
    })
}

fn values(read: Read) -> Vec<Value> {
    vec![
        read.seq.into(),
        read.person.into(),
        read.what.into(),
        read.record.into(),
        read.at.as_millis().into(),
        read.address.into(),
        read.hash.into(),
        read.mac.into(),
    ]
}

fn hash_of(previous: &[u8], read: &Read) -> Vec<u8> {
    let mut hash = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    part(previous);
    part(&read.seq.to_be_bytes());
    part(read.person.as_bytes());
    part(read.what.as_bytes());
    part(read.record.unwrap_or(kernel::NIL).as_bytes());
    part(&read.at.as_millis().to_be_bytes());
    part(read.address.as_bytes());
    hash.finalize().to_vec()
}

fn mac_of(key: &SealKey, read: &Read) -> Vec<u8> {
    key.keyed(&[b"read_log", &read.seq.to_be_bytes(), &read.hash])
}

const READS: &str = "SELECT seq, person_id, what, record_id, at, address, hash, mac FROM read_log";

fn from_row(row: &Row) -> Outcome<Read> {
    Ok(Read {
        seq: row.get(0)?,
        person: row.get(1)?,
        what: row.get(2)?,
        record: row.get(3)?,
        at: row.instant(4)?,
        address: row.get(5)?,
        hash: row.get(6)?,
        mac: row.get(7)?,
    })
}

/// The log after a place, in order, at most `limit` rows.
pub async fn reads_after(sql: &impl Sql, after: i64, limit: i64) -> Outcome<Vec<Read>> {
    let text = format!("{READS} WHERE seq > $1 ORDER BY seq LIMIT $2");
    sql.rows(&text, vec![after.into(), limit.into()])
        .await?
        .iter()
        .map(from_row)
        .collect()
}

/// The last row as written in the data folder.
pub async fn last_read_outside(data: &Path) -> Option<LastRead> {
    let text = tokio::fs::read_to_string(data.join(FILE)).await.ok()?;
    serde_json::from_str(&text).ok()
}

/// Verifies the log: each row follows from the one before, and the end is where it was.
pub async fn verify_reads(
    sql: &impl Sql,
    key: Option<&SealKey>,
    outside: Option<LastRead>,
) -> Outcome<Option<BrokenRead>> {
    let (mut last, mut head) = (0, vec![0_u8; 32]);
    loop {
        let reads = reads_after(sql, last, BATCH as i64).await?;
        if reads.is_empty() {
            break;
        }
        for read in reads {
            let forged = key
                .zip(read.mac.as_ref())
                .is_some_and(|(key, mac)| mac_of(key, &read) != *mac);
            let moved = outside
                .as_ref()
                .is_some_and(|outside| outside.seq == read.seq && outside.hash != hex::encode(&read.hash));
            if read.seq != last + 1 || hash_of(&head, &read) != read.hash || forged || moved {
                return Ok(Some(BrokenRead { seq: read.seq }));
            }
            last = read.seq;
            head = read.hash;
        }
    }
    Ok(outside
        .filter(|outside| outside.seq > last)
        .map(|_| BrokenRead { seq: last + 1 }))
}

/// True when the log reaches as far as it did when it was last written.
pub async fn reads_end(sql: &impl Sql, outside: Option<LastRead>) -> Outcome<bool> {
    let row = sql.row("SELECT COALESCE(MAX(seq), 0) FROM read_log", vec![]).await?;
    let last: i64 = row.map_or(Ok(0), |row| row.get(0))?;
    Ok(outside.is_none_or(|outside| outside.seq <= last))
}
