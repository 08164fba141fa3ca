//! Outages one below the other: those that go on, then those that are over.

use super::staff_only;
use crate::row;
use crate::tell;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::Instant;
use people::{Act, Visit};
use serde::Deserialize;
use ui::Frame;
use web::{App, Cursor, PageError, PageQuery, html};

/// Outages on a page.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "outage/list.html")]
struct List {
    frame: Frame,
    outages: Vec<Line>,
    next: String,
    may_tell: bool,
}

#[derive(Template)]
#[template(path = "outage/public_list.html")]
struct PortalList {
    frame: Frame,
    outages: Vec<Line>,
}

/// An outage in a list.
struct Line {
    href: String,
    title: String,
    about: String,
    active: bool,
    updated_at: Instant,
}

#[derive(Deserialize)]
pub(super) struct ListQuery {
    cursor: Option<String>,
}

impl Line {
    fn of(frame: &Frame, outage: &row::OutageRow, start: &str) -> Self {
        let restore = outage.restore_at.filter(|_| outage.is_active());
        let places = Some(outage.places.clone()).filter(|places| !places.is_empty());
        let about: Vec<String> = places
            .into_iter()
            .chain(restore.map(|at| tell::expected(frame, at)))
            .collect();
        Self {
            href: format!("{start}/{}", outage.id),
            title: outage.title.clone(),
            about: about.join(" · "),
            active: outage.is_active(),
            updated_at: outage.updated_at,
        }
    }
}

pub(super) async fn list(
    State(app): State<App>,
    visit: Visit,
    PageQuery(query): PageQuery<ListQuery>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    staff_only(&actor)?;
    let after = Cursor::ordinal_in(row::ORDER, query.cursor.as_deref())?;
    let (mut found, next) = row::list(&app.store, &actor, SHOWN, after).await?;
    found.sort_by_key(|outage| !outage.is_active());
    let next = next.map(|ordinal| Cursor::at(row::ORDER, ordinal));
    let title = frame.t("outage-title");
    Ok(html(&List {
        outages: found
            .iter()
            .map(|outage| Line::of(&frame, outage, "/outages"))
            .collect(),
        next: next.map_or_else(String::new, |next| format!("/outages?cursor={next}")),
        may_tell: !actor.scope(Act::TellOutages).is_nothing(),
        frame: frame.titled(title),
    }))
}

/// What goes on, as requesters read it.
pub(super) async fn on_portal(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let active = row::active(&app.store, &actor).await?;
    let (title, back) = (frame.t("outage-title"), frame.t("outage-back"));
    Ok(html(&PortalList {
        outages: active
            .iter()
            .map(|outage| Line::of(&frame, outage, "/portal/outages"))
            .collect(),
        frame: frame.titled(title).back_to("/portal", back),
    }))
}
