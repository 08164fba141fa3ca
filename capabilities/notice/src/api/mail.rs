//! Mail by the API: what is on its way, what became of it, who would be written to, how areas write.

use crate::post::area_mail::{self, AreaMail, Sender, set_sender};
use crate::post::commands;
use crate::post::mail::MailState;
use crate::post::occasion::Occasion;
use crate::post::rehearsal::{Would, rehearse};
use crate::post::row::{self, MailRow};
use crate::text::for_ticket::About;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Checks, Instant, Outcome, Refusal, Uuid};
use people::{Act, Signed};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IfMatch, Page, ReadRefused, etag};

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_mail))
        .routes(routes!(requeue_mail))
        .routes(routes!(mail_of_ticket))
        .routes(routes!(get_sender, put_sender))
}

/// A mail to one person.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct MailView {
    /// Identity; the Message-ID begins with it.
    id: Uuid,
    /// The ticket.
    ticket: Uuid,
    /// The place in its history of what is told.
    place: i64,
    /// Who gets it.
    person: Uuid,
    /// On which occasion.
    occasion: Occasion,
    /// What became of it.
    state: MailState,
    /// Tries so far.
    attempts: i64,
    /// What the server said last; whom it is about is left out.
    last_error: String,
    /// When it is tried next, while it is on its way.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_at: Option<Instant>,
    /// When it was prepared.
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Instant,
}

impl From<MailRow> for MailView {
    fn from(row: MailRow) -> Self {
        Self {
            next_at: row.state.is_on_its_way().then_some(row.next_at),
            id: row.id,
            ticket: row.ticket,
            place: row.place,
            person: row.person,
            occasion: row.occasion,
            state: row.state,
            attempts: row.attempts,
            last_error: row.last_error,
            recorded_at: row.recorded_at,
            updated_at: row.updated_at,
        }
    }
}

/// Which mails.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct MailQuery {
    /// Only in this state; left out, all.
    #[param(inline)]
    state: Option<MailState>,
    /// How many at the most, 1–200 (50): the newest.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<i64>,
}

/// The mail of the desk, the newest first.
#[utoipa::path(
    get, path = "/mail", tag = "notice", params(MailQuery),
    responses((status = 200, description = "The mails", body = Page<MailView>), ReadRefused)
)]
async fn list_mail(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<MailQuery>,
) -> Result<Json<Page<MailView>>, ApiError> {
    actor.allow_any(Act::ManageJobs)?;
    let mut checks = Checks::new();
    let limit = checks.within("limit", query.limit, 1, 200).unwrap_or(50);
    checks.done()?;
    let mails = row::list(app.store.read(), query.state, None, limit).await?;
    let items = mails.into_iter().map(MailView::from).collect();
    Ok(Json(Page { items, next: None }))
}

/// Has a mail tried again that was refused, held, or had no address.
#[utoipa::path(
    post, path = "/mail/{mail}/requeue", tag = "notice", params(("mail" = Uuid, Path, description = "Identity")),
    responses((status = 204, description = "It is on its way"), ChangeRefused)
)]
async fn requeue_mail(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(mail): ApiPath<Uuid>,
) -> Result<StatusCode, ApiError> {
    commands::requeue(&app, &actor, mail).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The mail of a ticket, and who would be written to now.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct MailOfTicket {
    /// The mails, the oldest first.
    items: Vec<MailView>,
    /// What each occasion would come to if the desk did it now; nothing is sent.
    would: Vec<Would>,
}

/// What was sent about a ticket and what became of it, and who would be written to now, and why not.
#[utoipa::path(
    get, path = "/tickets/{ticket}/mail", tag = "notice",
    params(("ticket" = String, Path, description = "Identity or number")),
    responses((status = 200, description = "Its mail", body = MailOfTicket), ReadRefused)
)]
async fn mail_of_ticket(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(ticket): ApiPath<String>,
) -> Result<Json<MailOfTicket>, ApiError> {
    let card = record::card(app.store.read(), &actor, Act::View, &ticket).await?;
    actor.allow(Act::ViewInternal, &card)?;
    let about = About::load(&app.store, card.id).await?.ok_or_else(Refusal::not_found)?;
    let mails = row::of_ticket(app.store.read(), card.id).await?;
    Ok(Json(MailOfTicket {
        items: mails.into_iter().map(MailView::from).collect(),
        would: rehearse(&app, &about).await?,
    }))
}

async fn area_of(app: &App, named: &str) -> Outcome<Uuid> {
    let all = app.store.all::<Area>().await?;
    let found = Area::named(&all, named).map(|area| area.id);
    found.ok_or_else(|| Refusal::not_found().into())
}

async fn told(app: &App, area: Uuid) -> Outcome<Response> {
    let all = app.store.all::<AreaMail>().await?;
    let (sender, version) = area_mail::sender(&all, area);
    Ok(([(ETAG, etag(version))], Json(sender)).into_response())
}

/// How an area writes.
#[utoipa::path(
    get, path = "/areas/{area}/sender", tag = "notice",
    params(("area" = String, Path, description = "Identity, code or name")),
    responses((status = 200, description = "How it writes", body = Sender), ReadRefused)
)]
async fn get_sender(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(area): ApiPath<String>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let area = area_of(&app, &area).await?;
    Ok(told(&app, area).await?)
}

/// Sets how an area writes.
#[utoipa::path(
    put, path = "/areas/{area}/sender", tag = "notice", request_body = Sender,
    params(("area" = String, Path, description = "Identity, code or name"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: how it writes now", body = Sender), ChangeRefused)
)]
async fn put_sender(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(area): ApiPath<String>,
    body: ApiBody<Sender>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let area = area_of(&app, &area).await?;
    set_sender(&app.store, &actor, area, body.value, if_match).await?;
    Ok(told(&app, area).await?)
}
