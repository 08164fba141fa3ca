//! Handing letters over.

use crate::letter::{Letter, address};
use crate::server::{MailServer, Security};
use anyhow::{Context, bail};
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters, TlsParametersBuilder};
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant as Moment};

/// How long one exchange with the server may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a server that did not answer is left alone.
const LEFT_ALONE: Duration = Duration::from_secs(30);
/// Connections to the server at once.
const CONNECTIONS: u32 = 4;

/// Why a letter is not with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// The server could not be reached, or the connection broke: it may have the letter all the same.
    Away(String),
    /// It does not want it now (4xx).
    Later(String),
    /// It does not want it at all (5xx), or it is no letter.
    Never(String),
}

/// Hands letters to a server. Clones share its connections.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Mailbox,
    away_until: Arc<Mutex<Option<Moment>>>,
    left_alone: Duration,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mailer from {}", self.sender.email)
    }
}

impl Mailer {
    /// A mailer for a server; nothing is connected yet.
    ///
    /// # Errors
    /// A sentence that says which setting is wrong.
    pub fn new(server: &MailServer) -> anyhow::Result<Self> {
        let sender = address(&server.sender).with_context(|| format!("{:?} is no sender", server.sender))?;
        if server.security == Security::Clear && !server.is_here() {
            bail!(
                "without TLS letters go to a server of this machine only, and {} is none",
                server.host
            );
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .timeout(Some(PATIENCE))
            .tls(tls(server)?)
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        if let Some((user, password)) = &server.credentials {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(Self {
            transport: builder.build(),
            sender: Mailbox::new(None, sender),
            away_until: Arc::default(),
            left_alone: LEFT_ALONE,
        })
    }

    /// The same, that leaves a server which does not answer alone for another time.
    #[must_use]
    pub fn leaving_alone(self, long: Duration) -> Self {
        Self {
            left_alone: long,
            ..self
        }
    }

    /// The address that letters come from where an area has none of its own.
    pub fn sender(&self) -> String {
        self.sender.email.to_string()
    }

    /// Hands a letter over; the server's own words when it has taken it.
    ///
    /// # Errors
    /// Why it has not, and whether it is worth trying again.
    pub async fn send(&self, letter: &Letter) -> Result<String, Unsent> {
        if let Some(left) = self.left() {
            return Err(Unsent::Away(format!(
                "the server did not answer; next try in {} s",
                left.as_secs() + 1
            )));
        }
        let message = letter
            .message(&self.sender)
            .map_err(|cause| Unsent::Never(format!("{cause:#}")))?;
        match self.transport.send(message).await {
            Ok(response) => {
                self.note(None);
                Ok(response.message().collect::<Vec<_>>().join(" "))
            }
            Err(error) => {
                let unsent = judged(&error);
                let away = matches!(unsent, Unsent::Away(_));
                self.note(away.then(|| Moment::now() + self.left_alone));
                Err(unsent)
            }
        }
    }

    fn left(&self) -> Option<Duration> {
        let until = *self.away_until.lock().unwrap_or_else(PoisonError::into_inner);
        until?.checked_duration_since(Moment::now())
    }

    fn note(&self, away_until: Option<Moment>) {
        *self.away_until.lock().unwrap_or_else(PoisonError::into_inner) = away_until;
    }
}

/// A refused password is a wrong setting and no judgement of the letter: it is tried again once somebody has mended it.
fn judged(error: &SmtpError) -> Unsent {
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        let words = deeper.to_string();
        if !told.contains(&words) {
            told = format!("{told}: {words}");
        }
        cause = deeper.source();
    }
    let code = error.status().map(u16::from);
    match code {
        Some(530 | 534 | 535 | 538) => Unsent::Away(told),
        _ if error.is_permanent() => Unsent::Never(told),
        _ if error.is_transient() => Unsent::Later(told),
        _ => Unsent::Away(told),
    }
}

fn tls(server: &MailServer) -> anyhow::Result<Tls> {
    Ok(match server.security {
        Security::Clear => Tls::None,
        Security::StartTls => Tls::Required(parameters(server)?),
        Security::Tls => Tls::Wrapper(parameters(server)?),
    })
}

fn parameters(server: &MailServer) -> anyhow::Result<TlsParameters> {
    let mut builder = TlsParametersBuilder::new(server.host.clone());
    if let Some(file) = &server.authority {
        let text = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        let certificate =
            Certificate::from_pem(&text).with_context(|| format!("no certificate: {}", file.display()))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build_rustls().context("no TLS")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(host: &str, security: Security) -> MailServer {
        MailServer {
            host: host.to_owned(),
            port: 25,
            security,
            credentials: None,
            sender: "sportello@ente.example".to_owned(),
            authority: None,
        }
    }

    #[tokio::test]
    async fn in_the_clear_letters_stay_on_this_machine() {
        for here in ["localhost", "127.0.0.1", "::1"] {
            assert!(Mailer::new(&server(here, Security::Clear)).is_ok(), "{here}");
        }
        assert!(Mailer::new(&server("mail.ente.example", Security::Clear)).is_err());
    }

    #[test]
    fn each_way_has_its_port_and_others_are_refused() {
        let ports = ["starttls", "tls", "none"].map(|word| word.parse::<Security>().expect("known").port());
        assert_eq!(ports, [587, 465, 25]);
        assert!("ssl".parse::<Security>().is_err());
    }
}
