//! What can be read of a ticket.

mod children;
mod compliance;
mod ledger;
mod others;
mod routed;
mod similar;
mod timeline;
mod view;

pub(crate) use children::children;
pub use compliance::{Compliance, Measure, Share, compliance};
pub use ledger::{LedgerSpan, SpanClock, SpanStanding, ledger, spans};
pub use routed::{Routed, RoutingTrial, routed};
pub use similar::{Proposal, Reported, similar};
pub(crate) use similar::{reported_in, similar_now};
pub use timeline::{Entry, entries};
pub use view::{AssignmentView, ClockView, LinkView, Party, PromiseView, TicketView, recent_of, view};
