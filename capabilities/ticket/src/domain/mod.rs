//! The ticket: what can happen to it, and what must have happened before.
//!
//! Boxes of the process are facts recorded on the ticket; states are only where it waits. Everything here is pure: time,
//! the person and the area's parameters come in, events or a refusal that names the rule come out (SD-110), and folding
//! the events gives the same ticket again (SD-111).

mod acts;
mod assignment;
mod clocks;
mod closing;
mod event;
mod family;
mod fold;
mod hand_over;
mod identification;
mod levels;
mod promise;
mod rating;
pub mod resemblance;
mod terms;
mod ticket;
mod working;

pub use acts::{AttachedFile, Given, LinkedTo};
pub use assignment::{Assignment, AssignmentState, StatedOutcome, TechnicalClosure};
pub use event::{Opening, Overflow, OverflowReason, Route, TicketEvent};
pub use family::{Parting, TicketRef};
pub use hand_over::Handed;
pub use identification::{Check, Notice, SourceCheck};
pub use levels::Done;
pub use promise::Promise;
pub use rating::{RATING_DAYS, Rating};
pub use terms::{
    Channel, ClosedReason, ContactOutcome, LinkKind, Phase, Standing, State, TechnicalOutcome, Telling, TicketKind,
    Visibility, WaitingReason,
};
pub use ticket::{Facts, Link, Ticket, Waiting};
pub use working::{Classification, Working};
