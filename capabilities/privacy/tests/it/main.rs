//! Privacy through its own door, on both databases.

mod erasure;
mod reads;
mod house;
