//! The desk of a person through its own door, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::result_large_err,
    reason = "a test may stop where it stands"
)]

#[allow(dead_code, reason = "this room needs little of the office")]
#[path = "../../../ticket/tests/it/office.rs"]
mod office;

mod drafts;
mod preferences;
mod presence;
mod visitor;
