//! Times of many requests by several clients at once.

use super::client::Client;
use anyhow::Result;
use serde::Serialize;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant as Stopwatch};

/// What one operation came to.
#[derive(Debug, Serialize)]
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    pub(crate) clients: usize,
    pub(crate) n: usize,
    pub(crate) p50_ms: f64,
    pub(crate) p95_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) per_second: f64,
    /// The share of one processor that the server took, where that is what is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) core_share: Option<f64>,
}

/// A request of a run: method (true for POST), path, body.
pub(crate) type Asked = (bool, String, String);

/// Makes the n-th request of an operation.
pub(crate) type Ask = Arc<dyn Fn(u64) -> Asked + Send + Sync>;

/// Runs an operation with some clients for some seconds; `ask` makes the n-th request.
pub(crate) async fn measure(
    name: &'static str,
    address: SocketAddr,
    token: &str,
    clients: usize,
    seconds: u64,
    ask: Ask,
) -> Result<Measured> {
    let until = Stopwatch::now() + Duration::from_secs(seconds);
    measure_while(name, address, token, clients, move || Stopwatch::now() < until, ask).await
}

/// Runs an operation with some clients as long as something else goes on.
pub(crate) async fn measure_while(
    name: &'static str,
    address: SocketAddr,
    token: &str,
    clients: usize,
    goes_on: impl Fn() -> bool + Clone + Send + 'static,
    ask: Ask,
) -> Result<Measured> {
    let counter = Arc::new(AtomicU64::new(0));
    let started = Stopwatch::now();
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let (counter, ask, token, goes_on) = (counter.clone(), ask.clone(), token.to_owned(), goes_on.clone());
        tasks.push(tokio::spawn(async move {
            let mut client = Client::connect(address, &token).await?;
            let mut times = Vec::new();
            while goes_on() {
                let (post, path, body) = ask(counter.fetch_add(1, Ordering::Relaxed));
                let begun = Stopwatch::now();
                if post {
                    client.post(&path, body).await?
                } else {
                    client.get(&path).await?
                };
                times.push(begun.elapsed().as_secs_f64() * 1000.0);
            }
            anyhow::Ok(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    Ok(summed_up(name, clients, times, started.elapsed()))
}

/// The figures of some times in milliseconds.
pub(crate) fn summed_up(name: &'static str, clients: usize, mut times: Vec<f64>, took: Duration) -> Measured {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        (times.get(place).copied().unwrap_or(0.0) * 100.0).round() / 100.0
    };
    Measured {
        name,
        clients,
        n: times.len(),
        p50_ms: at(0.50),
        p95_ms: at(0.95),
        p99_ms: at(0.99),
        per_second: (times.len() as f64 / took.as_secs_f64() * 10.0).round() / 10.0,
        core_share: None,
    }
}
