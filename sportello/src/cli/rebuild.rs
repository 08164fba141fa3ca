//! `sportello rebuild`: cards, states and search index from the journal, beside a running server.

use super::{language, open_existing, told};
use anyhow::Result;
use host::Settings;
use std::io::{IsTerminal, Write};

pub(super) async fn run(settings: &Settings) -> Result<()> {
    let store = open_existing(settings).await?;
    let kinds: Vec<_> = crate::registry::capabilities()
        .iter()
        .flat_map(|capability| capability.records.clone())
        .collect();
    let terminal = std::io::stderr().is_terminal();
    let progress = move |done: i64, all: i64| {
        if terminal {
            let args = [("done", done.to_string()), ("all", all.to_string())];
            eprint!("\r{}\u{1b}[K", web::sentence(language(), "audit-progress", &args));
            let _ = std::io::stderr().flush();
        }
    };
    let rebuilt = ::audit::rebuild(&store, &kinds, &progress).await.map_err(told)?;
    if terminal {
        eprintln!();
    }
    let args = [
        ("records", rebuilt.records.to_string()),
        ("states", rebuilt.states.to_string()),
        ("cards", rebuilt.cards.to_string()),
        ("words", rebuilt.words.to_string()),
    ];
    println!("{}", web::sentence(language(), "audit-rebuilt", &args));
    Ok(())
}
