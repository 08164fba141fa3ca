//! Live updates: many open consoles, twenty acts a second, and how long after an act was acknowledged each console shows it.
//!
//! Every console here sees every ticket, which is the hardest case: each act is written to all of them.

use super::client::Client;
use super::measure::{Measured, summed_up};
use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use kernel::Uuid;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant as Stopwatch};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// Open consoles.
pub(crate) const CONSOLES: usize = 500;
/// Acts a second.
const RATE: u32 = 20;
/// How long after the last act consoles are still listened to.
const AFTERWARDS: Duration = Duration::from_secs(3);
/// Ticks of a processor in a second, as `/proc` counts them.
const TICKS: f64 = 100.0;

/// When each act was acknowledged, by the number of its ticket, and what all consoles have heard so far, in milliseconds
/// after the acknowledgement.
#[derive(Default)]
struct Notes {
    acknowledged: HashMap<String, Stopwatch>,
    times: Vec<f64>,
}

type Shared = Arc<Mutex<Notes>>;

/// Measures. `sessions` are keys of people who see everything; `pid` is the server's.
pub(crate) async fn measure(
    address: SocketAddr,
    token: &str,
    sessions: &[String],
    open: &[Uuid],
    seconds: u64,
    pid: u32,
) -> Result<Measured> {
    let notes = Shared::default();
    let mut consoles = JoinSet::new();
    for session in sessions {
        consoles.spawn(console(address, session.clone(), notes.clone()));
    }
    // All of them stand before the first act.
    tokio::time::sleep(AFTERWARDS).await;
    let (begun, ticks) = (Stopwatch::now(), processor_ticks(pid)?);
    act(address, token, open, seconds, &notes).await?;
    let took = begun.elapsed();
    let busy = (processor_ticks(pid)? - ticks) / TICKS / took.as_secs_f64();
    tokio::time::sleep(AFTERWARDS).await;
    consoles.abort_all();
    let times = notes
        .lock()
        .map_or_else(|_| Vec::new(), |mut notes| std::mem::take(&mut notes.times));
    if times.is_empty() {
        bail!("no console was told anything");
    }
    Ok(Measured {
        core_share: Some((busy * 1000.0).round() / 1000.0),
        ..summed_up("live", sessions.len(), times, took)
    })
}

/// A console: reads its stream until it is stopped.
async fn console(address: SocketAddr, session: String, notes: Shared) -> Result<()> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(async move {
        let _ = connection.await;
    });
    let request = Request::get("/live?list=")
        .header("host", address.to_string())
        .header("cookie", format!("{}={session}", people::SESSION_COOKIE))
        .body(Empty::<Bytes>::new())?;
    let mut body = sender.send_request(request).await?.into_body();
    let mut text = String::new();
    while let Some(frame) = body.frame().await {
        let Some(data) = frame?.data_ref().cloned() else {
            continue;
        };
        text.push_str(&String::from_utf8_lossy(&data));
        while let Some((message, rest)) = text.split_once("\n\n") {
            note(message, &notes);
            text = rest.to_owned();
        }
    }
    Ok(())
}

/// Notes how long each row of a message took.
fn note(message: &str, notes: &Shared) {
    let now = Stopwatch::now();
    let numbers = message
        .split("\"number\":\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let Ok(mut notes) = notes.lock() else { return };
    for number in numbers {
        if let Some(at) = notes.acknowledged.get(number).copied() {
            let took = now.saturating_duration_since(at);
            notes.times.push(took.as_secs_f64() * 1000.0);
        }
    }
}

/// Acts at a steady rate, each on a ticket of its own.
async fn act(address: SocketAddr, token: &str, open: &[Uuid], seconds: u64, notes: &Shared) -> Result<()> {
    let mut client = Client::connect(address, token).await?;
    let mut turns = tokio::time::interval(Duration::from_secs(1) / RATE);
    let count = u64::from(RATE) * seconds;
    for (turn, ticket) in (0..count).zip(open.iter().cycle()) {
        turns.tick().await;
        let body = json!({ "kind": "incident", "impact": 1 + turn % 3, "urgency": 1 + turn / 3 % 3 });
        let answer = client
            .post(&format!("/api/v1/tickets/{ticket}/classification"), body.to_string())
            .await?;
        let answer: Value = serde_json::from_slice(&answer)?;
        if let (Some(number), Ok(mut notes)) = (answer["number"].as_str(), notes.lock()) {
            notes.acknowledged.insert(number.to_owned(), Stopwatch::now());
        }
    }
    Ok(())
}

/// Processor time of a process so far.
fn processor_ticks(pid: u32) -> Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let after_name = text.rsplit_once(')').context("no name in stat")?.1;
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let field = |place: usize| {
        fields
            .get(place)
            .and_then(|text| text.parse::<f64>().ok())
            .context("no figure")
    };
    Ok(field(11)? + field(12)?)
}
