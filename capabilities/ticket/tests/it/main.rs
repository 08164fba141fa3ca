//! The ticket through its own doors: the rules as tables, the commands over the API, on both databases.

#![allow(
    clippy::unwrap_used,
    clippy::result_large_err,
    reason = "a test may stop where it stands"
)]

mod at_hand;
mod attachments;
mod bad_input;
mod bulk;
mod calls;
mod clocks;
mod complaints;
mod concurrency;
mod console;
mod control;
mod creation;
mod family;
mod hands;
mod live;
mod mentions;
mod office;
mod outgoing;
mod parts;
mod privacy;
mod promises;
mod queue;
mod replay;
mod rules;
mod searching;
mod similar;
mod situations;
mod visitor;
mod wake;
