//! A ticket being worked on: acts in order, each seeing what the one before it did.
//!
//! One request may bring several facts. They are recorded in the order of the process, and the first that a rule refuses
//! refuses the whole.

use super::{State, Ticket, TicketEvent, TicketKind, TicketRef};
use configuration::Parameters;
use kernel::{Author, Instant, Refusal, Uuid};
use store::{Aggregate, ContentRef, NewContent, Recorded};

/// A ticket, who works on it and when, and what has been done so far.
pub struct Working<'p> {
    /// The ticket as it stands after what was done.
    pub ticket: Ticket,
    /// What was done.
    pub events: Vec<Recorded<TicketEvent>>,
    /// Texts that belong to it.
    pub contents: Vec<NewContent>,
    /// The area's parameters.
    pub parameters: &'p Parameters,
    /// Now.
    pub now: Instant,
    /// Who.
    pub author: Author,
    /// Tickets that hang on it, where an act asks for them.
    pub children: Vec<TicketRef>,
}

/// A classification as asked for.
#[derive(Clone, Debug, Default)]
pub struct Classification {
    /// Kind.
    pub kind: Option<TicketKind>,
    /// Category.
    pub category: Option<Uuid>,
    /// Impact 1–3.
    pub impact: Option<i64>,
    /// Urgency 1–3.
    pub urgency: Option<i64>,
    /// A priority that is not the matrix's.
    pub priority: Option<i64>,
    /// Why it is not.
    pub reason: Option<String>,
}

impl<'p> Working<'p> {
    /// Begins with a ticket as it is.
    pub fn on(ticket: Ticket, parameters: &'p Parameters, now: Instant, author: Author) -> Self {
        Self {
            ticket,
            events: Vec::new(),
            contents: Vec::new(),
            parameters,
            now,
            author,
            children: Vec::new(),
        }
    }

    /// Records an event.
    pub(super) fn then(&mut self, event: TicketEvent) {
        self.then_at(event, self.now);
    }

    /// Records an event that happened earlier.
    pub(super) fn then_at(&mut self, event: TicketEvent, occurred_at: Instant) {
        self.ticket.apply(&event, occurred_at, &self.author);
        self.events.push(Recorded { event, occurred_at });
    }

    /// Keeps a text and answers its reference.
    pub fn text(&mut self, body: impl Into<String>) -> ContentRef {
        let content = NewContent::new(body);
        let reference = content.reference();
        self.contents.push(content);
        reference
    }

    /// The same for a text that may be missing.
    pub fn text_if(&mut self, body: Option<String>) -> Option<ContentRef> {
        body.map(|body| self.text(body))
    }

    /// Refuses an act that the state does not allow (SD-110), naming rule and state.
    pub(super) fn must(&self, allowed: bool, rule: &'static str, key: &'static str) -> Result<(), Refusal> {
        if allowed { Ok(()) } else { Err(self.refused(rule, key)) }
    }

    pub(crate) fn refused(&self, rule: &'static str, key: &'static str) -> Refusal {
        Refusal::rule(rule, key)
            .with("number", &self.ticket.number)
            .with("state", self.ticket.state.code())
    }

    /// Any act needs an open ticket.
    pub(super) fn must_be_open(&self) -> Result<(), Refusal> {
        self.must(self.ticket.state.is_open(), "SD-110", "ticket-refusal-not-open")
    }

    /// True while the ticket is being opened: what is said of it now came with the contact.
    pub(super) fn is_opening(&self) -> bool {
        self.events
            .first()
            .is_some_and(|first| matches!(first.event, TicketEvent::Opened { .. }))
    }

    /// States in which the desk itself works.
    pub(super) fn desk_works(&self) -> bool {
        matches!(
            self.ticket.state,
            State::Taken | State::Level1Work | State::BackOfficeWork | State::UnderControl
        )
    }
}
