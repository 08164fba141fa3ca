//! The queue of jobs: what waits, what runs, what failed for good and can be tried again.

use crate::staff::Staff;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::Uuid;
use people::Act;
use store::{JobQueue, JobRow};
use ui::{Choice, Frame};
use web::{App, PageError, PagePath, html, see_other};

/// Jobs shown of each state.
const SHOWN: i64 = 100;

#[derive(Template)]
#[template(path = "administration/jobs.html")]
struct Jobs {
    frame: Frame,
    sections: Vec<Choice>,
    dead: Vec<JobRow>,
    running: Vec<JobRow>,
    ready: Vec<JobRow>,
}

pub(super) async fn list(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ManageJobs)?;
    let queue = JobQueue::new(app.store.clone(), "console");
    let title = staff.frame.t("admin-jobs");
    Ok(html(&Jobs {
        sections: staff.sections(&app, "/administration/jobs"),
        dead: queue.list("dead", SHOWN).await?,
        running: queue.list("running", SHOWN).await?,
        ready: queue.list("ready", SHOWN).await?,
        frame: staff.frame.titled(title),
    }))
}

pub(super) async fn requeue(
    State(app): State<App>,
    staff: Staff,
    PagePath(job): PagePath<Uuid>,
) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::ManageJobs)?;
    JobQueue::new(app.store.clone(), "console").requeue(job).await?;
    Ok(see_other("/administration/jobs"))
}
