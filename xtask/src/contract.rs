//! The API against its own description: schemathesis asks a running server everything the description allows, and
//! some things it does not, and looks for server errors and answers nobody has written down.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use testkit::warden::{Orders, Warden};

use crate::house;
use crate::steps::Outcome;

const VERSION: &str = "4.32.5";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,response_schema_conformance";

/// Somebody who asks: what they may see and do decides which answers there are.
struct Asker {
    role: &'static str,
    scope: &'static str,
    examples: &'static str,
    seconds: &'static str,
}

/// The administrator asks everything at length; the others mostly hear refusals, which are answers too.
const ASKERS: [Asker; 3] = [
    Asker {
        role: "administrator",
        scope: "admin",
        examples: "25",
        seconds: "180",
    },
    Asker {
        role: "operator",
        scope: "write",
        examples: "6",
        seconds: "45",
    },
    Asker {
        role: "requester",
        scope: "read,write",
        examples: "4",
        seconds: "30",
    },
];

/// Runs the check against a server with the demonstration organisation; skipped where the tool cannot be had.
pub fn check(binary: &Path) -> anyhow::Result<Outcome> {
    let tool = match tool() {
        Ok(tool) => tool,
        Err(error) => return Ok(Outcome::Skipped(format!("schemathesis cannot be had: {error:#}"))),
    };
    let data = tempfile::Builder::new().prefix("sportello-contract-").tempdir()?;
    let (server, address) = serve(binary, data.path())?;
    let checked = ASKERS.iter().try_for_each(|asker| {
        let token = token(binary, data.path(), asker)?;
        ask_everything(&tool, &address, &token, asker).with_context(|| format!("asking as {}", asker.role))
    });
    if checked.is_err() {
        let output = server.output();
        let last = output.lines().rev().take(40).collect::<Vec<_>>();
        println!(
            "the server's last words:\n{}",
            last.into_iter().rev().collect::<Vec<_>>().join("\n")
        );
    }
    checked.map(|()| Outcome::Done)
}

/// Schemathesis in an environment of its own under the target folder, installed on first use.
fn tool() -> anyhow::Result<PathBuf> {
    let place = house::target()?.join("contract").join(VERSION);
    let tool = place.join("bin/schemathesis");
    if !tool.exists() {
        house::ask(Command::new("python3").args(["-m", "venv"]).arg(&place))?;
        let mut pip = Command::new(place.join("bin/pip"));
        let package = format!("schemathesis=={VERSION}");
        house::ask(pip.args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            &package,
        ]))?;
    }
    Ok(tool)
}

fn serve(binary: &Path, data: &Path) -> anyhow::Result<(Warden, String)> {
    let host = format!("127.0.0.1:{}", testkit::free_port()?);
    let orders = Orders::new(binary, data.join("output")).arguments(["serve", "--demo", "--listen", &host, "--data"]);
    let mut server = orders.arguments([data.join("data")]).hire()?;
    server.start()?;
    let limit = Instant::now() + Duration::from_secs(180);
    while !is_ready(&host) {
        ensure!(server.is_running(), "the server ended by itself:\n{}", server.output());
        ensure!(
            Instant::now() < limit,
            "the server does not get ready:\n{}",
            server.output()
        );
        #[allow(clippy::disallowed_methods, reason = "there is no runtime to wait for")]
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok((server, format!("http://{host}")))
}

fn is_ready(host: &str) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut connection = TcpStream::connect(host)?;
        connection.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(connection, "GET /readyz HTTP/1.0\r\nHost: {host}\r\n\r\n")?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.split_whitespace().nth(1) == Some("200"))
}

fn token(binary: &Path, data: &Path, asker: &Asker) -> anyhow::Result<String> {
    let command = |words: &[&str]| {
        let mut command = Command::new(binary);
        command.args(words).arg("--data").arg(data.join("data"));
        command
    };
    let email = format!("{}@contract.example", asker.role);
    let who = [
        "user", "add", "--email", &email, "--name", "Contract", "--role", asker.role,
    ];
    let mut add = command(&who);
    let add = add.arg("--password-stdin").stdin(Stdio::piped()).stdout(Stdio::null());
    let mut add = add.spawn()?;
    add.stdin
        .take()
        .context("no standard input")?
        .write_all(b"una frase lunga per il contratto 7\n")?;
    ensure!(add.wait()?.success(), "sportello user add failed");
    let order = ["token", "add", "--user", &email, "--scope", asker.scope, "--days", "1"];
    Ok(house::ask(&mut command(&order))?.trim().to_owned())
}

fn ask_everything(tool: &Path, address: &str, token: &str, asker: &Asker) -> anyhow::Result<()> {
    let mut command = Command::new(tool);
    command.args(["run", &format!("{address}/api/v1/openapi.json"), "--checks", CHECKS]);
    command.args([
        "--header",
        &format!("Authorization: Bearer {token}"),
        "--phases",
        // Its coverage phase breaks inside the tool itself on Python 3.11 (AST recursion), whatever the server answers.
        "examples,fuzzing",
    ]);
    command.args([
        "--max-examples",
        asker.examples,
        "--max-time",
        asker.seconds,
        "--workers",
        "1",
        "--request-timeout",
        "20",
    ]);
    command.args([
        "--generation-deterministic",
        "--seed",
        "1",
        "--suppress-health-check",
        "all",
        "--no-color",
    ]);
    let status = command
        .current_dir(house::target()?)
        .stdin(Stdio::null())
        .status()
        .context("cannot run schemathesis")?;
    // The command line holds a token, so it is not repeated in the message.
    ensure!(status.success(), "schemathesis has found something");
    Ok(())
}
