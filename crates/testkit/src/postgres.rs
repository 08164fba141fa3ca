//! Throw-away PostgreSQL.
//!
//! A run of tests shares one cluster, made on first use in a temporary folder, listening on a free port of the loopback
//! address and a socket, and gone with the process. `cargo xtask test` starts one for all test programs and tells
//! them by [`SHARED`]. Each test asks for a [`database`] of its own. A test that wants to pull the plug starts a
//! [`Cluster`] apart.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use crate::warden::{Orders, Warden};

/// The variable by which a run tells its test programs the address of the cluster they share.
pub const SHARED: &str = "SPORTELLO_TEST_POSTGRES";

/// How safe and how fast a cluster is.
#[derive(Clone, Copy, Debug)]
pub struct Durability {
    /// Whether files are forced to disk and pages written whole; off loses everything when the machine stops.
    pub fsync: bool,
    /// Whether a commit waits for its log to be written.
    pub synchronous_commit: bool,
}

impl Durability {
    /// For tests that only look at what is stored.
    pub const NONE: Self = Self {
        fsync: false,
        synchronous_commit: false,
    };
    /// As a server in production would have it; for measurements and for tests that kill.
    pub const FULL: Self = Self {
        fsync: true,
        synchronous_commit: true,
    };

    fn settings(self) -> [String; 3] {
        let word = |yes| if yes { "on" } else { "off" };
        [
            format!("fsync={}", word(self.fsync)),
            format!("full_page_writes={}", word(self.fsync)),
            format!("synchronous_commit={}", word(self.synchronous_commit)),
        ]
    }
}

