//! Bringing SQLite's log into its file, beside the writer.
//!
//! Done by the writer's own connection it would hold every command for as long as the pages take to reach the disk, a
//! tenth of a second with a large database. Here another connection copies while the writer goes on. A log that has grown
//! long is begun anew: the writer is held only for what it wrote during the copying before, and not at all while somebody
//! reads a view of long ago.

use crate::door::{Link, on_thread};
use kernel::Outcome;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};

/// How often one looks whether there is enough to copy.
const LOOK: Duration = Duration::from_millis(200);
/// Commands after which it is.
const ENOUGH: u64 = 100;
/// After so long a few are enough too.
const LONGEST: Duration = Duration::from_secs(2);

/// Pages in the log from which it is begun anew: sixteen mebibytes, of the sixty-four at which the writer would have to.
const LONG: i64 = 4096;
/// How long beginning anew may wait for the writer and for readers, in milliseconds; the next look tries again.
const PATIENCE: &str = "PRAGMA busy_timeout = 50";

/// Copies now and then, until the connection is closed. `written` counts the commands since the last copy.
pub(crate) async fn keep_log_short(link: Arc<Link>, written: Arc<AtomicU64>) {
    if let Err(cause) = link.rows(PATIENCE, &[], 1) {
        tracing::warn!(%cause, "beginning the log anew may hold the writer for long");
    }
    let mut last = Stopwatch::now();
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        let count = written.load(Ordering::Relaxed);
        if link.is_closed() {
            return;
        }
        if count >= ENOUGH || count > 0 && last.elapsed() >= LONGEST {
            written.fetch_sub(count, Ordering::Relaxed);
            let link = link.clone();
            if let Err(cause) = on_thread(move || copy(&link)).await {
                tracing::warn!(%cause, "the log of the database was not brought into its file");
            }
            last = Stopwatch::now();
        }
    }
}

/// Copies beside the writer; a long log twice, so that little is left for beginning it anew.
fn copy(link: &Link) -> Outcome<()> {
    if checkpoint(link, "PASSIVE")? < LONG {
        return Ok(());
    }
    checkpoint(link, "PASSIVE")?;
    checkpoint(link, "RESTART").map(drop)
}

/// Copies the log in a mode, and tells how many pages stand in it.
fn checkpoint(link: &Link, mode: &'static str) -> Outcome<i64> {
    let rows = link.rows(&format!("PRAGMA wal_checkpoint({mode})"), &[], 1)?;
    rows.first().map_or(Ok(0), |row| row.get(1))
}
