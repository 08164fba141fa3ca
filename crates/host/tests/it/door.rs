//! The router around every capability: what nobody knows, what is too large, what breaks, and the headers on all of it.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::{get, post};
use host::Capability;
use http_body_util::BodyExt;
use kernel::Clock;
use serde_json::{Value, json};
use std::sync::Arc;
use store::{DatabaseSettings, Store, StoreParts};
use testkit::{Backend, block_on};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tower::ServiceExt;
use utoipa_axum::router::OpenApiRouter;
use web::{ApiBody, ApiError, App, AppSettings, ReadLog};

/// What a handler that breaks knows and nobody else may read.
const SECRET: &str = "postgres://secret@inside";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    count: u32,
}

async fn counts(body: ApiBody<Sent>) -> Result<String, ApiError> {
    Ok(body.value.count.to_string())
}

async fn breaks() -> String {
    panic!("{SECRET}")
}

async fn fails() -> Result<String, ApiError> {
    Err(anyhow::anyhow!("{SECRET}").into())
}

/// A capability with handlers that do what a test wants.
fn stubborn() -> Capability {
    Capability {
        name: "stubborn",
        api: Some(|| {
            OpenApiRouter::new()
                .route("/counts", post(counts))
                .route("/breaks", get(breaks))
                .route("/fails", get(fails))
        }),
        pages: Some(|| {
            Router::new()
                .route("/breaks", get(breaks))
                .route("/form", post(async || "done"))
        }),
        ..Capability::default()
    }
}

struct Answer {
    status: StatusCode,
    headers: header::HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The problem document that it is: its code and the fields it names.
    fn problem(&self, status: u16) -> (String, Vec<String>) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem: Value = serde_json::from_str(&self.text).expect("JSON");
        assert_eq!(problem["status"], status, "{problem}");
        for key in ["type", "title", "detail"] {
            assert!(
                problem[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key}: {problem}"
            );
        }
        let fields = problem["errors"].as_array().into_iter().flatten();
        let named = fields.filter_map(|wrong| wrong["field"].as_str().map(str::to_owned));
        (problem["code"].as_str().expect("a code").to_owned(), named.collect())
    }
}

/// The router with an empty database behind it.
struct House {
    router: Router,
    _db: Backend,
}

impl House {
    async fn open() -> Self {
        i18n::install(&[ui::sources(), web::texts()]);
        let db = Backend::sqlite();
        let settings = DatabaseSettings::embedded(db.data.path());
        let store = Store::open(&settings, Clock::wall(), StoreParts::default()).await;
        let app = App {
            store: store.expect("opens"),
            settings: Arc::new(AppSettings::default()),
            places: Arc::default(),
            slots: web::Slots::default(),
            reads: ReadLog::default(),
            live: live::Hub::default(),
        };
        let router = host::router(&[stubborn()], app);
        Self { router, _db: db }
    }

    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, Body::empty()).await
    }
}

#[test]
fn what_nobody_knows_is_a_problem_to_programs_and_a_page_to_people() {
    block_on(async {
        let house = House::open().await;
        for path in ["/api/v1/nothing", "/nothing", "/api/v2/tickets"] {
            assert_eq!(house.get(path, &[]).await.problem(404).0, "not_found", "{path}");
        }
        let wrong = house.send("DELETE", "/api/v1/counts", &[], Body::empty()).await;
        assert_eq!(wrong.problem(405).0, "method_not_allowed");
        for (language, word) in [("it", "Questa pagina non c’è"), ("en", "This page is not here")] {
            let page = house
                .get("/nothing", &[("accept", "text/html"), ("accept-language", language)])
                .await;
            assert_eq!(page.status, StatusCode::NOT_FOUND);
            assert!(page.header("content-type").starts_with("text/html"));
            assert!(
                page.text.contains(&format!("<html lang=\"{language}\"")) && page.text.contains(word),
                "{}",
                page.text
            );
        }
    });
}

