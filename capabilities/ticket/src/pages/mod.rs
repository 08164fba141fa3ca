//! The operator's console: the queue, the ticket with its conversation, a form for each act.
//!
//! A page reads what a query tells and posts what a command does; no rule is decided here. Every act has an address of
//! its own (`/tickets/{number}/{act}`), so that it works without script; keys and menus only lead there sooner.

mod act;
mod asked;
mod bulk;
mod caller;
mod complete;
mod compose;
mod conditions;
mod conversation;
mod counter;
mod deeds;
mod desk;
mod discrepancy;
mod fields;
mod files;
mod heads;
mod hints;
mod ledger;
mod line;
mod list;
mod live;
mod mention;
mod merge;
mod names;
mod next;
mod order;
mod outgoing;
mod palette;
mod promised;
mod queue;
mod reported;
mod requester;
mod risk;
mod routed;
mod saved;
mod search;
mod sentence;
mod shape;
mod show;
mod side;
mod staff;
mod submit;
mod times;
mod told;
mod used;

pub use asked::encoded;
pub(crate) use names::term;
pub use next::TO_DO;
mod waiting_calls;
mod way;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use web::{App, Audience, Place};

/// The pages.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/tickets", get(list::list))
        .route("/tickets/new", get(counter::form).post(counter::open))
        .route("/tickets/bulk", post(bulk::preview))
        .route("/tickets/bulk/do", post(bulk::begin))
        .route("/tickets/bulk/{id}", get(bulk::told))
        .route("/tickets/bulk/{id}/band", get(used::band))
        .route("/tickets/bulk/{id}/undo", post(bulk::undo))
        .route("/tickets/new/people", get(caller::find))
        .route("/tickets/new/caller", get(caller::show))
        .route("/tickets/new/reported", get(reported::while_typing))
        .route("/tickets/condition", get(conditions::condition))
        .route("/tickets/shape", post(shape::choose))
        .route("/tickets/views", post(saved::save))
        .route("/tickets/views/{id}/remove", post(saved::remove))
        .route("/tickets/{number}/pin", post(saved::pin))
        .route("/tickets/next", get(next::next))
        .route("/hints/{hint}/known", post(hints::put_away))
        .route("/search", get(search::search))
        .route("/live", get(live::stream))
        .route("/live/look", post(live::look))
        .route("/search/complete", get(complete::complete))
        .route("/palette", get(palette::palette))
        .route("/tickets/{number}", get(show::show))
        .route("/tickets/{number}/opened", get(counter::opened))
        .route("/tickets/{number}/colleagues", get(mention::colleagues))
        .route("/tickets/{number}/times", get(ledger::show))
        .route("/tickets/{number}/routing", get(routed::show))
        .route(
            "/tickets/{number}/messages",
            post(compose::send).layer(DefaultBodyLimit::disable()),
        )
        .route(
            "/tickets/{number}/outgoing/{reply}/taken-back",
            post(outgoing::take_back),
        )
        .route("/tickets/{number}/attachments/{attachment}", get(files::download))
        .route("/tickets/{number}/discrepancy-notice", post(discrepancy::tell))
        .route("/tickets/{number}/reported", post(reported::answer))
        .route("/tickets/{number}/promises/{promise}", post(promised::answer))
        .route("/tickets/{number}/{act}", get(act::form).post(act::submit))
}

/// Where the navigation leads.
pub(crate) fn places() -> Vec<Place> {
    vec![Place {
        label: "ticket-page-place",
        href: "/tickets",
        icon: "ticket",
        key: "g q",
        audience: Audience::Staff,
    }]
}
