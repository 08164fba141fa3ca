//! `cargo xtask endure`: the kill test of the stories, for as long as one likes.

use anyhow::Context;
use testkit::postgres::{self, Cluster, Durability};
use testkit::workspace::BINARY;

use crate::{house, needs};

/// The variable that tells the kill test how often to kill.
const TIMES: &str = "KILL_TIMES";

/// Kills the server so many times on each database, with the databases as durable as in production.
pub fn run(times: &str) -> anyhow::Result<()> {
    let count: u32 = times.parse().context("--times wants a number")?;
    needs::meet()?;
    let cluster = Cluster::start(Durability::FULL)?;
    house::run(&mut house::cargo(&["build", "--package", "sportello"]))?;
    let mut test = house::cargo(&[
        "test",
        "--package",
        "behaviours",
        "kill",
        "--",
        "--nocapture",
        "--test-threads=1",
    ]);
    test.env(TIMES, count.to_string())
        .env(postgres::SHARED, cluster.address());
    house::run(test.env(BINARY, house::target()?.join("debug/sportello")))
}
