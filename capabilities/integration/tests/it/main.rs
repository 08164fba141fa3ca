//! Imports through their own door, on both databases.

mod log;
mod servicenow;
