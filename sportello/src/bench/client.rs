//! A client that costs little beside the server it measures: one kept connection, one request at a time.

use anyhow::{Context, Result, bail};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    authority: String,
    token: String,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("cannot connect")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Ok(Self {
            sender,
            authority: address.to_string(),
            token: format!("Bearer {token}"),
        })
    }

    pub(crate) async fn get(&mut self, path: &str) -> Result<Bytes> {
        self.send("GET", path, Bytes::new()).await
    }

    pub(crate) async fn post(&mut self, path: &str, body: String) -> Result<Bytes> {
        self.send("POST", path, Bytes::from(body)).await
    }

    pub(crate) async fn patch(&mut self, path: &str, body: String) -> Result<Bytes> {
        self.send("PATCH", path, Bytes::from(body)).await
    }

    async fn send(&mut self, method: &str, path: &str, body: Bytes) -> Result<Bytes> {
        self.sender.ready().await?;
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", &self.authority)
            .header("authorization", &self.token)
            .header("content-type", "application/json")
            .body(Full::new(body))?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        let body = response.into_body().collect().await?.to_bytes();
        if !status.is_success() && status != StatusCode::CONFLICT {
            bail!("{method} {path}: {status} {}", String::from_utf8_lossy(&body));
        }
        Ok(body)
    }
}
