//! Mail: what happened to a ticket is read from the journal, decided upon once, written down, and handed over by jobs.
//!
//! Between the three stands a row for each mail: whoever reads the journal twice finds it there, and whoever hands it over
//! twice finds that it is with the server.

pub(crate) mod area_mail;
pub(crate) mod commands;
pub(crate) mod compose;
pub(crate) mod journal;
pub(crate) mod letter;
pub(crate) mod mail;
pub(crate) mod occasion;
pub(crate) mod rehearsal;
pub(crate) mod row;
pub(crate) mod send;
