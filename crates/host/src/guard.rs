//! Safeguards around every answer: headers that browsers obey, and requests from other sites refused.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kernel::{Refusal, RefusalKind};
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
    if request.uri().path().starts_with("/api/") {
        return ApiError(refusal.into()).into_response();
    }
    PageError(refusal.into()).into_response()
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
