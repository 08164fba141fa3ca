//! A program that is older than the database leaves it alone and says so.

use anyhow::ensure;
use kernel::Clock;
use store::{DatabaseSettings, Migration, Store, StoreParts};
use testkit::server::Settings;
use testkit::{Backend, both_backends};

/// What a later program brought.
const FUTURE: Migration = Migration {
    capability: "future",
    number: 7,
    intent: "A table of a program that comes later",
    common: &["CREATE TABLE future (id BIGINT PRIMARY KEY)"],
    sqlite: &[],
    postgres: &[],
};

/// Opens the database as that later program would, with no other table of a capability.
async fn later_program(db: &Backend) -> kernel::Outcome<()> {
    let parts = StoreParts {
        migrations: vec![FUTURE],
        folds: Vec::new(),
    };
    let store = Store::open(&DatabaseSettings::at(db.data.path(), &db.url), Clock::wall(), parts).await?;
    store.close().await;
    Ok(())
}

both_backends! {
    async fn a_newer_database_is_refused_by_name_and_left_as_it_is(db: Backend) -> anyhow::Result<()> {
        later_program(&db).await.map_err(|cause| anyhow::anyhow!("{cause}"))?;
        let settings = Settings::new(&db);
        for words in [&["migrate"][..], &["serve", "--listen", "127.0.0.1:0"], &["audit", "verify"]] {
            let done = settings.command(words).await?;
            let why = String::from_utf8_lossy(&done.stderr);
            ensure!(done.status.code() == Some(1), "{words:?}: {:?} {why}", done.status);
            let says = ["newer than this program", env!("CARGO_PKG_VERSION"), "future 7"];
            ensure!(says.iter().all(|part| why.contains(part)), "{words:?}: {why}");
        }
        // Had it applied anything of its own, the later program of this test would be refused in turn.
        later_program(&db).await.map_err(|cause| anyhow::anyhow!("{cause}"))
    }
}
