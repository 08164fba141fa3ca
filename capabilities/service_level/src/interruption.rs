//! When a ticket waited and when it was thought to be solved, as it is kept beside its clocks.

use crate::Pause;
use kernel::Instant;
use serde::{Deserialize, Serialize};

/// Keeps what a ticket's waiting and solving come to, for its course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruptions {
    /// Waiting: from, until (nothing while it lasts), reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<Interruption>,
    /// Solved, until it turned out that it was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solved: Vec<Interruption>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruption {
    /// When it began.
    pub from: Instant,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Its coded reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Interruptions {
    /// Nothing ever interrupted it.
    pub fn is_empty(&self) -> bool {
        self.waits.is_empty() && self.solved.is_empty()
    }

    /// Notes that a ticket waits for a reason from an instant on, or for none.
    pub fn wait(&mut self, reason: Option<&str>, at: Instant) {
        follow(&mut self.waits, reason, at);
    }

    /// Notes that what was solved at an instant is solved no more.
    pub fn unsolved(&mut self, from: Instant, at: Instant) {
        self.solved.push(Interruption {
            from,
            until: Some(at),
            reason: String::new(),
        });
    }

    /// The waits as pauses.
    pub fn pauses(&self) -> (Vec<Pause>, Vec<Pause>) {
        let pause = |one: &Interruption| Pause {
            from: one.from,
            until: one.until,
            reason: one.reason.clone(),
        };
        (
            self.waits.iter().map(pause).collect(),
            self.solved.iter().map(pause).collect(),
        )
    }
}

fn follow(all: &mut Vec<Interruption>, reason: Option<&str>, at: Instant) {
    let open = all.last_mut().filter(|last| last.until.is_none());
    match (open, reason) {
        (Some(last), Some(reason)) if last.reason == reason => {}
        (last, reason) => {
            if let Some(last) = last {
                last.until = Some(at.max(last.from));
            }
            if let Some(reason) = reason {
                all.push(Interruption {
                    from: at,
                    until: None,
                    reason: reason.to_owned(),
                });
            }
        }
    }
}
