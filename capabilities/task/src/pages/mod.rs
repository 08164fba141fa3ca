//! Pages of tasks: the card beside a ticket, a task by itself, one's own, and the checklists where they are set up.

mod aside;
mod assignees;
mod checklist_form;
mod checklist_list;
mod form;
mod mine;
mod tick;

pub(crate) use aside::aside;

use axum::Router;
use axum::routing::{get, post};
use kernel::{Outcome, Refusal};
use people::Actor;
use web::{App, Audience, Place};

/// The page where checklists are set up.
pub(crate) const CHECKLISTS: &str = "/administration/checklists";
/// The page of one's own tasks.
pub(crate) const MINE: &str = "/tasks";

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route(MINE, get(mine::mine))
        .route("/tasks/{task}", get(form::edit).post(form::save))
        .route("/tasks/{task}/tick", post(tick::tick))
        .route("/tasks/{task}/withdrawal", post(form::withdraw))
        .route("/tickets/{number}/tasks", post(form::create))
        .route("/tickets/{number}/tasks/new", get(form::new))
        .route("/tickets/{number}/checklists", post(tick::put))
        .route(CHECKLISTS, get(checklist_list::list))
        .route(
            "/administration/checklists/new",
            get(checklist_form::new).post(checklist_form::create),
        )
        .route(
            "/administration/checklists/{checklist}",
            get(checklist_form::edit).post(checklist_form::save),
        )
        .route(
            "/administration/checklists/{checklist}/standing",
            post(checklist_form::set_standing),
        )
}

pub(crate) fn places() -> Vec<Place> {
    vec![Place {
        label: "task-place",
        href: MINE,
        icon: "check",
        key: "g t",
        audience: Audience::Staff,
    }]
}

/// The desk's pages do not exist for others.
fn staff_only(actor: &Actor) -> Outcome<()> {
    if actor.is_staff() {
        Ok(())
    } else {
        Err(Refusal::not_found().into())
    }
}
