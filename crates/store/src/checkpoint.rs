//! Bringing SQLite's log into its file, beside the writer.
//!
//! Done by the writer's own connection it would hold every command for as long as the pages take to reach the disk, a
//! tenth of a second with a large database. Here another connection copies while the writer goes on; the writer itself
//! only finishes the rest when the log has grown long all the same.

use crate::door::{Link, on_thread};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};

/// How often one looks whether there is enough to copy.
const LOOK: Duration = Duration::from_millis(200);
/// Commands after which it is.
const ENOUGH: u64 = 100;
/// After so long a few are enough too.
const LONGEST: Duration = Duration::from_secs(2);

/// Copies now and then, until the connection is closed. `written` counts the commands since the last copy.
pub(crate) async fn keep_log_short(link: Arc<Link>, written: Arc<AtomicU64>) {
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
            let copied = on_thread(move || link.rows("PRAGMA wal_checkpoint(PASSIVE)", &[], 1)).await;
            if let Err(cause) = copied {
                tracing::warn!(%cause, "the log of the database was not brought into its file");
            }
            last = Stopwatch::now();
        }
    }
}
