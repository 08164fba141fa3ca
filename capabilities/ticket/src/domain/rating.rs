//! What the requester says of the service once all is done (SD-087): one to five and a word.

use super::{State, TicketEvent, Working};
use kernel::{Instant, Refusal};
use serde::{Deserialize, Serialize};

/// Days after the end within which a requester rates, and may think better of it.
pub const RATING_DAYS: i64 = 7;

/// A rating as it stands; the word is with the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// One (bad) to five (good).
    pub score: i64,
    /// When it was given.
    pub at: Instant,
}

impl Working<'_> {
    /// Records the requester's rating; a later one takes its place.
    ///
    /// # Errors
    /// SD-087 before it is closed, or when its days are over.
    pub fn rate(&mut self, score: i64, note: Option<String>) -> Result<(), Refusal> {
        self.must(self.ticket.state == State::Closed, "SD-087", "ticket-refusal-rate-open")?;
        if !self.ticket.may_be_rated(self.now) {
            return Err(self
                .refused("SD-087", "ticket-refusal-rate-term")
                .with("days", RATING_DAYS));
        }
        let note = self.text_if(note);
        self.then(TicketEvent::Rated { score, note });
        Ok(())
    }
}

impl super::Ticket {
    /// True while its requester may rate it.
    pub fn may_be_rated(&self, now: Instant) -> bool {
        let closed = self.facts.closed_at.filter(|_| self.state == State::Closed);
        closed.is_some_and(|at| now.seconds_since(at) <= RATING_DAYS * 86_400)
    }
}
