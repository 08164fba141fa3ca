//! Two nodes over one PostgreSQL: they come up together, and whoever asks one sees what the other acknowledged.

use crate::desk::{open_ticket, path, set_up, sign_in, token, verified};
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::time::{Duration, Instant};
use testkit::http::Client;
use testkit::server::{Server, Settings};
use testkit::{Backend, block_on};

/// Times that both nodes meet an empty database: what goes wrong there goes wrong now and then.
const STARTS: usize = 3;

async fn two_nodes(settings: &Settings) -> anyhow::Result<[Server; 2]> {
    let (one, other) = tokio::join!(settings.start(), settings.start());
    Ok([one.context("the first node")?, other.context("the second node")?])
}

#[test]
fn two_nodes_that_start_at_once_on_an_empty_database_both_come_up() -> anyhow::Result<()> {
    block_on(async {
        for _ in 0..STARTS {
            let db = Backend::postgres().await;
            let settings = Settings::new(&db);
            let nodes = two_nodes(&settings).await?;
            let applied: usize = nodes
                .iter()
                .map(|node| node.output().matches("migration applied").count())
                .sum();
            let known = known_migrations(&settings).await?;
            ensure!(
                applied == known,
                "{applied} migrations were applied, the database knows {known}"
            );
            let token = set_up(&settings).await?;
            let [one, other] = nodes.each_ref().map(|node| node.client().with_token(&token));
            let ticket = open_ticket(&one, "La stampante non risponde").await?;
            ensure!(other.get(&path(&ticket)?).await?.expect(200)?.json()? == one.get(&path(&ticket)?).await?.json()?);
            for node in &nodes {
                ensure!(node.stop().await? == 0, "it stops well: {}", node.output());
            }
            verified(&settings).await?;
        }
        Ok(())
    })
}

/// How many migrations the database says were applied, each counted once: the pair of capability and number is its key.
async fn known_migrations(settings: &Settings) -> anyhow::Result<usize> {
    let told = settings.command(&["doctor"]).await?;
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let line = told
        .lines()
        .find(|line| line.contains("Migrazioni applicate"))
        .context("doctor")?;
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    Ok(digits.parse()?)
}

#[test]
fn what_one_node_acknowledged_the_other_shows_at_once() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::postgres().await;
        let settings = Settings::new(&db);
        let token = set_up(&settings).await?;
        let nodes = two_nodes(&settings).await?;
        let [one, other] = nodes.each_ref().map(|node| node.client().with_token(&token));
        let mut last = String::new();
        for turn in 0..10 {
            let (here, there) = if turn % 2 == 0 { (&one, &other) } else { (&other, &one) };
            let subject = format!("Guasto numero{turn}");
            let ticket = open_ticket(here, &subject).await?;
            let number = ticket["number"].as_str().context("no number")?.to_owned();
            ensure!(number > last, "{number} came after {last}");
            last = number;
            seen(there, &ticket, &subject).await?;
            let taken = there
                .post(&format!("{}/take", path(&ticket)?), &json!({}))
                .await?
                .expect(200)?;
            let now = here.get(&path(&ticket)?).await?.expect(200)?;
            ensure!(
                now.json()?["version"] == taken.json()?["version"],
                "the act of the other node"
            );
        }
        verified(&settings).await.map(drop)
    })
}

/// The ticket itself, the newest of the list, and what a search finds.
async fn seen(client: &Client, ticket: &Value, subject: &str) -> anyhow::Result<()> {
    let shown = client.get(&path(ticket)?).await?.expect(200)?.json()?;
    ensure!(shown["subject"] == subject, "{shown}");
    let word = subject.rsplit(' ').next().unwrap_or_default();
    for list in [
        "/api/v1/tickets?limit=1".to_owned(),
        format!("/api/v1/tickets?q={word}&limit=1"),
    ] {
        let found = client.get(&list).await?.expect(200)?.json()?;
        ensure!(found["items"][0]["number"] == ticket["number"], "{list}: {found}");
    }
    Ok(())
}

#[test]
fn numbers_that_two_nodes_give_are_unique_and_rise() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::postgres().await;
        let settings = Settings::new(&db);
        let token = set_up(&settings).await?;
        let nodes = two_nodes(&settings).await?;
        let mut clients = tokio::task::JoinSet::new();
        for (place, node) in nodes.iter().cycle().take(8).enumerate() {
            clients.spawn(opens_many(node.client().with_token(&token), place));
        }
        let mut all = HashSet::new();
        while let Some(own) = clients.join_next().await {
            for number in own?? {
                ensure!(all.insert(number.clone()), "{number} was given twice");
            }
        }
        ensure!(all.len() == 8 * 10);
        verified(&settings).await.map(drop)
    })
}

/// Opens ten tickets one after the other: each has a higher number than the one before.
async fn opens_many(client: Client, place: usize) -> anyhow::Result<Vec<String>> {
    let mut own: Vec<String> = Vec::new();
    for turn in 0..10 {
        let ticket = open_ticket(&client, &format!("Contatto {place} {turn}")).await?;
        own.push(ticket["number"].as_str().context("no number")?.to_owned());
    }
    ensure!(own.is_sorted(), "{own:?}");
    Ok(own)
}

#[test]
fn the_same_act_asked_of_two_nodes_at_once_is_done_once() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::postgres().await;
        let settings = Settings::new(&db);
        let token = set_up(&settings).await?;
        let nodes = two_nodes(&settings).await?;
        let [one, other] = nodes.each_ref().map(|node| node.client().with_token(&token));
        let before = verified(&settings).await?;
        for turn in 0..10 {
            let body = json!({"subject": format!("Una volta {turn}"), "requester": {"name": "Mario Rossi"}});
            let create = async |client: &Client| {
                let request = client.request(reqwest::Method::POST, "/api/v1/tickets");
                let request = request.header("Idempotency-Key", format!("chiave {turn}"));
                client.send(request.json(&body)).await
            };
            let (here, there) = tokio::join!(create(&one), create(&other));
            let (here, there) = (here?.expect(201)?.json()?, there?.expect(201)?.json()?);
            ensure!(here == there, "{here} and {there}");
            let listed = one
                .get(&format!("/api/v1/tickets?q=volta%20{turn}"))
                .await?
                .expect(200)?
                .json()?;
            let same = listed["items"].as_array().context("no items")?.iter();
            ensure!(
                same.filter(|item| item["subject"] == body["subject"]).count() == 1,
                "{listed}"
            );
        }
        ensure!(verified(&settings).await? > before);
        Ok(())
    })
}

#[test]
fn a_person_who_signed_in_at_one_node_works_on_at_the_other() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::postgres().await;
        let settings = Settings::new(&db);
        set_up(&settings).await?;
        let [one, other] = two_nodes(&settings).await?;
        let signed = sign_in(&one.client()).await?.expect(303)?;
        let cookie = signed
            .header("set-cookie")
            .and_then(|cookie| cookie.split(';').next())
            .context("no cookie")?;
        let elsewhere = other.client().with_header(reqwest::header::COOKIE, cookie);
        elsewhere.get("/tickets").await?.expect(200)?;
        let left = one.client().with_header(reqwest::header::COOKIE, cookie);
        left.submit("/sign-out", &[]).await?.expect(303)?;
        // The other node may remember for two seconds who it was.
        let limit = Instant::now() + Duration::from_secs(20);
        while elsewhere.get("/tickets").await?.status.is_success() {
            ensure!(Instant::now() < limit, "signed out here, still signed in there");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let again = one.client().with_token(&token(&settings, "anna@ente.example").await?);
        again.get("/api/v1/tickets").await?.expect(200).map(drop)
    })
}
