//! The store through its own door, on both databases.

mod jobs;
mod journal;
mod search;
mod thing;
