//! Pages of ready texts: where they are set up, and the list that the composer offers.

mod form;
mod list;
mod offered;

use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The page where they are set up.
pub(crate) const LIST: &str = "/administration/ready-texts";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(LIST, get(list::list))
        .route("/administration/ready-texts/new", get(form::new).post(form::create))
        .route("/administration/ready-texts/{text}", get(form::edit).post(form::save))
        .route("/administration/ready-texts/{text}/standing", post(form::set_standing))
        .route("/tickets/{number}/ready-texts", get(offered::offered))
}
