//! Files that people attach: kept once, under the hash of what they hold.
//!
//! A file is streamed to a waiting place while it is hashed and measured, and only then put where its hash says. The
//! store knows bytes and hashes; which file belongs to which record is the record's business.

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use kernel::{Error, Outcome, Refusal, RefusalKind, Uuid};
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, local::LocalFileSystem};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The object store behind the attachments.
#[derive(Clone)]
pub struct BlobStore {
    objects: Arc<dyn ObjectStore>,
}

/// A file that is kept.
#[derive(Clone, Debug)]
pub struct StoredBlob {
    /// SHA-256 of what it holds, in hexadecimal: its name in the store.
    pub hash: String,
    /// Bytes.
    pub size: u64,
    /// Its first bytes, enough to tell the type.
    pub start: Vec<u8>,
}

/// Bytes kept for telling the type.
const START: usize = 8192;
/// Bytes collected before a part is written.
const PART: usize = 1024 * 1024;

impl BlobStore {
    /// Files in a folder of this machine, or of one that all nodes share.
    pub async fn directory(folder: &std::path::Path) -> Outcome<Self> {
        tokio::fs::create_dir_all(folder).await?;
        let objects = LocalFileSystem::new_with_prefix(folder)
            .map_err(failed)?
            .with_fsync(true);
        Ok(Self {
            objects: Arc::new(objects),
        })
    }

    /// Receives a file, at most `most` bytes of it, without holding it in memory.
    ///
    /// # Errors
    /// A refusal 413 when it is larger; nothing is kept then.
    pub async fn receive<S, E>(&self, mut stream: S, most: u64) -> Outcome<StoredBlob>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
        E: std::error::Error + Send + Sync + 'static,
    {
        let received = self.keep(&mut stream, most).await;
        if received.is_err() {
            hear_out(&mut stream, most).await;
        }
        received
    }

    async fn keep<S, E>(&self, stream: &mut S, most: u64) -> Outcome<StoredBlob>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
        E: std::error::Error + Send + Sync + 'static,
    {
        let waiting = Path::from(format!("incoming/{}", Uuid::now_v7().simple()));
        let mut upload = self.objects.put_multipart(&waiting).await.map_err(failed)?;
        match take_in(stream, upload.as_mut(), most).await {
            Ok(stored) => {
                upload.complete().await.map_err(failed)?;
                if let Err(cause) = self.objects.rename(&waiting, &place(&stored.hash)).await {
                    let _ = self.objects.delete(&waiting).await;
                    return Err(failed(cause));
                }
                Ok(stored)
            }
            Err(why) => {
                let _ = upload.abort().await;
                Err(why)
            }
        }
    }

    /// A kept file as a stream.
    ///
    /// # Errors
    /// A refusal 404 when it is not there.
    pub async fn open(
        &self,
        hash: &str,
    ) -> Outcome<impl Stream<Item = Result<Bytes, object_store::Error>> + Send + 'static> {
        match self.objects.get(&place(hash)).await {
            Ok(found) => Ok(found.into_stream()),
            Err(object_store::Error::NotFound { .. }) => Err(Refusal::not_found().into()),
            Err(cause) => Err(failed(cause)),
        }
    }

    /// Every file that is kept: its hash and size.
    pub fn all(&self) -> impl Stream<Item = Outcome<(String, u64)>> + Send + Unpin + 'static {
        self.objects.list(Some(&Path::from("sha256"))).map(|found| {
            let found = found.map_err(failed)?;
            Ok((found.location.filename().unwrap_or_default().to_owned(), found.size))
        })
    }

    /// Removes a file; one that is not there is no error.
    pub async fn remove(&self, hash: &str) -> Outcome<()> {
        match self.objects.delete(&place(hash)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(failed(cause)),
        }
    }
}

/// Whoever sends a file listens only when all is sent: answered in the middle, they would see a broken connection instead of
/// what is wrong. So the rest is taken too and thrown away, at most as much again as a file may hold.
async fn hear_out<S, E>(stream: &mut S, most: u64)
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
{
    let mut left = most;
    while let Some(Ok(bytes)) = stream.next().await {
        match left.checked_sub(bytes.len() as u64) {
            Some(less) => left = less,
            None => return,
        }
    }
}

async fn take_in<S, E>(stream: &mut S, upload: &mut dyn MultipartUpload, most: u64) -> Outcome<StoredBlob>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send,
    E: std::error::Error + Send + Sync + 'static,
{
    let (mut hash, mut size, mut start, mut part) = (Sha256::new(), 0_u64, Vec::new(), Vec::with_capacity(PART));
    while let Some(bytes) = stream.next().await {
        let bytes = bytes.map_err(|cause| {
            tracing::debug!(%cause, "an upload broke off");
            Refusal::new(RefusalKind::Invalid, "body_unreadable", "refusal-body-unreadable")
        })?;
        size += bytes.len() as u64;
        if size > most {
            let code = "attachment_too_large";
            return Err(
                Refusal::new(RefusalKind::TooLarge, code, "refusal-attachment-too-large")
                    .with("most_bytes", most)
                    .into(),
            );
        }
        hash.update(&bytes);
        if start.len() < START {
            start.extend_from_slice(&bytes[..bytes.len().min(START - start.len())]);
        }
        part.extend_from_slice(&bytes);
        if part.len() >= PART {
            let full = std::mem::replace(&mut part, Vec::with_capacity(PART));
            upload.put_part(PutPayload::from(full)).await.map_err(failed)?;
        }
    }
    upload.put_part(PutPayload::from(part)).await.map_err(failed)?;
    Ok(StoredBlob {
        hash: hex::encode(hash.finalize()),
        size,
        start,
    })
}

fn place(hash: &str) -> Path {
    let folder = hash.get(..2).unwrap_or("00");
    Path::from(format!("sha256/{folder}/{hash}"))
}

fn failed(cause: object_store::Error) -> Error {
    Error::Unavailable(anyhow::Error::new(cause).context("the attachment store does not answer"))
}
