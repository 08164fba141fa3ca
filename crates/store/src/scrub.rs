//! Leaving no trace in the files: what is erased must not be readable in the bytes of the database either.
//!
//! A deleted row usually stays in its page until something overwrites it. On SQLite erasing overwrites with zeros (rows
//! and search index), the write-ahead log is emptied afterwards, and the file itself is looked through for what must be
//! gone; only if something is found is it written anew. On PostgreSQL dead rows are vacuumed.

use crate::database::Writing;
use crate::words::tokens;
use crate::{Backend, Sql, Store};
use kernel::Outcome;
use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::AsyncReadExt;

/// Texts shorter than this stand in too many other places to tell anything.
const SHORTEST: usize = 8;
/// Bytes of a text that are looked for.
const LONGEST: usize = 48;
/// Tables from which a person is erased.
const TABLES: [&str; 11] = [
    "content",
    "card",
    "search",
    "word",
    "idempotency",
    "job",
    "record",
    "person",
    "attachment",
    "registry_row",
    "registry_found",
];

impl Store {
    /// From now on what this process deletes is overwritten.
    pub async fn begin_scrubbing(&self) -> Outcome<()> {
        if self.backend() == Backend::Sqlite {
            self.prepare("PRAGMA secure_delete = ON").await?;
            self.prepare("INSERT INTO search (search, rank) VALUES ('secure-delete', 1)")
                .await?;
        }
        Ok(())
    }

    /// After an erasure: empties the log and makes sure that none of these texts stands in a file any more.
    /// Answers whether that is so.
    pub async fn finish_scrubbing(&self, texts: &[String]) -> Outcome<bool> {
        self.forget_words(texts).await?;
        if self.backend() == Backend::Postgres {
            for table in TABLES {
                // A table of a capability that is not there is no fault.
                let _ = self.prepare(&format!("VACUUM {table}")).await;
            }
            return Ok(true);
        }
        let words = self.words_left_nowhere(texts).await?;
        let traces: Vec<Vec<u8>> = texts.iter().filter_map(|text| trace(text)).chain(words).collect();
        let mut clean = self.empty_log().await? && !self.holds_traces(&traces).await?;
        if !clean {
            tracing::info!("traces of erased texts stand in unused pages: the database is written anew");
            self.prepare("INSERT INTO search (search) VALUES ('rebuild')").await?;
            self.prepare("VACUUM").await?;
            clean = self.empty_log().await? && !self.holds_traces(&traces).await?;
        }
        self.prepare("PRAGMA secure_delete = FAST").await?;
        Ok(clean)
    }

    async fn prepare(&self, sql: &str) -> Outcome<()> {
        match &self.inner.writing {
            Writing::Sqlite(writer) => {
                let sql = sql.to_owned();
                writer
                    .alone(move |link| link.with(|connection| connection.execute_batch(&sql)))
                    .await
            }
            Writing::Postgres(pool) => crate::door::define(pool, sql).await,
        }
    }

    /// Brings the write-ahead log into the file and empties it; readers of other processes may hold it for a moment.
    async fn empty_log(&self) -> Outcome<bool> {
        for _ in 0..50 {
            let Writing::Sqlite(writer) = &self.inner.writing else {
                return Ok(true);
            };
            let told = writer.alone(|link| link.rows("PRAGMA wal_checkpoint(TRUNCATE)", &[], 1));
            if told.await?.pop().is_some_and(|row| matches!(row.get::<i64>(0), Ok(0))) {
                return Ok(true);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(false)
    }

    /// Tokens of the erased texts that no record is found by any more.
    async fn words_left_nowhere(&self, texts: &[String]) -> Outcome<Vec<Vec<u8>>> {
        let all: HashSet<String> = texts
            .iter()
            .flat_map(|text| tokens(text))
            .filter(|token| token.len() >= SHORTEST)
            .collect();
        let mut nowhere = Vec::new();
        for token in all.into_iter().take(5000) {
            let sql = "SELECT 1 FROM search WHERE search MATCH $1 LIMIT 1";
            if self
                .read()
                .row(sql, vec![format!("\"{token}\"").into()])
                .await?
                .is_none()
            {
                nowhere.push(token.into_bytes());
            }
        }
        Ok(nowhere)
    }

    /// True when a trace stands in a file although no text that is kept says the same.
    async fn holds_traces(&self, traces: &[Vec<u8>]) -> Outcome<bool> {
        let file = self.settings().file();
        let mut log = file.clone().into_os_string();
        log.push("-wal");
        let mut found = HashSet::new();
        found_in(file, traces, &mut found).await?;
        found_in(log.into(), traces, &mut found).await?;
        for place in found {
            let text = String::from_utf8_lossy(&traces[place]).to_lowercase();
            let sql = "SELECT 1 FROM content WHERE instr(lower(body), $1) > 0 LIMIT 1";
            if self.read().row(sql, vec![text.into()]).await?.is_none() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The beginning of a text, whole characters only.
fn trace(text: &str) -> Option<Vec<u8>> {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    (end >= SHORTEST).then(|| text.as_bytes()[..end].to_vec())
}

/// Looks through a file in pieces that overlap by the longest trace; notes which traces stand in it.
async fn found_in(file: PathBuf, traces: &[Vec<u8>], found: &mut HashSet<usize>) -> Outcome<()> {
    let Ok(mut file) = tokio::fs::File::open(&file).await else {
        return Ok(());
    };
    let (mut window, mut piece) = (Vec::new(), vec![0_u8; 1 << 20]);
    loop {
        let count = file.read(&mut piece).await?;
        if count == 0 {
            return Ok(());
        }
        window.extend_from_slice(&piece[..count]);
        for (place, trace) in traces.iter().enumerate() {
            if !found.contains(&place) && contains(&window, trace) {
                found.insert(place);
            }
        }
        let keep = window.len().saturating_sub(LONGEST);
        window.drain(..keep);
    }
}

fn contains(bytes: &[u8], trace: &[u8]) -> bool {
    let Some(first) = trace.first() else { return false };
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| byte == first) {
        if bytes[from + at..].starts_with(trace) {
            return true;
        }
        from += at + 1;
    }
    false
}
