//! Forms of pages: read whole, so that what was typed can be shown again whatever is wrong with it.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use bytes::Bytes;
use kernel::Uuid;
use std::collections::HashMap;
use store::Idempotency;

/// The fields of a form, the last value of each; unknown ones are kept too.
#[derive(Clone, Debug, Default)]
pub struct FormBody(HashMap<String, String>);

impl FormBody {
    /// A field as typed, if it was sent.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// A field as typed, or nothing.
    pub fn text(&self, field: &str) -> &str {
        self.get(field).unwrap_or_default()
    }

    /// The key under which a form that is sent twice does what it asks for once; sent with other words it asks for something else.
    /// Nothing where the page brought no key along.
    pub fn once(&self, caller: Uuid, what: &str) -> Option<Idempotency> {
        let key = self.get("once").filter(|key| !key.is_empty())?;
        let mut fields: Vec<_> = self.0.iter().filter(|(name, _)| *name != "draft_writer").collect();
        fields.sort();
        let asked = format!("{fields:?}");
        Some(Idempotency::new(
            caller,
            &format!("{what} {key} {asked}"),
            &[asked.as_bytes()],
        ))
    }

    /// All fields.
    pub fn fields(&self) -> &HashMap<String, String> {
        &self.0
    }
}

impl From<HashMap<String, String>> for FormBody {
    fn from(fields: HashMap<String, String>) -> Self {
        Self(fields)
    }
}

impl<S: Send + Sync> FromRequest<S> for FormBody {
    type Rejection = StatusCode;

    async fn from_request(request: Request, state: &S) -> Result<Self, StatusCode> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|cause| cause.status())?;
        let fields: Vec<(String, String)> = axum::extract::Form::<Vec<(String, String)>>::from_request(
            Request::builder()
                .method("POST")
                .header("content-type", "application/x-www-form-urlencoded")
                .body(axum::body::Body::from(body))
                .map_err(|_| StatusCode::BAD_REQUEST)?,
            state,
        )
        .await
        .map_err(|_| StatusCode::BAD_REQUEST)?
        .0;
        Ok(Self(fields.into_iter().collect()))
    }
}
