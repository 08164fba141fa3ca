//! Somebody of the desk who looks at a page of the console; for everybody else these pages do not exist.

use super::waiting_calls;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use kernel::{Outcome, Refusal, Uuid};
use people::{Actor, Address, Visit};
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
        let Visit { actor, mut frame } = Visit::from_request_parts(parts, app).await?;
        if !actor.is_staff() {
            return Err(PageError(Refusal::not_found().into()).into_response());
        }
        let Ok(Address(address)) = Address::from_request_parts(parts, app).await;
        if actor.opens_for_others() {
            let waiting = waiting_calls::count(app, actor.person).await;
            frame.calls = waiting.map_err(|error| PageError(error).into_response())?;
        }
        Ok(Self { actor, frame, address })
    }
}

impl Staff {
    /// Allows opening a ticket for whoever calls.
    ///
    /// # Errors
    /// A refusal 403.
    pub(super) fn allow_counter(&self) -> Outcome<()> {
        if self.actor.opens_for_others() {
            Ok(())
        } else {
            Err(Refusal::forbidden().into())
        }
    }

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
