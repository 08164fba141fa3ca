//! Pages on which an area's rules are set up, tried and looked after.

mod form;
mod list;
mod typed;
mod words;

use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The page where rules are set up.
pub(crate) const LIST: &str = "/administration/automation";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(LIST, get(list::list))
        .route("/administration/automation/new", get(form::new).post(form::create))
        .route("/administration/automation/rehearsal", post(form::rehearse))
        .route("/administration/automation/{rule}", get(form::edit).post(form::save))
        .route("/administration/automation/{rule}/standing", post(form::set_standing))
}
