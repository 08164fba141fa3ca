//! Backup and restore: everything in one file that either database takes.
//!
//! All tables are read in one instant while the service goes on, as lines that name their columns; then the attachments,
//! which are only ever added. The search index is not in it: it is made again from the journal.

use crate::archive::{ArchiveReader, ArchiveWriter};
use crate::portable::{self, Walk};
use crate::{Backend, Lane, Snapshot, Sql, Store, Tx, Value};
use futures_util::StreamExt;
use kernel::Outcome;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// Bytes of lines in one part.
const PART: usize = 4 << 20;
const FORMAT: &str = "sportello-backup-1";
const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Backup {
    format: String,
    /// The program's version.
    pub program: String,
    migrations: Vec<(String, i64)>,
    counters: Vec<(String, i64)>,
    /// Rows of all tables.
    pub rows: u64,
    /// Attachments.
    pub files: u64,
    /// Files of the data folder that go along: the key of the seals, the list of erasures.
    pub beside: Vec<String>,
    hashes: BTreeMap<String, String>,
}

impl Store {
    /// Writes everything into a new file. `beside` names files of the data folder that go along where they exist.
    ///
    /// # Errors
    /// When the file exists.
    pub async fn backup(&self, to: &Path, beside: &[&str]) -> Outcome<Backup> {
        if tokio::fs::try_exists(to).await? {
            return Err(anyhow::anyhow!("{} exists and is not overwritten", to.display()).into());
        }
        let mut waiting = to.as_os_str().to_owned();
        waiting.push(format!(".{}.part", std::process::id()));
        let waiting = Path::new(&waiting);
        let done = self.write_backup(waiting, beside).await;
        if done.is_err() {
            let _ = tokio::fs::remove_file(waiting).await;
            return done;
        }
        // A hard link refuses to take the place of a file that came in between, where a rename would not.
        tokio::fs::hard_link(waiting, to).await?;
        tokio::fs::remove_file(waiting).await?;
        done
    }

    async fn write_backup(&self, to: &Path, beside: &[&str]) -> Outcome<Backup> {
        let mut archive = ArchiveWriter::create(to).await?;
        let snapshot = self.snapshot().await?;
        let mut backup = Backup {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            migrations: migrations(&snapshot).await?,
            counters: counters(&snapshot).await?,
            ..Backup::default()
        };
        for table in portable::tables(&snapshot).await? {
            backup.rows += write_table(&mut archive, &snapshot, &table).await?;
        }
        drop(snapshot);
        let mut files = self.blobs().all();
        while let Some(file) = files.next().await {
            let (hash, size) = file?;
            // Erased while we were reading: then no row of a later instant names it.
            let Ok(bytes) = self.blobs().open(&hash).await else {
                continue;
            };
            archive
                .stream(&format!("attachments/{hash}"), size, Box::pin(bytes))
                .await?;
            backup.files += 1;
        }
        for name in beside {
            if let Ok(bytes) = tokio::fs::read(self.settings().data.join(name)).await {
                archive.part(&format!("data/{name}"), &bytes).await?;
                backup.beside.push((*name).to_owned());
            }
        }
        backup.hashes.clone_from(&archive.hashes);
        archive.part(MANIFEST, &serde_json::to_vec_pretty(&backup)?).await?;
        archive.finish().await?;
        Ok(backup)
    }

    /// Loads a checked backup into this store, which must hold nothing.
    ///
    /// # Errors
    /// When the store holds anything, or the backup is of a newer program.
    pub async fn load_backup(&self, from: &Path, backup: &Backup) -> Outcome<()> {
        if self
            .read()
            .row("SELECT 1 FROM record UNION ALL SELECT 1 FROM event LIMIT 1", vec![])
            .await?
            .is_some()
        {
            return Err(anyhow::anyhow!("the database is not empty: a restore overwrites nothing").into());
        }
        let known = migrations(self.read()).await?;
        if let Some((capability, number)) = backup.migrations.iter().find(|migration| !known.contains(migration)) {
            return Err(anyhow::anyhow!("the backup is of a newer program: it holds {capability} {number}").into());
        }
        let mut archive = ArchiveReader::open(from).await?;
        let mut emptied = Vec::new();
        while let Some(name) = archive.next().await? {
            match name.split_once('/') {
                Some(("tables", rest)) => {
                    let table = rest.split('/').next().unwrap_or_default().to_owned();
                    let fresh = !emptied.contains(&table);
                    self.load_part(&table, fresh, archive.whole().await?).await?;
                    emptied.push(table);
                }
                Some(("attachments", hash)) => self.load_file(hash, &mut archive).await?,
                Some(("data", name)) => {
                    let bytes = archive.whole().await?;
                    place_beside(&self.settings().data, name, &bytes).await?;
                }
                _ => {}
            }
        }
        let counters = backup.counters.clone();
        self.write(Lane::Background, move |tx| {
            Box::pin(async move { set_counters(tx, &counters).await })
        })
        .await
    }

