//! Where "now" comes from: the wall, or a clock that was moved.
//!
//! A demonstration or a test may start the clock elsewhere and push it forward. Sessions and leases never read this
//! clock: they live on the database's time.

use crate::Instant;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};
use std::time::{SystemTime, UNIX_EPOCH};

/// The clock handed to commands. Clones share the same hands.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset: Arc<AtomicI64>,
    moved: bool,
}

impl Clock {
    /// The wall clock.
    pub fn wall() -> Self {
        Self::default()
    }

    /// A clock that starts at `instant` and runs on from there.
    pub fn starting_at(instant: Instant) -> Self {
        let offset = instant.as_millis() - wall_millis();
        Self {
            offset: Arc::new(AtomicI64::new(offset)),
            moved: true,
        }
    }

    /// Now, as this clock tells it.
    pub fn now(&self) -> Instant {
        Instant::from_millis(wall_millis() + self.offset.load(Ordering::Relaxed))
    }

    /// Now on the wall, whatever this clock tells: for sessions, leases and logs.
    pub fn wall_now() -> Instant {
        Instant::from_millis(wall_millis())
    }

    /// Pushes the hands forward (or back) by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.offset.fetch_add(seconds * 1000, Ordering::Relaxed);
    }

    /// True when the clock was started elsewhere; pages then show a banner.
    pub fn is_moved(&self) -> bool {
        self.moved
    }
}

fn wall_millis() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_clock_starts_where_it_is_told_and_all_clones_follow() {
        let start = Instant::parse("2026-01-05T09:00:00Z").expect("valid");
        let clock = Clock::starting_at(start);
        let twin = clock.clone();
        clock.advance(3600);
        assert!(twin.now().seconds_since(start) >= 3600 && twin.now().seconds_since(start) < 3660);
        assert!(twin.is_moved());
    }
}
