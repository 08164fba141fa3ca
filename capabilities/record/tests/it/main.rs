//! The envelope through its own door, on both databases.

mod lists;
