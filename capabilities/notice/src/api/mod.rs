//! Texts and mail by the API.

mod mail;
mod texts;

use utoipa_axum::router::OpenApiRouter;
use web::App;

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    texts::routes().merge(mail::routes())
}
