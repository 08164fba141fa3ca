//! `sportello doctor`: what is configured, reachable and wrong, in words; exit code 1 when something is wrong.

use super::language;
use anyhow::Result;
use host::Settings;
use std::process::ExitCode;
use store::{Backend, Sql, Store};

/// Seconds after which an unsealed event means that nobody seals.
const SEAL_LAG: i64 = 60;

struct Checkup {
    wrong: bool,
}

impl Checkup {
    fn fine(&self, key: &str, args: &[(&'static str, String)]) {
        println!("  {}", web::sentence(language(), key, args));
    }

    fn wrong(&mut self, key: &str, args: &[(&'static str, String)]) {
        self.wrong = true;
        println!("! {}", web::sentence(language(), key, args));
    }
}

pub(super) async fn run(settings: &Settings) -> Result<ExitCode> {
    let mut checkup = Checkup { wrong: false };
    folder(&mut checkup, settings);
    key(&mut checkup, settings).await;
    let kind = match settings.database().backend() {
        Backend::Sqlite => "SQLite",
        Backend::Postgres => "PostgreSQL",
    };
    database(&mut checkup, settings, kind).await;
    checkup.fine("audit-doctor-listen", &[("address", settings.listen.to_string())]);
    Ok(ExitCode::from(u8::from(checkup.wrong)))
}

/// Looking at a database must not make one.
async fn database(checkup: &mut Checkup, settings: &Settings, kind: &str) {
    let away = |cause: String| [("kind", kind.to_owned()), ("cause", cause)];
    match settings.database().is_there().await {
        Ok(true) => {}
        Ok(false) => return checkup.fine("audit-doctor-database-none", &[("kind", kind.to_owned())]),
        Err(cause) => return checkup.wrong("audit-doctor-database-away", &away(cause.to_string())),
    }
    match super::open(settings).await {
        Ok(store) => {
            checkup.fine("audit-doctor-database", &[("kind", kind.to_owned())]);
            if let Err(cause) = inside(checkup, &store).await {
                checkup.wrong("audit-doctor-database-away", &away(cause.to_string()));
            }
        }
        Err(cause) => checkup.wrong("audit-doctor-database-away", &away(format!("{cause:#}"))),
    }
}

fn folder(checkup: &mut Checkup, settings: &Settings) {
    let folder = [("folder", settings.data_dir.display().to_string())];
    if !settings.data_dir.exists() {
        return checkup.fine("audit-doctor-folder-none", &folder);
    }
    let probe = settings.data_dir.join(format!(".doctor-{}", std::process::id()));
    let written = std::fs::write(&probe, "x");
    match written.and_then(|()| std::fs::remove_file(&probe)) {
        Ok(()) => checkup.fine("audit-doctor-folder", &folder),
        Err(_) => checkup.wrong("audit-doctor-folder-wrong", &folder),
    }
}

async fn key(checkup: &mut Checkup, settings: &Settings) {
    match super::seal_key_if_there(settings).await {
        Some(_) if settings.seal_key.is_some() => checkup.fine("audit-doctor-key-setting", &[]),
        Some(_) => checkup.fine("audit-doctor-key-folder", &[]),
        None => checkup.fine("audit-doctor-key-none", &[]),
    }
}

async fn inside(checkup: &mut Checkup, store: &Store) -> kernel::Outcome<()> {
    let number = async |sql: &str| match store.read().row(sql, vec![]).await {
        Ok(Some(row)) => row.get::<Option<i64>>(0),
        Ok(None) => Ok(None),
        Err(cause) => Err(cause),
    };
    let migrations = number("SELECT COUNT(*) FROM schema_migration").await?.unwrap_or(0);
    checkup.fine("audit-doctor-migrations", &[("count", migrations.to_string())]);
    let oldest =
        number("SELECT MIN(recorded_at) FROM event WHERE seq > COALESCE((SELECT MAX(last_seq) FROM seal), 0)").await?;
    let lag = oldest.map_or(0, |at| kernel::Clock::wall_now().as_millis().saturating_sub(at) / 1000);
    let lag_args = [("seconds", lag.to_string())];
    if lag > SEAL_LAG {
        checkup.wrong("audit-doctor-seals-late", &lag_args)
    } else {
        checkup.fine("audit-doctor-seals", &lag_args)
    }
    let dead = number("SELECT COUNT(*) FROM job WHERE state = 'dead'")
        .await?
        .unwrap_or(0);
    let dead_args = [("count", dead.to_string())];
    if dead > 0 {
        checkup.wrong("audit-doctor-jobs-dead", &dead_args)
    } else {
        checkup.fine("audit-doctor-jobs", &[])
    }
    let outside = privacy::last_read_outside(&store.settings().data).await;
    match privacy::reads_end(store.read(), outside).await? {
        true => checkup.fine("audit-doctor-reads", &[]),
        false => checkup.wrong("audit-doctor-reads-cut", &[]),
    }
    Ok(())
}
