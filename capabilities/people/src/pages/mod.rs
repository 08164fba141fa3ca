//! Pages of signing in, setting up and one's own account.

mod address;
mod form;
mod home;
mod profile;
mod second_factor;
mod setup;
mod sign_in;

pub(crate) use address::came_from;
pub use address::local_path;
pub use form::form_errors;
pub use profile::role_line;

use axum::Router;
use axum::routing::{get, post};
use web::App;

/// The pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/language", get(home::choose_language))
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/code", get(sign_in::ask_code).post(sign_in::enter_code))
        .route("/sign-out", post(sign_in::leave))
        .route("/profile", get(profile::show))
        .route("/profile/theme", post(profile::choose_theme))
        .route("/profile/language", post(profile::choose_language))
        .route("/profile/password", post(profile::change_password))
        .route(
            "/profile/second-factor",
            get(second_factor::show).post(second_factor::begin),
        )
        .route("/profile/second-factor/confirm", post(second_factor::confirm))
        .route("/profile/second-factor/codes", post(second_factor::renew))
        .route("/profile/second-factor/off", post(second_factor::switch_off))
        .route("/profile/sessions/{handle}/end", post(profile::end_session))
        .route("/profile/tokens", post(profile::create_token))
        .route("/profile/tokens/{token}/revoke", post(profile::revoke_token))
        .route("/setup", get(setup::show).post(setup::run))
}
