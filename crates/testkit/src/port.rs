//! A TCP port nobody uses at this moment.

use std::net::{Ipv4Addr, TcpListener};

use anyhow::Context;

/// A free port on the loopback address.
///
/// The system hands them out in turn, so the same number does not come back soon and two tests do not collide.
pub fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}
