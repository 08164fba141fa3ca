//! Registries through their doors: a real directory, a real file, what a ticket says of them; on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::result_large_err,
    reason = "a test may stop where it stands"
)]

mod desk;
mod directory;
mod discrepancies;
mod limits;
#[path = "../../../ticket/tests/it/office.rs"]
#[allow(dead_code, reason = "the ticket's own tests use the rest")]
mod office;
mod sources;
#[path = "../../../administration/tests/it/visitor.rs"]
#[allow(dead_code, reason = "the administration's own tests use the rest")]
mod visitor;
