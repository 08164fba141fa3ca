//! `cargo xtask endure`: the kill test of the stories, for as long as one likes.

use std::process::Command;

use anyhow::{Context, ensure};
use testkit::postgres::{self, Cluster, Durability};
use testkit::workspace::BINARY;

use crate::{house, needs};

/// The variable that tells the kill test how often to kill.
const TIMES: &str = "KILL_TIMES";

/// The kill test, once for each database.
const TESTS: [&str; 2] = [
    "kill::kill_loses_no_acknowledged_act_on_postgres",
    "kill::kill_loses_no_acknowledged_act_on_sqlite",
];

/// Kills the server so many times on each database, with the databases as durable as in production.
pub fn run(times: &str) -> anyhow::Result<()> {
    let count: u32 = times.parse().context("--times wants a number")?;
    ensure!(count > 0, "--times wants at least one");
    needs::meet()?;
    let cluster = Cluster::start(Durability::FULL)?;
    house::run(&mut house::cargo(&["build", "--package", "sportello"]))?;
    let listed = house::ask(kill_test().arg("--list"))?;
    // A name that nobody has would be a test that passes.
    for test in TESTS {
        ensure!(
            listed.lines().any(|line| line == format!("{test}: test")),
            "there is no test {test}"
        );
    }
    let mut test = kill_test();
    test.args(["--nocapture", "--test-threads=1"])
        .env(TIMES, count.to_string())
        .env(postgres::SHARED, cluster.address());
    house::run(test.env(BINARY, house::target()?.join("debug/sportello")))
}

fn kill_test() -> Command {
    let mut test = house::cargo(&["test", "--package", "behaviours", "--test", "it", "--", "--exact"]);
    test.args(TESTS);
    test
}
