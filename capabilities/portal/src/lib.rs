//! The portal: where people ask, follow what they asked, and say whether it works now.
//!
//! It shows a person their own requests and nothing else, in a person's words: what happens next, and what is expected of
//! them. Every act is the ticket's own command; no rule is decided here.

mod acts;
mod app;
mod files;
mod home;
mod new;
mod requests;
mod show;
mod standing;
mod suggestions;
mod timeline;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use web::{App, Audience, Place};

/// The texts of this capability.
pub fn texts() -> i18n::Source {
    i18n::Source {
        it: include_str!("../locales/it.ftl"),
        en: include_str!("../locales/en.ftl"),
    }
}

/// What this capability hands over.
pub fn capability() -> host::Capability {
    host::Capability {
        name: "portal",
        texts: Some(texts()),
        pages: Some(routes),
        places: places(),
        ..host::Capability::default()
    }
}

/// The pages; where files are sent, they are streamed under a limit of their own.
fn routes() -> Router<App> {
    Router::new()
        .route("/portal", get(home::home))
        .route(
            "/portal/new",
            get(new::form).post(new::open).layer(DefaultBodyLimit::disable()),
        )
        .route("/portal/suggestions", get(suggestions::while_typing))
        .route("/portal/requests", get(requests::all))
        .route("/portal/requests/{number}", get(show::show))
        .route(
            "/portal/requests/{number}/messages",
            post(acts::answer).layer(DefaultBodyLimit::disable()),
        )
        .route("/portal/requests/{number}/outcome", post(acts::outcome))
        .route("/portal/requests/{number}/withdrawal", post(acts::withdraw))
        .route("/portal/requests/{number}/reopening", post(acts::reopen))
        .route("/portal/requests/{number}/rating", post(acts::rate))
        .route(
            "/portal/requests/{number}/attachments/{attachment}",
            get(files::download),
        )
        .route("/accessibility", get(home::accessibility))
        .route("/manifest.webmanifest", get(app::manifest))
        .route("/service-worker.js", get(app::worker))
        .route("/offline", get(app::offline))
}

fn places() -> Vec<Place> {
    vec![Place {
        label: "portal-place-own",
        href: "/portal",
        icon: "request",
        key: "g r",
        audience: Audience::Staff,
    }]
}
