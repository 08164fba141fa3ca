//! `sportello report`: figures for those who answer for a service.

use super::{language, open_existing, told};
use anyhow::Result;
use clap::Subcommand;
use host::Settings;
use std::io::Write;
use ticket::Measure;

/// What about.
#[derive(Subcommand)]
pub enum Report {
    /// The share of clocks that stopped in time, by agreement, metric and priority.
    ServiceLevels {
        /// The agreement by identity or name; left out, all that are in force.
        #[arg(long)]
        agreement: Option<String>,
        /// The area by identity, code or name; left out, all.
        #[arg(long)]
        area: Option<String>,
        /// The first day; left out, since the beginning.
        #[arg(long)]
        from: Option<String>,
        /// The last day; left out, until now.
        #[arg(long)]
        until: Option<String>,
        /// One JSON object on standard output.
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(command: Report, settings: &Settings) -> Result<()> {
    let Report::ServiceLevels {
        agreement,
        area,
        from,
        until,
        json,
    } = command;
    let store = open_existing(settings).await?;
    let measure = Measure {
        agreement,
        area,
        from,
        until,
    };
    let measured = ticket::compliance(&store, &measure).await;
    store.close().await;
    let measured = measured.map_err(told)?;
    let text = match json {
        true => serde_json::json!({ "agreements": measured }).to_string() + "\n",
        false => measured.iter().map(|one| one.text(language())).collect(),
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
