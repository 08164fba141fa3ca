//! The doors of those who set things up, and who may go through any door of the house, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::result_large_err,
    reason = "a test may stop where it stands"
)]

mod jobs;
mod lists;
mod names;
#[path = "../../../ticket/tests/it/office.rs"]
#[allow(dead_code, reason = "the ticket's own tests use the rest")]
mod office;
mod people_pages;
mod permissions;
mod service_levels;
mod settings;
mod twice;
mod visitor;
