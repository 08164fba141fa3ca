//! Privacy through its own door, on both databases.

mod backup;
mod erasure;
mod house;
mod reads;
