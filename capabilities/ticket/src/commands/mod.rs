//! What can be asked: acts as data, and the two commands that carry them out.

mod act;
mod alarm;
mod bulk;
mod complaint;
mod create;
mod directory;
mod family;
mod hand_over;
mod identification;
mod import;
mod outgoing;
mod perform;
mod prepared;
mod promise;
mod reckoned;
mod replan;
mod reported;
mod share;
mod wake;

pub use act::{EarlierFacts, TicketAct};
pub use alarm::ring;
pub(crate) use bulk::{Bulk, BulkAct, BulkOrder, BulkState, MOST as MOST_IN_BULK, of as bulk_of, plan, rehearse, undo};
pub use create::{CreateTicket, create};
pub(crate) use hand_over::belongings;
pub(crate) use identification::{field_name, forget as forget_told};
pub use import::{Import, Imported, ImportedStep, import};
pub use outgoing::{GRACE, forget_outgoing};
pub(crate) use outgoing::{draft_again, hold_reply, outgoing_of, take_back};
pub use perform::{Conditions, perform};
pub(crate) use prepared::offers as prepared_offers;
pub use prepared::{ActSource, Prepared, pass_to, use_prepared};
pub use replan::{Moved, Preview, Replanning, ask_replanning, preview_replanning, replan, replannings};
pub use share::share_out;

use host::{JobHandler, Scheduled};

/// Work that is done beside requests.
pub(crate) fn jobs() -> Vec<JobHandler> {
    vec![
        wake::job(),
        bulk::job(),
        outgoing::reply_job(),
        replan::job(),
        reported::job(),
        promise::job(),
    ]
}

/// Work that comes again and again.
pub(crate) fn scheduled() -> Vec<Scheduled> {
    vec![bulk::tidying(), replan::tidying(), alarm::watch(), share::watch()]
}
