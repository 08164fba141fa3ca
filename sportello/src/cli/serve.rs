//! `sportello serve`: one process with everything.

use super::{language, open, own_seal_key, told};
use anyhow::Result;
use clap::Args;
use host::{Overrides, Server, Settings};

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
    let mut settings = Settings::read(&Overrides {
        listen: command.listen,
        ..overrides
    })?;
    if command.demo && settings.organisation == Settings::default().organisation {
        settings.organisation = "Ente dimostrativo".to_owned();
    }
    let store = open(&settings).await?;
    let capabilities = crate::registry::capabilities();
    let key = own_seal_key(&settings).await?;
    let (reads, log) = privacy::start_read_log(store.clone(), key);
    let server = Server::bind(&settings, capabilities, store, command.demo, reads)
        .await
        .map_err(told)?;
    let address = server.address().map_err(told)?;
    let kept = server.app().store.clone();
    let demonstrated = if command.demo {
        demonstrate(&settings).await?
    } else {
        String::new()
    };
    println!("Sportello: http://{address}");
    print!("{demonstrated}");
    if let Some(code) = people::set_up_code(&server.app().store).await.map_err(told)? {
        let address = server.app().settings.base_url.as_str();
        println!(
            "{}",
            language().text_with(
                "people-serve-code",
                &[("address", address.into()), ("code", code.as_str().into())]
            )
        );
    }
    server
        .serve(async move {
            stopped().await;
            log.flush().await;
            workspace::flush(&kept).await;
        })
        .await
        .map_err(told)
}

/// Loads the demonstration where it is missing, on a connection with a clock of its own; answers what is to be told.
async fn demonstrate(settings: &Settings) -> Result<String> {
    let clock = Some(demonstration::first_instant(settings.clock().now()).to_string());
    let database_url = settings.database_url.as_deref().map(hurried);
    let store = open(&Settings {
        clock,
        database_url,
        ..settings.clone()
    })
    .await?;
    let found = demonstration::load(&store, settings.clock().now())
        .await
        .map_err(told)?;
    // The stories are past: nobody is written to about them.
    notice::pass_over(&store).await.map_err(told)?;
    store.close().await;
    Ok(demonstration::told(language(), found))
}

/// The same database without waiting for the disk at every commit: what is only shown may be loaded again.
fn hurried(url: &str) -> String {
    if !url.starts_with("postgres") || url.contains("options") {
        return url.to_owned();
    }
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}options=-c%20synchronous_commit%3Doff")
}

/// Ends when the process is asked to stop.
async fn stopped() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
