//! `GET /tickets`: the queue alone.

use super::asked::Asked;
use super::hints::{self, Hint};
use super::queue::Queue;
use super::staff::Staff;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use ui::{Frame, Layout};
use web::{App, PageError};

/// The queue, with nothing open.
#[derive(Template)]
#[template(path = "ticket/list.html")]
struct List {
    frame: Frame,
    queue: Queue,
    hint: Option<Hint>,
}

pub(super) async fn list(State(app): State<App>, staff: Staff, asked: Asked) -> Result<Response, PageError> {
    let queue = Queue::load(&app.store, &staff.actor, &staff.frame, &asked, None).await?;
    if !asked.words.is_empty() {
        staff.note(&app, "search", None);
    }
    let hint = hints::hint(&app, &staff).await?;
    let frame = staff.frame.titled(queue.title.clone()).layout(Layout::List);
    Ok(web::html(&List { frame, queue, hint }))
}
