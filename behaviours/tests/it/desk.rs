//! A running server with an operator who has a token: what every story begins with.

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use testkit::Backend;
use testkit::http::Client;
use testkit::server::{Server, Settings};

/// The password of the administrator that [`set_up`] makes.
const PASSWORD: &str = "una frase lunga per la storia 7";

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
    let password = format!("{PASSWORD}\n");
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
    let done = settings.command_with_input(&words, password.as_bytes()).await?;
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

/// Signs the administrator in as a browser does; the client keeps the session's cookie.
pub async fn sign_in(client: &Client) -> anyhow::Result<testkit::http::Answer> {
    let fields = [("email", "anna@ente.example"), ("password", PASSWORD)];
    client.submit("/sign-in", &fields).await
}

/// Sends a file to a ticket.
pub async fn attach(client: &Client, ticket: &Value, bytes: Vec<u8>) -> anyhow::Result<testkit::http::Answer> {
    let mut body = b"--xyzzy\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n".to_vec();
    body.extend(bytes);
    body.extend(b"\r\n--xyzzy--\r\n");
    let request = client
        .request(reqwest::Method::POST, &format!("{}/attachments", path(ticket)?))
        .header("Content-Type", "multipart/form-data; boundary=xyzzy");
    client.send(request.body(body)).await
}

/// `audit verify` finds nothing broken; answers how many events it looked at.
pub async fn verified(settings: &Settings) -> anyhow::Result<u64> {
    let done = settings.command(&["audit", "verify", "--json"]).await?;
    let (said, why) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    ensure!(done.status.success(), "{said}{why}");
    let said: Value = serde_json::from_str(&said)?;
    ensure!(said["ok"] == true, "{said}");
    said["events"].as_u64().context("no count of events")
}

/// An answer that says the storage is away for the moment: a problem document in the language asked for, and nothing else.
pub fn is_away(answer: &testkit::http::Answer, language: &str) -> anyhow::Result<()> {
    ensure!(answer.status.as_u16() == 503, "{}: {}", answer.status, answer.text());
    ensure!(
        answer.header("content-type") == Some("application/problem+json"),
        "{:?}",
        answer.headers
    );
    ensure!(
        answer.header("retry-after").is_some(),
        "when to try again: {:?}",
        answer.headers
    );
    let problem = answer.json()?;
    ensure!(
        problem["code"] == "unavailable" && problem["status"] == 503,
        "{problem}"
    );
    let detail = problem["detail"].as_str().context("no sentence")?;
    ensure!(detail == away_sentence(language), "{detail}");
    Ok(())
}

/// What a person reads when the storage is away.
pub fn away_sentence(language: &str) -> &'static str {
    match language {
        "it" => {
            "Il servizio non riesce a salvare o leggere i dati in questo momento. Nulla è stato modificato: riprova tra poco."
        }
        _ => "Data cannot be read or saved right now. Nothing was changed: try again shortly.",
    }
}
