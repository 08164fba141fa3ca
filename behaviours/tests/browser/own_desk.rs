//! A service of one's own, for stories in which it is stopped: one organisation, one administrator.

use anyhow::{Context, ensure};
use serde_json::json;
use testkit::http::Client;
use testkit::server::{Server, Settings};

use crate::people::Person;
use crate::visit::Visit;

const PASSWORD: &str = "una frase lunga per la storia";
const ANNA: Person = Person {
    name: "Anna Bianchi",
    email: "anna@ente.example",
};

/// The service, and a program that may do everything there.
pub struct OwnDesk {
    pub server: Server,
    pub client: Client,
}

impl OwnDesk {
    /// Sets it up, and lets the administrator into this visit.
    pub async fn open(visit: &Visit) -> anyhow::Result<Self> {
        let settings = Settings::passing();
        let words = [
            "setup",
            "--organisation",
            "Comune di Prova",
            "--email",
            ANNA.email,
            "--name",
            ANNA.name,
            "--password-stdin",
        ];
        let done = settings
            .command_with_input(&words, format!("{PASSWORD}\n").as_bytes())
            .await?;
        ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let made = settings
            .command(&["token", "add", "--user", ANNA.email, "--scope", "admin", "--days", "1"])
            .await?;
        let token = String::from_utf8(made.stdout)?;
        let server = settings.start().await?;
        let client = server.client().with_token(token.trim());
        visit.visit_server(&server);
        visit.browser.delete_all_cookies().await?;
        visit.go("/sign-in").await?;
        visit.write("email", ANNA.email).await?;
        visit.write("password", PASSWORD).await?;
        visit.press("main button[type=submit]").await?;
        Ok(Self { server, client })
    }

    /// Opens a ticket of a guest: its number.
    pub async fn ticket(&self, subject: &str) -> anyhow::Result<String> {
        let body = json!({"subject": subject, "requester": {"name": "Mario Rossi"}});
        let ticket = self.client.post("/api/v1/tickets", &body).await?.expect(201)?.json()?;
        Ok(ticket["number"].as_str().context("no number")?.to_owned())
    }
}
