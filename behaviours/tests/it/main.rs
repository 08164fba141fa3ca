//! Stories that cross the house, one file each.

mod desk;
mod first_contact_to_close;
mod journal_feed;
mod kill;
