//! What we build upon: nothing banned, every licence one that goes with ours, everything from the one registry.
//!
//! `deny.toml` says the same to cargo-deny, which also follows features and is used where it is installed. It takes minutes to
//! build, so a machine without it gets the check below, which needs nothing but cargo.

use anyhow::bail;
use serde_json::Value;

use crate::{house, licence};

/// Second cryptography libraries, and ones that need a system library.
const BANNED: [&str; 4] = ["aws-lc-rs", "aws-lc-sys", "openssl-sys", "native-tls"];

/// Packages that name a file instead of a licence, with what stands in that file, as somebody read it (cargo-deny reads it
/// itself). Only for tests.
const READ: [(&str, &str); 1] = [("holidays", "MIT")];

/// Cargo's name for the public registry; an empty source is a crate of our own.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Fails with the list of everything that is wrong.
pub fn check() -> anyhow::Result<()> {
    if house::has("cargo-deny") {
        return house::run(&mut house::cargo(&["deny", "check", "bans", "licenses", "sources"]));
    }
    let metadata = house::metadata()?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let foreign: Vec<&Value> = packages.filter(|package| !package["source"].is_null()).collect();
    let faults: Vec<String> = foreign.iter().flat_map(|package| faults(package)).collect();
    if !faults.is_empty() {
        bail!("{}", faults.join("\n"));
    }
    println!(
        "{} packages, none banned, every licence allowed, all from the registry",
        foreign.len()
    );
    Ok(())
}

fn faults(package: &Value) -> Vec<String> {
    let text = |key: &str| package[key].as_str().unwrap_or_default();
    let name = text("name");
    let mut faults = Vec::new();
    if BANNED.contains(&name) {
        faults.push(format!(
            "{name} is banned; `cargo tree --invert {name}` tells who brings it"
        ));
    }
    if text("source") != REGISTRY {
        faults.push(format!("{name} comes from {}", text("source")));
    }
    let read = READ.into_iter().find(|(package, _)| *package == name);
    let expression = read.map_or_else(|| text("license"), |(_, expression)| expression);
    if !licence::is_allowed(expression) {
        faults.push(format!("{name} has the licence {:?}", text("license")));
    }
    faults
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_common_package_has_no_fault() {
        assert!(faults(&json!({"name": "anyhow", "source": REGISTRY, "license": "MIT OR Apache-2.0"})).is_empty());
    }

    #[test]
    fn a_banned_unlicensed_package_from_elsewhere_has_three() {
        let package = json!({"name": "openssl-sys", "source": "git+https://example.org/it", "license": null});
        assert_eq!(faults(&package).len(), 3);
    }
}
