//! `cargo xtask test`: everything a change must pass.

use testkit::postgres::{self, Cluster, Durability};
use testkit::workspace::BINARY;

use crate::steps::Steps;
use crate::{contract, house, needs};

/// How much is tested.
#[derive(Clone, Copy, Eq, PartialEq)]
pub enum Extent {
    /// Everything.
    Full,
    /// Without the stories that cross the house and without the contract: for the hour in which one is writing.
    Quick,
}

/// Installs or names what is missing, builds once, runs everything, and sums up.
pub fn run(extent: Extent) -> anyhow::Result<()> {
    let mut steps = Steps::default();
    if !steps.must("what is needed", needs::meet) {
        return steps.summary();
    }
    let mut cluster = None;
    let started = steps.must("start PostgreSQL", || {
        cluster = Some(Cluster::start(Durability::NONE)?);
        Ok(())
    });
    // With the same selection as the tests, or cargo would build shared libraries twice with different features.
    let built = steps.must("build", || {
        house::run(&mut house::cargo(&["build", "--workspace", "--all-targets"]))
    });
    if let (Some(cluster), true, true) = (&cluster, started, built) {
        let binary = house::target()?.join("debug/sportello");
        steps.must("tests", || {
            let mut tests = house::cargo(&["test", "--workspace", "--no-fail-fast"]);
            if extent == Extent::Quick {
                tests.args(["--exclude", "behaviours"]);
            }
            house::run(tests.env(postgres::SHARED, cluster.address()).env(BINARY, &binary))
        });
        if extent == Extent::Full {
            steps.take("API contract", || contract::check(&binary));
        }
    }
    steps.summary()
}
