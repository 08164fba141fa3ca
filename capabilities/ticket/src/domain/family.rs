//! Parent and children: what becomes of those that hang on a ticket when it ends.
//!
//! A family has one generation (SD-055): what hangs on a parent has no children, and a parent hangs on nothing. A child
//! waits for its parent alone, so a parent that ends without a solution may not leave it waiting.

use super::{LinkKind, State, TicketEvent, Working};
use kernel::{Refusal, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Children whose numbers a refusal names.
const NAMED: usize = 5;

/// A ticket by identity and number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketRef {
    /// Its identity.
    pub id: Uuid,
    /// Its number.
    pub number: String,
}

/// Why a child hangs on its parent no more, where nobody took the link away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parting {
    /// The parent ended without a solution.
    ParentEnded,
    /// The parent became part of another ticket, which is the parent from then on.
    ParentMerged,
}

impl Working<'_> {
    /// Goes on by itself where it was: its parent ended without a solution.
    pub fn lose_parent(&mut self, parent: Uuid) {
        if self.hangs_on(parent) {
            self.then(TicketEvent::Unlinked {
                to: parent,
                because: Some(Parting::ParentEnded),
            });
        }
    }

    /// Hangs on another ticket from now on: its parent became part of that one.
    pub fn follow_parent(&mut self, parent: Uuid, into: &TicketRef) {
        if self.hangs_on(parent) {
            self.then(TicketEvent::Unlinked {
                to: parent,
                because: Some(Parting::ParentMerged),
            });
            self.then(TicketEvent::Linked {
                kind: LinkKind::Parent,
                to: into.id,
                number: into.number.clone(),
            });
        }
    }

    /// What has children hangs on nothing itself.
    pub(super) fn must_be_childless(&self, key: &'static str) -> Result<(), Refusal> {
        if self.children.is_empty() {
            return Ok(());
        }
        let named: Vec<&str> = self
            .children
            .iter()
            .take(NAMED)
            .map(|child| child.number.as_str())
            .collect();
        let more = if self.children.len() > NAMED { ", …" } else { "" };
        Err(self
            .refused("SD-055", key)
            .with("children", format!("{}{more}", named.join(", "))))
    }

    /// True while it waits for this parent; one that was taken up again meanwhile goes its own way.
    fn hangs_on(&self, parent: Uuid) -> bool {
        self.ticket.stands() == State::Linked && self.ticket.parent().is_some_and(|link| link.to == parent)
    }
}
