//! The store through its own door, on both databases.

mod journal;
mod search;
mod thing;
