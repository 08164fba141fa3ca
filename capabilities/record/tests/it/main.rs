//! The envelope through its own door, on both databases.

#![allow(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod find;
mod lists;
