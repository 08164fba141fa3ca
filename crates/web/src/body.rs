//! Bodies, paths and queries of the API, read so that what is wrong is named by its field.

use crate::problem::ApiError;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use bytes::Bytes;
use kernel::{Refusal, RefusalKind};
use serde::de::DeserializeOwned;

/// A JSON body, and its bytes for idempotency.
pub struct ApiBody<T> {
    /// What it says.
    pub value: T,
    /// The bytes as sent.
    pub raw: Bytes,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ApiBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let raw = Bytes::from_request(request, state).await.map_err(|cause| {
            let too_large = cause.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
            if too_large {
                Refusal::new(RefusalKind::TooLarge, "body_too_large", "refusal-body-too-large")
            } else {
                Refusal::new(RefusalKind::Invalid, "body_unreadable", "refusal-body-unreadable")
            }
        })?;
        // A body that is left out stands for one without any field.
        let text: &[u8] = if raw.is_empty() { b"{}" } else { &raw };
        let mut reader = serde_json::Deserializer::from_slice(text);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|cause| {
            let path = cause.path().to_string();
            json_refusal(&path, cause.inner(), text)
        })?;
        reader.end().map_err(|cause| json_refusal(".", &cause, text))?;
        Ok(Self { value, raw })
    }
}

/// A number where a word of a list belongs is told like broken JSON: only the whole text says which of the two it is.
fn json_refusal(path: &str, cause: &serde_json::Error, text: &[u8]) -> Refusal {
    use serde_json::error::Category;
    let is_whole = || path != "." && serde_json::from_slice::<serde::de::IgnoredAny>(text).is_ok();
    match cause.classify() {
        Category::Data => data_refusal(path, &cause.to_string()),
        Category::Syntax if is_whole() => data_refusal(path, &cause.to_string()),
        _ => Refusal::new(RefusalKind::Invalid, "malformed_json", "refusal-malformed-json")
            .with("line", cause.line())
            .with("column", cause.column()),
    }
}

/// Which field is meant: an unknown or missing one stands in the message, a wrong value in the path.
fn data_refusal(path: &str, message: &str) -> Refusal {
    let named = |start: &str| {
        message
            .strip_prefix(start)
            .and_then(|rest| rest.split('`').next())
            .map(str::to_owned)
    };
    let inside = |field: String| if path == "." { field } else { format!("{path}.{field}") };
    if let Some(field) = named("unknown field `") {
        let told = path == field || path.ends_with(&format!(".{field}"));
        return Refusal::field(if told { path.to_owned() } else { inside(field) }, "field-unknown");
    }
    if let Some(field) = named("missing field `") {
        return Refusal::field(inside(field), "field-required");
    }
    if let Some(field) = named("duplicate field `") {
        return Refusal::field(inside(field), "field-wrong-type");
    }
    let key = if message.starts_with("unknown variant") {
        "field-unknown-value"
    } else {
        "field-wrong-type"
    };
    Refusal::field(path.to_owned(), key)
}

/// A path parameter; one that cannot be read does not exist.
pub struct ApiPath<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for ApiPath<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        Ok(Self(path_of(parts, state).await?))
    }
}

/// What stands in the address, or the refusal that it does not exist.
#[allow(clippy::disallowed_types, reason = "here its refusal becomes ours")]
pub(crate) async fn path_of<S, T>(parts: &mut Parts, state: &S) -> Result<T, Refusal>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    match axum::extract::Path::<T>::from_request_parts(parts, state).await {
        Ok(axum::extract::Path(value)) => Ok(value),
        Err(_) => Err(Refusal::not_found()),
    }
}

/// Query parameters.
pub struct ApiQuery<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        Ok(Self(query_of(parts)?))
    }
}

/// The conditions behind a question mark as they stand there, in order; none when they cannot be read.
#[allow(clippy::disallowed_types, reason = "here its refusal is not told")]
pub fn conditions_of(address: &Uri) -> Vec<(String, String)> {
    axum::extract::Query::try_from_uri(address)
        .map(|axum::extract::Query(pairs)| pairs)
        .unwrap_or_default()
}

/// What stands behind the question mark, or the refusal that names what cannot be read.
#[allow(clippy::disallowed_types, reason = "here its refusal becomes ours")]
pub(crate) fn query_of<T: DeserializeOwned>(parts: &Parts) -> Result<T, Refusal> {
    axum::extract::Query::<T>::try_from_uri(&parts.uri)
        .map(|axum::extract::Query(value)| value)
        .map_err(|cause| {
            let text = std::error::Error::source(&cause).map_or_else(|| cause.to_string(), ToString::to_string);
            let (path, message) = text.split_once(": ").unwrap_or((".", text.as_str()));
            match data_refusal(".", if path == "." { &text } else { message }) {
                found if found.fields.first().is_some_and(|field| field.field != ".") => found,
                _ if path.contains(' ') => data_refusal(".", &text),
                _ => data_refusal(path, message),
            }
        })
}
