//! A clock as a ticket keeps it, and what can become of it.

use crate::{Metric, Part, Standing};
use kernel::{Instant, Uuid};
use serde::{Deserialize, Serialize};

/// A clock as a ticket keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The agreement it belongs to.
    pub agreement: Uuid,
    /// Which edition of it.
    pub edition: i64,
    /// Which edition of its calendar.
    pub calendar_edition: i64,
    /// What it measures.
    pub metric: Metric,
    /// The part that it measures; nothing for a clock of the ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Part>,
    /// Seconds of open time within which it must stop.
    pub target: i64,
    /// How it stands.
    pub standing: Standing,
    /// When it is due; nothing while it stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Instant>,
    /// When it stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Instant>,
    /// The largest share of its target, in hundredths, at which attention was called.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attention: i64,
}

impl Clock {
    /// Whether it is the same clock, however it stands.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.agreement, self.metric, self.part) == (other.agreement, other.metric, other.part)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.stopped.is_some() || self.standing == Standing::Void
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// What became of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It began to run.
    Started,
    /// It is due at another instant, or under another target.
    Moved,
    /// It stands still.
    Paused,
    /// It runs again.
    Resumed,
    /// It stopped in time.
    Met,
    /// It was not stopped in time.
    Breached,
    /// It stopped after it was due.
    Stopped,
    /// The ticket ended: nothing is owed any more.
    Ended,
    /// It had stopped and runs again: the solution was none.
    Restarted,
    /// A share of the target is used up.
    Attention,
    /// The agreement does not hold for the ticket any more.
    Dropped,
    /// It was planned anew under another edition of its agreement or calendar.
    Replanned,
}

impl Turn {
    /// Its name, as the event that tells it ends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Moved => "moved",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Stopped => "stopped",
            Self::Ended => "ended",
            Self::Restarted => "restarted",
            Self::Attention => "attention",
            Self::Dropped => "dropped",
            Self::Replanned => "replanned",
        }
    }
}

/// What became of a clock, and the clock as it is from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turned {
    /// What became of it.
    pub turn: Turn,
    /// When: a breach is told of the instant at which it was due, whoever notices it when.
    pub at: Instant,
    /// The clock as it is now.
    pub clock: Clock,
}
