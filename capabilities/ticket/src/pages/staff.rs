//! Somebody of the desk who looks at a page of the console; for everybody else these pages do not exist.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use kernel::{Refusal, Uuid};
use people::{Actor, Visit};
use std::net::SocketAddr;
use std::sync::Arc;
use ui::Frame;
use web::{App, PageError, ReadNote};

/// Who looks, in which frame, from which address.
pub(super) struct Staff {
    pub(super) actor: Arc<Actor>,
    pub(super) frame: Frame,
    address: String,
}

impl FromRequestParts<App> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Visit { actor, frame } = Visit::from_request_parts(parts, app).await?;
        if !actor.is_staff() {
            return Err(PageError(Refusal::not_found().into()).into_response());
        }
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0);
        let address = peer
            .map(|peer| people::address_of(app, &parts.headers, peer))
            .unwrap_or_default();
        Ok(Self { actor, frame, address })
    }
}

impl Staff {
    /// Notes that something with personal data was read.
    pub(super) fn note(&self, app: &App, what: &'static str, record: Option<Uuid>) {
        let at = app.store.clock().now();
        app.reads.note(ReadNote {
            person: self.actor.person,
            what,
            record,
            at,
            address: self.address.clone(),
        });
    }
}
