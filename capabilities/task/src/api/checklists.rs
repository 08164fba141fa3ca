//! Checklists by the API.

use crate::checklist::{self, ChecklistChange, ChecklistToBe, ChecklistView, ItemToBe};
use crate::task::TaskView;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use kernel::Uuid;
use people::{Act, Role, Signed};
use serde::{Deserialize, Serialize};
use ticket::domain::TicketKind;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused, etag};

/// A checklist that is put on a ticket.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChecklistToPut {
    /// Which.
    checklist: Uuid,
}

/// A checklist, whole.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChecklistBody {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
    /// The kind of ticket it is for; left out, all kinds.
    kind: Option<TicketKind>,
    /// The role it is for; left out, all roles.
    role: Option<Role>,
    /// What is to be done, in its order.
    #[schema(min_items = 1, max_items = 50)]
    items: Vec<ChecklistItemBody>,
    /// Whether it is offered; left out, as it was.
    active: Option<bool>,
}

/// One thing to do.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChecklistItemBody {
    /// What, in one line.
    #[schema(min_length = 1, max_length = 200)]
    text: String,
    /// Until how many minutes after the checklist was put on the ticket; a year at the most.
    #[schema(minimum = 1, maximum = 527_040)]
    due_minutes: Option<i64>,
    /// The group that is to do it, by identity or name.
    group: Option<String>,
}

impl ChecklistBody {
    fn split(self) -> (ChecklistToBe, Option<bool>) {
        let item = |item: ChecklistItemBody| ItemToBe {
            text: item.text,
            due_minutes: item.due_minutes,
            group: item.group,
        };
        let checklist = ChecklistToBe {
            name: self.name,
            area: self.area,
            kind: self.kind,
            role: self.role,
            items: self.items.into_iter().map(item).collect(),
        };
        (checklist, self.active)
    }
}

/// Puts a checklist on a ticket: all its tasks, in one go.
#[utoipa::path(
    post, path = "/tickets/{ticket}/checklists", tag = "task", request_body = ChecklistToPut,
    params(("ticket" = String, Path, description = "Identity or number"), IdempotencyKey),
    responses((status = 201, description = "The tasks that are to be done now", body = Page<TaskView>), ChangeRefused)
)]
pub(super) async fn put_checklist(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    ApiPath(ticket): ApiPath<String>,
    ApiBody { value: body, raw }: ApiBody<ChecklistToPut>,
) -> Result<Response, ApiError> {
    let once = key.bound(actor.person, &[b"put checklist", ticket.as_bytes(), &raw]);
    let items = checklist::put(&app.store, &actor, &ticket, body.checklist, once).await?;
    Ok((StatusCode::CREATED, Json(Page { items, next: None })).into_response())
}

/// The checklists of the areas one works in, by name, those that are closed too.
#[utoipa::path(
    get, path = "/checklists", tag = "task",
    responses((status = 200, description = "All of them", body = Page<ChecklistView>), ReadRefused)
)]
pub(super) async fn list_checklists(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<ChecklistView>>, ApiError> {
    let items = checklist::checklists(&app.store, &actor).await?;
    Ok(Json(Page { items, next: None }))
}

/// Writes a checklist.
#[utoipa::path(
    post, path = "/checklists", tag = "task", request_body = ChecklistBody, params(IdempotencyKey),
    responses((status = 201, description = "Written", body = ChecklistView), ChangeRefused)
)]
pub(super) async fn new_checklist(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<ChecklistBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"checklists", &body.raw]);
    let (new, _) = body.value.split();
    let list = checklist::write_checklist(&app.store, &actor, new, once).await?;
    let location = [(LOCATION, format!("/api/v1/checklists/{}", list.id))];
    Ok((StatusCode::CREATED, location, told(list)).into_response())
}

fn told(list: ChecklistView) -> Response {
    ([(ETAG, etag(list.version))], Json(list)).into_response()
}

/// A checklist.
#[utoipa::path(
    get, path = "/checklists/{checklist}", tag = "task",
    params(("checklist" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The checklist", body = ChecklistView), ReadRefused)
)]
pub(super) async fn get_checklist(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    Ok(told(checklist::checklist(app.store.read(), &actor, id).await?))
}

/// Says what a checklist holds from now on, and whether it is offered.
#[utoipa::path(
    put, path = "/checklists/{checklist}", tag = "task", request_body = ChecklistBody,
    params(("checklist" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the checklist as it is now", body = ChecklistView), ChangeRefused)
)]
pub(super) async fn change_checklist(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChecklistBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let (checklist, active) = body.value.split();
    let change = ChecklistChange {
        checklist: Some(checklist),
        active,
    };
    Ok(told(
        checklist::alter_checklist(&app.store, &actor, id, change, if_match).await?,
    ))
}
