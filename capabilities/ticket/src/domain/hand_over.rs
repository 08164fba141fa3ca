//! A requester who turns out to be somebody else: the ticket goes over with its history, and comes back when that was an
//! error. What was promised stays as it was: it was promised to the same human being.

use super::{Ticket, TicketEvent, Working};
use kernel::Uuid;
use serde::{Deserialize, Serialize};

/// Who was thought to ask before a merge said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    /// The merge.
    pub merge: Uuid,
    /// Who was thought to ask.
    pub from: Uuid,
}

impl Working<'_> {
    /// Goes over to whoever the requester turned out to be. A ticket of anybody else is left alone.
    pub fn hand_over(&mut self, merge: Uuid, from: Uuid, requester: Uuid) {
        if self.ticket.requester == Some(from) {
            self.then(TicketEvent::RequesterMerged { merge, from, requester });
        }
    }

    /// Comes back to whoever asked before a merge. A ticket that did not change hands with it is left alone, and so is one
    /// whose requester was named anew since.
    pub fn hand_back(&mut self, merge: Uuid) {
        let handed = self.ticket.handed.iter().find(|handed| handed.merge == merge);
        if let Some(requester) = handed.map(|handed| handed.from) {
            self.then(TicketEvent::RequesterUnmerged { merge, requester });
        }
    }
}

impl Ticket {
    pub(super) fn hand_over(&mut self, merge: Uuid, from: Uuid, requester: Uuid) {
        self.handed.push(Handed { merge, from });
        self.check = None;
        self.requester = Some(requester);
    }

    /// What changed hands after that merge comes back with it: it was the same error.
    pub(super) fn hand_back(&mut self, merge: Uuid, requester: Uuid) {
        let place = self.handed.iter().position(|handed| handed.merge == merge);
        self.handed.truncate(place.unwrap_or(self.handed.len()));
        self.check = None;
        self.requester = Some(requester);
    }
}
