//! Stories that cross the house, one file each.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod bulk_load;
mod command_line;
mod database_away;
mod desk;
mod disk_full;
mod first_contact_to_close;
mod journal_feed;
mod kill;
mod newer_database;
mod not_there;
mod room;
mod two_nodes;
mod unknown_conditions;
