//! `sportello bench run`: starts the server on the loaded database and measures the operations of a working day.

use super::Dice;
use super::client::Client;
use super::live;
use super::measure::{Ask, Measured, measure};
use super::words::Vocabulary;
use crate::cli::told;
use anyhow::{Context, Result, bail};
use host::Settings;
use kernel::{Author, Uuid};
use people::{Identity, Role, RoleGrant, TokenScope};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Instant as Stopwatch;
use store::{Backend, Lane, Sql, Store};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// How to measure.
pub(crate) struct RunOptions {
    /// Clients for reads (4) and writes (16), or the same number for both.
    pub(crate) clients: Option<usize>,
    /// Seconds for each operation.
    pub(crate) seconds: u64,
}

/// What the run needs to know of the database.
pub(super) struct Ground {
    pub(super) token: String,
    sessions: Vec<String>,
    pub(super) tickets: i64,
    numbers: Arc<Vec<String>>,
    open: Arc<Vec<Uuid>>,
    groups: Arc<Vec<Uuid>>,
    areas: Arc<Vec<Uuid>>,
    ordinals: (i64, i64),
}

/// Measures; answers the object of the contract.
pub(crate) async fn run(store: Store, settings: &Settings, options: RunOptions) -> Result<Value> {
    let database = if store.backend() == Backend::Sqlite {
        "sqlite"
    } else {
        "postgres"
    };
    let ground = ground(&store).await?;
    store.close().await;
    let started = Stopwatch::now();
    let mut server = Served::start(settings).await?;
    let start_ms = started.elapsed().as_millis();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let rss_idle_mb = server.resident_mb()?;
    let measured = operations(&server, &ground, &options).await;
    let rss_load_mb = server.resident_mb()?;
    server.stop().await?;
    Ok(json!({
        "database": database, "tickets": ground.tickets, "operations": measured?,
        "rss_idle_mb": rss_idle_mb, "rss_load_mb": rss_load_mb, "start_ms": start_ms,
    }))
}

pub(super) async fn ground(store: &Store) -> Result<Ground> {
    let read = store.read();
    let one = |sql: &'static str| async move {
        let row = read.row(sql, vec![]).await.map_err(told)?.context("no row")?;
        row.get::<i64>(0).map_err(told)
    };
    let tickets = one("SELECT COUNT(*) FROM card").await?;
    if tickets == 0 {
        bail!("bench run wants a loaded database: sportello bench load --tickets N");
    }
    let ordinals = (
        one("SELECT COALESCE(MIN(ordinal), 0) FROM card").await?,
        one("SELECT COALESCE(MAX(ordinal), 0) FROM card").await?,
    );
    let rows = read
        .rows(
            "SELECT number, id FROM card WHERE is_open = 1 ORDER BY ordinal LIMIT 20000",
            vec![],
        )
        .await
        .map_err(told)?;
    let mut open = Vec::new();
    for row in &rows {
        open.push(row.get::<Uuid>(1).map_err(told)?);
    }
    let numbers = numbers(store, ordinals).await?;
    let groups = store
        .all::<people::Group>()
        .await
        .map_err(told)?
        .iter()
        .map(|group| group.id)
        .collect();
    let areas = store
        .all::<configuration::Area>()
        .await
        .map_err(told)?
        .iter()
        .map(|area| area.id)
        .collect();
    let person = person(store).await?;
    let mut sessions = Vec::with_capacity(live::CONSOLES);
    for _ in 0..live::CONSOLES {
        sessions.push(
            people::open_session(store, person, "127.0.0.1", "bench")
                .await
                .map_err(told)?,
        );
    }
    let token = people::create_token(store, person, "bench", &[TokenScope::Admin], 1);
    Ok(Ground {
        token: token.await.map_err(told)?.text,
        sessions,
        tickets,
        numbers: Arc::new(numbers),
        open: Arc::new(open),
        groups: Arc::new(groups),
        areas: Arc::new(areas),
        ordinals,
    })
}

/// Numbers of tickets from everywhere; numbers have gaps, so each is looked up.
async fn numbers(store: &Store, (first, last): (i64, i64)) -> Result<Vec<String>> {
    let mut dice = Dice::new(7);
    let mut numbers = Vec::with_capacity(4000);
    for _ in 0..4000 {
        let from = first + dice.below((last - first + 1) as usize) as i64;
        let sql = "SELECT number FROM card WHERE ordinal >= $1 ORDER BY ordinal LIMIT 1";
        let row = store.read().row(sql, vec![from.into()]).await.map_err(told)?;
        numbers.push(row.context("no ticket")?.get(0).map_err(told)?);
    }
    Ok(numbers)
}

/// A person who may do everything measured.
async fn person(store: &Store) -> Result<Uuid> {
    let person = store
        .write(Lane::People, |tx| {
            Box::pin(async move {
                let identity = Identity {
                    name: "Misura".to_owned(),
                    ..Identity::default()
                };
                let roles = [RoleGrant {
                    role: Role::Administrator,
                    area: None,
                }];
                people::register(tx, &Author::system("bench"), identity, false, &roles).await
            })
        })
        .await
        .map_err(told)?;
    Ok(person.0)
}

