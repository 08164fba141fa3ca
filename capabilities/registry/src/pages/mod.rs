//! Pages of administration about sources.

mod form;
mod list;
mod tools;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use web::App;

/// Where they are.
pub(crate) const LIST: &str = "/administration/registries";

/// The pages.
pub(crate) fn routes() -> Router<App> {
    let files = Router::new()
        .route("/administration/registries/{registry}/file", post(tools::load))
        .layer(DefaultBodyLimit::max(crate::api::LARGEST + (1 << 20)));
    Router::new()
        .route(LIST, get(list::list))
        .route("/administration/registries/new", get(form::new).post(form::create))
        .route(
            "/administration/registries/{registry}",
            get(form::show).post(form::save),
        )
        .route(
            "/administration/registries/{registry}/standing",
            post(tools::set_standing),
        )
        .route("/administration/registries/{registry}/trial", post(tools::look))
        .merge(files)
}
