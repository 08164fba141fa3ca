//! All of one's own requests, page by page.

use crate::standing::{RequestRow, rows};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use people::Visit;
use record::{Filter, Sort};
use serde::Deserialize;
use ui::Frame;
use web::{App, Cursor, PageError, PageQuery, html};

/// Requests on a page.
const SHOWN: usize = 25;

#[derive(Template)]
#[template(path = "portal/requests.html")]
struct Requests {
    frame: Frame,
    requests: Vec<RequestRow>,
    next: String,
}

#[derive(Deserialize)]
pub(super) struct RequestsQuery {
    cursor: Option<String>,
}

pub(super) async fn all(
    State(app): State<App>,
    visit: Visit,
    PageQuery(query): PageQuery<RequestsQuery>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let (title, back) = (frame.t("portal-own"), frame.t("portal-place-home"));
    let frame = frame.titled(title).back_to("/portal", back);
    let after = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    let filter = Filter {
        requester: Some(actor.person),
        ..Filter::default()
    };
    let listing = record::list(&app.store, &actor, &filter, Sort::Newest, SHOWN, after).await?;
    let next = listing
        .next
        .map_or_else(String::new, |next| format!("/portal/requests?cursor={}", next.encode()));
    Ok(html(&Requests {
        requests: rows(&app.store, &frame, &listing.cards).await?,
        next,
        frame,
    }))
}
