//! Pages of signing in, setting up and one's own account.

mod address;
mod form;
mod home;
mod setup;
mod sign_in;

pub use address::local_path;
pub use form::form_errors;

use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/language", get(home::choose_language))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/setup", get(setup::show).post(setup::run))
}
