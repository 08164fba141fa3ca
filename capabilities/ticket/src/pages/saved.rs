//! What somebody keeps at hand in the queue: saved views, and pinned tickets.

use super::asked::Asked;
use super::show;
use super::staff::Staff;
use crate::saved;
use axum::extract::State;
use axum::response::Response;
use kernel::{Error, Outcome, Uuid};
use people::{Act, Actor};
use store::Store;
use web::{App, FormBody, PageError, PagePath};

/// The preference that holds the pinned tickets.
const PINS: &str = "pins";
/// Tickets that are pinned at the most; the oldest gives way.
const MOST: usize = 20;

/// A pinned ticket.
pub(super) struct Pin {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) subject: String,
    pub(super) open: bool,
}

/// `POST /tickets/views`: saves the list as it is.
pub(super) async fn save(State(app): State<App>, staff: Staff, form: FormBody) -> Result<Response, PageError> {
    let asked = Asked::from_query(form.text("list"));
    let view = saved::NewView {
        name: form.text("name"),
        query: asked.query(),
        group: form.text("group").parse().ok(),
        once: form.once(staff.actor.person, "view"),
    };
    match saved::save_view(&app.store, &staff.actor, view).await {
        // A name that is missing or too long: the list again, as it was; the field keeps its limits by itself.
        Ok(()) | Err(Error::Refused(_)) => Ok(web::see_other(&asked.list())),
        Err(failure) => Err(failure.into()),
    }
}

/// `POST /tickets/views/{id}/remove`.
pub(super) async fn remove(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    saved::remove_view(&app.store, &staff.actor, id).await?;
    Ok(web::see_other("/tickets"))
}

/// `POST /tickets/{number}/pin`: pins a ticket, or lets it go.
pub(super) async fn pin(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let card = show::card(&app, &staff, &number).await?;
    let mut pinned = pinned(&app.store, &staff.actor).await?;
    if pinned.contains(&card.id) {
        pinned.retain(|id| *id != card.id);
    } else {
        pinned.push(card.id);
        let over = pinned.len().saturating_sub(MOST);
        pinned.drain(..over);
    }
    let value: Vec<String> = pinned.iter().map(|id| id.simple().to_string()).collect();
    workspace::set_preference(&app.store, staff.actor.person, PINS, &value.join(",")).await?;
    Ok(web::see_other(&asked.ticket(&card.number, "")))
}

async fn pinned(store: &Store, actor: &Actor) -> Outcome<Vec<Uuid>> {
    let kept = workspace::preference(store, actor.person, PINS).await?;
    let kept = kept.unwrap_or_default();
    Ok(kept.split(',').filter_map(|id| id.parse().ok()).collect())
}

/// The pinned tickets that may still be seen, in the order in which they were pinned.
pub(super) async fn pins(store: &Store, actor: &Actor, asked: &Asked, open: Option<&str>) -> Outcome<Vec<Pin>> {
    let pinned = pinned(store, actor).await?;
    if pinned.is_empty() {
        return Ok(Vec::new());
    }
    let cards = store.read().cards(&pinned).await?;
    let seen = |id: &Uuid| {
        let card = cards.iter().find(|card| card.id == *id)?;
        actor.may(Act::ViewInternal, card).then(|| Pin {
            href: asked.ticket(&card.number, ""),
            number: card.number.clone(),
            subject: card.subject.clone(),
            open: open == Some(card.number.as_str()),
        })
    };
    Ok(pinned.iter().filter_map(seen).collect())
}
