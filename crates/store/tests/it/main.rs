//! The store through its own door, on both databases.

mod files;
mod jobs;
mod journal;
mod seal_key;
mod search;
mod search_model;
mod thing;
mod vocabulary;
