//! Audit through its own door, on both databases.

mod desk;
mod hands;
mod tampering;
