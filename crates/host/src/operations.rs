//! What those who run the service look at: alive, ready, figures.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Instant as Stopwatch;
use store::Sql;
use web::App;

/// `/healthz`, `/readyz`, `/metrics`.
pub fn routes() -> Router<App> {
    recorder();
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route("/metrics", get(figures))
}

fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let recorder = PrometheusBuilder::new().build_recorder();
        let handle = recorder.handle();
        // Another recorder in the same process (a test) keeps its place.
        drop(metrics::set_global_recorder(recorder));
        handle
    })
}

async fn healthz() -> &'static str {
    "ok\n"
}

async fn readyz(State(app): State<App>) -> Response {
    match app
        .store
        .read()
        .row("SELECT 1 FROM schema_migration LIMIT 1", vec![])
        .await
    {
        Ok(_) => "ready\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database away\n").into_response(),
    }
}

async fn figures(State(app): State<App>) -> Response {
    let waiting = "SELECT state, COUNT(*) FROM job GROUP BY state";
    if let Ok(rows) = app.store.read().rows(waiting, vec![]).await {
        for row in rows {
            let (Ok(state), Ok(count)) = (row.get::<String>(0), row.get::<i64>(1)) else {
                continue;
            };
            metrics::gauge!("sportello_jobs", "state" => state).set(count as f64);
        }
    }
    recorder().render().into_response()
}

/// Middleware: counts and times requests by kind of answer.
pub async fn measure(request: Request, next: Next) -> Response {
    let started = Stopwatch::now();
    let kind = if request.uri().path().starts_with("/api/") {
        "api"
    } else {
        "page"
    };
    let response = next.run(request).await;
    let status = response.status().as_u16() / 100;
    metrics::counter!("sportello_requests_total", "kind" => kind, "status" => format!("{status}xx")).increment(1);
    metrics::histogram!("sportello_request_seconds", "kind" => kind).record(started.elapsed().as_secs_f64());
    response
}
