//! A running server with an operator who has a token: what every story begins with.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use testkit::Backend;
use testkit::http::Client;
use testkit::server::{Server, Settings};

/// A server, and somebody who may do everything there.
pub struct Desk {
    pub server: Server,
    pub token: String,
}

impl Desk {
    /// Starts it on a database that is still empty.
    pub async fn open(db: &Backend) -> anyhow::Result<Self> {
        Self::with(Settings::new(db)).await
    }

    /// Starts it with settings of its own.
    pub async fn with(settings: Settings) -> anyhow::Result<Self> {
        let token = set_up(&settings).await?;
        let server = settings.start().await?;
        Ok(Self { server, token })
    }

    pub fn client(&self) -> Client {
        self.server.client().with_token(&self.token)
    }
}

/// Sets up an organisation with one area and an administrator; answers a token of theirs.
pub async fn set_up(settings: &Settings) -> anyhow::Result<String> {
    let password = b"una frase lunga per la storia 7\n";
    let words = [
        "setup",
        "--organisation",
        "Comune di Prova",
        "--email",
        "anna@ente.example",
        "--name",
        "Anna Bianchi",
        "--password-stdin",
    ];
    let done = settings.command_with_input(&words, password).await?;
    ensure!(
        done.status.success(),
        "setup: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    token(settings, "anna@ente.example").await
}

/// A token of somebody.
pub async fn token(settings: &Settings, email: &str) -> anyhow::Result<String> {
    let made = settings
        .command(&["token", "add", "--user", email, "--scope", "admin", "--days", "1"])
        .await?;
    ensure!(
        made.status.success(),
        "token: {}",
        String::from_utf8_lossy(&made.stderr)
    );
    Ok(String::from_utf8(made.stdout)?.trim().to_owned())
}

/// A ticket of a new guest.
pub async fn open_ticket(client: &Client, subject: &str) -> anyhow::Result<Value> {
    let body = json!({"subject": subject, "requester": {"name": "Mario Rossi"}});
    client.post("/api/v1/tickets", &body).await?.expect(201)?.json()
}

/// The path of a ticket.
pub fn path(ticket: &Value) -> anyhow::Result<String> {
    let number = ticket["number"].as_str().context("no number")?;
    Ok(format!("/api/v1/tickets/{number}"))
}
