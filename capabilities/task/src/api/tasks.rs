//! Tasks by the API: those of a ticket, one's own, and what becomes of one.

use crate::task::{self, TaskToDo, TaskView, Tick, Whose};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use kernel::{Checks, Instant, Refusal, Uuid};
use people::{Act, Signed};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web::{
    ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, Cursor, IdempotencyKey, IfMatch, Page, ReadRefused, etag,
};

/// A task: what is to be done, by whom and until when, whole.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TaskBody {
    /// What is to be done, in one line.
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// What else there is to know.
    #[schema(max_length = 4000)]
    details: String,
    /// The group that is to do it.
    group: Option<Uuid>,
    /// The person who is to do it; of the group, where there is one.
    operator: Option<Uuid>,
    /// Until when; within two years.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Instant>,
}

impl From<TaskBody> for TaskToDo {
    fn from(body: TaskBody) -> Self {
        Self {
            title: body.title,
            details: body.details,
            group: body.group,
            operator: body.operator,
            due_at: body.due_at,
        }
    }
}

/// Why a task is not to be done any more.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TaskWithdrawalBody {
    /// In one line.
    #[schema(min_length = 1, max_length = 400)]
    reason: Option<String>,
}

/// Nothing beside the address.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct TickBody {}

/// Which tasks are asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(super) struct TasksQuery {
    /// Whose; left out, one's own and those of one's groups.
    #[param(inline)]
    whose: Option<Whose>,
    /// How many at the most, 1–200 (50).
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
    /// Where to go on.
    cursor: Option<String>,
}

/// The tasks of a ticket in their order, those that ended too.
#[utoipa::path(
    get, path = "/tickets/{ticket}/tasks", tag = "task",
    params(("ticket" = String, Path, description = "Identity or number")),
    responses((status = 200, description = "All of them", body = Page<TaskView>), ReadRefused)
)]
pub(super) async fn tasks_of_ticket(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(ticket): ApiPath<String>,
) -> Result<Json<Page<TaskView>>, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::ViewInternal, &ticket).await?;
    let items = task::of_ticket(app.store.read(), card.id).await?;
    Ok(Json(Page { items, next: None }))
}

/// Hangs a task on a ticket.
#[utoipa::path(
    post, path = "/tickets/{ticket}/tasks", tag = "task", request_body = TaskBody,
    params(("ticket" = String, Path, description = "Identity or number"), IdempotencyKey),
    responses((status = 201, description = "Written", body = TaskView), ChangeRefused)
)]
pub(super) async fn new_task(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    ApiPath(ticket): ApiPath<String>,
    body: ApiBody<TaskBody>,
) -> Result<Response, ApiError> {
    let once = key.bound(actor.person, &[b"tasks", ticket.as_bytes(), &body.raw]);
    let task = task::add(&app.store, &actor, &ticket, body.value.into(), once).await?;
    let location = [(LOCATION, format!("/api/v1/tasks/{}", task.id))];
    Ok((StatusCode::CREATED, location, told(task)).into_response())
}

/// One's own open tasks and those of one's groups, those due first first.
#[utoipa::path(
    get, path = "/tasks", tag = "task", params(TasksQuery),
    responses((status = 200, description = "A page of them", body = Page<TaskView>), ReadRefused)
)]
pub(super) async fn my_tasks(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<TasksQuery>,
) -> Result<Json<Page<TaskView>>, ApiError> {
    if !actor.is_staff() {
        return Err(Refusal::not_found().into());
    }
    let mut checks = Checks::new();
    let limit = checks.within("limit", query.limit, 1, 200).unwrap_or(50);
    checks.done()?;
    let cursor = query.cursor.as_deref().map(Cursor::decode).transpose()?;
    let cursor = cursor.map(|cursor| cursor.within(task::BY_DUE)).transpose()?;
    let after = cursor.map(|cursor| (cursor.key, cursor.ordinal));
    let whose = query.whose.unwrap_or_default();
    let items = task::desk(app.store.read(), &actor, whose, after, limit).await?;
    let last = items.last().filter(|_| items.len() as i64 == limit);
    let next = last.map(|last| task::after(last).encode());
    Ok(Json(Page { items, next }))
}

fn told(task: TaskView) -> Response {
    ([(ETAG, etag(task.version))], Json(task)).into_response()
}

/// A task.
#[utoipa::path(
    get, path = "/tasks/{task}", tag = "task", params(("task" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The task", body = TaskView), ReadRefused)
)]
pub(super) async fn get_task(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    let (task, ..) = task::task(&app.store, &actor, id).await?;
    Ok(told(task))
}

/// Says what is to be done from now on, by whom and until when.
#[utoipa::path(
    put, path = "/tasks/{task}", tag = "task", request_body = TaskBody,
    params(("task" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the task as it is now", body = TaskView), ChangeRefused)
)]
pub(super) async fn change_task(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<TaskBody>,
) -> Result<Response, ApiError> {
    Ok(told(
        task::change(&app.store, &actor, id, body.value.into(), if_match).await?,
    ))
}

/// Says that a task was done.
#[utoipa::path(
    post, path = "/tasks/{task}/done", tag = "task", request_body = TickBody,
    params(("task" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"), IdempotencyKey),
    responses((status = 200, description = "Done: the task as it is now", body = TaskView), ChangeRefused)
)]
pub(super) async fn task_done(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<TickBody>,
) -> Result<Response, ApiError> {
    let once = key.bound(actor.person, &[b"task done", id.as_bytes(), &body.raw]);
    Ok(told(
        task::tick(&app.store, &actor, id, Tick::Done, if_match, once).await?,
    ))
}

/// Says that a task was not done after all.
#[utoipa::path(
    post, path = "/tasks/{task}/undone", tag = "task", request_body = TickBody,
    params(("task" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"), IdempotencyKey),
    responses((status = 200, description = "Done: the task as it is now", body = TaskView), ChangeRefused)
)]
pub(super) async fn task_undone(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<TickBody>,
) -> Result<Response, ApiError> {
    let once = key.bound(actor.person, &[b"task undone", id.as_bytes(), &body.raw]);
    Ok(told(
        task::tick(&app.store, &actor, id, Tick::Undone, if_match, once).await?,
    ))
}

/// Says that a task is not to be done any more, and why.
#[utoipa::path(
    post, path = "/tasks/{task}/withdrawal", tag = "task", request_body = TaskWithdrawalBody,
    params(("task" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant"), IdempotencyKey),
    responses((status = 200, description = "Done: the task as it is now", body = TaskView), ChangeRefused)
)]
pub(super) async fn withdraw_task(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    ApiBody { value: body, raw }: ApiBody<TaskWithdrawalBody>,
) -> Result<Response, ApiError> {
    let once = key.bound(actor.person, &[b"task withdrawal", id.as_bytes(), &raw]);
    let reason = body.reason.as_deref();
    Ok(told(
        task::withdraw(&app.store, &actor, id, reason, if_match, once).await?,
    ))
}
