//! `sportello backup`: everything in one file, while the service runs.

use super::{language, open_existing, told};
use anyhow::{Result, bail};
use clap::Args;
use host::Settings;
use std::path::PathBuf;

/// What goes along from the data folder.
pub(super) const BESIDE: [&str; 4] = ["seal.key", "last-seal.json", "last-read.json", privacy::ERASURES_FILE];

/// Where to.
#[derive(Args)]
pub struct Backup {
    /// A file that does not exist yet.
    #[arg(long)]
    out: PathBuf,
}

pub(super) async fn run(command: Backup, settings: &Settings) -> Result<()> {
    if command.out.exists() {
        let file = [("file", command.out.display().to_string())];
        bail!("{}", web::sentence(language(), "audit-refusal-backup-exists", &file));
    }
    let store = open_existing(settings).await?;
    let backup = store.backup(&command.out, &BESIDE).await.map_err(told)?;
    let args = [
        ("rows", backup.rows.to_string()),
        ("files", backup.files.to_string()),
        ("file", command.out.display().to_string()),
    ];
    println!("{}", web::sentence(language(), "audit-backed-up", &args));
    let has_key = backup.beside.iter().any(|name| name == "seal.key");
    let key = if has_key {
        "audit-backup-key"
    } else {
        "audit-backup-no-key"
    };
    println!("{}", web::sentence(language(), key, &[]));
    store.close().await;
    Ok(())
}
