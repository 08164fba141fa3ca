//! `sportello import`: what another product recorded.

use super::{close_sealed, language, open_existing, told};
use anyhow::Result;
use clap::Subcommand;
use host::Settings;
use integration::servicenow::{self, Options};
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// Where from.
#[derive(Subcommand)]
pub enum Import {
    /// The audit log of ServiceNow's incidents, as CSV.
    Servicenow {
        /// The file.
        file: PathBuf,
        /// Changes nothing and reports what would happen.
        #[arg(long)]
        dry_run: bool,
        /// The area the tickets belong to; left out, the first one.
        #[arg(long)]
        area: Option<String>,
        /// Prints the report as one JSON object.
        #[arg(long)]
        json: bool,
    },
}

pub(super) async fn run(command: Import, settings: &Settings) -> Result<()> {
    let Import::Servicenow {
        file,
        dry_run,
        area,
        json,
    } = command;
    let store = open_existing(settings).await?;
    let options = Options {
        area,
        dry_run,
        language: language(),
    };
    let imported = servicenow::import(&store, &file, &options, &mut progress()).await;
    // Also what came in before it broke off is sealed; a trial records nothing.
    if dry_run {
        store.close().await;
    } else {
        close_sealed(settings, store).await;
    }
    let report = imported.map_err(told)?;
    let text = if json {
        serde_json::to_string(&report)? + "\n"
    } else {
        report.text(language(), dry_run)
    };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

/// Tells how far it is on standard error: in place on a terminal, every hundred tickets elsewhere.
fn progress() -> impl FnMut(usize, usize) {
    let in_place = std::io::stderr().is_terminal();
    let mut told = 0;
    move |done, total| {
        if !in_place && done / 100 == told / 100 && done != total {
            return;
        }
        told = done;
        let text = language().text_with(
            "integration-progress",
            &[("done", done.into()), ("total", total.into())],
        );
        let (start, end) = if in_place {
            ("\r", if done == total { "\n" } else { "" })
        } else {
            ("", "\n")
        };
        let _ = write!(std::io::stderr(), "{start}{text}{end}");
    }
}
