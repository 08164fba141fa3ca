//! One file that holds others: the tar format, streamed, with the hash of every part in a manifest at its end.

use futures_util::{Stream, StreamExt};
use kernel::Outcome;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader, BufWriter};

const BLOCK: usize = 512;
const PIECE: usize = 1 << 16;

/// Writes an archive.
pub(crate) struct ArchiveWriter {
    file: BufWriter<File>,
    /// SHA-256 of each part so far.
    pub(crate) hashes: BTreeMap<String, String>,
}

impl ArchiveWriter {
    pub(crate) async fn create(file: &Path) -> Outcome<Self> {
        let mut options = tokio::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        Ok(Self {
            file: BufWriter::with_capacity(1 << 18, options.open(file).await?),
            hashes: BTreeMap::new(),
        })
    }

    pub(crate) async fn part(&mut self, name: &str, bytes: &[u8]) -> Outcome<()> {
        self.header(name, bytes.len() as u64).await?;
        self.file.write_all(bytes).await?;
        self.pad(bytes.len() as u64).await?;
        self.hashes.insert(name.to_owned(), hex::encode(Sha256::digest(bytes)));
        Ok(())
    }

    /// A part of known size from a stream.
    pub(crate) async fn stream<S, E>(&mut self, name: &str, size: u64, mut bytes: S) -> Outcome<()>
    where
        S: Stream<Item = Result<bytes::Bytes, E>> + Unpin,
        E: std::error::Error + Send + Sync + 'static,
    {
        self.header(name, size).await?;
        let (mut hash, mut written) = (Sha256::new(), 0_u64);
        while let Some(piece) = bytes.next().await {
            let piece = piece.map_err(anyhow::Error::from)?;
            written += piece.len() as u64;
            hash.update(&piece);
            self.file.write_all(&piece).await?;
        }
        if written != size {
            return Err(anyhow::anyhow!("{name} changed while it was read: {size} bytes became {written}").into());
        }
        self.pad(size).await?;
        self.hashes.insert(name.to_owned(), hex::encode(hash.finalize()));
        Ok(())
    }

    pub(crate) async fn finish(mut self) -> Outcome<()> {
        self.file.write_all(&[0; BLOCK * 2]).await?;
        self.file.flush().await?;
        Ok(self.file.get_ref().sync_all().await?)
    }

    async fn header(&mut self, name: &str, size: u64) -> Outcome<()> {
        let mut header = tar::Header::new_ustar();
        header.set_path(name)?;
        header.set_size(size);
        header.set_mode(0o600);
        header.set_cksum();
        Ok(self.file.write_all(header.as_bytes()).await?)
    }

    async fn pad(&mut self, size: u64) -> Outcome<()> {
        let rest = size as usize % BLOCK;
        if rest > 0 {
            self.file.write_all(&[0; BLOCK][rest..]).await?;
        }
        Ok(())
    }
}

/// Reads an archive, part by part.
pub(crate) struct ArchiveReader {
    file: BufReader<File>,
    left: u64,
    padding: u64,
}

impl ArchiveReader {
    pub(crate) async fn open(file: &Path) -> Outcome<Self> {
        Ok(Self {
            file: BufReader::with_capacity(1 << 18, File::open(file).await?),
            left: 0,
            padding: 0,
        })
    }

    /// The next part's name; what was left of the one before is skipped.
    pub(crate) async fn next(&mut self) -> Outcome<Option<String>> {
        while self.piece().await?.is_some() {}
        let mut skipped = vec![0; usize::try_from(self.padding).unwrap_or(0)];
        self.file.read_exact(&mut skipped).await?;
        let mut header = tar::Header::new_ustar();
        self.file.read_exact(header.as_mut_bytes()).await?;
        if header.as_bytes().iter().all(|byte| *byte == 0) {
            return Ok(None);
        }
        self.left = header.entry_size()?;
        self.padding = (BLOCK as u64 - self.left % BLOCK as u64) % BLOCK as u64;
        Ok(Some(header.path()?.to_string_lossy().into_owned()))
    }

    /// The next bytes of the part.
    pub(crate) async fn piece(&mut self) -> Outcome<Option<bytes::Bytes>> {
        if self.left == 0 {
            return Ok(None);
        }
        let mut piece = vec![0; usize::try_from(self.left).unwrap_or(PIECE).min(PIECE)];
        self.file.read_exact(&mut piece).await?;
        self.left -= piece.len() as u64;
        Ok(Some(piece.into()))
    }

    /// The whole part; for parts that are known to be small.
    pub(crate) async fn whole(&mut self) -> Outcome<Vec<u8>> {
        let mut whole = Vec::new();
        while let Some(piece) = self.piece().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole)
    }
}
