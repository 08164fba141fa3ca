//! The host through its own door: nodes as processes of their own, and a router with a capability made for the test.

mod door;
mod node;
mod takeover;
