//! A macro: what it is called, what it does, whether it is in use.

use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, ContentRef};
use ticket::domain::{TicketKind, WaitingReason};
use utoipa::ToSchema;

/// What a macro does to a ticket, in this order; beside it, it may write a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Steps {
    /// Takes it in charge, for whoever uses the macro.
    pub take: bool,
    /// Gives it this kind.
    pub kind: Option<TicketKind>,
    /// Gives it this category.
    pub category: Option<Uuid>,
    /// Gives it this impact, 1 to 3.
    #[schema(minimum = 1, maximum = 3)]
    pub impact: Option<i64>,
    /// Gives it this urgency, 1 to 3.
    #[schema(minimum = 1, maximum = 3)]
    pub urgency: Option<i64>,
    /// Writes this ready text to the requester.
    pub reply: Option<Uuid>,
    /// How it leaves the ticket; as it is where nothing is said.
    #[schema(inline)]
    pub end: Option<Ending>,
}

/// How a macro leaves a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// With a group: of the desk by handing it over, of the second level as a part of the work.
    HandOver {
        /// The group.
        group: Uuid,
    },
    /// Waiting.
    Wait {
        /// For whom.
        reason: WaitingReason,
        /// For how many days, 1 to 365; without an end where nothing is said.
        #[schema(minimum = 1, maximum = 365)]
        days: Option<i64>,
    },
    /// Solved.
    Solve {
        /// The ready text that is the solution.
        text: Uuid,
    },
}

impl Steps {
    /// True where it says anew what the ticket is.
    pub fn classifies(&self) -> bool {
        self.kind.is_some() || self.category.is_some() || self.impact.is_some() || self.urgency.is_some()
    }
}

/// What a macro is, and for whom: what is written and changed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// What it is called.
    pub name: ContentRef,
    /// What it does.
    pub steps: Steps,
    /// The note that it writes for colleagues, before it ends.
    pub note: Option<ContentRef>,
    /// True where whoever used it is led on to the next ticket.
    pub leads_on: bool,
}

/// A macro as its events say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Macro {
    /// What it is now.
    pub held: Option<Held>,
    /// True once it is offered no more.
    pub closed: bool,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What can happen to a macro.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MacroEvent {
    /// It was written.
    Written {
        /// What it is.
        held: Held,
    },
    /// It is something else from now on.
    Changed {
        /// What it is.
        held: Held,
    },
    /// It is offered no more.
    Closed,
    /// It is offered again.
    Reopened,
}

impl Aggregate for Macro {
    const KIND: &'static str = "macro";
    type Event = MacroEvent;

    fn name(event: &MacroEvent) -> &'static str {
        match event {
            MacroEvent::Written { .. } => "macro.written",
            MacroEvent::Changed { .. } => "macro.changed",
            MacroEvent::Closed => "macro.closed",
            MacroEvent::Reopened => "macro.reopened",
        }
    }

    fn apply(&mut self, event: &MacroEvent, at: Instant, _author: &Author) {
        match event {
            MacroEvent::Written { held } | MacroEvent::Changed { held } => self.held = Some(held.clone()),
            MacroEvent::Closed => self.closed = true,
            MacroEvent::Reopened => self.closed = false,
        }
        self.updated_at = self.updated_at.max(at);
    }
}
