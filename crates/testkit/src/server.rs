//! The real program in a process of its own.
//!
//! Tests that stop, kill and restart the server, or run two of them over one database, need the binary and not a router
//! in memory. It is taken from [`BINARY`], which `cargo xtask test` sets after building it once; otherwise it is built
//! on first use, into the folder the test itself was built in.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use crate::http::Client;
use crate::warden::{Orders, Warden};
use crate::{Backend, workspace};
use anyhow::{Context, bail, ensure};

pub use crate::workspace::BINARY;

/// How a server is started: with a database, a data folder, and settings as environment variables.
#[derive(Clone)]
pub struct Settings {
    database: String,
    data: PathBuf,
    environment: Vec<(String, String)>,
    arguments: Vec<String>,
    patience: Duration,
    passing: bool,
}

impl Settings {
    /// A server on an embedded database of its own, gone with it: for one that a whole test process shares, where
    /// nothing is dropped at the end.
    ///
    /// # Panics
    /// When there is no place for temporary files.
    pub fn passing() -> Self {
        let data = tempfile::Builder::new().prefix("sportello-passing-").tempdir();
        let data = data.expect("a temporary folder").keep();
        let database = format!("sqlite://{}", data.join("sportello.db").display());
        Self {
            passing: true,
            ..Self::at(&database, &data)
        }
    }

    /// A server on this test's database and data folder.
    pub fn new(backend: &Backend) -> Self {
        Self::at(&backend.url, backend.data.path())
    }

    /// A server on a database and a data folder by name; two nodes share the first and not always the second.
    pub fn at(database: &str, data: &Path) -> Self {
        let patience = Duration::from_secs(120);
        let (environment, arguments) = (Vec::new(), Vec::new());
        Self {
            database: database.to_owned(),
            data: data.to_owned(),
            environment,
            arguments,
            patience,
            passing: false,
        }
    }

    /// With the demonstration organisation.
    pub fn demo(self) -> Self {
        self.argument("--demo")
    }

    /// One more argument of `serve`.
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// A setting by its variable, such as `SPORTELLO_CLOCK`.
    pub fn set(mut self, variable: &str, value: &str) -> Self {
        self.environment.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// How long to wait for the server to be ready; two minutes unless told otherwise.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Starts the server on a free port and waits until it is ready.
    pub async fn start(&self) -> anyhow::Result<Server> {
        let mut tries = 3;
        loop {
            let mut server = self.prepare().await?;
            match server.run().await {
                // Somebody took the port between our asking and the server's.
                Err(error) if tries > 1 && is_port_taken(&error) => tries -= 1,
                started => return started.map(|()| server),
            }
        }
    }

    /// Runs another command of the binary, such as `["audit", "verify"]`, on the same database and data folder.
    pub async fn command(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        self.command_with_input(arguments, b"").await
    }

    /// Runs another command of the binary with something on its standard input.
    pub async fn command_with_input(&self, arguments: &[&str], input: &[u8]) -> anyhow::Result<Output> {
        use tokio::io::AsyncWriteExt;
        let mut command = tokio::process::Command::new(binary().await?);
        command
            .args(arguments)
            .arg("--data")
            .arg(&self.data)
            .args(["--database", &self.database]);
        inherited().iter().for_each(|name| {
            command.env_remove(name);
        });
        command.envs(self.environment.iter().cloned()).kill_on_drop(true);
        let piped = std::process::Stdio::piped;
        let mut child = command.stdin(piped()).stdout(piped()).stderr(piped()).spawn()?;
        let mut stdin = child.stdin.take().context("no standard input")?;
        // A program may answer without reading what it was told, and close the pipe.
        let _ = stdin.write_all(input).await;
        drop(stdin);
        Ok(child.wait_with_output().await?)
    }

    async fn prepare(&self) -> anyhow::Result<Server> {
        let binary = binary().await?;
        let folder = match self.passing {
            true => self.data.clone(),
            false => tempfile::Builder::new().prefix("sportello-server-").tempdir()?.keep(),
        };
        std::fs::create_dir_all(&folder)?;
        let port = crate::free_port()?;
        let mut orders = Orders::new(binary, folder.join("output")).remove_at_end(&folder);
        orders = orders.arguments([
            "serve",
            "--listen",
            &format!("127.0.0.1:{port}"),
            "--database",
            &self.database,
        ]);
        orders = orders
            .arguments(["--data".as_ref(), self.data.as_os_str()])
            .arguments(&self.arguments);
        orders = inherited().into_iter().fold(orders, Orders::forget);
        orders = self
            .environment
            .iter()
            .fold(orders, |orders, (name, value)| orders.environment(name, value));
        let warden = Arc::new(Mutex::new(orders.hire()?));
        Ok(Server {
            warden,
            address: format!("http://127.0.0.1:{port}"),
            patience: self.patience,
        })
    }
}

/// A running server; it is killed when the value is dropped.
pub struct Server {
    warden: Arc<Mutex<Warden>>,
    address: String,
    patience: Duration,
}

impl Server {
    /// Its address, without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A new client for it, with an empty cookie jar.
    pub fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// Its process id, while it runs.
    pub fn pid(&self) -> Option<u32> {
        self.warden().pid()
    }

    /// Everything it has printed so far, over all its lives.
    pub fn output(&self) -> String {
        self.warden().output()
    }

