//! A calendar file as a form sends it.

use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{FromRequest, Request};
use kernel::{Outcome, Refusal};
use std::convert::Infallible;

/// Most bytes of a calendar file.
const MOST: usize = 1 << 20;

/// What was sent: the text of the file, or which words say why not.
pub struct IcsFile(Result<String, &'static str>);

impl IcsFile {
    /// The text.
    ///
    /// # Errors
    /// A refusal that names the file.
    pub fn text(&self) -> Outcome<&str> {
        match &self.0 {
            Ok(text) => Ok(text),
            Err(key) => Err(Refusal::field("file", key).into()),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for IcsFile {
    type Rejection = Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Infallible> {
        let form = Multipart::from_request(request, state).await;
        Ok(Self(read(form).await))
    }
}

async fn read(form: Result<Multipart, MultipartRejection>) -> Result<String, &'static str> {
    let mut form = form.map_err(|_| "field-required")?;
    while let Some(mut field) = form.next_field().await.map_err(|_| "admin-calendar-file-broken")? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(part) = field.chunk().await.map_err(|_| "admin-calendar-file-broken")? {
            bytes.extend_from_slice(&part);
            if bytes.len() > MOST {
                return Err("admin-calendar-file-large");
            }
        }
        return match bytes.is_empty() {
            true => Err("field-required"),
            false => String::from_utf8(bytes).map_err(|_| "admin-calendar-file-broken"),
        };
    }
    Err("field-required")
}
