//! Promises: what somebody of the desk told the requester they would do, by an instant of its own.
//!
//! A promise is no clock of an agreement: nothing pauses it. The queue is ordered by it as by a clock, and one that was not
//! kept in time is told once and stays to be kept.

use super::{Ticket, TicketEvent, Working};
use kernel::{Instant, Refusal, Uuid};
use serde::{Deserialize, Serialize};

/// Promises that may be open on one ticket.
pub const MOST: usize = 20;
/// How far ahead one may promise, in seconds: a year.
const FARTHEST: i64 = 366 * 86_400;

/// Something that was promised to the requester.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// Which.
    pub id: Uuid,
    /// Until when.
    pub due_at: Instant,
    /// True once that was told to have passed.
    pub missed: bool,
}

impl Working<'_> {
    /// Promises the requester something until an instant.
    ///
    /// # Errors
    /// SD-110 when the ticket has ended; a refusal of `due_at` that is past or more than a year away; of `text` when twenty
    /// promises are open.
    pub fn promise(&mut self, id: Uuid, text: String, due_at: Instant) -> Result<(), Refusal> {
        self.must_be_open()?;
        if due_at <= self.now || due_at > self.now.plus_seconds(FARTHEST) {
            return Err(Refusal::field("due_at", "ticket-field-within-a-year"));
        }
        if self.ticket.promises.len() >= MOST {
            return Err(Refusal::field("text", "ticket-field-promises"));
        }
        let text = self.text(text);
        self.then(TicketEvent::PromiseMade { id, text, due_at });
        Ok(())
    }

    /// Notes that a promise was kept.
    ///
    /// # Errors
    /// A refusal 404 when no such promise is open.
    pub fn keep_promise(&mut self, id: Uuid) -> Result<(), Refusal> {
        self.ticket.promise(id)?;
        self.then(TicketEvent::PromiseKept { id });
        Ok(())
    }

    /// Takes a promise back.
    ///
    /// # Errors
    /// A refusal 404 when no such promise is open.
    pub fn withdraw_promise(&mut self, id: Uuid, reason: Option<String>) -> Result<(), Refusal> {
        self.ticket.promise(id)?;
        let reason = self.text_if(reason);
        self.then(TicketEvent::PromiseWithdrawn { id, reason });
        Ok(())
    }

    /// Tells that a promise was not kept in time, if that is so and was not told.
    pub fn miss_promise(&mut self, id: Uuid) {
        let is_late = |promise: &&Promise| !promise.missed && promise.due_at <= self.now;
        let late = self.ticket.promise(id).ok().filter(is_late).is_some();
        if late && self.ticket.state.is_open() {
            self.then(TicketEvent::PromiseMissed { id });
        }
    }
}

impl Ticket {
    /// A promise that is neither kept nor withdrawn.
    fn promise(&self, id: Uuid) -> Result<&Promise, Refusal> {
        let found = self.promises.iter().find(|promise| promise.id == id);
        found.ok_or_else(Refusal::not_found)
    }

    /// The instant of the next promise; never where none is open.
    pub(super) fn next_promise(&self) -> Instant {
        let open = self.promises.iter().filter(|_| self.state.is_open());
        open.map(|promise| promise.due_at).min().unwrap_or(Instant::NEVER)
    }

    pub(super) fn fold_promise(&mut self, event: &TicketEvent) {
        match event {
            TicketEvent::PromiseMade { id, due_at, .. } => self.promises.push(Promise {
                id: *id,
                due_at: *due_at,
                missed: false,
            }),
            TicketEvent::PromiseKept { id } | TicketEvent::PromiseWithdrawn { id, .. } => {
                self.promises.retain(|promise| promise.id != *id);
            }
            TicketEvent::PromiseMissed { id } => {
                let missed = self.promises.iter_mut().filter(|promise| promise.id == *id);
                missed.for_each(|promise| promise.missed = true);
            }
            _ => {}
        }
    }
}
