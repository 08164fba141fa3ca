//! People through their own doors: signing in, one's own page, the API, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::result_large_err,
    reason = "a test may stop where it stands"
)]

mod merge;
#[path = "../../../ticket/tests/it/office.rs"]
#[allow(dead_code, reason = "the ticket's own tests use the rest")]
mod office;
mod people;
mod profile;
mod second_factor;
mod set_up;
mod sign_in;
mod standing;
