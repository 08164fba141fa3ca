//! The board through its doors, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::result_large_err,
    reason = "a test may stop where it stands"
)]

mod board;
#[path = "../../../ticket/tests/it/office.rs"]
#[allow(dead_code, reason = "the ticket's own tests use the rest")]
mod office;
