//! Pages of routing: the rules of each area in their order, one rule with what it would have done, how one group works.

mod form;
mod list;
mod practice;
mod words;

use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The page where rules are set up.
pub(crate) const LIST: &str = "/administration/routing";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(LIST, get(list::list))
        .route("/administration/routing/new", get(form::new).post(form::create))
        .route("/administration/routing/rehearsal", post(form::rehearse))
        .route(
            "/administration/routing/groups/{group}",
            get(practice::edit).post(practice::save),
        )
        .route("/administration/routing/{rule}", get(form::edit).post(form::save))
        .route("/administration/routing/{rule}/standing", post(form::set_standing))
}
