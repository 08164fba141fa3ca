//! The server that letters are handed to, as the settings say.

use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

/// How the way to the server is kept from being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Security {
    /// In the clear first, then under TLS, or not at all.
    #[default]
    StartTls,
    /// Under TLS from the first byte.
    Tls,
    /// In the clear: to a server of this machine only.
    Clear,
}

impl Security {
    /// The port that is usual for it.
    pub const fn port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::Clear => 25,
        }
    }
}

impl FromStr for Security {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Self> {
        match text {
            "starttls" => Ok(Self::StartTls),
            "tls" => Ok(Self::Tls),
            "none" => Ok(Self::Clear),
            other => anyhow::bail!("{other:?} is none of starttls, tls, none"),
        }
    }
}

/// The server.
#[derive(Clone)]
pub struct MailServer {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the way there is kept.
    pub security: Security,
    /// Name and password, where it asks for them.
    pub credentials: Option<(String, String)>,
    /// The address that letters come from where an area has none of its own.
    pub sender: String,
    /// Certificates to be trusted beside those of the system: an authority of one's own.
    pub authority: Option<PathBuf>,
}

impl std::fmt::Debug for MailServer {
    /// The password is in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{} ({:?})", self.host, self.port, self.security)
    }
}

impl MailServer {
    /// True for a server of this machine.
    pub fn is_here(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}
