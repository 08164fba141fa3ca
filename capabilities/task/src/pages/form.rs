//! A task by itself: written, read, changed, withdrawn.

use super::assignees::{self, Assignees};
use super::staff_only;
use super::tick::ticket;
use crate::task::{self, Standing, TaskToDo, TaskView};
use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::{Act, Visit, form_errors};
use store::{Card, Store};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "task/form.html")]
struct TaskForm {
    frame: Frame,
    heading: String,
    action: String,
    typed: Typed,
    groups: Vec<Choice>,
    operators: Vec<Choice>,
    errors: Errors,
    task: Option<Shown>,
    may_write: bool,
}

/// A task that is there, as it is shown.
struct Shown {
    id: String,
    version: i64,
    state: String,
    tone: &'static str,
    open: bool,
    may_tick: bool,
    who: String,
    due: Option<Instant>,
    ended_by: String,
    ended_at: Option<Instant>,
    reason: String,
}

/// A task as typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    title: String,
    details: String,
    group: String,
    operator: String,
    due_at: String,
    reason: String,
}

impl Typed {
    fn of(form: &FormBody) -> Self {
        let text = |field| form.text(field).to_owned();
        Self {
            title: text("title"),
            details: text("details"),
            group: text("group"),
            operator: text("operator"),
            due_at: text("due_at"),
            reason: text("reason"),
        }
    }

    fn as_it_is(frame: &Frame, task: &TaskView) -> Self {
        let id = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        Self {
            title: task.title.clone(),
            details: task.details.clone(),
            group: id(task.group),
            operator: id(task.operator),
            due_at: task.due_at.map(|at| field_value(frame, at)).unwrap_or_default(),
            reason: String::new(),
        }
    }

    /// The fields as a command takes them; an instant left as the page showed it is the one that was.
    fn task(&self, frame: &Frame, was: Option<Instant>) -> Result<TaskToDo, Refusal> {
        let due = match self.due_at.trim() {
            "" => None,
            text if was.is_some_and(|was| field_value(frame, was) == text) => was,
            text => {
                let at = i18n::local_moment(text, &frame.zone);
                Some(at.ok_or_else(|| Refusal::field("due_at", "field-wrong-type"))?)
            }
        };
        Ok(TaskToDo {
            title: self.title.clone(),
            details: self.details.clone(),
            group: chosen("group", &self.group)?,
            operator: chosen("operator", &self.operator)?,
            due_at: due,
        })
    }
}

fn chosen(field: &'static str, text: &str) -> Result<Option<Uuid>, Refusal> {
    let text = Some(text).filter(|text| !text.is_empty());
    let id = text.map(str::parse).transpose();
    id.map_err(|_| Refusal::field(field, "field-not-found"))
}

/// An instant as a field of a form has it, in the time of the place.
fn field_value(frame: &Frame, at: Instant) -> String {
    let local = at.timestamp().to_zoned(frame.zone.clone());
    local.strftime("%Y-%m-%dT%H:%M").to_string()
}

/// The page of a new task, for whoever handles the ticket.
pub(super) async fn new(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let card = task::seen_ticket(&app.store, &visit.actor, &number).await?;
    visit.actor.allow(Act::Handle, &card)?;
    let typed = Typed {
        operator: visit.actor.person.to_string(),
        ..Typed::default()
    };
    Ok(html(
        &page(&app.store, visit, &card, None, typed, Errors::default()).await?,
    ))
}