async fn operations(server: &Served, ground: &Ground, options: &RunOptions) -> Result<Vec<Measured>> {
    let (readers, writers) = (options.clients.unwrap_or(4), options.clients.unwrap_or(16));
    let mut measured = Vec::new();
    let vocabulary = Arc::new(Vocabulary::new());
    let all: [(&'static str, usize, Ask); 7] = [
        ("list", readers, list(ground)),
        ("list_deep", readers, list_deep(ground)),
        ("ticket", readers, ticket(ground)),
        ("search", readers, search(vocabulary.clone())),
        ("create", writers, create(vocabulary.clone())),
        ("reply", writers, reply(ground, vocabulary)),
        ("act", writers, act(ground)),
    ];
    for (name, clients, ask) in all {
        warm_up(server.address, &ground.token, &ask)
            .await
            .with_context(|| format!("{name}: the first request"))?;
        measured.push(measure(name, server.address, &ground.token, clients, options.seconds, ask).await?);
    }
    let pid = server.child.id().context("the server has ended")?;
    let (token, seconds) = (&ground.token, options.seconds);
    measured.push(live::measure(server.address, token, &ground.sessions, &ground.open, seconds, pid).await?);
    Ok(measured)
}

async fn warm_up(address: SocketAddr, token: &str, ask: &Ask) -> Result<()> {
    let mut client = Client::connect(address, token).await?;
    for n in 0..20 {
        let (post, path, body) = ask(n + 1_000_000);
        if post {
            client.post(&path, body).await?
        } else {
            client.get(&path).await?
        };
    }
    Ok(())
}

pub(super) fn list(ground: &Ground) -> Ask {
    let (groups, areas) = (ground.groups.clone(), ground.areas.clone());
    Arc::new(move |n| {
        let mut dice = Dice::new(n);
        let group = groups[dice.below(groups.len())];
        let area = areas[dice.below(areas.len())];
        let query = match n % 6 {
            0 => String::new(),
            1 => format!("&group={group}&open=true"),
            2 => format!("&area={area}"),
            3 => "&state=taken,level1_work".to_owned(),
            4 => format!("&group={group}&priority={}", 1 + dice.below(5)),
            _ => format!("&area={area}&phase=closed&channel=phone"),
        };
        (false, format!("/api/v1/tickets?limit=50{query}"), String::new())
    })
}

fn list_deep(ground: &Ground) -> Ask {
    let (first, last) = ground.ordinals;
    let areas = ground.areas.clone();
    Arc::new(move |n| {
        let mut dice = Dice::new(n);
        let ordinal = first + (dice.share() * (last - first) as f64) as i64;
        let order = record::Sort::Newest.letter();
        let cursor = web::Cursor {
            order,
            key: ordinal,
            ordinal,
        };
        let cursor = cursor.encode();
        let area = if n % 2 == 0 {
            String::new()
        } else {
            format!("&area={}", areas[dice.below(areas.len())])
        };
        (
            false,
            format!("/api/v1/tickets?limit=50&cursor={cursor}{area}"),
            String::new(),
        )
    })
}

fn ticket(ground: &Ground) -> Ask {
    let numbers = ground.numbers.clone();
    Arc::new(move |n| {
        let number = &numbers[(n / 2) as usize % numbers.len()];
        let part = if n % 2 == 0 { "" } else { "/timeline" };
        (false, format!("/api/v1/tickets/{number}{part}"), String::new())
    })
}

fn search(vocabulary: Arc<Vocabulary>) -> Ask {
    Arc::new(move |n| {
        let mut dice = Dice::new(n + 99);
        let words = format!("{}%20{}", vocabulary.word(&mut dice), vocabulary.word(&mut dice));
        (
            false,
            format!("/api/v1/tickets?limit=50&q={}", words.replace('à', "%C3%A0")),
            String::new(),
        )
    })
}

fn create(vocabulary: Arc<Vocabulary>) -> Ask {
    Arc::new(move |n| {
        let mut dice = Dice::new(n + 12_345);
        let body = json!({
            "subject": vocabulary.sentence(&mut dice, 5),
            "description": vocabulary.sentence(&mut dice, 30),
            "requester": { "email": format!("richiedente.{:05}@bench.example", dice.below(1000)) },
        });
        (true, "/api/v1/tickets".to_owned(), body.to_string())
    })
}

fn reply(ground: &Ground, vocabulary: Arc<Vocabulary>) -> Ask {
    let open = ground.open.clone();
    Arc::new(move |n| {
        let mut dice = Dice::new(n + 777);
        let id = open[dice.below(open.len())];
        let body = json!({ "body": vocabulary.sentence(&mut dice, 20) });
        (true, format!("/api/v1/tickets/{id}/messages"), body.to_string())
    })
}

fn act(ground: &Ground) -> Ask {
    let open = ground.open.clone();
    Arc::new(move |n| {
        let mut dice = Dice::new(n + 4242);
        let id = open[dice.below(open.len())];
        let body = json!({ "kind": "incident", "impact": 1 + dice.below(3), "urgency": 1 + dice.below(3) });
        (true, format!("/api/v1/tickets/{id}/classification"), body.to_string())
    })
}

/// The server that is measured: this program again, as a process of its own.
pub(super) struct Served {
    child: Child,
    pub(super) address: SocketAddr,
}

impl Served {
    pub(super) async fn start(settings: &Settings) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--data").arg(&settings.data_dir);
        if let Some(url) = &settings.database_url {
            command.args(["--database", url]);
        }
        command
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let mut child = command.spawn().context("cannot start the server")?;
        let out = child.stdout.take().context("no output of the server")?;
        let mut lines = BufReader::new(out).lines();
        while let Some(line) = lines.next_line().await? {
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.trim().parse().context("the server's address")?;
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Self { child, address });
            }
        }
        bail!("the server did not start")
    }

    pub(super) fn resident_mb(&self) -> Result<f64> {
        let pid = self.child.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .context("no VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).context("no figure")?.parse()?;
        Ok((kib / 1024.0 * 10.0).round() / 10.0)
    }

    pub(super) async fn stop(&mut self) -> Result<()> {
        self.child.kill().await?;
        Ok(())
    }
}
