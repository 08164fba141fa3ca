//! The few words every room of the house shares: an instant, an identity, a refusal, a field that was read.
//!
//! Nothing here knows of service management, of a database or of a page. Time is a value that is passed in, never
//! asked for, so that the same rule gives the same answer in a test, in an import and at the counter.

mod clock;
mod error;
mod field;
mod identity;
mod instant;

pub use clock::Clock;
pub use error::{Error, FieldError, Outcome, Refusal, RefusalKind};
pub use field::{Checks, Limit, is_blank};
pub use identity::{Author, NIL};
pub use instant::Instant;
pub use uuid::Uuid;
