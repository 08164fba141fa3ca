//! Mail out: one server that takes letters, over TLS, with a pool of connections.
//!
//! A letter that could not be handed over says whether it is worth trying again: the server was away, refused it for now,
//! or refuses it for good. While the server is away nothing else waits for it: for half a minute every letter is answered at
//! once, so that a dead server does not stand in the way of other work.

mod letter;
mod mailer;
mod server;

pub use letter::{Letter, is_address};
pub use mailer::{Mailer, Unsent};
pub use server::{MailServer, Security};