/// `POST /tickets/{number}/tasks`.
pub(super) async fn create(
    State(app): State<App>,
    visit: Visit,
    RawQuery(query): RawQuery,
    PagePath(number): PagePath<String>,
    form: FormBody,
) -> Result<Response, PageError> {
    let card = task::seen_ticket(&app.store, &visit.actor, &number).await?;
    visit.actor.allow(Act::Handle, &card)?;
    let typed = Typed::of(&form);
    let once = form.once(visit.actor.person, "task");
    let added = match typed.task(&visit.frame, None) {
        Ok(new) => task::add(&app.store, &visit.actor, &card.number, new, once)
            .await
            .map(drop),
        Err(refusal) => Err(refusal.into()),
    };
    match added {
        Ok(()) => Ok(see_other(&ticket(&card.number, query))),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app.store, visit, &card, None, typed, errors).await?))
        }
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    staff_only(&visit.actor)?;
    let (found, card, standing) = task::task(&app.store, &visit.actor, id).await?;
    let typed = Typed::as_it_is(&visit.frame, &found);
    let known = Some((&found, standing));
    Ok(html(
        &page(&app.store, visit, &card, known, typed, Errors::default()).await?,
    ))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let (found, card, standing) = task::task(&app.store, &visit.actor, id).await?;
    standing.must_reach(Standing::Handles)?;
    let typed = Typed::of(&form);
    let saved = match typed.task(&visit.frame, found.due_at) {
        Ok(wanted) => task::change(&app.store, &visit.actor, id, wanted, meant(&form))
            .await
            .map(drop),
        Err(refusal) => Err(refusal.into()),
    };
    match saved {
        Ok(()) => Ok(see_other(&ticket(&card.number, None))),
        Err(error) => mend(&app, visit, &card, (&found, standing), typed, error).await,
    }
}

pub(super) async fn withdraw(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let (found, card, standing) = task::task(&app.store, &visit.actor, id).await?;
    standing.must_reach(Standing::Handles)?;
    let once = form.once(visit.actor.person, "task withdrawal");
    let reason = form.get("reason");
    match task::withdraw(&app.store, &visit.actor, id, reason, meant(&form), once).await {
        Ok(_) => Ok(see_other(&ticket(&card.number, None))),
        Err(error) => {
            let mut typed = Typed::as_it_is(&visit.frame, &found);
            form.text("reason").clone_into(&mut typed.reason);
            mend(&app, visit, &card, (&found, standing), typed, error).await
        }
    }
}

fn meant(form: &FormBody) -> IfMatch {
    form.text("version").parse().map(IfMatch::only).unwrap_or_default()
}

async fn mend(
    app: &App,
    visit: Visit,
    card: &Card,
    known: (&TaskView, Standing),
    typed: Typed,
    error: kernel::Error,
) -> Result<Response, PageError> {
    let errors = form_errors(error, visit.frame.language)?;
    Ok(to_mend(
        &page(&app.store, visit, card, Some(known), typed, errors).await?,
    ))
}

async fn page(
    store: &Store,
    visit: Visit,
    card: &Card,
    known: Option<(&TaskView, Standing)>,
    typed: Typed,
    errors: Errors,
) -> Outcome<TaskForm> {
    let Visit { actor, frame } = visit;
    let heading = known.map_or_else(|| frame.t("task-new"), |(task, _)| task.title.clone());
    let shown = match known {
        Some((task, standing)) => Some(shown(store, &frame, task, standing).await?),
        None => None,
    };
    let back = match actor.may(Act::ViewInternal, card) {
        true => (format!("/tickets/{}", card.number), card.number.clone()),
        false => (super::MINE.to_owned(), frame.t("task-mine")),
    };
    Ok(TaskForm {
        action: known.map_or_else(
            || format!("/tickets/{}/tasks", card.number),
            |(task, _)| format!("/tasks/{}", task.id),
        ),
        groups: assignees::groups(store, Some(card.area), &typed.group).await?,
        operators: assignees::operators(store, card.area, actor.person, &typed.operator).await?,
        may_write: known.is_none_or(|(task, standing)| task.is_open() && standing == Standing::Handles),
        task: shown,
        typed,
        errors,
        frame: frame.clone().titled(heading.clone()).back_to(back.0, back.1),
        heading,
    })
}

async fn shown(store: &Store, frame: &Frame, task: &TaskView, standing: Standing) -> Outcome<Shown> {
    let who = Assignees::of(store, std::slice::from_ref(task)).await?;
    Ok(Shown {
        id: task.id.to_string(),
        version: task.version,
        state: match task.is_late(frame.now) {
            true => frame.t("task-late"),
            false => task.state.words(frame.language),
        },
        tone: match task.state {
            task::TaskState::Done => "success",
            task::TaskState::Withdrawn => "neutral",
            task::TaskState::Open if task.is_late(frame.now) => "danger",
            task::TaskState::Open => "info",
        },
        open: task.is_open(),
        may_tick: standing >= Standing::Does && task.state != task::TaskState::Withdrawn,
        who: who.who(task),
        due: task.due_at,
        ended_by: who.name(task.ended_by),
        ended_at: task.ended_at,
        reason: task.reason.clone(),
    })
}
