//! Texts of the area: what the desk says to requesters, by occasion, language and tone.
//!
//! Each text has a default in every voice. An area, or the whole service, says it otherwise by an edition of its own, which
//! keeps who wrote it, when, and with whom it was agreed; no edition is ever lost.

pub(crate) mod area_text;
pub(crate) mod commands;
pub(crate) mod defaults;
pub(crate) mod facts;
pub(crate) mod for_ticket;
pub(crate) mod key;
pub(crate) mod preview;
pub(crate) mod template;
pub(crate) mod variable;
pub(crate) mod view;
pub(crate) mod voice;
