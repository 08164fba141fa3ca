//! Seals: within two seconds, everything new in the journal is covered by a keyed digest whose key is not in the database.
//!
//! A chain shows that a record was not changed in the middle; a seal shows that the journal as a whole was not: nothing
//! altered, removed, inserted or moved, unless the key was had too. The last seal is also written to a file in the data
//! folder and to the log, so that cutting off the end is seen. The stated limit is a whole record that disappears before
//! its first seal.

use crate::span::readable;
use crate::writer::Lane;
use crate::{Reader, Row, Sql, Store, Tx};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Instant, Outcome};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The key of the seals, kept in the data folder or given by the environment.
#[derive(Clone)]
pub struct SealKey(Vec<u8>);

/// A seal over all events with `first_seq <= seq <= last_seq`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// From one, without gaps.
    pub number: i64,
    /// First sequence covered.
    pub first_seq: i64,
    /// Last sequence covered.
    pub last_seq: i64,
    /// How many events.
    pub events: i64,
    /// SHA-256 over sequence and hash of each event.
    #[serde(with = "hexadecimal")]
    pub digest: Vec<u8>,
    /// HMAC over the previous seal and this one.
    #[serde(with = "hexadecimal")]
    pub mac: Vec<u8>,
    /// When it was made.
    pub sealed_at: Instant,
}

mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(bytes))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        hex::decode(String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

impl SealKey {
    /// A key from secret bytes of any length.
    pub fn from_secret(secret: &[u8]) -> Self {
        Self(Sha256::digest(secret).to_vec())
    }

    /// The key in the data folder, if there is one: nothing is made.
    pub async fn existing(data: &Path) -> Option<Self> {
        let text = tokio::fs::read_to_string(data.join("seal.key")).await.ok()?;
        Some(Self::from_secret(text.trim().as_bytes()))
    }

    /// What tells one key from another without giving it away.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"sportello seal key");
        hash.update(&self.0);
        hex::encode(&hash.finalize()[..8])
    }

    /// A keyed digest of anything else that is to be kept from forgery.
    pub fn keyed(&self, parts: &[&[u8]]) -> Vec<u8> {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return Vec::new();
        };
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().to_vec()
    }

    /// The key in the data folder; it is made on first use, readable by its owner only.
    pub async fn in_folder(data: &Path) -> Outcome<Self> {
        let file = data.join("seal.key");
        if let Ok(text) = tokio::fs::read_to_string(&file).await {
            return Ok(Self::from_secret(text.trim().as_bytes()));
        }
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).map_err(|cause| anyhow::anyhow!("no randomness: {cause}"))?;
        make_once(&file, &hex::encode(secret)).await?;
        let secret = tokio::fs::read_to_string(&file).await?;
        Ok(Self::from_secret(secret.trim().as_bytes()))
    }
}

/// Makes a file whole or not at all. Of two nodes that make it at the same moment one does, and the other finds it.
async fn make_once(file: &Path, text: &str) -> Outcome<()> {
    let draft = file.with_extension(uuid::Uuid::now_v7().simple().to_string());
    let made = match write_private(&draft, text).await {
        Ok(()) => tokio::fs::hard_link(&draft, file).await.map_err(Into::into),
        Err(why) => Err(why),
    };
    let _ = tokio::fs::remove_file(&draft).await;
    match made {
        Err(_) if tokio::fs::try_exists(file).await? => Ok(()),
        made => made,
    }
}

async fn write_private(file: &Path, text: &str) -> Outcome<()> {
    use tokio::io::AsyncWriteExt;
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(file).await?;
    file.write_all(text.as_bytes()).await?;
    file.sync_all().await?;
    Ok(())
}

/// The digest of a batch: each event's sequence and hash, in order.
pub fn seal_digest<'e>(events: impl Iterator<Item = (i64, &'e [u8])>) -> Vec<u8> {
    let mut digest = Sha256::new();
    for (seq, hash) in events {
        digest.update(seq.to_be_bytes());
        digest.update(hash);
    }
    digest.finalize().to_vec()
}

/// The keyed digest that makes a seal, over the one before it.
///
/// # Panics
/// Never: HMAC takes a key of any length.
pub fn seal_mac(key: &SealKey, previous: &[u8], seal: &Seal) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key.0) else {
        return Vec::new();
    };
    mac.update(previous);
    for number in [
        seal.number,
        seal.first_seq,
        seal.last_seq,
        seal.events,
        seal.sealed_at.as_millis(),
    ] {
        mac.update(&number.to_be_bytes());
    }
    mac.update(&seal.digest);
    mac.finalize().into_bytes().to_vec()
}

/// Seals what is new.
#[derive(Clone)]
pub struct Sealer {
    store: Store,
    key: SealKey,
    file: PathBuf,
}

/// Events that one seal covers, at most.
const BATCH: i64 = 10_000;

impl Sealer {
    /// A sealer with its key; the last seal is also written to `last-seal.json` in the data folder.
    pub fn new(store: Store, key: SealKey) -> Self {
        let file = store.settings().data.join("last-seal.json");
        Self { store, key, file }
    }

