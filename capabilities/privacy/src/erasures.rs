//! The list of erasures outside the database: after a restore they are done again.

use kernel::{Instant, Outcome, Uuid};
use serde::{Deserialize, Serialize};
use std::path::Path;
use tokio::io::AsyncWriteExt;

/// Name of the list in the data folder.
pub const FILE: &str = "erasures.jsonl";

/// One erasure: whom and when, and nothing by which they could be known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The person.
    pub person: Uuid,
    /// When.
    pub at: Instant,
    /// Why, as the events say.
    pub reason: String,
}

/// The erasures of a data folder, oldest first.
pub async fn erasures(data: &Path) -> Outcome<Vec<Erasure>> {
    let text = match tokio::fs::read_to_string(data.join(FILE)).await {
        Ok(text) => text,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(cause.into()),
    };
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

/// Adds to the list, durably, before anything is erased: whatever breaks then, a restore will do it.
pub(crate) async fn note(data: &Path, erasure: &Erasure) -> Outcome<()> {
    if erasures(data).await?.iter().any(|known| known.person == erasure.person) {
        return Ok(());
    }
    let mut line = serde_json::to_vec(erasure)?;
    line.push(b'\n');
    let mut file = tokio::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(data.join(FILE))
        .await?;
    file.write_all(&line).await?;
    Ok(file.sync_all().await?)
}