    /// Waits until it prints something.
    pub async fn wait_for_output(&self, text: &str) -> anyhow::Result<()> {
        let limit = Instant::now() + self.patience;
        while !self.output().contains(text) {
            ensure!(
                Instant::now() < limit,
                "the server never printed {text:?}:\n{}",
                self.output()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    /// Ends it at once, without a chance to tidy up.
    pub async fn kill(&self) -> anyhow::Result<()> {
        self.end("KILL").await.map(drop)
    }

    /// Asks it to end and gives its exit code. After thirty seconds it is killed, and the code is 137.
    pub async fn stop(&self) -> anyhow::Result<i32> {
        self.end("TERM").await
    }

    /// Starts it again at the same address, after it was stopped or killed, and waits until it is ready.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.run().await
    }

    async fn run(&mut self) -> anyhow::Result<()> {
        self.warden().start()?;
        let (client, limit) = (self.client(), Instant::now() + self.patience);
        loop {
            if client
                .get("/readyz")
                .await
                .is_ok_and(|answer| answer.status.is_success())
                && self.is_running()
            {
                return Ok(());
            }
            ensure!(self.is_running(), "the server ended by itself:\n{}", self.output());
            ensure!(
                Instant::now() < limit,
                "the server does not get ready:\n{}",
                self.output()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Whether the process lives.
    pub fn is_running(&self) -> bool {
        self.warden().is_running()
    }

    async fn end(&self, signal: &'static str) -> anyhow::Result<i32> {
        let warden = Arc::clone(&self.warden);
        let end = move || warden.lock().unwrap_or_else(PoisonError::into_inner).end(signal);
        tokio::task::spawn_blocking(end).await?
    }

    fn warden(&self) -> MutexGuard<'_, Warden> {
        self.warden.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The path of the binary, built first where nobody has named it.
pub async fn binary() -> anyhow::Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let find = || {
        BUILT
            .get_or_init(|| find_binary().map_err(|error| format!("{error:#}")))
            .clone()
    };
    tokio::task::spawn_blocking(find).await?.map_err(anyhow::Error::msg)
}

fn find_binary() -> anyhow::Result<PathBuf> {
    if let Some(named) = std::env::var_os(BINARY) {
        let named = PathBuf::from(named);
        ensure!(named.exists(), "{BINARY} names {}, which is not there", named.display());
        return Ok(named);
    }
    let folder = workspace::build_folder()?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--package", "sportello"])
        .current_dir(workspace::root());
    if folder.ends_with("release") {
        cargo.arg("--release");
    }
    if let Some(target) = folder.parent() {
        cargo.env("CARGO_TARGET_DIR", target);
    }
    let output = cargo.output().context("cannot run cargo")?;
    if !output.status.success() {
        bail!("sportello does not build:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(folder.join("sportello"))
}

/// Settings of whoever runs the tests, which the server under test must not see.
fn inherited() -> Vec<String> {
    std::env::vars()
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("SPORTELLO_"))
        .collect()
}

fn is_port_taken(error: &anyhow::Error) -> bool {
    let text = error.to_string();
    text.contains("in use") || text.contains("os error 98")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands in for the program: a web server of four lines that knows only `/readyz`, and says what it was given.
    const STAND_IN: &str = r#"#!/usr/bin/env node
const [command, ...rest] = process.argv.slice(2);
if (command !== 'serve') { process.stdin.pipe(process.stdout); process.exitCode = 1; return; }
const port = rest[rest.indexOf('--listen') + 1].split(':')[1];
console.log('begun', process.env.SPORTELLO_CLOCK, Object.keys(process.env).includes('SPORTELLO_BIN'));
process.on('SIGTERM', () => process.exit(0));
require('http').createServer((request, response) => response.end(request.url)).listen(port, '127.0.0.1');
"#;

    fn stand_in(folder: &Path) -> Settings {
        use std::os::unix::fs::PermissionsExt;
        let program = folder.join("sportello");
        std::fs::write(&program, STAND_IN).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Settings::at("sqlite::memory:", folder).set("SPORTELLO_CLOCK", "2026-11-22T09:00:00Z")
    }

    /// The environment of a process cannot be changed safely, so the test runs itself again in a changed one.
    #[test]
    fn a_server_starts_is_killed_starts_again_and_stops() {
        let folder = tempfile::tempdir().unwrap();
        let settings = stand_in(folder.path());
        if std::env::var_os("STAND_IN").is_some() {
            return crate::block_on(lives_of(settings)).unwrap();
        }
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.args([
            "--exact",
            "server::tests::a_server_starts_is_killed_starts_again_and_stops",
        ]);
        again
            .env(BINARY, folder.path().join("sportello"))
            .env("STAND_IN", "yes");
        let output = again.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }

    async fn lives_of(settings: Settings) -> anyhow::Result<()> {
        let mut server = settings.start().await?;
        assert_eq!(server.client().get("/hello").await?.text(), "/hello");
        server.wait_for_output("begun 2026-11-22T09:00:00Z false").await?;
        server.kill().await?;
        assert!(server.client().get("/").await.is_err());
        server.restart().await?;
        assert_eq!(server.output().matches("begun").count(), 2);
        assert_eq!(server.stop().await?, 0);
        let output = settings.command_with_input(&["audit", "verify"], b"read").await?;
        assert_eq!(
            (output.status.code(), output.stdout.as_slice()),
            (Some(1), b"read".as_slice())
        );
        Ok(())
    }
}
