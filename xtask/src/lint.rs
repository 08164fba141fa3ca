//! `cargo xtask lint`: what can be judged without running anything.

use std::process::Command;

use crate::steps::{Outcome, Steps};
use crate::{dependencies, house, process};

const LONG: usize = 400;

/// Checks format, lints, dependencies, texts, rules and sizes.
pub fn run() -> anyhow::Result<()> {
    let mut steps = Steps::default();
    steps.must("format", || {
        house::run(&mut house::cargo(&["fmt", "--all", "--", "--check"]))
    });
    steps.must("lints", || {
        house::run(&mut house::cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ]))
    });
    steps.take("scripts", scripts);
    steps.must("dependencies", dependencies::check);
    steps.must("texts", || {
        house::run(&mut house::cargo(&["test", "--package", "sportello", "texts"]))
    });
    steps.must("rules", process::check);
    steps.must("sizes", sizes);
    steps.summary()
}

fn scripts() -> anyhow::Result<Outcome> {
    let web = testkit::workspace::root().join("web");
    if !web.join("node_modules/.bin/tsc").exists() {
        return Ok(Outcome::Skipped("the front-end packages are not installed".to_owned()));
    }
    house::run(Command::new("npm").args(["run", "--silent", "check"]).current_dir(web))?;
    Ok(Outcome::Done)
}

/// Names the files that have grown long. A warning: some lists are long by nature.
fn sizes() -> anyhow::Result<()> {
    let root = testkit::workspace::root();
    let patterns = ["*.rs", "*.html", "*.ts", "*.scss", "*.css"];
    let files = house::ask(
        Command::new("git")
            .args(["ls-files", "--"])
            .args(patterns)
            .current_dir(&root),
    )?;
    for file in files.lines() {
        // A file may be listed and already removed from the tree.
        let lines = std::fs::read_to_string(root.join(file))
            .unwrap_or_default()
            .lines()
            .count();
        if lines > LONG {
            println!("warning: {file} has {lines} lines; does it hold two things?");
        }
    }
    Ok(())
}
