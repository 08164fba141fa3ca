//! `cargo xtask bench`: the program's own measurements, on both databases and at several sizes.
//!
//! What `sportello bench` prints is kept as JSON under `target/bench` and shown as a table that fits `docs/performance.md`.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;
use testkit::postgres::{Cluster, Durability};

use crate::{house, needs};

/// Measures at each of the sizes, given as `10000,100000`.
pub fn run(sizes: &str) -> anyhow::Result<()> {
    let sizes: Vec<u64> = sizes
        .split(',')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .context("--tickets wants numbers")?;
    needs::meet()?;
    house::run(&mut house::cargo(&["build", "--release", "--package", "sportello"]))?;
    let results = house::target()?.join("bench");
    std::fs::create_dir_all(&results)?;
    println!(
        "| database | tickets | what | clients | n | p50 ms | p95 ms | p99 ms | per second |\n|---|--:|---|--:|--:|--:|--:|--:|--:|"
    );
    for tickets in sizes {
        measure("sqlite", None, tickets, &results)?;
        let cluster = Cluster::start(Durability::FULL)?;
        let database = cluster.database()?;
        measure("postgres", Some(&database.url), tickets, &results)?;
    }
    Ok(())
}

fn measure(name: &str, database: Option<&str>, tickets: u64, results: &Path) -> anyhow::Result<()> {
    let data = tempfile::Builder::new()
        .prefix("sportello-bench-")
        .tempdir_in(results)?;
    let binary = house::target()?.join("release/sportello");
    let command = |words: &[&str]| {
        let mut command = Command::new(&binary);
        command.args(words).arg("--data").arg(data.path());
        command.args(database.into_iter().flat_map(|url| ["--database", url]));
        command
    };
    house::ask(&mut command(&["bench", "load", "--tickets", &tickets.to_string()]))?;
    let told = house::ask(&mut command(&["bench", "run", "--json"]))?;
    std::fs::write(results.join(format!("{name}-{tickets}.json")), &told)?;
    show(&serde_json::from_str(&told).context("bench run did not print JSON")?);
    Ok(())
}

fn show(result: &Value) {
    for operation in result["operations"].as_array().into_iter().flatten() {
        print!(
            "| {} | {} ",
            result["database"].as_str().unwrap_or("?"),
            result["tickets"]
        );
        print!("| {} ", operation["name"].as_str().unwrap_or("?"));
        for column in ["clients", "n", "p50_ms", "p95_ms", "p99_ms", "per_second"] {
            print!("| {} ", operation[column]);
        }
        println!("|");
    }
}
