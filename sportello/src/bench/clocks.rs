//! `sportello bench clocks`: many clocks due at once, many planned anew while pages are read, and a long ledger.
//!
//! What is measured is made for it, in a category of its own with an agreement of its own, and stays in the database: a load
//! is for measuring only.

use super::made::{Made, make};
use super::measure::{Ask, Measured, measure, measure_while, summed_up};
use super::run::{Ground, Served, ground, list};
use crate::cli::told;
use anyhow::{Context, Result, bail};
use host::Settings;
use kernel::Instant;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant as Stopwatch};
use store::{Backend, Sql, Store};

/// Clients that read pages meanwhile, and seconds for what is read again and again.
const READERS: usize = 4;
const SECONDS: u64 = 10;
/// How long anything may take before it is given up.
const PATIENCE: Duration = Duration::from_secs(600);

/// Measures; answers an object shaped like that of `bench run`.
pub(crate) async fn run(store: Store, settings: &Settings) -> Result<Value> {
    let database = match store.backend() {
        Backend::Sqlite => "sqlite",
        Backend::Postgres => "postgres",
    };
    let ground = ground(&store).await?;
    let made = make(&store).await?;
    let mut server = Served::start(settings).await?;
    let measured = operations(&store, &server, &ground, &made).await;
    let rss_load_mb = server.resident_mb()?;
    server.stop().await?;
    store.close().await;
    Ok(json!({
        "database": database, "tickets": ground.tickets, "operations": measured?, "rss_load_mb": rss_load_mb,
    }))
}

async fn operations(store: &Store, server: &Served, ground: &Ground, made: &Made) -> Result<Vec<Measured>> {
    let address = server.address;
    let ledger_of = format!("/api/v1/tickets/{}/clocks", made.long);
    let ledger: Ask = Arc::new(move |_| (false, ledger_of.clone(), String::new()));
    let mut measured = vec![due(store, made).await?];
    measured.push(measure("ledger", address, &ground.token, READERS, SECONDS, ledger).await?);
    let goes_on = Arc::new(AtomicBool::new(true));
    let meanwhile = {
        let goes_on = goes_on.clone();
        let goes_on = move || goes_on.load(Ordering::Relaxed);
        measure_while("list_replan", address, &ground.token, READERS, goes_on, list(ground))
    };
    let replan = async {
        let replanned = replan(server, ground, made).await;
        goes_on.store(false, Ordering::Relaxed);
        replanned
    };
    let (replanned, meanwhile) = tokio::join!(replan, meanwhile);
    measured.extend([replanned?, meanwhile?]);
    Ok(measured)
}

/// How long after it was due each clock was told late.
async fn due(store: &Store, made: &Made) -> Result<Measured> {
    // What stops in the second in which it is due is in time.
    let alarm = made.due.plus_seconds(1);
    if store.clock().now() >= alarm {
        bail!("the server stood too late: what is due was due before");
    }
    let sql = "SELECT recorded_at FROM event WHERE seq > $1 AND name = 'ticket.clock_breached'";
    let started = Stopwatch::now();
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        if store.clock().now() < alarm {
            continue;
        }
        let rows = store.read().rows(sql, vec![made.seq.into()]).await.map_err(told)?;
        if rows.len() >= made.due_count {
            let mut times = Vec::with_capacity(rows.len());
            for row in &rows {
                let at: i64 = row.get(0).map_err(told)?;
                times.push((at - alarm.as_millis()) as f64);
            }
            let last = times.iter().copied().fold(0.0, f64::max);
            return Ok(summed_up(
                "clocks_due",
                1,
                times,
                Duration::from_secs_f64(last / 1000.0),
            ));
        }
        if started.elapsed() > PATIENCE {
            bail!("{} of {} clocks were told late", rows.len(), made.due_count);
        }
    }
}

/// How long it takes until every running clock has moved to another edition of its agreement.
async fn replan(server: &Served, ground: &Ground, made: &Made) -> Result<Measured> {
    let mut client = super::client::Client::connect(server.address, &ground.token).await?;
    let targets = made.targets(20 * 86_400);
    let body = json!({ "targets": targets, "replan": true });
    let started = Stopwatch::now();
    client
        .patch(&format!("/api/v1/agreements/{}", made.agreement), body.to_string())
        .await?;
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let told: Value = serde_json::from_slice(&client.get("/api/v1/replannings").await?)?;
        let last = told["items"].get(0).context("nothing is planned anew")?;
        if last["ended_at"].is_string() {
            let took = started.elapsed();
            let moved = last["moved"].as_u64().context("no figure")? as usize;
            if moved < made.running / 3 {
                bail!("{moved} tickets moved of {}", made.running / 3);
            }
            let one = summed_up("replan", 1, vec![took.as_secs_f64() * 1000.0], took);
            let per_second = (made.running as f64 / took.as_secs_f64() * 10.0).round() / 10.0;
            return Ok(Measured {
                n: made.running,
                per_second,
                ..one
            });
        }
        if started.elapsed() > PATIENCE {
            bail!("{} of {} tickets were looked at", last["done"], last["total"]);
        }
    }
}

/// The instant at which everything is due, long enough after now that all is written and the server stands.
pub(super) fn due_after(now: Instant) -> Instant {
    now.plus_seconds(super::made::LEAD).second()
}
