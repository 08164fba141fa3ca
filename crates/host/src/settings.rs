//! Settings: `sportello.toml`, then `SPORTELLO_*`, then the command line.

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use kernel::{Clock, Instant};
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use store::{DatabaseSettings, JobQueue};

/// All settings, each with its default.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The data folder.
    pub data_dir: PathBuf,
    /// `postgres://…`, or nothing for the embedded database.
    pub database_url: Option<String>,
    /// The address people reach the service at; from `listen` where left out.
    pub base_url: Option<String>,
    /// Name of the organisation.
    pub organisation: String,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Largest attachment in bytes.
    pub attachment_limit: u64,
    /// Starts the clock there (RFC 3339): demonstrations and tests only.
    pub clock: Option<String>,
    /// The secret of the seals; from the data folder where left out.
    pub seal_key: Option<String>,
    /// Connections to a PostgreSQL server, at most.
    pub database_connections: u32,
    /// Seconds after which the jobs of a node that died go to another; at least one.
    pub job_lease: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            data_dir: PathBuf::from("./sportello-data"),
            database_url: None,
            base_url: None,
            organisation: "Sportello".to_owned(),
            trusted_proxies: Vec::new(),
            attachment_limit: 50 * 1024 * 1024,
            clock: None,
            seal_key: None,
            database_connections: 20,
            job_lease: JobQueue::LEASE.as_secs() as u32,
        }
    }
}

/// What the command line says over everything else.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Overrides {
    /// Where to listen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<String>,
    /// The data folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// The database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// A sentence that names the setting that is wrong.
    pub fn read(overrides: &Overrides) -> anyhow::Result<Self> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file("sportello.toml"))
            .merge(Env::prefixed("SPORTELLO_").ignore(&["config"]));
        for name in ["DATABASE_URL", "SEAL_KEY"] {
            if let Ok(file) = std::env::var(format!("SPORTELLO_{name}_FILE")) {
                let secret = std::fs::read_to_string(&file)
                    .map_err(|cause| anyhow::anyhow!("SPORTELLO_{name}_FILE: cannot read {file}: {cause}"))?;
                figment = figment.merge(Serialized::default(&name.to_lowercase(), secret.trim().to_owned()));
            }
        }
        let settings: Self = figment.merge(Serialized::globals(overrides)).extract()?;
        if let Some(clock) = &settings.clock
            && Instant::parse(clock).is_none()
        {
            anyhow::bail!("SPORTELLO_CLOCK: {clock:?} is not an RFC 3339 instant such as 2026-11-22T09:00:00Z");
        }
        if settings.job_lease == 0 {
            anyhow::bail!("SPORTELLO_JOB_LEASE: a lease lasts at least one second");
        }
        Ok(settings)
    }

    /// How to open the database.
    pub fn database(&self) -> DatabaseSettings {
        DatabaseSettings {
            data: self.data_dir.clone(),
            url: self.database_url.clone(),
            connections: self.database_connections,
        }
    }

    /// How long a node holds a job without saying that it still works on it.
    pub fn lease(&self) -> Duration {
        Duration::from_secs(self.job_lease.into())
    }

    /// The clock that commands read.
    pub fn clock(&self) -> Clock {
        match self.clock.as_deref().and_then(Instant::parse) {
            Some(start) => Clock::starting_at(start),
            None => Clock::wall(),
        }
    }
}
