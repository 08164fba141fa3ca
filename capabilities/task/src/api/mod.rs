//! Tasks and checklists by the API.

mod checklists;
mod tasks;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::App;

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(tasks::tasks_of_ticket, tasks::new_task))
        .routes(routes!(tasks::my_tasks))
        .routes(routes!(tasks::get_task, tasks::change_task))
        .routes(routes!(tasks::task_done))
        .routes(routes!(tasks::task_undone))
        .routes(routes!(tasks::withdraw_task))
        .routes(routes!(checklists::put_checklist))
        .routes(routes!(checklists::list_checklists, checklists::new_checklist))
        .routes(routes!(checklists::get_checklist, checklists::change_checklist))
}
