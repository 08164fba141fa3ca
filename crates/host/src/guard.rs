//! Safeguards around every answer: headers that browsers obey, requests from other sites refused, handlers that break
//! answered all the same.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use kernel::{Error, Refusal, RefusalKind};
use std::panic::AssertUnwindSafe;
use web::{ApiError, PageError};

/// Scripts, styles, images and connections only from here; nothing inline; never in a foreign frame.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; \
                      frame-ancestors 'none'";

/// Middleware: sets the headers that were not set by the handler.
pub async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Middleware: a request that changes something comes from our own pages, or brings a token and no cookie.
pub async fn same_site(request: Request, next: Next) -> Response {
    if request.method().is_safe() || request.headers().contains_key(header::AUTHORIZATION) || is_ours(&request) {
        return next.run(request).await;
    }
    let refusal = Refusal::new(RefusalKind::Forbidden, "cross_site", "refusal-cross-site");
    told(!request.uri().path().starts_with("/api/"), refusal.into())
}

/// Middleware: a handler that panics is a failure like any other, in the reader's language and with a reference. What it
/// knew stays in the log.
pub async fn unbroken(request: Request, next: Next) -> Response {
    let is_page = wants_page(&request);
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => told(is_page, Error::Failed(anyhow::anyhow!("a handler panicked"))),
    }
}

/// Whether a person with a browser asks.
pub fn wants_page(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT);
    accept
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}

/// An error as a page, or as a problem document.
pub fn told(is_page: bool, error: Error) -> Response {
    if is_page {
        PageError(error).into_response()
    } else {
        ApiError(error).into_response()
    }
}

/// By `Sec-Fetch-Site` where the browser says it, by `Origin` where it does not; programs without either are no browsers.
fn is_ours(request: &Request) -> bool {
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return true };
    let host = text("host").unwrap_or_default();
    origin.split_once("://").is_some_and(|(_, origin)| origin == host)
}
