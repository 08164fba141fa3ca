//! Privacy by the API: the log of reads, and forgetting a person.

mod erasure;
mod reads;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::App;

/// The resources of this capability.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(reads::list_reads))
        .routes(routes!(erasure::erase))
}
