//! The ticket through its own doors: the rules as tables, the commands over the API, on both databases.

mod replay;
mod rules;
mod situations;
