//! Files between their arrival and their record: what is refused leaves no bytes, what is accepted keeps them.
//!
//! A file is streamed into the store before anybody knows whether the act it belongs to is allowed. The same bytes may come
//! twice at once, one accepted and one refused, so bytes are removed only while no file is between arrival and record; what
//! cannot be removed now is removed with the next one. This holds within a process: nodes that share a folder take the
//! same bytes at the same moment too rarely to lock each other out.

use crate::{NewAttachment, kept_under};
use bytes::Bytes;
use futures_util::Stream;
use kernel::{Error, Outcome, Refusal};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};
use store::Store;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

/// While somebody has one, no bytes are removed.
pub type InHand = OwnedRwLockReadGuard<()>;

/// What a store's files pass: many may arrive at once, or one may clear away.
#[derive(Default)]
struct Gate {
    turn: Arc<RwLock<()>>,
    refused: Mutex<HashSet<String>>,
}

fn gate_of(store: &Store) -> Arc<Gate> {
    static GATES: OnceLock<Mutex<HashMap<PathBuf, Arc<Gate>>>> = OnceLock::new();
    let mut gates = GATES
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    gates.entry(store.settings().data.clone()).or_default().clone()
}

/// Receives a file, at most `most` bytes of it; the bytes of one that is refused are removed.
///
/// # Errors
/// A refusal when it is too large or empty, or its name is missing or too long.
pub async fn receive<S, E>(store: &Store, name: &str, stream: S, most: u64, internal: bool) -> Outcome<NewAttachment>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
    E: std::error::Error + Send + Sync + 'static,
{
    let in_hand = gate_of(store).turn.clone().read_owned().await;
    let blob = store.blobs().receive(stream, most).await?;
    let hash = blob.hash.clone();
    match NewAttachment::new(name, blob, internal) {
        Ok(file) => Ok(file.held(in_hand)),
        Err(error) => {
            drop(in_hand);
            put_back(store, [hash]).await;
            Err(error)
        }
    }
}

/// Holds the bytes of received files until they are on their record.
///
/// # Errors
/// A refusal when they were cleared away in the meantime: the file is to be sent again.
pub async fn hold(store: &Store, hashes: &[String]) -> Outcome<InHand> {
    let in_hand = gate_of(store).turn.clone().read_owned().await;
    for hash in hashes {
        match store.blobs().open(hash).await {
            Ok(_) => {}
            Err(Error::Refused(_)) => return Err(Refusal::field("file", "field-file-gone").into()),
            Err(other) => return Err(other),
        }
    }
    Ok(in_hand)
}

/// Removes the bytes of files that were not taken, unless they are kept elsewhere. Whoever calls has let go of the files.
pub async fn put_back(store: &Store, hashes: impl IntoIterator<Item = String>) {
    if let Ok(mut refused) = gate_of(store).refused.lock() {
        refused.extend(hashes);
    }
    clear_away(store).await;
}

/// Removes what was refused while other files were arriving.
///
/// What cannot be removed is told to the log and not to the caller, who has an answer of their own to give.
pub async fn clear_away(store: &Store) {
    let gate = gate_of(store);
    // Never waited for: whoever arrives last clears away.
    let Ok(_alone) = gate.turn.try_write() else { return };
    let refused = gate.refused.lock().map(|mut refused| std::mem::take(&mut *refused));
    for hash in refused.unwrap_or_default() {
        if let Err(cause) = remove_unused(store, &hash).await {
            tracing::warn!(%cause, hash, "the bytes of a refused file were not removed");
        }
    }
}

async fn remove_unused(store: &Store, hash: &str) -> Outcome<()> {
    match kept_under(store.read(), hash).await? {
        0 => store.blobs().remove(hash).await,
        _ => Ok(()),
    }
}
