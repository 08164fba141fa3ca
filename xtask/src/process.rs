//! Whether `docs/process.md` is true: every rule has its line, and every test that a line names is in the tree.

use std::process::Command;

use anyhow::{Context, ensure};

use crate::house;

/// Rules that the table answers for: how they begin, and the first and last number of each stretch.
const RULES: [(&str, &[(u16, u16)]); 3] = [
    ("SD", &[(35, 36), (40, 47), (50, 65), (76, 76), (109, 109)]),
    ("IM", &[(10, 16), (28, 28)]),
    ("WT", &[(401, 406)]),
];

/// Reads the table and looks for what it names.
pub fn check() -> anyhow::Result<()> {
    let path = testkit::workspace::root().join("docs/process.md");
    let table = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let lines: Vec<(&str, &str)> = table.lines().filter_map(line).collect();
    let tests = tests()?;
    for rule in rules() {
        let found = lines.iter().find(|(name, _)| *name == rule);
        let (_, proof) = found.with_context(|| format!("docs/process.md has no line for {rule}"))?;
        let named: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
        ensure!(
            !named.is_empty() || proof.contains("not yet"),
            "{rule} names no test in docs/process.md and does not say \"not yet\""
        );
        for test in named {
            ensure!(
                tests.contains(&format!("fn {test}(")) || tests.contains(&format!("{test}:")),
                "{rule} names the test {test}, which is not in the tree"
            );
        }
    }
    Ok(())
}

/// The rule and the last cell of a line of the table.
fn line(text: &str) -> Option<(&str, &str)> {
    let mut cells = text.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim);
    Some((cells.next()?, cells.next_back()?))
}

fn rules() -> impl Iterator<Item = String> {
    RULES.into_iter().flat_map(|(kind, stretches)| {
        let numbers = stretches.iter().flat_map(|(first, last)| *first..=*last);
        numbers.map(move |number| format!("{kind}-{number:03}"))
    })
}

/// Every Rust file in which a test may be.
fn tests() -> anyhow::Result<String> {
    let root = testkit::workspace::root();
    let files = house::ask(Command::new("git").args(["ls-files", "--", "*.rs"]).current_dir(&root))?;
    let read = |file: &str| std::fs::read_to_string(root.join(file)).unwrap_or_default();
    Ok(files.lines().map(read).collect())
}
