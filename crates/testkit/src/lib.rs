//! What tests need around the program, and nothing of the trade.
//!
//! A test asks for a database and gets a fresh one, on either engine; it asks for a server and gets the real binary
//! in a process that it may kill; it asks for a browser and gets Chromium. Everything started here ends with the test
//! process, also when that process is killed: see [`warden`].

#[cfg(feature = "clients")]
mod backend;
#[cfg(feature = "clients")]
pub mod browser;
#[cfg(feature = "clients")]
pub mod http;
pub mod mail_server;
mod port;
pub mod postgres;
#[cfg(feature = "clients")]
pub mod server;
#[cfg(feature = "clients")]
mod surroundings;
pub mod warden;
pub mod workspace;

#[cfg(feature = "clients")]
pub use backend::{Backend, Kind, block_on};
pub use port::free_port;
