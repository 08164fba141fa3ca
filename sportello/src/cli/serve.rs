//! `sportello serve`: one process with everything.

use super::{language, open, told};
use anyhow::Result;
use clap::Args;
use host::{Overrides, Server, Settings};
use web::ReadLog;

/// How to serve.
#[derive(Args)]
pub struct Serve {
    /// Loads the demonstration organisation once, and says so on every page.
    #[arg(long)]
    demo: bool,
    /// Where to listen.
    #[arg(long)]
    listen: Option<String>,
}

pub(super) async fn run(command: Serve, overrides: Overrides) -> Result<()> {
    let mut settings = Settings::read(&Overrides { listen: command.listen, ..overrides })?;
    if command.demo && settings.organisation == Settings::default().organisation {
        settings.organisation = "Ente dimostrativo".to_owned();
    }
    let store = open(&settings).await?;
    let capabilities = crate::registry::capabilities();
    let server = Server::bind(&settings, capabilities, store, command.demo, ReadLog::default()).await.map_err(told)?;
    let address = server.address().map_err(told)?;
    println!("Sportello: http://{address}");
    if let Some(code) = people::set_up_code(&server.app().store).await.map_err(told)? {
        let address = server.app().settings.base_url.as_str();
        println!("{}", language().text_with("people-serve-code", &[("address", address.into()), ("code", code.as_str().into())]));
    }
    server.serve(stopped()).await.map_err(told)
}

/// Ends when the process is asked to stop.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
