//! What a refused request still sends: it is heard to its end before the refusal is told.
//!
//! A browser that uploads a file reads no answer before it has sent everything; a server that answers and hangs up leaves it
//! with a broken connection instead of the reason.

use axum::body::{Body, BodyDataStream};
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::Response;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::oneshot::{Receiver, Sender, channel};

/// Most bytes that are heard out for nothing: somewhat more than an attachment may have.
const MOST: usize = 64 * 1024 * 1024;
/// Longest time that it may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Middleware: hears out what a handler left unread when it refused.
pub async fn heard_out(request: Request, next: Next) -> Response {
    let has_body = request.headers().contains_key(header::CONTENT_LENGTH)
        || request.headers().contains_key(header::TRANSFER_ENCODING);
    // Who asks before sending has sent nothing yet, and will not.
    if !has_body || request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    let (request, rest) = lent(request);
    let response = next.run(request).await;
    if response.status().is_client_error()
        && let Ok(rest) = rest.await
    {
        let _ = tokio::time::timeout(PATIENCE, hear_out(rest)).await;
    }
    response
}

async fn hear_out(mut rest: BodyDataStream) {
    let mut heard = 0;
    while let Some(Ok(part)) = rest.next().await {
        heard += part.len();
        if heard > MOST {
            return;
        }
    }
}

/// The request with a body that comes back when whoever reads it has enough.
fn lent(request: Request) -> (Request, Receiver<BodyDataStream>) {
    let (back, rest) = channel();
    let (parts, body) = request.into_parts();
    let lent = Lent {
        body: Some(body.into_data_stream()),
        back: Some(back),
    };
    (Request::from_parts(parts, Body::from_stream(lent)), rest)
}

struct Lent {
    body: Option<BodyDataStream>,
    back: Option<Sender<BodyDataStream>>,
}

impl Stream for Lent {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let read = Pin::new(body).poll_next(context);
        if matches!(read, Poll::Ready(None)) {
            self.body = None;
        }
        read
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(body), Some(back)) = (self.body.take(), self.back.take()) {
            // Nobody waits for it any more when the client went away.
            let _ = back.send(body);
        }
    }
}