    /// Seals everything that is visible to all; answers how many events it covered.
    pub async fn seal(&self) -> Outcome<i64> {
        let mut covered = 0;
        loop {
            let horizon = self.store.horizon().await?;
            if !self.anything_new(horizon).await? {
                return Ok(covered);
            }
            let key = self.key.clone();
            let seal = self
                .store
                .write(Lane::Background, move |tx| {
                    Box::pin(async move { seal_batch(tx, &key, horizon).await })
                })
                .await?;
            let Some(seal) = seal else { return Ok(covered) };
            self.write_outside(&seal).await?;
            covered += seal.events;
        }
    }

    async fn anything_new(&self, horizon: i64) -> Outcome<bool> {
        let sql = "SELECT 1 FROM event WHERE seq > COALESCE((SELECT MAX(last_seq) FROM seal), 0) AND seq < $1 LIMIT 1";
        Ok(self.store.read().row(sql, vec![horizon.into()]).await?.is_some())
    }

    /// The last seal leaves the database, so that cutting off its end is seen.
    async fn write_outside(&self, seal: &Seal) -> Outcome<()> {
        let text = serde_json::to_string(seal)?;
        let waiting = self.file.with_extension("json.new");
        tokio::fs::write(&waiting, text).await?;
        tokio::fs::rename(&waiting, &self.file).await?;
        tracing::debug!(
            seal = seal.number,
            last_seq = seal.last_seq,
            mac = hex::encode(&seal.mac),
            "journal sealed"
        );
        Ok(())
    }
}

/// One batch. Of two nodes that seal at once, the second meets the first's number and leaves it at that.
async fn seal_batch(tx: &Tx, key: &SealKey, horizon: i64) -> Outcome<Option<Seal>> {
    let previous = tx.row(&format!("{SEALS} ORDER BY number DESC LIMIT 1"), vec![]).await?;
    let previous = previous.as_ref().map(seal_from).transpose()?;
    let after = previous.as_ref().map_or(0, |seal| seal.last_seq);
    let sql = "SELECT seq, hash FROM event WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT $3";
    let rows = tx.rows(sql, vec![after.into(), horizon.into(), BATCH.into()]).await?;
    let events: Vec<(i64, Vec<u8>)> = rows
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect::<Outcome<_>>()?;
    let (Some((first_seq, _)), Some((last_seq, _))) = (events.first(), events.last()) else {
        return Ok(None);
    };
    let mut seal = Seal {
        number: previous.as_ref().map_or(1, |seal| seal.number + 1),
        first_seq: *first_seq,
        last_seq: *last_seq,
        events: events.len() as i64,
        digest: seal_digest(events.iter().map(|(seq, hash)| (*seq, hash.as_slice()))),
        mac: Vec::new(),
        sealed_at: tx.now(),
    };
    seal.mac = seal_mac(key, previous.as_ref().map_or(&[][..], |seal| &seal.mac), &seal);
    let sql = "INSERT INTO seal (number, first_seq, last_seq, events, digest, mac, sealed_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let values = vec![
        seal.number.into(),
        seal.first_seq.into(),
        seal.last_seq.into(),
        seal.events.into(),
        seal.digest.clone().into(),
        seal.mac.clone().into(),
        seal.sealed_at.as_millis().into(),
    ];
    Ok((tx.run(sql, values).await? == 1).then_some(seal))
}

const SEALS: &str = "SELECT number, first_seq, last_seq, events, digest, mac, sealed_at FROM seal";

fn seal_from(row: &Row) -> Outcome<Seal> {
    Ok(Seal {
        number: row.get(0)?,
        first_seq: row.get(1)?,
        last_seq: row.get(2)?,
        events: row.get(3)?,
        digest: row.get(4)?,
        mac: row.get(5)?,
        sealed_at: row.instant(6)?,
    })
}

impl Reader {
    /// Seals after a number, in order, at most `limit`.
    pub async fn seals_after(&self, number: i64, limit: i64) -> Outcome<Vec<Seal>> {
        seals_after(self, number, limit).await
    }
}

/// Seals after a number, in order, at most `limit`.
pub async fn seals_after(sql: &impl Sql, number: i64, limit: i64) -> Outcome<Vec<Seal>> {
    let text = format!("{SEALS} WHERE number > $1 ORDER BY number LIMIT $2");
    sql.rows(&text, vec![number.into(), limit.into()])
        .await?
        .iter()
        .map(seal_from)
        .collect()
}

/// The same one at a time, with the number of each and nothing for one that cannot be read.
pub async fn seals_apart(sql: &impl Sql, number: i64, limit: i64) -> Outcome<Vec<(i64, Option<Seal>)>> {
    let text = "SELECT number FROM seal WHERE number > $1 ORDER BY number LIMIT $2";
    let mut seals = Vec::new();
    for row in sql.rows(text, vec![number.into(), limit.into()]).await? {
        let number: i64 = row.get(0)?;
        let whole = sql
            .row(&format!("{SEALS} WHERE number = $1"), vec![number.into()])
            .await;
        let seal = readable(whole.and_then(|row| row.as_ref().map(seal_from).transpose()))?.flatten();
        seals.push((number, seal));
    }
    Ok(seals)
}
