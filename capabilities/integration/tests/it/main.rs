//! Imports through their own door, on both databases.

mod log;
mod service_levels;
mod servicenow;
