//! The ticket's API: one resource for each act, all through the same commands as the pages.

mod acts;
mod bodies;
mod files;
mod journal;
mod read;
mod second_level;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use web::App;

/// The routes, under `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list_tickets, acts::create_ticket))
        .routes(routes!(read::get_ticket, acts::change_ticket))
        .routes(routes!(read::get_timeline))
        .routes(routes!(read::get_clocks))
        .routes(routes!(acts::take))
        .routes(routes!(acts::assign_owner))
        .routes(routes!(acts::identify))
        .routes(routes!(acts::register))
        .routes(routes!(acts::diagnose))
        .routes(routes!(acts::classify))
        .routes(routes!(acts::reroute))
        .routes(routes!(acts::link))
        .routes(routes!(acts::unlink))
        .routes(routes!(acts::send_to_second_level))
        .routes(routes!(acts::accept_assignment))
        .routes(routes!(acts::close_technically))
        .routes(routes!(acts::return_assignment))
        .routes(routes!(acts::withdraw_assignment))
        .routes(routes!(acts::pause))
        .routes(routes!(acts::resume))
        .routes(routes!(acts::solve))
        .routes(routes!(acts::hear))
        .routes(routes!(acts::call))
        .routes(routes!(acts::close))
        .routes(routes!(acts::reopen))
        .routes(routes!(acts::cancel))
        .routes(routes!(acts::merge))
        .routes(routes!(acts::say))
        // A file is measured while it streams: the limit of bodies held in memory is not for it.
        .routes(routes!(files::attach, files::list_attachments).layer(DefaultBodyLimit::disable()))
        .routes(routes!(files::download))
        .routes(routes!(journal::events))
}
