//! A node that is a process of its own: this very test program, told to serve one small capability.
//!
//! No capability of the house is asked, so that a job may be as slow or as stubborn as a test wants it.

use futures_util::future::BoxFuture;
use host::{Capability, JobHandler, Server, Settings};
use kernel::Outcome;
use store::{Backend, Lane, Migration, Sql, Store, Value};
use testkit::warden::{Orders, Warden};
use web::App;

const DATABASE: &str = "TRIAL_DATABASE";
const DATA: &str = "TRIAL_DATA";
const NAME: &str = "TRIAL_NAME";
const HANGS: &str = "TRIAL_HANGS";

/// Seconds a lease lasts here.
pub const LEASE: u32 = 1;

/// A capability with one job that writes down what becomes of it.
pub fn trial() -> Capability {
    Capability {
        name: "trial",
        migrations: &[Migration {
            capability: "trial",
            number: 1,
            intent: "What became of each run of a job",
            common: &["CREATE TABLE trial_run (node TEXT NOT NULL, step TEXT NOT NULL, at BIGINT NOT NULL)"],
            sqlite: &[],
            postgres: &[],
        }],
        jobs: vec![JobHandler {
            kind: "trial.work",
            run: |app, payload| -> BoxFuture<'static, Outcome<()>> { Box::pin(work(app, payload)) },
        }],
        ..Capability::default()
    }
}

/// The database's own time in milliseconds.
pub fn now(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
        Backend::Postgres => "(extract(epoch from clock_timestamp()) * 1000)::bigint",
    }
}

/// Writes down a step, with the database's time.
pub async fn note(store: &Store, node: &str, step: &'static str) -> Outcome<()> {
    let (sql, node) = (
        format!(
            "INSERT INTO trial_run (node, step, at) VALUES ($1, $2, {})",
            now(store.backend())
        ),
        Value::from(node),
    );
    let noted = store.write(Lane::People, move |tx| {
        Box::pin(async move { tx.run(&sql, vec![node, step.into()]).await.map(drop) })
    });
    noted.await
}

/// Begins, waits for whatever the payload says, and ends; on a node that hangs it never ends.
async fn work(app: App, payload: String) -> Outcome<()> {
    let name = std::env::var(NAME).unwrap_or_default();
    note(&app.store, &name, "begun").await?;
    if std::env::var_os(HANGS).is_some() {
        return std::future::pending().await;
    }
    while payload == "until released" && !has_step(&app.store, "released").await? {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    note(&app.store, &name, "ended").await
}

async fn has_step(store: &Store, step: &str) -> Outcome<bool> {
    let sql = "SELECT 1 FROM trial_run WHERE step = $1";
    Ok(store.read().row(sql, vec![step.into()]).await?.is_some())
}

/// Settings of a node on a test's database.
pub fn settings(database: &str, data: &std::path::Path) -> Settings {
    Settings {
        listen: ([127, 0, 0, 1], 0).into(),
        data_dir: data.to_owned(),
        database_url: Some(database.to_owned()),
        job_lease: LEASE,
        ..Settings::default()
    }
}

/// A node about to be started; one that hangs never ends a job it has begun.
pub fn hire(db: &testkit::Backend, name: &str, hangs: bool) -> anyhow::Result<Warden> {
    let log = db.data.path().join(format!("{name}.log"));
    let mut orders = Orders::new(std::env::current_exe()?, log)
        .arguments(["--exact", "node::serves_until_it_is_killed", "--ignored", "--nocapture"])
        .environment(DATABASE, &db.url)
        .environment(DATA, db.data.path().to_string_lossy())
        .environment(NAME, name);
    if hangs {
        orders = orders.environment(HANGS, "1");
    }
    let mut warden = orders.hire()?;
    warden.start()?;
    Ok(warden)
}

#[test]
#[ignore = "no test but a node: started by the tests beside it"]
fn serves_until_it_is_killed() {
    let Ok(database) = std::env::var(DATABASE) else {
        return;
    };
    let data = std::env::var(DATA).expect("a data folder");
    let settings = settings(&database, data.as_ref());
    testkit::block_on(async {
        let capabilities = vec![trial()];
        let store = host::open_store(&settings, &capabilities).await.expect("opens");
        let server = Server::bind(&settings, capabilities, store, false, web::ReadLog::default());
        let server = server.await.expect("binds");
        server.serve(std::future::pending()).await.expect("serves");
    });
}