    async fn load_part(&self, table: &str, fresh: bool, bytes: Vec<u8>) -> Outcome<()> {
        let columns = portable::columns(self.read(), table).await?;
        let mut lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let named: Vec<String> = serde_json::from_slice(lines.next().unwrap_or(b"[]"))?;
        let places: Vec<_> = named
            .iter()
            .map(|name| columns.iter().find(|column| column.name == *name))
            .collect();
        if columns.is_empty() || places.iter().any(Option::is_none) {
            return Err(anyhow::anyhow!("this program has no place for the table {table} of the backup").into());
        }
        let mut rows = Vec::new();
        for line in lines {
            let cells: Vec<serde_json::Value> = serde_json::from_slice(line)?;
            let row = cells
                .iter()
                .zip(places.iter().flatten())
                .map(|(cell, column)| column.value(cell));
            rows.push(row.collect::<Outcome<Vec<Value>>>()?);
        }
        let start = format!("INSERT INTO {table} ({}) VALUES ", named.join(", "));
        let table = table.to_owned();
        self.write(Lane::Background, move |tx| {
            Box::pin(async move {
                if fresh {
                    tx.run(&format!("DELETE FROM {table}"), vec![]).await?;
                }
                tx.insert_rows(&start, rows).await
            })
        })
        .await
    }

    async fn load_file(&self, hash: &str, archive: &mut ArchiveReader) -> Outcome<()> {
        let stream = futures_util::stream::unfold(archive, |archive| async move {
            let piece = archive
                .piece()
                .await
                .map_err(|cause| std::io::Error::other(cause.to_string()))
                .transpose()?;
            Some((piece, archive))
        });
        let stored = self.blobs().receive(Box::pin(stream), u64::MAX).await?;
        if stored.hash != hash {
            return Err(anyhow::anyhow!("the attachment {hash} of the backup holds something else").into());
        }
        Ok(())
    }
}

/// Files of the data folder; the list of erasures keeps what it has.
async fn place_beside(data: &Path, name: &str, bytes: &[u8]) -> Outcome<()> {
    let file = data.join(Path::new(name).file_name().unwrap_or_default());
    if tokio::fs::try_exists(&file).await? {
        return Ok(());
    }
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(file).await?;
    tokio::io::AsyncWriteExt::write_all(&mut file, bytes).await?;
    Ok(file.sync_all().await?)
}

/// Reads a backup through and compares every hash, before anything is written anywhere.
///
/// # Errors
/// When a part is missing, doubled, cut or altered.
pub async fn check_backup(from: &Path) -> Outcome<Backup> {
    use sha2::{Digest, Sha256};
    let mut archive = ArchiveReader::open(from).await?;
    let (mut hashes, mut manifest) = (BTreeMap::new(), None);
    while let Some(name) = archive.next().await? {
        if name == MANIFEST {
            manifest = Some(serde_json::from_slice::<Backup>(&archive.whole().await?)?);
            continue;
        }
        let mut hash = Sha256::new();
        while let Some(piece) = archive.piece().await? {
            hash.update(&piece);
        }
        hashes.insert(name, hex::encode(hash.finalize()));
    }
    let manifest = manifest.filter(|manifest| manifest.format == FORMAT);
    let manifest = manifest.ok_or_else(|| anyhow::anyhow!("{} is no backup of Sportello", from.display()))?;
    let differs = |name: &&String| manifest.hashes.get(*name) != hashes.get(*name);
    if let Some(name) = manifest.hashes.keys().chain(hashes.keys()).find(differs) {
        return Err(anyhow::anyhow!("the backup is damaged: {name} is not what its manifest says").into());
    }
    Ok(manifest)
}

async fn write_table(archive: &mut ArchiveWriter, snapshot: &Snapshot, table: &str) -> Outcome<u64> {
    let mut walk = Walk::over(snapshot, table).await?;
    let names: Vec<&String> = walk.columns.iter().map(|column| &column.name).collect();
    let mut start = serde_json::to_vec(&names)?;
    start.push(b'\n');
    let (mut part, mut number, mut count) = (start.clone(), 0, 0);
    loop {
        let rows = walk.next(snapshot).await?;
        for row in &rows {
            serde_json::to_writer(&mut part, row)?;
            part.push(b'\n');
        }
        count += rows.len() as u64;
        if rows.is_empty() || part.len() >= PART {
            number += 1;
            archive
                .part(&format!("tables/{table}/{number:06}.jsonl"), &part)
                .await?;
            part.clone_from(&start);
        }
        if rows.is_empty() {
            return Ok(count);
        }
    }
}

async fn migrations(sql: &impl Sql) -> Outcome<Vec<(String, i64)>> {
    let rows = sql
        .rows(
            "SELECT capability, number FROM schema_migration ORDER BY capability, number",
            vec![],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// The series of numbers and how far each has come.
async fn counters(sql: &impl Sql) -> Outcome<Vec<(String, i64)>> {
    let text = match sql.backend() {
        Backend::Sqlite => "SELECT name, value FROM counter ORDER BY name",
        Backend::Postgres => {
            "SELECT sequencename::text, last_value FROM pg_sequences \
             WHERE schemaname = current_schema() AND sequencename LIKE 'number%' AND last_value IS NOT NULL ORDER BY 1"
        }
    };
    sql.rows(text, vec![])
        .await?
        .iter()
        .map(|row| Ok((row.get(0)?, row.get(1)?)))
        .collect()
}

async fn set_counters(tx: &Tx, counters: &[(String, i64)]) -> Outcome<()> {
    for (name, value) in counters {
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        {
            return Err(anyhow::anyhow!("{name:?} is no series of numbers").into());
        }
        match tx.backend() {
            Backend::Sqlite => {
                let sql = "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
                tx.run(sql, vec![name.as_str().into(), (*value).into()]).await?;
            }
            Backend::Postgres => {
                tx.run(&format!("CREATE SEQUENCE IF NOT EXISTS {name}"), vec![]).await?;
                tx.row(&format!("SELECT setval('{name}', $1)"), vec![(*value).into()])
                    .await?;
            }
        }
    }
    Ok(())
}
