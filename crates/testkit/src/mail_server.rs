//! A throw-away mail server: a real one (Exim), on a free port of the loopback address, that delivers whatever it takes into
//! a folder which can be read, and goes away with the value.
//!
//! It refuses `nessuno@…` for good and everybody while it [is busy](MailServer::be_busy); it may ask for a password and
//! speak TLS with a certificate of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::postgres::is_root;
use crate::warden::{Orders, Warden};

/// The name and the password by which it knows who may send, where it asks.
pub const ACCOUNT: (&str, &str) = ("sportello", "segreta");

/// A server of our own, which ends and is removed when dropped.
pub struct MailServer {
    warden: Mutex<Warden>,
    folder: PathBuf,
    port: u16,
}

impl MailServer {
    /// One that takes mail from anybody, in the clear.
    pub fn start() -> anyhow::Result<Self> {
        Self::with(false)
    }

    /// One that speaks TLS and takes mail only from whoever gives the [`ACCOUNT`].
    pub fn with_tls() -> anyhow::Result<Self> {
        Self::with(true)
    }

    fn with(tls: bool) -> anyhow::Result<Self> {
        let program = program()?;
        let folder = tempfile::Builder::new().prefix("sportello-mail-").tempdir()?.keep();
        let port = crate::free_port()?;
        let server = prepare(&folder, port, tls).and_then(|()| {
            let server = unprivileged(&program);
            let orders = Orders::new(server.get_program(), folder.join("server.log")).arguments(server.get_args());
            let orders = orders.arguments(["-C".as_ref(), folder.join("conf").as_os_str()]);
            orders.arguments(["-bdf", "-q1h"]).remove_at_end(&folder).hire()
        });
        let warden = match server {
            Ok(warden) => warden,
            Err(error) => {
                let _ = std::fs::remove_dir_all(&folder);
                return Err(error);
            }
        };
        let server = Self {
            warden: Mutex::new(warden),
            folder,
            port,
        };
        server.resume()?;
        Ok(server)
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its certificate, where it speaks TLS.
    pub fn certificate(&self) -> PathBuf {
        self.folder.join("certificate.pem")
    }

    /// Ends it: connections are refused, what it took is kept.
    pub fn stop(&self) -> anyhow::Result<()> {
        self.lock().end("TERM").map(drop)
    }

    /// Starts it again on the same port after [`stop`](Self::stop).
    pub fn resume(&self) -> anyhow::Result<()> {
        self.lock().start()?;
        let limit = Instant::now() + Duration::from_secs(60);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let warden = self.lock();
            if Instant::now() > limit || !warden.is_running() {
                bail!("the mail server does not start:\n{}", warden.output());
            }
            drop(warden);
            pause();
        }
        Ok(())
    }

    /// Refuses everybody for the time being, or no longer.
    pub fn be_busy(&self, busy: bool) -> anyhow::Result<()> {
        let sign = self.folder.join("busy");
        if busy {
            std::fs::write(sign, "")?;
        } else {
            std::fs::remove_file(sign)?;
        }
        Ok(())
    }

    /// The letters it delivered, as they arrived, once there are `count` of them; those there are, when more never come.
    pub fn letters(&self, count: usize) -> anyhow::Result<Vec<String>> {
        let limit = Instant::now() + Duration::from_secs(20);
        loop {
            let letters = self.delivered()?;
            if letters.len() >= count || Instant::now() > limit {
                return Ok(letters);
            }
            pause();
        }
    }

