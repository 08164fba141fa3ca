//! Who administers, and what surrounds their pages.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor, Address, Visit};
use std::sync::Arc;
use store::{Aggregate, Loaded};
use ui::{Choice, Frame};
use web::{App, ReadNote};

/// Somebody of the desk on one of these pages.
pub struct Staff {
    /// Who.
    pub actor: Arc<Actor>,
    /// The frame.
    pub frame: Frame,
    address: String,
}

impl FromRequestParts<App> for Staff {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let Visit { actor, frame } = Visit::from_request_parts(parts, app).await?;
        let Ok(Address(address)) = Address::from_request_parts(parts, app).await;
        Ok(Self { actor, frame, address })
    }
}

impl Staff {
    /// Notes that personal data were read.
    pub fn read(&self, app: &App, what: &'static str, record: Option<Uuid>) {
        let at = app.store.clock().now();
        app.reads.note(ReadNote {
            person: self.actor.person,
            what,
            record,
            at,
            address: self.address.clone(),
        });
    }

    /// Something that is set up, for whoever sets up anything.
    ///
    /// # Errors
    /// A refusal 403, or 404 when there is none.
    pub async fn found<A: Aggregate + Clone>(&self, app: &App, id: Uuid) -> Outcome<Loaded<A>> {
        self.actor.allow_any(Act::Configure)?;
        let all = app.store.all::<A>().await?;
        let found = all.iter().find(|one| one.id == id).cloned();
        found.ok_or_else(|| Refusal::not_found().into())
    }

    /// True when the person may do this somewhere.
    pub fn may(&self, act: Act) -> bool {
        !self.actor.scope(act).is_nothing()
    }

    /// The sections of administration that the person may open, the present one chosen.
    pub fn sections(&self, app: &App, current: &str) -> Vec<Choice> {
        people::sections(app, &self.actor, &self.frame, current)
    }
}

/// Allows setting something up in an area, or everywhere where there is none.
///
/// # Errors
/// A refusal 403.
pub fn allow_configure(actor: &Actor, area: Option<Uuid>) -> Outcome<()> {
    match area {
        Some(area) => actor.allow_in(Act::Configure, area),
        None if actor.scope(Act::Configure).all => Ok(()),
        None => Err(Refusal::forbidden().into()),
    }
}

/// What a form sends for all areas.
const ALL: &str = "all";

/// The areas in use to choose from, all of them together first.
pub async fn area_choices(app: &App, current: &str) -> Outcome<Vec<Choice>> {
    let areas = app.store.all::<configuration::Area>().await?;
    let active = areas.iter().filter(|area| area.state.active);
    let each = active.map(|area| Choice::new(area.id.to_string(), &area.state.name, current));
    let all = Choice::new(ALL, web::language().text("admin-areas-all"), current);
    Ok(std::iter::once(all).chain(each).collect())
}

/// An area as a form sends it: nothing for all.
///
/// # Errors
/// A refusal that names `area`.
pub async fn area_of(app: &App, text: &str) -> Outcome<Option<Uuid>> {
    if text.is_empty() || text == ALL {
        return Ok(None);
    }
    let areas = app.store.all::<configuration::Area>().await?;
    let found = areas
        .iter()
        .find(|area| area.id.to_string() == text)
        .map(|area| area.id);
    found
        .map(Some)
        .ok_or_else(|| Refusal::field("area", "field-not-found").into())
}
