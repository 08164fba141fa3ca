//! The ticket's API: one resource for each act, all through the same commands as the pages.

mod bodies;
mod bulk;
mod doing;
mod ending;
mod files;
mod handling;
mod journal;
mod links;
mod messages;
mod opening;
mod promises;
mod read;
mod second_level;
mod similar;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;
use web::App;

/// The routes, under `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read::list_tickets, opening::create_ticket))
        .routes(routes!(read::get_ticket, opening::change_ticket))
        .routes(routes!(read::get_timeline))
        .routes(routes!(read::get_clocks))
        .routes(routes!(read::get_routing))
        .routes(routes!(similar::similar_to_report))
        .routes(routes!(similar::similar_to_ticket))
        .routes(routes!(handling::take))
        .routes(routes!(handling::assign_owner))
        .routes(routes!(handling::tell_discrepancy))
        .routes(routes!(handling::identify))
        .routes(routes!(handling::register))
        .routes(routes!(handling::diagnose))
        .routes(routes!(handling::tell_times))
        .routes(routes!(promises::promise))
        .routes(routes!(promises::keep_promise))
        .routes(routes!(promises::withdraw_promise))
        .routes(routes!(handling::classify))
        .routes(routes!(handling::reroute))
        .routes(routes!(links::link))
        .routes(routes!(links::unlink))
        .routes(routes!(second_level::send_to_second_level))
        .routes(routes!(second_level::accept_assignment))
        .routes(routes!(second_level::close_technically))
        .routes(routes!(second_level::return_assignment))
        .routes(routes!(second_level::withdraw_assignment))
        .routes(routes!(handling::pause))
        .routes(routes!(handling::resume))
        .routes(routes!(ending::solve))
        .routes(routes!(ending::hear))
        .routes(routes!(ending::call))
        .routes(routes!(ending::close))
        .routes(routes!(ending::reopen))
        .routes(routes!(ending::rate))
        .routes(routes!(ending::cancel))
        .routes(routes!(links::merge))
        .routes(routes!(bulk::begin))
        .routes(routes!(bulk::preview))
        .routes(routes!(bulk::told))
        .routes(routes!(bulk::withdraw))
        .routes(routes!(messages::say))
        // A file is measured while it streams: the limit of bodies held in memory is not for it.
        .routes(routes!(files::attach, files::list_attachments).layer(DefaultBodyLimit::disable()))
        .routes(routes!(files::download))
        .routes(routes!(journal::events))
}
