//! A kept file on its way to whoever may have it: to be saved, never shown inside a page.

use crate::App;
use axum::body::Body;
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use kernel::Outcome;

/// The bytes kept under a hash, as a file of this name and size. Its type is never told: no browser opens it by itself.
///
/// # Errors
/// A refusal 404 when the bytes are not there.
pub async fn download(app: &App, sha256: &str, name: &str, size: i64) -> Outcome<Response> {
    let bytes = app.store.blobs().open(sha256).await?;
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox; default-src 'none'"),
    );
    headers.insert(CONTENT_LENGTH, HeaderValue::from(size));
    if let Ok(value) = format!("attachment; filename*=UTF-8''{}", header_name(name)).parse() {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    Ok((headers, Body::from_stream(bytes)).into_response())
}

/// A name as a header takes it (RFC 8187).
fn header_name(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let part = |byte: u8| {
        if plain(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    name.bytes().map(part).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_says_no_more_than_a_name() {
        let cases = [("a-b_c.txt", "a-b_c.txt"), ("è \"x\"\r\n", "%C3%A8%20%22x%22%0D%0A")];
        for (name, expected) in cases {
            assert_eq!(super::header_name(name), expected);
        }
    }
}
