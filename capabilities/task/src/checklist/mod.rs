//! A checklist: tasks that always go together, written once and hung on a ticket in one go.

mod commands;
mod put;
mod row;

pub(crate) use commands::MOST_ITEMS;
pub use commands::{ChecklistChange, ChecklistToBe, ItemToBe, alter_checklist, write_checklist};
pub use put::put;
pub use row::{ChecklistItem, ChecklistView, checklists};
pub(crate) use row::{checklist, role_of};

use kernel::{Author, Instant, Uuid};
use people::Role;
use serde::{Deserialize, Serialize};
use store::{Aggregate, ContentRef};
use ticket::domain::TicketKind;

/// What a checklist holds, and what it is for: what is written and changed together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// What it is called.
    pub name: ContentRef,
    /// The kind of ticket it is for; nothing for all.
    pub kind: Option<TicketKind>,
    /// The role it is for; nothing for all.
    pub role: Option<Role>,
    /// What is to be done, in its order.
    pub items: Vec<Item>,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What, in one line.
    pub text: ContentRef,
    /// Until how many minutes after the checklist was put on the ticket.
    pub due_minutes: Option<i64>,
    /// The group that is to do it.
    pub group: Option<Uuid>,
}

/// A checklist as its events say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checklist {
    /// What it holds now.
    pub held: Option<Held>,
    /// True once it is offered no more.
    pub closed: bool,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What can happen to a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ChecklistEvent {
    /// It was written.
    Written {
        /// What it holds.
        held: Held,
    },
    /// It holds something else from now on.
    Changed {
        /// What it holds.
        held: Held,
    },
    /// It is offered no more.
    Closed,
    /// It is offered again.
    Reopened,
}

impl Aggregate for Checklist {
    const KIND: &'static str = "checklist";
    type Event = ChecklistEvent;

    fn name(event: &ChecklistEvent) -> &'static str {
        match event {
            ChecklistEvent::Written { .. } => "checklist.written",
            ChecklistEvent::Changed { .. } => "checklist.changed",
            ChecklistEvent::Closed => "checklist.closed",
            ChecklistEvent::Reopened => "checklist.reopened",
        }
    }

    fn apply(&mut self, event: &ChecklistEvent, at: Instant, _author: &Author) {
        match event {
            ChecklistEvent::Written { held } | ChecklistEvent::Changed { held } => self.held = Some(held.clone()),
            ChecklistEvent::Closed => self.closed = true,
            ChecklistEvent::Reopened => self.closed = false,
        }
        self.updated_at = self.updated_at.max(at);
    }
}
