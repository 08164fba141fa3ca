//! `sportello audit`: proof that nothing was altered or lost.

use super::{language, open_existing, seal_key_if_there, told};
use ::audit::Report;
use anyhow::{Result, anyhow};
use clap::Subcommand;
use host::Settings;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Proof that nothing was altered or lost.
#[derive(Subcommand)]
pub enum Audit {
    /// Verifies journal, seals, texts, files and what stands beside them; exit code 1 names the first broken event.
    Verify {
        /// Prints one JSON object.
        #[arg(long)]
        json: bool,
        /// Verifies an exported folder instead of a database.
        #[arg(long)]
        export: Option<PathBuf>,
    },
    /// Writes a folder that verifies on another machine without the database.
    Export {
        /// A new or empty folder.
        #[arg(long)]
        out: PathBuf,
        /// Leaves the texts out.
        #[arg(long)]
        without_contents: bool,
    },
}

pub(super) async fn run(command: Audit, settings: &Settings) -> Result<ExitCode> {
    match command {
        Audit::Verify {
            json,
            export: Some(folder),
        } => {
            let key = seal_key_if_there(settings).await;
            let report = ::audit::verify_export(&folder, key.as_ref()).await.map_err(told)?;
            print(&report, json)
        }
        Audit::Verify { json, export: None } => {
            let report = verify(settings).await?;
            print(&report, json)
        }
        Audit::Export { out, without_contents } => {
            let store = open_existing(settings).await?;
            let key = seal_key_if_there(settings).await;
            let contents = if without_contents {
                ::audit::Contents::LeftOut
            } else {
                ::audit::Contents::Included
            };
            let done = ::audit::export(&store, &out, contents, key.as_ref())
                .await
                .map_err(told)?;
            println!(
                "{}",
                say(
                    "audit-exported",
                    &[("events", done.events.to_string()), ("seals", done.seals.to_string())]
                )
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Verifies the database of the settings.
pub(super) async fn verify(settings: &Settings) -> Result<Report> {
    let store = open_existing(settings).await?;
    let key = seal_key_if_there(settings).await;
    let kinds: Vec<_> = crate::registry::capabilities()
        .iter()
        .flat_map(|capability| capability.records.clone())
        .collect();
    let terminal = std::io::stderr().is_terminal();
    let progress = move |done: i64, all: i64| {
        if terminal {
            eprint!(
                "\r{}\u{1b}[K",
                say(
                    "audit-progress",
                    &[("done", done.to_string()), ("all", all.to_string())]
                )
            );
            let _ = std::io::stderr().flush();
        }
    };
    let report = ::audit::verify(&store, &kinds, key.as_ref(), &progress)
        .await
        .map_err(told);
    if terminal {
        eprintln!();
    }
    report
}

fn say(key: &str, args: &[(&'static str, String)]) -> String {
    web::sentence(language(), key, args)
}

/// Tells what came of it; the exit code says whether all is intact.
pub(super) fn print(report: &Report, json: bool) -> Result<ExitCode> {
    let broken = report
        .first_broken
        .as_ref()
        .map(|found| (found.seq, say(found.key, &found.args)));
    if json {
        let first = broken
            .as_ref()
            .map(|(seq, reason)| serde_json::json!({ "seq": seq, "reason": reason }));
        let answer = serde_json::json!({
            "ok": report.is_intact(), "events": report.events, "seals": report.seals,
            "first_broken": first, "macs_checked": report.macs_checked,
        });
        println!("{answer}");
    } else if report.is_intact() {
        println!(
            "{}",
            say(
                "audit-intact",
                &[
                    ("events", report.events.to_string()),
                    ("seals", report.seals.to_string())
                ]
            )
        );
    }
    if !report.macs_checked && !json {
        println!("{}", say("audit-macs-unchecked", &[]));
    }
    let Some((seq, reason)) = broken else {
        return Ok(ExitCode::SUCCESS);
    };
    let text = say("audit-broken", &[("seq", seq.to_string()), ("reason", reason)]);
    let count = say("audit-broken-more", &[("count", report.findings.to_string())]);
    if json {
        Ok(ExitCode::from(1))
    } else {
        Err(anyhow!("{text}\n{count}"))
    }
}
