//! Pages of articles: the desk's, and the guides of the portal.

mod form;
mod guide;
mod list;
mod show;

use axum::Router;
use axum::routing::{get, post};
use kernel::{Outcome, Refusal};
use people::Actor;
use web::{App, Audience, Place};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/knowledge", get(list::list))
        .route("/knowledge/new", get(form::new).post(form::create))
        .route("/knowledge/{number}", get(show::show))
        .route("/knowledge/{number}/edit", get(form::edit).post(form::save))
        .route("/knowledge/{number}/publication", post(show::publish))
        .route("/knowledge/{number}/withdrawal", post(show::withdraw))
        .route("/portal/guides", get(guide::all))
        .route("/portal/guides/{number}", get(guide::show))
        .route("/portal/guides/{number}/voice", post(guide::judge))
}

pub(crate) fn places() -> Vec<Place> {
    vec![Place {
        label: "knowledge-place",
        href: "/knowledge",
        icon: "knowledge",
        key: "g k",
        audience: Audience::Staff,
    }]
}

/// The desk's pages do not exist for others.
fn staff_only(actor: &Actor) -> Outcome<()> {
    if actor.is_staff() {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}