/// A cluster of our own, which ends and is removed when dropped.
pub struct Cluster {
    warden: Mutex<Warden>,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes a cluster and starts it.
    pub fn start(durability: Durability) -> anyhow::Result<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new().prefix("sportello-postgres-").tempdir()?.keep();
        let port = crate::free_port()?;
        let warden = initialise(&programs, &folder).and_then(|()| hire(&programs, &folder, port, durability));
        let warden = match warden {
            Ok(warden) => warden,
            Err(error) => {
                let _ = std::fs::remove_dir_all(&folder);
                return Err(error);
            }
        };
        let cluster = Self {
            warden: Mutex::new(warden),
            programs,
            port,
        };
        cluster.resume()?;
        Ok(cluster)
    }

    /// Stops it: open connections are cut, new ones refused, data kept.
    pub fn stop(&self) -> anyhow::Result<()> {
        self.lock().end("INT").map(drop)
    }

    /// Ends it as a power cut would, without a last checkpoint.
    pub fn crash(&self) -> anyhow::Result<()> {
        self.lock().end("QUIT").map(drop)
    }

    /// Starts it again on the same port after [`stop`](Self::stop) or [`crash`](Self::crash).
    pub fn resume(&self) -> anyhow::Result<()> {
        self.lock().start()?;
        let limit = Instant::now() + Duration::from_secs(60);
        while statement(&self.programs, &self.address(), "SELECT 1").is_err() {
            let warden = self.lock();
            if Instant::now() > limit || !warden.is_running() {
                bail!("PostgreSQL does not start:\n{}", warden.output());
            }
            drop(warden);
            #[allow(clippy::disallowed_methods, reason = "runs on a thread that may wait")]
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// The address of its administration database.
    pub fn address(&self) -> String {
        address(self.port, "postgres")
    }

    /// A fresh database in this cluster.
    pub fn database(&self) -> anyhow::Result<TestDatabase> {
        TestDatabase::create(&self.programs, &self.address())
    }

    /// What the server has logged.
    pub fn log(&self) -> String {
        self.lock().output()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Warden> {
        self.warden.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A database of its own for one test; dropped, with whatever is connected to it, when the value is.
pub struct TestDatabase {
    /// The address to connect to.
    pub url: String,
    name: String,
    administration: String,
    programs: PathBuf,
}

impl TestDatabase {
    fn create(programs: &Path, administration: &str) -> anyhow::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        statement(
            programs,
            administration,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )?;
        let (server, _) = administration
            .rsplit_once('/')
            .context("an address without a database name")?;
        let (url, administration) = (format!("{server}/{name}"), administration.to_owned());
        Ok(Self {
            url,
            name,
            administration,
            programs: programs.to_owned(),
        })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // The cluster may be stopped on purpose, and goes away anyway.
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let _ = statement(&self.programs, &self.administration, &drop);
    }
}

/// A fresh database in the cluster this run shares.
pub fn fresh_database() -> anyhow::Result<TestDatabase> {
    static SHARED_CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    if let Ok(administration) = std::env::var(SHARED) {
        return TestDatabase::create(&programs()?, &administration);
    }
    // Alternate form: the whole chain of causes, since the error itself cannot be kept for the tests after the first.
    let cluster = SHARED_CLUSTER.get_or_init(|| Cluster::start(Durability::NONE).map_err(|error| format!("{error:#}")));
    match cluster {
        Ok(cluster) => cluster.database(),
        Err(error) => bail!("{error}"),
    }
}

/// A fresh database in the cluster this run shares, for tests that await.
///
/// # Panics
/// When PostgreSQL is missing or does not start: such a test cannot go on.
#[cfg(feature = "clients")]
pub async fn database() -> TestDatabase {
    let made = tokio::task::spawn_blocking(fresh_database).await;
    made.expect("making a database does not panic")
        .expect("a PostgreSQL database for this test")
}

/// The folder of `initdb`, `postgres` and `psql`: what `pg_config` says, or the newest one Debian has installed.
pub fn programs() -> anyhow::Result<PathBuf> {
    let said = Command::new("pg_config").arg("--bindir").output().ok();
    let said = said.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let version = |folder: &PathBuf| -> Option<u32> { folder.parent()?.file_name()?.to_str()?.parse().ok() };
    let mut installed: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    installed.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    let mut candidates = said.into_iter().chain(installed);
    let found = candidates.find(|folder| folder.join("initdb").exists() && folder.join("psql").exists());
    found.context("PostgreSQL is not installed (on Debian: apt-get install postgresql)")
}

fn address(port: u16, database: &str) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/{database}")
}

fn initialise(programs: &Path, folder: &Path) -> anyhow::Result<()> {
    if is_root() {
        run(Command::new("chown").arg("postgres:").arg(folder))?;
    }
    let mut initdb = unprivileged(&programs.join("initdb"));
    initdb.args([
        "--auth=trust",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    ]);
    run(initdb.arg("--pgdata").arg(folder.join("data")).current_dir(folder))
}

fn hire(programs: &Path, folder: &Path, port: u16, durability: Durability) -> anyhow::Result<Warden> {
    let postgres = unprivileged(&programs.join("postgres"));
    let mut settings = vec![
        format!("port={port}"),
        "listen_addresses=127.0.0.1".to_owned(),
        format!("unix_socket_directories={}", folder.display()),
        "max_connections=200".to_owned(),
        "shared_buffers=128MB".to_owned(),
        "timezone=UTC".to_owned(),
    ];
    settings.extend(durability.settings());
    let orders = Orders::new(postgres.get_program(), folder.join("server.log")).arguments(postgres.get_args());
    let orders = orders.arguments(["-D".as_ref(), folder.join("data").as_os_str()]);
    let orders = orders.arguments(settings.iter().flat_map(|setting| ["-c", setting]));
    orders.remove_at_end(folder).last_signal("QUIT").hire()
}

/// PostgreSQL refuses to run as root, so root becomes the user Debian's package makes.
fn unprivileged(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"])
        .arg(program);
    command
}

/// Whether this process belongs to root.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|this| this.uid() == 0)
}

fn statement(programs: &Path, administration: &str, sql: &str) -> anyhow::Result<()> {
    let mut psql = Command::new(programs.join("psql"));
    run(psql.args([
        "--no-psqlrc",
        "--quiet",
        "--no-password",
        "--dbname",
        administration,
        "--command",
        sql,
    ]))
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(url: &str, sql: &str) -> anyhow::Result<()> {
        statement(&programs()?, url, sql)
    }

    #[test]
    fn a_database_is_fresh_and_goes_away() {
        let (one, other) = (fresh_database().unwrap(), fresh_database().unwrap());
        ask(&one.url, "CREATE TABLE thing (id bigint)").unwrap();
        ask(&other.url, "CREATE TABLE thing (id bigint)").unwrap();
        let url = one.url.clone();
        drop(one);
        assert!(ask(&url, "SELECT 1").is_err());
        ask(&other.url, "SELECT * FROM thing").unwrap();
    }

    #[test]
    fn a_cluster_apart_stops_crashes_and_comes_back_with_its_data() {
        let cluster = Cluster::start(Durability::FULL).unwrap();
        let database = cluster.database().unwrap();
        ask(&database.url, "CREATE TABLE thing (id bigint)").unwrap();
        cluster.stop().unwrap();
        assert!(ask(&database.url, "SELECT 1").is_err());
        cluster.resume().unwrap();
        ask(&database.url, "INSERT INTO thing VALUES (1)").unwrap();
        cluster.crash().unwrap();
        cluster.resume().unwrap();
        ask(&database.url, "SELECT 1 / (SELECT count(*) FROM thing)").unwrap();
    }
}