    fn delivered(&self) -> anyhow::Result<Vec<String>> {
        let Ok(entries) = std::fs::read_dir(self.folder.join("box/new")) else {
            return Ok(Vec::new());
        };
        let mut files: Vec<(std::time::SystemTime, PathBuf)> = Vec::new();
        for entry in entries {
            let entry = entry?;
            files.push((entry.metadata()?.modified()?, entry.path()));
        }
        files.sort();
        let read = |(_, path): &(_, PathBuf)| std::fs::read(path).map(|bytes| decoded(&bytes));
        Ok(files.iter().map(read).collect::<Result<_, _>>()?)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Warden> {
        self.warden.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the mail server's program is.
pub fn program() -> anyhow::Result<PathBuf> {
    let mut candidates = ["/usr/sbin/exim4", "/usr/sbin/exim"].into_iter().map(PathBuf::from);
    let found = candidates.find(|program| program.exists());
    found.context("no mail server is installed (on Debian: apt-get install exim4-daemon-light)")
}

/// Letters are told as people read them: quoted-printable is undone.
fn decoded(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace("=\n", "");
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte.filter(|_| *first == b'=') {
            Some(byte) => {
                out.push(byte);
                rest = &after[2..];
            }
            None => {
                out.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[allow(clippy::disallowed_methods, reason = "runs on a thread that may wait")]
fn pause() {
    std::thread::sleep(Duration::from_millis(20));
}

fn prepare(folder: &Path, port: u16, tls: bool) -> anyhow::Result<()> {
    for part in ["spool", "log", "box"] {
        std::fs::create_dir(folder.join(part))?;
    }
    if tls {
        certify(folder)?;
    }
    std::fs::write(folder.join("conf"), configuration(folder, port, tls))?;
    if is_root() {
        run(Command::new("chown").args(["-R", "nobody:nogroup"]).arg(folder))?;
    }
    Ok(())
}

fn certify(folder: &Path) -> anyhow::Result<()> {
    let mut openssl = Command::new("openssl");
    openssl.args([
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]);
    openssl.args(["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]);
    openssl.args(["-addext", "basicConstraints=critical,CA:FALSE"]);
    openssl.arg("-keyout").arg(folder.join("key.pem"));
    run(openssl.arg("-out").arg(folder.join("certificate.pem")))
}

fn configuration(folder: &Path, port: u16, tls: bool) -> String {
    let here = folder.display();
    let (user, group) = owner();
    let security = if tls {
        format!("tls_advertise_hosts = *\ntls_certificate = {here}/certificate.pem\ntls_privatekey = {here}/key.pem\n")
    } else {
        "tls_advertise_hosts =\n".to_owned()
    };
    let door = if tls { "  deny !authenticated = *\n" } else { "" };
    let (name, password) = ACCOUNT;
    format!(
        "primary_hostname = localhost\nspool_directory = {here}/spool\nlog_file_path = {here}/log/%slog\n\
         pid_file_path = {here}/pid\nlocal_interfaces = 127.0.0.1\ndaemon_smtp_ports = {port}\n\
         exim_user = {user}\nexim_group = {group}\ndeliver_drop_privilege = true\nhost_lookup =\n\
         rfc1413_query_timeout = 0s\nkeep_environment =\n{security}acl_smtp_rcpt = rcpt\n\
         begin acl\nrcpt:\n{door}  deny local_parts = nessuno\n       message = no such user: $local_part@$domain\n\
         \x20 defer condition = ${{if exists{{{here}/busy}}}}\n        message = come back later\n  accept\n\
         begin routers\neverybody:\n  driver = accept\n  transport = box\n\
         begin transports\nbox:\n  driver = appendfile\n  directory = {here}/box\n  maildir_format\n\
         \x20 create_directory\n  delivery_date_add\n  envelope_to_add\n  return_path_add\n  user = {user}\n  group = {group}\n\
         begin authenticators\nplain:\n  driver = plaintext\n  public_name = PLAIN\n  server_prompts = :\n\
         \x20 server_condition = ${{if and{{{{eq{{$auth2}}{{{name}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}\n  server_set_id = $auth2\n"
    )
}

/// Whom the server runs as: nobody where we are root, ourselves otherwise.
fn owner() -> (String, String) {
    if is_root() {
        return ("nobody".to_owned(), "nogroup".to_owned());
    }
    let said = |flag: &str| {
        let output = Command::new("id").arg(flag).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    (said("-un").unwrap_or_default(), said("-gn").unwrap_or_default())
}

fn unprivileged(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]);
    command.arg(program);
    command
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}
