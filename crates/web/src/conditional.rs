//! Versions: what was read (`ETag`), and what is meant to be changed (`If-Match`).

use axum::extract::FromRequestParts;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;
use kernel::{Outcome, Refusal, RefusalKind};
use std::convert::Infallible;

/// The tag of a version.
pub fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// The versions a caller is willing to change; nothing where the header was not sent.
#[derive(Clone, Debug, Default)]
pub struct IfMatch(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(
            parts
                .headers
                .get(IF_MATCH)
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
        ))
    }
}

impl IfMatch {
    /// Only this version: what a form has read before it decided.
    pub fn only(version: i64) -> Self {
        Self(Some(etag(version)))
    }

    /// The same, or this version where the caller named none: for a change that says only a part of the whole.
    #[must_use]
    pub fn or_only(self, version: i64) -> Self {
        Self(self.0.or_else(|| Some(etag(version))))
    }

    /// Refuses (412) when the thing has another version by now; the answer carries its present state.
    pub fn check(&self, version: i64, current: impl FnOnce() -> serde_json::Value) -> Outcome<()> {
        let Some(sent) = &self.0 else { return Ok(()) };
        let wanted = etag(version);
        if sent
            .split(',')
            .map(str::trim)
            .any(|tag| tag == "*" || tag.trim_start_matches("W/") == wanted)
        {
            return Ok(());
        }
        let mut refusal = Refusal::new(RefusalKind::Stale, "stale", "refusal-stale");
        refusal.current = Some(current());
        Err(refusal.into())
    }
}
