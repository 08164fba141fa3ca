//! `sportello restore`: a backup into an empty place, on either database.

use super::{audit, language, open, told};
use anyhow::{Result, bail};
use clap::Args;
use host::Settings;
use std::path::PathBuf;
use std::process::ExitCode;

/// Where from.
#[derive(Args)]
pub struct Restore {
    /// The backup.
    #[arg(long)]
    from: PathBuf,
}

pub(super) async fn run(command: Restore, settings: &Settings) -> Result<ExitCode> {
    // Nothing is written before the whole file has been read and every hash compared.
    let backup = store::check_backup(&command.from).await.map_err(told)?;
    refuse_what_is_there(settings)?;
    // Erasures that the target knows may be newer than the backup.
    let known = privacy::erasures(&settings.data_dir).await.map_err(told)?;
    let store = open(settings).await?;
    store.load_backup(&command.from, &backup).await.map_err(told)?;
    store.close().await;
    let store = open(settings).await?;
    let kinds: Vec<_> = crate::registry::capabilities()
        .iter()
        .flat_map(|capability| capability.records.clone())
        .collect();
    ::audit::rebuild(&store, &kinds, &|_, _| ()).await.map_err(told)?;
    let mut list = known;
    list.extend(privacy::erasures(&settings.data_dir).await.map_err(told)?);
    let again = privacy::reapply(&store, &list).await.map_err(told)?;
    store.close().await;
    let args = [
        ("rows", backup.rows.to_string()),
        ("files", backup.files.to_string()),
        ("erasures", again.to_string()),
    ];
    println!("{}", web::sentence(language(), "audit-restored", &args));
    audit::print(&audit::verify(settings).await?, false)
}

/// A restore goes into an empty place; only a list of erasures may be there.
fn refuse_what_is_there(settings: &Settings) -> Result<()> {
    let data = &settings.data_dir;
    let files = ["seal.key", "last-seal.json", "attachments/sha256"].map(|name| data.join(name));
    let database = settings.database();
    let embedded = (database.backend() == store::Backend::Sqlite).then(|| database.file());
    for file in files.into_iter().chain(embedded) {
        if file.exists() {
            bail!(
                "{}",
                web::sentence(
                    language(),
                    "audit-refusal-not-empty",
                    &[("file", file.display().to_string())]
                )
            );
        }
    }
    Ok(())
}
