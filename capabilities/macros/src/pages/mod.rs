//! Pages of macros: where they are set up, and where one is chosen for a ticket.

mod form;
mod list;
mod menus;
mod offered;
mod told;
mod typed;

use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The page where they are set up.
pub(crate) const LIST: &str = "/administration/macros";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(LIST, get(list::list))
        .route("/administration/macros/new", get(form::new).post(form::create))
        .route("/administration/macros/{macro}", get(form::edit).post(form::save))
        .route("/administration/macros/{macro}/standing", post(form::set_standing))
        .route("/tickets/{number}/macros", get(offered::offered).post(offered::chosen))
}
