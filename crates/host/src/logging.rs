//! Logs: a sentence a person reads, fields a machine filters, on standard error.

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging; `SPORTELLO_LOG` says what (`info` where left out), `SPORTELLO_LOG_FORMAT=json` how.
pub fn start_logging() {
    let filter = EnvFilter::try_from_env("SPORTELLO_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    let json = std::env::var("SPORTELLO_LOG_FORMAT").is_ok_and(|format| format == "json");
    let started = if json {
        builder.json().try_init()
    } else {
        builder.try_init()
    };
    // A second start, as in tests, keeps the first.
    drop(started);
}
