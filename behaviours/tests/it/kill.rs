//! The server is killed at random moments while clients create and act: every acknowledged act is there exactly once, no
//! half act, no doubled one, and the journal verifies.
//!
//! `KILL_TIMES` says how often on each database (20); `cargo xtask endure` says more.

use crate::desk::{Desk, set_up};
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use testkit::http::Client;
use testkit::postgres::{Cluster, Durability};
use testkit::server::Settings;
use testkit::{Backend, block_on};

const CLIENTS: usize = 8;

/// What a client asked under a key, and what it was told.
#[derive(Clone)]
struct Asked {
    key: String,
    path: String,
    body: Value,
    /// The answer, where one came.
    told: Option<Value>,
}

#[derive(Default)]
struct Counts {
    kills: u64,
    acknowledged: usize,
    unanswered: usize,
    done_all_the_same: usize,
}

#[test]
fn kill_loses_no_acknowledged_act_on_sqlite() -> anyhow::Result<()> {
    block_on(async {
        let db = Backend::sqlite();
        story(&Settings::new(&db), "SQLite").await
    })
}

#[test]
fn kill_loses_no_acknowledged_act_on_postgres() -> anyhow::Result<()> {
    block_on(async {
        let cluster = Cluster::start(Durability::FULL)?;
        let db = Backend::in_database(cluster.database()?);
        story(&Settings::new(&db), "PostgreSQL").await
    })
}

