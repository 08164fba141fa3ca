//! PostgreSQL goes away under a running server and comes back: what cannot be done is said to be away, and everything works
//! again without a restart.

use crate::desk::{Desk, away_sentence, is_away, open_ticket, path, sign_in, verified};
use anyhow::{Context, ensure};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use testkit::http::Client;
use testkit::postgres::{Cluster, Durability};
use testkit::server::Settings;
use testkit::{Backend, block_on};

const CLIENTS: usize = 12;

#[test]
fn a_database_that_was_stopped_is_used_again_without_a_restart() -> anyhow::Result<()> {
    block_on(story(Cluster::stop))
}

#[test]
fn a_database_that_crashed_is_used_again_without_a_restart() -> anyhow::Result<()> {
    block_on(story(Cluster::crash))
}

async fn story(end: fn(&Cluster) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let cluster = Arc::new(Cluster::start(Durability::FULL)?);
    let db = Backend::in_database(cluster.database()?);
    let settings = Settings::new(&db);
    let desk = Desk::with(settings.clone()).await?;
    let person = desk.server.client();
    sign_in(&person).await?.expect(303)?;
    let (away, back) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let mut clients = tokio::task::JoinSet::new();
    for place in 0..CLIENTS {
        clients.spawn(opens_tickets(desk.client(), place, away.clone(), back.clone()));
    }
    until(
        "some tickets are open",
        async || Ok(newest(&desk.client()).await? >= 40),
    )
    .await?;
    let ended = cluster.clone();
    tokio::task::spawn_blocking(move || end(&ended)).await??;
    away.store(true, Ordering::Relaxed);
    while_away(&desk, &person).await?;
    let resumed = cluster.clone();
    tokio::task::spawn_blocking(move || resumed.resume()).await??;
    back.store(true, Ordering::Relaxed);
    until("the server is ready again", async || {
        Ok(desk.server.client().get("/readyz").await?.status.is_success())
    })
    .await?;
    at_once_again(&desk.client()).await?;
    person.get("/tickets").await?.expect(200)?;
    let mut acknowledged = Vec::new();
    while let Some(own) = clients.join_next().await {
        acknowledged.extend(own??);
    }
    for number in &acknowledged {
        desk.client()
            .get(&format!("/api/v1/tickets/{number}"))
            .await?
            .expect(200)?;
    }
    println!(
        "{} tickets acknowledged around the outage are all there",
        acknowledged.len()
    );
    ensure!(desk.server.stop().await? == 0, "{}", desk.server.output());
    verified(&settings).await.map(drop)
}

/// How many tickets were opened so far, by the newest number.
async fn newest(client: &Client) -> anyhow::Result<u32> {
    let list = client.get("/api/v1/tickets?limit=1").await?.expect(200)?.json()?;
    let number = list["items"][0]["number"]
        .as_str()
        .unwrap_or("SR-2026-000000")
        .to_owned();
    Ok(number.rsplit('-').next().unwrap_or_default().parse()?)
}

/// Opens tickets before, during and after: each is acknowledged, or said to be away, and never anything else.
async fn opens_tickets(
    client: Client,
    place: usize,
    away: Arc<AtomicBool>,
    back: Arc<AtomicBool>,
) -> anyhow::Result<Vec<String>> {
    let (mut acknowledged, mut after) = (Vec::new(), 0);
    for turn in 0.. {
        let body = json!({"subject": format!("Contatto {place} {turn}"), "requester": {"name": "Mario Rossi"}});
        let is_back = back.load(Ordering::Relaxed);
        let answer = client.post("/api/v1/tickets", &body).await?;
        match answer.status.as_u16() {
            201 => {
                let number = answer.json()?["number"].as_str().context("no number")?.to_owned();
                acknowledged.push(number);
                after += u32::from(is_back);
            }
            _ => is_away(&answer, "it")?,
        }
        if after == 3 {
            return Ok(acknowledged);
        }
        if away.load(Ordering::Relaxed) && !is_back {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    Ok(acknowledged)
}

/// Everything is asked at once, since each answer takes as long as a connection is waited for.
async fn while_away(desk: &Desk, person: &Client) -> anyhow::Result<()> {
    let (client, anybody) = (desk.client(), desk.server.client());
    let english = client.clone().with_language("en");
    let body = json!({"subject": "Invano", "requester": {"name": "Mario Rossi"}});
    let (alive, ready, list, created, queue, form) = tokio::join!(
        anybody.get("/healthz"),
        anybody.get("/readyz"),
        client.get("/api/v1/tickets"),
        english.post("/api/v1/tickets", &body),
        is_a_page_that_says_so(person, "it", "/tickets"),
        is_a_page_that_says_so(person, "en", "/tickets/new"),
    );
    alive?.expect(200)?;
    ready?.expect(503)?;
    is_away(&list?, "it")?;
    is_away(&created?, "en")?;
    queue.and(form)
}

async fn is_a_page_that_says_so(person: &Client, language: &str, path: &str) -> anyhow::Result<()> {
    let page = person.clone().with_language(language).get(path).await?.expect(503)?;
    ensure!(page.text().contains("</html>"), "a person gets a page: {}", page.text());
    ensure!(page.text().contains(away_sentence(language)), "{path}: {}", page.text());
    Ok(())
}

/// Once it is ready, nobody meets a connection that died meanwhile, however many ask at once.
async fn at_once_again(client: &Client) -> anyhow::Result<()> {
    let mut all = tokio::task::JoinSet::new();
    for turn in 0..2 * CLIENTS {
        let client = client.clone();
        all.spawn(async move {
            let ticket = open_ticket(&client, &format!("Di nuovo {turn}")).await?;
            client.get(&path(&ticket)?).await?.expect(200)
        });
    }
    while let Some(done) = all.join_next().await {
        done??;
    }
    Ok(())
}

async fn until(what: &str, mut is_so: impl AsyncFnMut() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    let limit = Instant::now() + Duration::from_secs(60);
    while !is_so().await? {
        ensure!(Instant::now() < limit, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}
