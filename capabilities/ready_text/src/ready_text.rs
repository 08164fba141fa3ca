//! A ready text: what it is called, what it says, whether it is in use.

use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, ContentRef};

/// What a text says, and for whom: what is written and changed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// What it is called.
    pub name: ContentRef,
    /// Its words in Italian.
    pub italian: Option<ContentRef>,
    /// Its words in English.
    pub english: Option<ContentRef>,
}

/// A ready text as its events say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyText {
    /// What it says now.
    pub said: Option<Said>,
    /// True once it is offered no more.
    pub closed: bool,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What can happen to a ready text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ReadyTextEvent {
    /// It was written.
    Written {
        /// What it says.
        said: Said,
    },
    /// It says something else from now on.
    Changed {
        /// What it says.
        said: Said,
    },
    /// It is offered no more.
    Closed,
    /// It is offered again.
    Reopened,
}

impl Aggregate for ReadyText {
    const KIND: &'static str = "ready_text";
    type Event = ReadyTextEvent;

    fn name(event: &ReadyTextEvent) -> &'static str {
        match event {
            ReadyTextEvent::Written { .. } => "ready_text.written",
            ReadyTextEvent::Changed { .. } => "ready_text.changed",
            ReadyTextEvent::Closed => "ready_text.closed",
            ReadyTextEvent::Reopened => "ready_text.reopened",
        }
    }

    fn apply(&mut self, event: &ReadyTextEvent, at: Instant, _author: &Author) {
        match event {
            ReadyTextEvent::Written { said } | ReadyTextEvent::Changed { said } => self.said = Some(said.clone()),
            ReadyTextEvent::Closed => self.closed = true,
            ReadyTextEvent::Reopened => self.closed = false,
        }
        self.updated_at = self.updated_at.max(at);
    }
}
