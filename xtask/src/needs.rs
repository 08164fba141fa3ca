//! What the tests need on this machine: installed where we may, named where we may not.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::house;

struct Need {
    what: &'static str,
    packages: &'static [&'static str],
    is_met: fn() -> bool,
}

/// Things a distribution's package brings.
const INSTALLABLE: [Need; 5] = [
    Need {
        what: "PostgreSQL",
        packages: &["postgresql"],
        is_met: || testkit::postgres::programs().is_ok(),
    },
    Need {
        what: "OpenLDAP's server",
        packages: &["slapd"],
        is_met: || Path::new("/usr/sbin/slapd").exists(),
    },
    Need {
        what: "Chromium and its driver",
        packages: &["chromium", "chromium-driver"],
        is_met: || house::has("chromium") && house::has("chromedriver"),
    },
    Need {
        what: "a mail server",
        packages: &["exim4-daemon-light", "openssl"],
        is_met: || testkit::mail_server::program().is_ok() && house::has("openssl"),
    },
    Need {
        what: "Python with virtual environments",
        packages: &["python3", "python3-venv"],
        is_met: || {
            Command::new("python3")
                .args(["-c", "import venv, ensurepip"])
                .output()
                .is_ok_and(|it| it.status.success())
        },
    },
];

/// Things the build needs anyway, so whoever got this far has chosen where they come from.
const PRESUPPOSED: [(&str, &str); 3] = [("node", "Node 18 or newer"), ("npm", "npm"), ("cc", "a C compiler")];

/// Makes sure that the tests find what they need.
pub fn meet() -> anyhow::Result<()> {
    let absent: Vec<&str> = PRESUPPOSED
        .iter()
        .filter(|(program, _)| !house::has(program))
        .map(|(_, name)| *name)
        .collect();
    ensure!(absent.is_empty(), "please install {}", absent.join(", "));
    let missing: Vec<&Need> = INSTALLABLE.iter().filter(|need| !(need.is_met)()).collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    front_end()
}

fn install(missing: &[&Need]) -> anyhow::Result<()> {
    let names = missing.iter().map(|need| need.what).collect::<Vec<_>>().join(", ");
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    if !testkit::postgres::is_root() || !house::has("apt-get") {
        bail!("missing: {names}. On Debian: apt-get install {}", packages.join(" "));
    }
    println!("installing {names}");
    house::run(apt(&["update"]).arg("--quiet"))?;
    house::run(apt(&["install", "--yes", "--quiet", "--no-install-recommends"]).args(&packages))?;
    let still: Vec<&str> = missing
        .iter()
        .filter(|need| !(need.is_met)())
        .map(|need| need.what)
        .collect();
    ensure!(still.is_empty(), "installed, but still not found: {}", still.join(", "));
    Ok(())
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Accessibility is judged by a script that only the tests use, so a build alone does not bring it.
fn front_end() -> anyhow::Result<()> {
    let web = testkit::workspace::root().join("web");
    if web.join("node_modules/axe-core/axe.min.js").exists() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(web);
    house::run(&mut npm).context("the front-end packages")
}
