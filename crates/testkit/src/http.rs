//! A small HTTP client for asking the server under test.
//!
//! It keeps cookies like a browser, follows no redirect (a test wants to see it), and gives every answer whole,
//! whatever its status.

use std::time::Duration;

use anyhow::Context;
use reqwest::header::{ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode, Url, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Talks to one server, with one cookie jar.
#[derive(Clone)]
pub struct Client {
    inner: reqwest::Client,
    base: String,
    headers: HeaderMap,
}

impl Client {
    /// A client for the server at `base`, such as `http://127.0.0.1:8080`, with an empty cookie jar.
    ///
    /// # Panics
    /// When the HTTP library cannot start.
    pub fn new(base: impl Into<String>) -> Self {
        let inner = reqwest::Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::none())
            .no_proxy();
        let inner = inner.timeout(Duration::from_secs(60)).build().expect("an HTTP client");
        Self {
            inner,
            base: base.into().trim_end_matches('/').to_owned(),
            headers: HeaderMap::new(),
        }
    }

    /// The same client showing an API token with every request.
    pub fn with_token(self, token: &str) -> Self {
        self.with_header(AUTHORIZATION, &format!("Bearer {token}"))
    }

    /// The same client asking for a language, `it` or `en`.
    pub fn with_language(self, language: &str) -> Self {
        self.with_header(ACCEPT_LANGUAGE, language)
    }

    /// The same client sending one more header with every request.
    ///
    /// # Panics
    /// When the value cannot be a header's.
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers
            .insert(name, HeaderValue::from_str(value).expect("a header value"));
        self
    }

    /// The address of a path on this server.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Asks for a path.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.send(self.request(Method::GET, path)).await
    }

    /// Posts a JSON body.
    pub async fn post(&self, path: &str, body: &impl Serialize) -> anyhow::Result<Answer> {
        self.send(self.request(Method::POST, path).json(body)).await
    }

    /// Sends changes as a JSON body.
    pub async fn patch(&self, path: &str, body: &impl Serialize) -> anyhow::Result<Answer> {
        self.send(self.request(Method::PATCH, path).json(body)).await
    }

    /// Puts a JSON body.
    pub async fn put(&self, path: &str, body: &impl Serialize) -> anyhow::Result<Answer> {
        self.send(self.request(Method::PUT, path).json(body)).await
    }

    /// Deletes what lies at a path.
    pub async fn delete(&self, path: &str) -> anyhow::Result<Answer> {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Sends a form the way a browser does from a page of the same site.
    pub async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let body = Url::parse_with_params("http://form", fields)?
            .query()
            .unwrap_or_default()
            .to_owned();
        let request = self
            .request(Method::POST, path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(
            request
                .header("Origin", &self.base)
                .header("Sec-Fetch-Site", "same-origin")
                .body(body),
        )
        .await
    }

    /// Starts a request that needs more than the methods above give; [`send`](Self::send) sends it.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.inner
            .request(method, self.address(path))
            .headers(self.headers.clone())
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: reqwest::RequestBuilder) -> anyhow::Result<Answer> {
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Answer {
            status,
            headers,
            body: response.bytes().await?.to_vec(),
        })
    }
}

/// An answer with all its parts.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header as text, if there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> anyhow::Result<Value> {
        self.read()
    }

    /// The body as a value of some type.
    pub fn read<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        serde_json::from_slice(&self.body).with_context(|| format!("{} with this body: {}", self.status, self.text()))
    }

    /// The answer itself when it has this status; otherwise a failure that shows what came instead.
    pub fn expect(self, status: u16) -> anyhow::Result<Self> {
        anyhow::ensure!(
            self.status.as_u16() == status,
            "expected {status}, got {}: {}",
            self.status,
            self.text()
        );
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers each connection with a cookie, a redirect, and the request it got as the body.
    async fn echo() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let mut buffer = [0; 4096];
                let length = connection.read(&mut buffer).await.unwrap();
                let head = "HTTP/1.1 303 See Other\r\nLocation: /\r\nSet-Cookie: mark=7\r\nConnection: close";
                let head = format!("{head}\r\nContent-Length: {length}\r\n\r\n");
                connection.write_all(head.as_bytes()).await.unwrap();
                connection.write_all(&buffer[..length]).await.unwrap();
            }
        });
        address
    }

    #[tokio::test]
    async fn a_form_goes_out_encoded_and_the_redirect_is_seen() {
        let client = Client::new(echo().await).with_token("secret").with_language("it");
        let answer = client
            .submit("/sign-in", &[("e-mail", "a b@c"), ("perché", "sì&no")])
            .await
            .unwrap();
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.header("location"), Some("/"));
        let sent = answer.text();
        assert!(sent.contains("authorization: Bearer secret"), "{sent}");
        assert!(sent.contains("accept-language: it"), "{sent}");
        assert!(sent.ends_with("e-mail=a+b%40c&perch%C3%A9=s%C3%AC%26no"), "{sent}");
    }

    #[tokio::test]
    async fn cookies_come_back() {
        let client = Client::new(echo().await);
        assert!(!client.get("/").await.unwrap().text().contains("mark=7"));
        assert!(client.get("/").await.unwrap().text().contains("cookie: mark=7"));
    }

    #[tokio::test]
    async fn an_unexpected_answer_is_shown() {
        let client = Client::new(echo().await);
        let answer = client.post("/things", &serde_json::json!({"a": 1})).await.unwrap();
        let error = answer.expect(201).unwrap_err().to_string();
        assert!(
            error.starts_with("expected 201, got 303") && error.contains(r#"{"a":1}"#),
            "{error}"
        );
    }
}
