//! Styles, scripts, fonts and icons, embedded and served.
//!
//! A file's name carries a hash of its content, so browsers keep it for good and a new release is a new name.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};

struct Asset {
    name: &'static str,
    path: &'static str,
    file: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

const YEAR: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The address of an asset by its plain name: `console.css` gives `/assets/console.0a1b2c3d4e.css`.
pub fn asset(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("/assets/none", |asset| asset.path)
}

/// The text of an asset by its plain name: for the one that stands at an address of its own.
pub fn asset_text(name: &str) -> &'static str {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    found.map_or("", |asset| std::str::from_utf8(asset.plain).unwrap_or_default())
}

/// The route that serves them: `GET /assets/{file}`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{file}", get(serve))
}

async fn serve(address: Uri, request: HeaderMap) -> Response {
    // Whatever the router was mounted below: the last part of the address is the file.
    let file = address.path().rsplit('/').next();
    let Some(asset) = ASSETS.iter().find(|asset| Some(asset.file) == file) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (bytes, encoding) = asset.best_for(&request);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type()));
    headers.insert(header::CACHE_CONTROL, YEAR);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

impl Asset {
    /// The smallest form the browser can read, and the name of its encoding.
    fn best_for(&self, request: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
        let forms = [("br", self.brotli), ("gzip", self.gzip)];
        let accepted = request
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        let readable = forms
            .into_iter()
            .find_map(|(name, form)| Some((name, form.filter(|_| accepts(accepted, name))?)));
        readable.map_or((self.plain, None), |(name, form)| (form, Some(name)))
    }

    fn content_type(&self) -> &'static str {
        match self.name.rsplit_once('.').map_or("", |(_, suffix)| suffix) {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "woff2" => "font/woff2",
            "png" => "image/png",
            _ => "application/octet-stream",
        }
    }
}

fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        parts.next() == Some(encoding) && !parts.any(|part| part == "q=0" || part.starts_with("q=0.0"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, http::Request};
    use tower::ServiceExt;

    async fn get(path: &str, encodings: &str) -> Response {
        let request = Request::get(path)
            .header(header::ACCEPT_ENCODING, encodings)
            .body(Body::empty());
        routes::<()>()
            .oneshot(request.expect("a request"))
            .await
            .expect("an answer")
    }

    fn encoding(response: &Response) -> &str {
        response
            .headers()
            .get(header::CONTENT_ENCODING)
            .map_or("", |value| value.to_str().expect("text"))
    }

    #[tokio::test]
    async fn the_smallest_form_the_browser_reads_is_sent() {
        let cases = [
            ("gzip, deflate, br", "br"),
            ("gzip", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("", ""),
        ];
        for (accepted, expected) in cases {
            let response = get(asset("console.css"), accepted).await;
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(encoding(&response), expected, "{accepted}");
        }
    }

    #[tokio::test]
    async fn files_are_kept_for_good_under_their_own_type() {
        let types = [
            ("portal.css", "text/css; charset=utf-8"),
            ("sportello.js", "text/javascript; charset=utf-8"),
            ("icons.svg", "image/svg+xml"),
            ("titillium-400.woff2", "font/woff2"),
            ("app-192.png", "image/png"),
        ];
        for (name, expected) in types {
            let response = get(asset(name), "br").await;
            assert_eq!(response.headers()[header::CONTENT_TYPE], expected, "{name}");
            assert_eq!(response.headers()[header::CACHE_CONTROL], YEAR, "{name}");
            assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{name}");
        }
    }

    #[tokio::test]
    async fn an_unknown_file_is_not_found() {
        assert_eq!(get("/assets/console.css", "br").await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_first_page_stays_within_its_weight() {
        for style in ["console.css", "portal.css"] {
            let parts = [
                style,
                "sportello.js",
                "icons.svg",
                "titillium-400.woff2",
                "titillium-600.woff2",
                "titillium-700.woff2",
            ];
            let weight: usize = ASSETS
                .iter()
                .filter(|asset| parts.contains(&asset.name))
                .map(|asset| asset.brotli.unwrap_or(asset.plain).len())
                .sum();
            assert!(weight < 110_000, "{style} page: {weight} bytes before its HTML");
        }
    }
}
