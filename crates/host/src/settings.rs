//! Settings: `sportello.toml`, then `SPORTELLO_*`, then the command line.

use anyhow::Context;
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use kernel::{Clock, Instant};
use mail::{MailServer, Mailer, Security};
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
    /// The server that mail is handed to; none, and no mail leaves.
    pub smtp_host: Option<String>,
    /// Its port; the usual one of its security where left out.
    pub smtp_port: Option<u16>,
    /// `starttls`, `tls`, or `none` to a server of this machine.
    pub smtp_security: String,
    /// The name it knows us by, where it asks.
    pub smtp_user: Option<String>,
    /// The password of that name.
    pub smtp_password: Option<String>,
    /// The address mail comes from where an area has none of its own.
    pub smtp_from: Option<String>,
    /// Certificates to be trusted beside those of the system.
    pub smtp_ca_file: Option<PathBuf>,
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
            smtp_host: None,
            smtp_port: None,
            smtp_security: "starttls".to_owned(),
            smtp_user: None,
            smtp_password: None,
            smtp_from: None,
            smtp_ca_file: None,
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
        for name in ["DATABASE_URL", "SEAL_KEY", "SMTP_PASSWORD"] {
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
        settings.mailer()?;
        Ok(settings)
    }

    /// Whoever hands mail to the server, where there is one; to be asked for within the runtime that it works in.
    ///
    /// # Errors
    /// A sentence that names the setting that is wrong.
    pub fn mailer(&self) -> anyhow::Result<Option<Mailer>> {
        let Some(host) = self.smtp_host.clone().filter(|host| !host.is_empty()) else {
            return Ok(None);
        };
        let security: Security = self.smtp_security.parse().context("SPORTELLO_SMTP_SECURITY")?;
        let Some(sender) = self.smtp_from.clone() else {
            anyhow::bail!("SPORTELLO_SMTP_FROM: with a mail server there must be an address that mail comes from");
        };
        let credentials = match (&self.smtp_user, &self.smtp_password) {
            (Some(user), Some(password)) => Some((user.clone(), password.clone())),
            (None, None) => None,
            _ => anyhow::bail!("SPORTELLO_SMTP_USER and SPORTELLO_SMTP_PASSWORD go together"),
        };
        let server = MailServer {
            host,
            port: self.smtp_port.unwrap_or_else(|| security.port()),
            security,
            credentials,
            sender,
            authority: self.smtp_ca_file.clone(),
        };
        Ok(Some(Mailer::new(&server).context("SPORTELLO_SMTP_…")?))
    }

    /// Whether mail would leave this machine.
    pub fn mails_away(&self) -> bool {
        let here =
            |host: &str| host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
        self.smtp_host
            .as_deref()
            .is_some_and(|host| !host.is_empty() && !here(host))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn with_server(change: impl FnOnce(&mut Settings)) -> Settings {
        let mut settings = Settings {
            smtp_host: Some("mail.ente.example".to_owned()),
            smtp_from: Some("sportello@ente.example".to_owned()),
            ..Settings::default()
        };
        change(&mut settings);
        settings
    }

    #[tokio::test]
    async fn without_a_mail_server_there_is_nobody_to_hand_mail_to() {
        assert!(Settings::default().mailer().is_ok_and(|mailer| mailer.is_none()));
        assert!(with_server(|_| {}).mailer().is_ok_and(|mailer| mailer.is_some()));
    }

    #[tokio::test]
    async fn a_wrong_setting_of_mail_is_named() {
        type Wrong = (fn(&mut Settings), &'static str);
        let cases: [Wrong; 5] = [
            (|settings| settings.smtp_from = None, "SPORTELLO_SMTP_FROM"),
            (
                |settings| settings.smtp_from = Some("nobody".to_owned()),
                "SPORTELLO_SMTP_",
            ),
            (
                |settings| settings.smtp_security = "ssl".to_owned(),
                "SPORTELLO_SMTP_SECURITY",
            ),
            (|settings| settings.smtp_security = "none".to_owned(), "SPORTELLO_SMTP_"),
            (
                |settings| settings.smtp_user = Some("x".to_owned()),
                "SPORTELLO_SMTP_PASSWORD",
            ),
        ];
        for (change, named) in cases {
            let told = with_server(change).mailer().expect_err(named);
            assert!(format!("{told:#}").contains(named), "{told:#}");
        }
    }

    #[test]
    fn only_a_server_of_this_machine_keeps_mail_here() {
        assert!(with_server(|_| {}).mails_away());
        for here in ["localhost", "127.0.0.1", "::1", ""] {
            let settings = with_server(|settings| settings.smtp_host = Some(here.to_owned()));
            assert!(!settings.mails_away(), "{here}");
        }
    }
}
