//! Addresses within this service, cookies, and where a request came from.

use axum::http::header::{HOST, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

/// A path of this service that one may be sent to; nothing where it would lead elsewhere.
pub fn local_path(text: &str) -> Option<&str> {
    let here = text.starts_with('/') && !text.starts_with("//");
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (here && plain).then_some(text)
}

/// The page a request came from, when it is one of ours.
pub(crate) fn came_from(headers: &HeaderMap) -> Option<&str> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (_, rest) = text(REFERER)?.split_once("://")?;
    let path = rest.strip_prefix(text(HOST)?)?;
    local_path(path)
}

/// Adds a cookie that scripts may not read, or one they may where `readable`.
pub(super) fn set_cookie(response: &mut Response, name: &str, value: &str, seconds: i64, readable: bool, secure: bool) {
    let hidden = if readable { "" } else { "; HttpOnly" };
    let over_tls = if secure { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax{hidden}{over_tls}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_never_sent_elsewhere() {
        for path in ["/", "/tickets?q=a%20b", "/portal/requests/SR-2026-000001#last"] {
            assert_eq!(local_path(path), Some(path));
        }
        for elsewhere in [
            "",
            "tickets",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/è",
        ] {
            assert_eq!(local_path(elsewhere), None, "{elsewhere}");
        }
    }
}
