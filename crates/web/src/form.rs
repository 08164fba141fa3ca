//! Forms of pages: read whole, so that what was typed can be shown again whatever is wrong with it.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use bytes::Bytes;
use std::collections::HashMap;

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
