//! Pages of texts and of mail.

mod area;
mod offered;
mod outbox;
mod text;
mod texts;
mod ticket;

use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The page of all texts.
pub(crate) const TEXTS: &str = "/administration/texts";
/// The page of mail on its way.
pub(crate) const OUTBOX: &str = "/administration/mail";
/// The page of how areas write.
pub(crate) const SENDERS: &str = "/administration/senders";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(TEXTS, get(texts::list))
        .route("/administration/texts/{key}/{voice}", get(text::show).post(text::save))
        .route("/administration/texts/{key}/{voice}/default", post(text::withdraw))
        .route("/administration/texts/{key}/{voice}/agreement", post(text::agree))
        .route(OUTBOX, get(outbox::list))
        .route("/administration/mail/held/requeue", post(outbox::requeue_held))
        .route("/administration/mail/{mail}/requeue", post(outbox::requeue))
        .route(SENDERS, get(area::list))
        .route("/administration/senders/{area}", get(area::show).post(area::save))
        .route("/tickets/{number}/mail", get(ticket::show))
        .route("/tickets/{number}/area-texts", get(offered::offered))
}
