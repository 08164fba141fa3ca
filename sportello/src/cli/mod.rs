//! The command line. Each command is a file; all of them take `--data` and `--database`, and work beside a running server.

mod account;
mod audit;
mod backup;
mod bench;
mod doctor;
mod import;
mod person;
mod rebuild;
mod report;
mod restore;
mod serve;
mod setup;
mod wiring;

use anyhow::{Result, anyhow};
use clap::{Parser, Subcommand};
use host::{Overrides, Settings};
use kernel::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use store::{Backend, Store};

/// The open-source service desk.
#[derive(Parser)]
#[command(name = "sportello", version, about)]
pub struct Arguments {
    /// The data folder.
    #[arg(long = "data", global = true)]
    data: Option<PathBuf>,
    /// The database: `postgres://…`; left out, the embedded one in the data folder.
    #[arg(long = "database", global = true)]
    database: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves pages, API, jobs and channels.
    Serve(serve::Serve),
    /// Sets up an empty installation without a browser.
    Setup(setup::Setup),
    /// Applies missing migrations.
    Migrate,
    /// Loads and measures.
    #[command(subcommand)]
    Bench(bench::Bench),
    /// Prints what is wired together.
    Capabilities,
    /// People who sign in.
    #[command(subcommand)]
    User(account::User),
    /// Tokens of the API.
    #[command(subcommand)]
    Token(account::Token),
    /// What another product recorded.
    #[command(subcommand)]
    Import(import::Import),
    /// Figures for those who answer for a service.
    #[command(subcommand)]
    Report(report::Report),
    /// Proof that nothing was altered or lost.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// People whose data are kept.
    #[command(subcommand)]
    Person(person::Person),
    /// Makes cards, states and search index again from the journal.
    Rebuild,
    /// Writes everything into one file while the service runs.
    Backup(backup::Backup),
    /// Restores a backup into an empty place, on either database.
    Restore(restore::Restore),
    /// Tells what is configured, reachable and wrong.
    Doctor,
}

/// Runs the command.
pub async fn run(arguments: Arguments) -> Result<ExitCode> {
    let overrides = Overrides {
        listen: None,
        data_dir: arguments.data,
        database_url: arguments.database,
    };
    match arguments.command {
        Command::Serve(command) => serve::run(command, overrides).await?,
        Command::Setup(command) => setup::run(command, &Settings::read(&overrides)?).await?,
        Command::Migrate => {
            open_existing(&Settings::read(&overrides)?).await?;
        }
        Command::Bench(command) => bench::run(command, &Settings::read(&overrides)?).await?,
        Command::Capabilities => wiring::print(),
        Command::User(command) => account::user(command, &Settings::read(&overrides)?).await?,
        Command::Token(command) => account::token(command, &Settings::read(&overrides)?).await?,
        Command::Import(command) => import::run(command, &Settings::read(&overrides)?).await?,
        Command::Report(command) => report::run(command, &Settings::read(&overrides)?).await?,
        Command::Audit(command) => return audit::run(command, &Settings::read(&overrides)?).await,
        Command::Backup(command) => backup::run(command, &Settings::read(&overrides)?).await?,
        Command::Restore(command) => return restore::run(command, &Settings::read(&overrides)?).await,
        Command::Doctor => return doctor::run(&Settings::read(&overrides)?).await,
        Command::Person(command) => person::run(command, &Settings::read(&overrides)?).await?,
        Command::Rebuild => rebuild::run(&Settings::read(&overrides)?).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens the database of the settings, and refuses where there is none: a mistyped folder is no installation, and neither
/// "intact" nor "saved" may be said of nothing. Only what begins an installation opens with [`open`].
pub(crate) async fn open_existing(settings: &Settings) -> Result<Store> {
    let database = settings.database();
    if !database.is_there().await.map_err(told)? {
        let text = match database.backend() {
            Backend::Sqlite => web::sentence(
                language(),
                "audit-refusal-no-database",
                &[("file", database.file().display().to_string())],
            ),
            Backend::Postgres => web::sentence(
                language(),
                "audit-refusal-no-schema",
                &[("folder", settings.data_dir.display().to_string())],
            ),
        };
        return Err(anyhow!(text));
    }
    open(settings).await
}

/// Opens the database of the settings with all capabilities; what is missing is made.
pub(crate) async fn open(settings: &Settings) -> Result<Store> {
    host::open_store(settings, &crate::registry::capabilities())
        .await
        .map_err(told)
}

/// The key of the seals, where it is at hand; none is made.
pub(crate) async fn seal_key_if_there(settings: &Settings) -> Option<store::SealKey> {
    match &settings.seal_key {
        Some(secret) => Some(store::SealKey::from_secret(secret.as_bytes())),
        None => store::SealKey::existing(&settings.data_dir).await,
    }
}

/// The key of the seals; it is made where there is none.
pub(crate) async fn own_seal_key(settings: &Settings) -> Result<store::SealKey> {
    match seal_key_if_there(settings).await {
        Some(key) => Ok(key),
        None => store::SealKey::in_folder(&settings.data_dir).await.map_err(told),
    }
}

/// Covers with a seal what a command recorded, and closes: no service may run that would do it. A seal that cannot be made
/// is told and undoes nothing; the next service makes it.
pub(crate) async fn close_sealed(settings: &Settings, store: Store) {
    let sealed = async {
        let key = own_seal_key(settings).await?;
        store::Sealer::new(store.clone(), key).seal().await.map_err(told)
    };
    if let Err(cause) = sealed.await {
        eprintln!(
            "{}",
            web::sentence(language(), "audit-not-sealed", &[("cause", format!("{cause:#}"))])
        );
    }
    store.close().await;
}

/// A refusal in the words of the command line's language; a failure with its context.
pub(crate) fn told(error: Error) -> anyhow::Error {
    match &error {
        Error::Refused(refusal) => {
            let language = language();
            let mut text = web::sentence(language, refusal.key, &refusal.args);
            for field in &refusal.fields {
                text.push_str(&format!(
                    "\n  {}: {}",
                    field.field,
                    web::sentence(language, field.key, &field.args)
                ));
            }
            anyhow!(text)
        }
        other => anyhow!("{other}"),
    }
}

/// The language of the terminal: Italian unless `LANG` says otherwise.
pub(crate) fn language() -> i18n::Language {
    let lang = std::env::var("LC_ALL")
        .or_else(|_| std::env::var("LANG"))
        .unwrap_or_default();
    if lang.starts_with("en") {
        i18n::Language::En
    } else {
        i18n::Language::It
    }
}
