//! The bytes of attachments: there, and still what their hash says.

use crate::{Finding, Findings};
use futures_util::StreamExt;
use kernel::{Error, Outcome};
use sha2::{Digest, Sha256};
use store::{Snapshot, Store, span};

/// Hashes looked up at once.
const BATCH: i64 = 500;

/// Hashes every file that an attachment names, each once.
pub(crate) async fn check(store: &Store, snapshot: &Snapshot, found: &mut Findings) -> Outcome<()> {
    let mut after = String::new();
    loop {
        let hashes = record::hashes_after(snapshot, &after, BATCH).await?;
        let Some(last) = hashes.last() else { return Ok(()) };
        after.clone_from(last);
        for hash in &hashes {
            let key = match hash_of(store, hash).await? {
                Some(actual) if actual == *hash => continue,
                Some(_) => "audit-file-altered",
                // Erased in the meantime: then nothing names it any more.
                None if record::kept_under(store.read(), hash).await? == 0 => continue,
                None => "audit-file-missing",
            };
            found.add(Finding::at(seq_of(snapshot, hash).await?, key).with("sha256", hash));
        }
    }
}

async fn hash_of(store: &Store, hash: &str) -> Outcome<Option<String>> {
    let mut stream = match store.blobs().open(hash).await {
        Ok(stream) => Box::pin(stream),
        Err(Error::Refused(_)) => return Ok(None),
        Err(cause) => return Err(cause),
    };
    let mut actual = Sha256::new();
    while let Some(bytes) = stream.next().await {
        actual.update(bytes.map_err(|cause| Error::Failed(cause.into()))?);
    }
    Ok(Some(hex::encode(actual.finalize())))
}

/// The event that attached the file first.
async fn seq_of(snapshot: &Snapshot, hash: &str) -> Outcome<i64> {
    let mut first = i64::MAX;
    for record in record::records_holding(snapshot, hash).await? {
        for event in span::events_of(snapshot, record).await? {
            if event.payload.contains(hash) {
                first = first.min(event.seq);
            }
        }
    }
    Ok(first)
}
