//! Live: what changed, as soon as it is durable, for everybody who watches.
//!
//! Each node follows the journal once and tells its readers in beats: the cards of what changed since the last one, and who
//! looks at what. A beat is made once and shared by all readers of the node; who may see which part of it is decided by
//! whoever writes it out. The place in the journal travels with it, so that a reader who was away goes on from where it was,
//! missing nothing. Between nodes only a word is passed ("look", "somebody is here"): nothing depends on its arriving.

mod beat;
mod board;
mod hanging;
mod hub;
mod memo;

pub use beat::{Beat, Changed};
pub use board::{Doing, Look, Seen, Watcher};
pub use hanging::Hanging;
pub use hub::{Hub, Joined};
pub use memo::Figure;
