//! The portal as an application on a telephone: its manifest, its worker, the page it shows without a network.

use askama::Template;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use people::Guest;
use serde_json::json;
use ui::Frame;
use web::{App, html};

/// The blue of the header.
const COLOUR: &str = "#0066cc";

#[derive(Template)]
#[template(path = "portal/offline.html")]
struct Offline {
    frame: Frame,
}

/// What a telephone needs to know to keep the portal beside its applications.
pub(super) async fn manifest(Guest(frame): Guest, State(app): State<App>) -> Response {
    let icon = |name: &str, size: &str, purpose: &str| json!({"src": ui::asset(name), "sizes": size, "type": "image/png", "purpose": purpose});
    let manifest = json!({
        "id": "/portal",
        "name": frame.t1("portal-app-name", "organisation", organisation(&frame, &app)),
        "short_name": frame.t("portal-title"),
        "description": frame.t("portal-app-description"),
        "lang": frame.language.code(),
        "start_url": "/portal",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": COLOUR,
        "icons": [
            icon("app-192.png", "192x192", "any"),
            icon("app-512.png", "512x512", "any"),
            icon("app-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [{"name": frame.t("portal-new-act"), "url": "/portal/new"}],
    });
    let kind = (CONTENT_TYPE, "application/manifest+json");
    ([kind, (CACHE_CONTROL, "no-cache")], manifest.to_string()).into_response()
}

fn organisation(frame: &Frame, app: &App) -> String {
    if frame.organisation.is_empty() {
        app.settings.organisation.clone()
    } else {
        frame.organisation.clone()
    }
}

/// The worker stands at the root, since it answers for every page; browsers look for a newer one by themselves.
pub(super) async fn worker() -> Response {
    let kind = (CONTENT_TYPE, "text/javascript; charset=utf-8");
    let script = ui::asset_text("offline-worker.js");
    ([kind, (CACHE_CONTROL, "no-cache")], script).into_response()
}

/// The page without a network: nothing of anybody stands on it.
pub(super) async fn offline(Guest(frame): Guest) -> Response {
    let title = frame.t("portal-offline");
    let mut frame = frame.titled(title);
    frame.banners.clear();
    html(&Offline { frame })
}
