//! What can be asked: acts as data, and the two commands that carry them out.

mod act;
mod create;
mod directory;
mod import;
mod outgoing;
mod perform;
mod wake;

pub use act::{EarlierFacts, TicketAct};
pub use create::{CreateTicket, create};
pub use import::{Import, Imported, ImportedStep, import};
pub use outgoing::{GRACE, forget_outgoing};
pub(crate) use outgoing::{draft_again, hold_reply, outgoing_of, reply_job, take_back};
pub use perform::{Conditions, perform};
pub(crate) use wake::job;
