//! The host: puts capabilities together and serves them.
//!
//! A capability hands over everything it is about as one value, [`Capability`]; the host knows none of them by name. It
//! builds the router with its safeguards, runs jobs and scheduled work, and seals the journal.

mod capability;
mod conditions;
mod guard;
mod logging;
mod operations;
mod router;
mod server;
mod settings;
mod unread;
mod work;

pub use capability::{Capability, JobHandler, Scheduled};
pub use logging::start_logging;
pub use router::{openapi, router};
pub use server::{Server, open_store};
pub use settings::{Overrides, Settings};
pub use store::JobQueue;
pub use work::Workers;
