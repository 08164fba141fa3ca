//! Articles through their doors: the API, the desk's pages and the portal's, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::result_large_err,
    reason = "a test may stop where it stands"
)]

mod articles;
#[path = "../../../ticket/tests/it/office.rs"]
#[allow(dead_code, reason = "the ticket's own tests use the rest")]
mod office;
mod pages;
