//! A child process that cannot outlive us.
//!
//! Destructors do not run when a test process is killed, and a forgotten database cluster or browser slows every run
//! after it. So children are started by a small shell that holds one end of a pipe. Orders travel through the pipe;
//! when it closes, because we dropped the warden, ended, panicked or were killed, the shell ends the child, sweeps its
//! process group and removes its folder.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, bail};

const SHELL: &str = r#"
log=$1 remove=$2 last=$3; shift 3; pid=
finish() {
    [ -n "$pid" ] || { echo 0; return; }
    kill -s "$1" "$pid" 2>/dev/null
    setsid sh -c 'sleep 30; kill -s KILL "$1"' timer "$pid" >/dev/null 2>&1 &
    timer=$!
    wait "$pid"; code=$?
    kill -s KILL "$timer" "-$timer" 2>/dev/null
    kill -s KILL -- "-$pid" 2>/dev/null
    pid=; echo "$code"
}
while read -r order; do
    case $order in
        start) setsid "$@" >>"$log" 2>&1 </dev/null & pid=$!; echo "$pid" ;;
        *) finish "$order" ;;
    esac
done
finish "$last" >/dev/null 2>&1
[ -z "$remove" ] || rm -rf -- "$remove"
"#;

/// How a child is run.
pub struct Orders {
    command: VecDeque<OsString>,
    environment: Vec<(String, String)>,
    forget: Vec<String>,
    log: PathBuf,
    remove: Option<PathBuf>,
    last_signal: &'static str,
}

impl Orders {
    /// A program whose output is appended to `log`.
    pub fn new(program: impl AsRef<OsStr>, log: impl Into<PathBuf>) -> Self {
        Self {
            command: VecDeque::from([program.as_ref().to_owned()]),
            environment: Vec::new(),
            forget: Vec::new(),
            log: log.into(),
            remove: None,
            last_signal: "KILL",
        }
    }

    /// Arguments of the program.
    pub fn arguments<A: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.command
            .extend(arguments.into_iter().map(|argument| argument.as_ref().to_owned()));
        self
    }

    /// A variable of the program's environment.
    pub fn environment(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// A variable the program must not inherit.
    pub fn forget(mut self, name: impl Into<String>) -> Self {
        self.forget.push(name.into());
        self
    }

    /// A folder that goes away with the warden.
    pub fn remove_at_end(mut self, folder: impl Into<PathBuf>) -> Self {
        self.remove = Some(folder.into());
        self
    }

    /// The signal sent when we are gone; `KILL` unless told otherwise.
    pub fn last_signal(mut self, signal: &'static str) -> Self {
        self.last_signal = signal;
        self
    }

    /// Hires the warden; the program is not started yet.
    pub fn hire(self) -> anyhow::Result<Warden> {
        let mut shell = Command::new("sh");
        shell.args(["-c", SHELL, "warden"]).arg(&self.log);
        shell
            .arg(self.remove.as_deref().unwrap_or(Path::new("")))
            .arg(self.last_signal)
            .args(&self.command);
        for name in &self.forget {
            shell.env_remove(name);
        }
        shell.envs(self.environment).process_group(0);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut shell = shell.spawn().context("cannot start sh")?;
        let orders = shell.stdin.take().context("the warden has no ear")?;
        let answers = BufReader::new(shell.stdout.take().context("the warden has no voice")?);
        Ok(Warden {
            shell,
            orders: Some(orders),
            answers,
            pid: None,
            log: self.log,
        })
    }
}

/// Keeps one child process, which may be started and stopped many times.
pub struct Warden {
    shell: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    pid: Option<u32>,
    log: PathBuf,
}

impl Warden {
    /// Starts the program.
    pub fn start(&mut self) -> anyhow::Result<()> {
        if self.pid.is_some() {
            bail!("it is running already");
        }
        self.pid = Some(self.order("start")?.try_into()?);
        Ok(())
    }

    /// Sends a signal (`TERM`, `INT`, `KILL`, …) and waits for the end; after thirty seconds it is a `KILL`.
    ///
    /// Gives the exit code as a shell tells it: 128 and the signal's number for a program that died of a signal.
    pub fn end(&mut self, signal: &str) -> anyhow::Result<i32> {
        self.pid = None;
        Ok(self.order(signal)?.try_into()?)
    }

    /// The process id, while started.
    pub fn pid(&self) -> Option<u32> {
        self.pid
    }

    /// Whether the program runs; one that ended by itself does not.
    pub fn is_running(&self) -> bool {
        let Some(pid) = self.pid else { return false };
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else {
            return false;
        };
        // The state follows the name, which is in brackets and may hold brackets itself.
        stat.rsplit(") ")
            .next()
            .is_some_and(|rest| !rest.starts_with(['Z', 'X']))
    }

    /// Everything the program has printed so far.
    pub fn output(&self) -> String {
        let bytes = std::fs::read(&self.log).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    fn order(&mut self, order: &str) -> anyhow::Result<i64> {
        let orders = self.orders.as_mut().context("the warden has left")?;
        writeln!(orders, "{order}")?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        answer
            .trim()
            .parse()
            .with_context(|| format!("the warden answered {answer:?} to {order}"))
    }
}

impl Drop for Warden {
    fn drop(&mut self) {
        drop(self.orders.take());
        // Waiting makes sure that the folder is gone when we say so; there is nothing to do about a failure.
        let _ = self.shell.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn sleeper(folder: &Path) -> Warden {
        let orders = Orders::new("sh", folder.join("log")).arguments(["-c", "echo here; exec sleep 600"]);
        orders.remove_at_end(folder).hire().unwrap()
    }

    fn wait_for(mut condition: impl FnMut() -> bool) {
        let limit = Instant::now() + Duration::from_secs(20);
        while !condition() {
            assert!(Instant::now() < limit, "waited in vain");
            #[allow(clippy::disallowed_methods, reason = "a test without a runtime")]
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn a_child_starts_ends_and_starts_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut warden = sleeper(folder.path());
        warden.start().unwrap();
        wait_for(|| warden.output().contains("here"));
        assert!(warden.is_running());
        assert_eq!(warden.end("TERM").unwrap(), 128 + 15);
        assert!(!warden.is_running());
        warden.start().unwrap();
        assert_eq!(warden.end("KILL").unwrap(), 128 + 9);
    }

    #[test]
    fn a_child_that_ended_by_itself_is_not_running() {
        let folder = tempfile::tempdir().unwrap();
        let mut warden = Orders::new("false", folder.path().join("log")).hire().unwrap();
        warden.start().unwrap();
        wait_for(|| !warden.is_running());
        assert_eq!(warden.end("TERM").unwrap(), 1);
    }

    #[test]
    fn child_and_folder_go_with_the_warden() {
        let folder = tempfile::tempdir().unwrap();
        let mut warden = sleeper(folder.path());
        warden.start().unwrap();
        let process = PathBuf::from(format!("/proc/{}", warden.pid().unwrap()));
        wait_for(|| process.exists());
        drop(warden);
        assert!(!process.exists());
        assert!(!folder.path().exists());
    }
}
