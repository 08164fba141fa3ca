//! Where the house stands and how its programs are called.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

/// A call of the cargo that runs us, at the root of the tree.
pub fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(testkit::workspace::root());
    if std::env::var_os("CI").is_some() {
        // A fresh clone builds once: what helps the second build only costs time and space there.
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// Runs a command whose output the person sees.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let line = describe(command);
    let status = command.status().with_context(|| format!("cannot run {line}"))?;
    ensure!(status.success(), "{line} failed");
    Ok(())
}

/// Runs a command and gives what it prints.
pub fn ask(command: &mut Command) -> anyhow::Result<String> {
    let line = describe(command);
    let output = command.output().with_context(|| format!("cannot run {line}"))?;
    ensure!(
        output.status.success(),
        "{line} failed: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// What cargo knows about our crates and the ones they are built from.
pub fn metadata() -> anyhow::Result<Value> {
    let told = ask(&mut cargo(&["metadata", "--format-version", "1"]))?;
    Ok(serde_json::from_str(&told)?)
}

/// The folder cargo builds into.
pub fn target() -> anyhow::Result<PathBuf> {
    let told = ask(&mut cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
    let told: Value = serde_json::from_str(&told)?;
    told["target_directory"]
        .as_str()
        .map(PathBuf::from)
        .context("cargo names no target folder")
}

/// Whether a program can be found.
pub fn has(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
