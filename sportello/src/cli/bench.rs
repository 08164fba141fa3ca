//! `sportello bench`: a load of a size, and its figures.

use super::open;
use crate::bench::{self, RunOptions};
use anyhow::Result;
use clap::Subcommand;
use host::Settings;
use serde_json::Value;

/// Loads and measures.
#[derive(Subcommand)]
pub enum Bench {
    /// Writes tickets with ten events each into an empty database.
    Load {
        /// How many.
        #[arg(long)]
        tickets: usize,
    },
    /// Starts the server on the loaded database and measures it over HTTP.
    Run {
        /// Clients at once; left out, 4 for reads and 16 for writes.
        #[arg(long)]
        clients: Option<usize>,
        /// Seconds for each operation.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
    /// Starts the server on the loaded database and measures clocks: 10,000 due at once, 100,000 planned anew, a long ledger.
    Clocks {
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(command: Bench, settings: &Settings) -> Result<()> {
    let store = open(settings).await?;
    match command {
        Bench::Load { tickets } => {
            bench::load(&store, tickets).await?;
            super::close_sealed(settings, store).await;
        }
        Bench::Run { clients, seconds, json } => {
            let found = bench::run(store, settings, RunOptions { clients, seconds }).await?;
            if json { println!("{found}") } else { table(&found) }
        }
        Bench::Clocks { json } => {
            let found = bench::run_clocks(store, settings).await?;
            if json { println!("{found}") } else { table(&found) }
        }
    }
    Ok(())
}

fn table(found: &Value) {
    println!(
        "{} · {} ticket",
        found["database"].as_str().unwrap_or_default(),
        found["tickets"]
    );
    for operation in found["operations"].as_array().into_iter().flatten() {
        println!(
            "{:<10} clients {:>2}  n {:>7}  p50 {:>8} ms  p95 {:>8} ms  p99 {:>8} ms  {:>8} /s",
            operation["name"].as_str().unwrap_or_default(),
            operation["clients"],
            operation["n"],
            operation["p50_ms"],
            operation["p95_ms"],
            operation["p99_ms"],
            operation["per_second"],
        );
    }
    if found["start_ms"].is_null() {
        return;
    }
    println!(
        "idle {} MB · load {} MB · start {} ms",
        found["rss_idle_mb"], found["rss_load_mb"], found["start_ms"]
    );
}