#[test]
fn a_body_is_measured_and_read_and_what_is_wrong_is_named() {
    block_on(async {
        let house = House::open().await;
        let post = async |body: String| house.send("POST", "/api/v1/counts", &[], body).await;
        assert_eq!(post(json!({"count": 3}).to_string()).await.text, "3");
        let blank = " ".repeat(1024 * 1024 + 1);
        assert_eq!(post(blank).await.problem(413).0, "body_too_large");
        for (body, code, fields) in [
            ("<xml/>", "malformed_json", vec![]),
            (r#"{"count": 3} {}"#, "malformed_json", vec![]),
            (r#"{"count": "three"}"#, "invalid", vec!["count"]),
            (r#"{"count": 3, "more": 1}"#, "invalid", vec!["more"]),
            ("", "invalid", vec!["count"]),
        ] {
            let (told, named) = post(body.to_owned()).await.problem(422);
            assert_eq!(
                (told.as_str(), named),
                (code, fields.into_iter().map(str::to_owned).collect()),
                "{body}"
            );
        }
    });
}

#[test]
fn a_handler_that_breaks_tells_a_reference_and_nothing_of_what_it_knew() {
    block_on(async {
        let house = House::open().await;
        for path in ["/api/v1/breaks", "/api/v1/fails"] {
            for (language, word) in [("it", "errore interno"), ("en", "broke on our side")] {
                let answer = house.get(path, &[("accept-language", language)]).await;
                assert_eq!(answer.problem(500).0, "failure");
                assert!(answer.text.contains("\"reference\":\""), "{}", answer.text);
                assert!(answer.text.contains(word), "in the reader's language: {}", answer.text);
                assert!(!answer.text.contains("secret"), "{}", answer.text);
            }
        }
        let page = house
            .get("/breaks", &[("accept", "text/html"), ("accept-language", "en")])
            .await;
        assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(
            page.text.contains("<html lang=\"en\"") && !page.text.contains("secret"),
            "{}",
            page.text
        );
    });
}

#[test]
fn every_answer_carries_the_headers_that_browsers_obey() {
    block_on(async {
        let house = House::open().await;
        for path in [
            "/healthz",
            "/readyz",
            "/nothing",
            "/breaks",
            "/api/v1/openapi.json",
            "/api/v1/breaks",
        ] {
            let answer = house.get(path, &[("accept", "text/html")]).await;
            let policy = answer.header("content-security-policy");
            for part in [
                "default-src 'self'",
                "object-src 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
            ] {
                assert!(policy.contains(part), "{path}: {policy}");
            }
            assert!(!policy.contains("unsafe"), "{path}: {policy}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("x-frame-options"), "DENY", "{path}");
            assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        }
    });
}

#[test]
fn a_form_from_another_site_is_refused_and_programs_are_not() {
    block_on(async {
        let house = House::open().await;
        let post = async |headers: &[(&str, &str)]| house.send("POST", "/form", headers, Body::empty()).await;
        let cases: [(&[(&str, &str)], u16); 7] = [
            (&[("sec-fetch-site", "same-origin")], 200),
            (&[("sec-fetch-site", "cross-site")], 403),
            (&[("sec-fetch-site", "same-site")], 403),
            (&[("origin", "https://desk.example"), ("host", "desk.example")], 200),
            (&[("origin", "https://other.example"), ("host", "desk.example")], 403),
            (&[("origin", "null"), ("host", "desk.example")], 403),
            (&[], 200),
        ];
        for (headers, status) in cases {
            assert_eq!(post(headers).await.status.as_u16(), status, "{headers:?}");
        }
        let api = house
            .send("POST", "/api/v1/counts", &[("sec-fetch-site", "cross-site")], "{}")
            .await;
        assert_eq!(api.problem(403).0, "cross_site");
    });
}

/// Sends an upload as a browser does, which reads nothing before it has sent everything.
async fn upload(address: std::net::SocketAddr, megabytes: usize) -> std::io::Result<String> {
    let mut line = tokio::net::TcpStream::connect(address).await?;
    let head = format!(
        "POST /api/v1/counts HTTP/1.1\r\nhost: here\r\nsec-fetch-site: cross-site\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        megabytes << 20
    );
    line.write_all(head.as_bytes()).await?;
    for _ in 0..megabytes {
        line.write_all(&vec![b'x'; 1 << 20]).await?;
    }
    let mut answer = String::new();
    line.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[test]
fn an_upload_that_is_refused_is_heard_out_and_then_told_why() {
    block_on(async {
        let house = House::open().await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(axum::serve(listener, house.router.clone()).into_future());
        for megabytes in [1, 20] {
            let answer = upload(address, megabytes).await.expect("an answer");
            assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
            assert!(answer.contains("cross_site"), "{answer}");
        }
    });
}