/// How often on each database.
fn times() -> u64 {
    std::env::var("KILL_TIMES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(20)
}

async fn story(settings: &Settings, name: &str) -> anyhow::Result<()> {
    let token = set_up(settings).await?;
    let server = settings.start().await?;
    let mut desk = Desk { server, token };
    let mut counts = Counts::default();
    let mut all: Vec<Asked> = Vec::new();
    while counts.kills < times() {
        let asked = until_killed(&desk, &mut counts).await?;
        desk.server.restart().await?;
        let asked = asked_again(&desk.client(), asked, &mut counts).await?;
        all.extend(asked);
    }
    every_act_is_there_once(&desk.client(), &all).await?;
    journal_verifies(settings, &desk.client()).await?;
    ensure!(desk.server.stop().await? == 0, "it stops well at the end");
    println!(
        "{name}: killed {} times with {CLIENTS} clients: {} acts acknowledged and all there once; {} unanswered, {} of them creations \
         that were done all the same, all there once after asking again",
        counts.kills, counts.acknowledged, counts.unanswered, counts.done_all_the_same,
    );
    Ok(())
}

/// Clients create and act; at a random moment the server is killed under them.
async fn until_killed(desk: &Desk, counts: &mut Counts) -> anyhow::Result<Vec<Asked>> {
    let dead = Arc::new(AtomicBool::new(false));
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..CLIENTS {
        let work = one_client(desk.client(), format!("{}-{client}", counts.kills), dead.clone());
        clients.spawn(work);
    }
    tokio::time::sleep(Duration::from_millis(150 + u64::from(random()) * 4)).await;
    desk.server.kill().await?;
    dead.store(true, Ordering::Relaxed);
    counts.kills += 1;
    let mut asked = Vec::new();
    while let Some(own) = clients.join_next().await {
        asked.extend(own??);
    }
    Ok(asked)
}

/// Opens tickets and works on them, each request under a key of its own, until nobody answers any more.
async fn one_client(client: Client, name: String, dead: Arc<AtomicBool>) -> anyhow::Result<Vec<Asked>> {
    let mut asked: Vec<Asked> = Vec::new();
    for turn in 0.. {
        let mut at = String::from("/api/v1/tickets");
        for (step, (act, body)) in steps(&name, turn).into_iter().enumerate() {
            if dead.load(Ordering::Relaxed) {
                return Ok(asked);
            }
            let mut request = Asked {
                key: format!("{name}-{turn}-{step}"),
                path: format!("{at}{act}"),
                body,
                told: None,
            };
            match ask(&client, &request).await {
                Ok(answer) if answer.status.is_success() => request.told = Some(answer.json()?),
                // What is away for the moment was not done, and may be asked again.
                Ok(answer) if answer.status.as_u16() == 503 => {}
                Ok(answer) => {
                    anyhow::bail!("{}: {} {}", request.path, answer.status, answer.text());
                }
                Err(_) => {}
            }
            if let (0, Some(ticket)) = (step, &request.told) {
                at = format!("/api/v1/tickets/{}", ticket["number"].as_str().context("no number")?);
            }
            let answered = request.told.is_some();
            asked.push(request);
            if !answered {
                return Ok(asked);
            }
        }
    }
    Ok(asked)
}

fn steps(name: &str, turn: u32) -> Vec<(&'static str, Value)> {
    let subject = format!("Contatto {name} {turn}");
    vec![
        (
            "",
            json!({"subject": subject, "requester": {"email": format!("guest-{name}@ente.example")}}),
        ),
        ("/take", json!({})),
        ("/messages", json!({"body": format!("Messaggio di {name} {turn}")})),
        (
            "/solution",
            json!({"solution": "Fatto", "diagnosis": "Visto", "classification": {"kind": "incident"}}),
        ),
        ("/outcome", json!({"satisfied": true})),
    ]
}

async fn ask(client: &Client, asked: &Asked) -> anyhow::Result<testkit::http::Answer> {
    let request = client
        .request(reqwest::Method::POST, &asked.path)
        .header("Idempotency-Key", &asked.key);
    client.send(request.json(&asked.body)).await
}

/// After the restart each request is repeated: the same answer where one was given, exactly one where none was.
async fn asked_again(client: &Client, asked: Vec<Asked>, counts: &mut Counts) -> anyhow::Result<Vec<Asked>> {
    let mut done = Vec::new();
    for mut request in asked {
        let existed = existing(client, &request).await?;
        let again = ask(client, &request).await?;
        ensure!(
            again.status.is_success(),
            "{} again: {} {}",
            request.path,
            again.status,
            again.text()
        );
        let again = again.json()?;
        match &request.told {
            Some(told) => {
                counts.acknowledged += 1;
                ensure!(*told == again, "{}: told {told}, now {again}", request.path);
            }
            None => {
                counts.unanswered += 1;
                counts.done_all_the_same += usize::from(existed);
            }
        }
        request.told = Some(again);
        done.push(request);
    }
    Ok(done)
}

/// Whether an act that was never answered was done all the same; only creations can be asked for without repeating them.
async fn existing(client: &Client, asked: &Asked) -> anyhow::Result<bool> {
    if asked.told.is_some() || !asked.path.ends_with("/tickets") {
        return Ok(false);
    }
    let subject = asked.body["subject"].as_str().context("no subject")?;
    let query = subject.replace(' ', "%20");
    let found = client
        .get(&format!("/api/v1/tickets?q={query}&limit=200"))
        .await?
        .expect(200)?
        .json()?;
    Ok(found["items"]
        .as_array()
        .is_some_and(|items| items.iter().any(|item| item["subject"] == subject)))
}

/// Every subject once, every message once, and as many events as the version says.
async fn every_act_is_there_once(client: &Client, all: &[Asked]) -> anyhow::Result<()> {
    let mut numbers = HashSet::new();
    let mut last: HashMap<String, Value> = HashMap::new();
    for asked in all {
        let told = asked.told.clone().context("unanswered")?;
        let number = told["number"].as_str().context("no number")?.to_owned();
        if asked.path.ends_with("/tickets") {
            ensure!(numbers.insert(number.clone()), "{number} was given twice");
        }
        last.insert(number, told);
    }
    let mut subjects = HashSet::new();
    let mut cursor = String::new();
    let mut listed = 0;
    loop {
        let page = client
            .get(&format!("/api/v1/tickets?limit=200{cursor}"))
            .await?
            .expect(200)?
            .json()?;
        for item in page["items"].as_array().context("no items")? {
            listed += 1;
            ensure!(
                subjects.insert(item["subject"].to_string()),
                "{} is there twice",
                item["subject"]
            );
        }
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    ensure!(
        listed == numbers.len(),
        "{listed} tickets are there, {} were opened",
        numbers.len()
    );
    for (number, told) in last {
        let now = client
            .get(&format!("/api/v1/tickets/{number}"))
            .await?
            .expect(200)?
            .json()?;
        ensure!(
            now["version"] == told["version"] && now["state"] == told["state"],
            "{number}: told {told}, now {now}"
        );
    }
    Ok(())
}

/// The journal holds each record's events without a gap, and `audit verify` finds nothing broken.
async fn journal_verifies(settings: &Settings, client: &Client) -> anyhow::Result<()> {
    let (mut after, mut heads): (i64, HashMap<String, i64>) = (0, HashMap::new());
    loop {
        let page = client
            .get(&format!("/api/v1/events?after={after}&limit=1000"))
            .await?
            .expect(200)?
            .json()?;
        let items = page["items"].as_array().context("no items")?;
        if items.is_empty() {
            break;
        }
        for event in items {
            after = event["seq"].as_i64().context("no seq")?;
            let record = event["record"].as_str().context("no record")?.to_owned();
            let position = heads.entry(record).or_default();
            *position += 1;
            ensure!(
                event["position"] == *position,
                "{} has a gap before {position}",
                event["record"]
            );
        }
    }
    ensure!(!heads.is_empty(), "the journal is empty");
    let verified = settings.command(&["audit", "verify", "--json"]).await?;
    let (said, why) = (
        String::from_utf8_lossy(&verified.stdout),
        String::from_utf8_lossy(&verified.stderr),
    );
    if why.contains("unrecognized subcommand") {
        println!("NOT CHECKED: this program has no `audit verify` yet, so the hashes of the chain were not looked at");
        return Ok(());
    }
    ensure!(verified.status.success(), "{said}{why}");
    Ok(())
}

fn random() -> u8 {
    let mut byte = [0];
    getrandom::fill(&mut byte).map_or(128, |()| byte[0])
}
