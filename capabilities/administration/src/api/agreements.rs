//! Agreements by the API.

use super::{area_named, made, one, told};
use crate::commands::{self, Edition};
use crate::views::AgreementView;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use kernel::{Checks, Outcome, Refusal, Uuid};
use people::{Act, PersonCategory, Signed};
use serde::{Deserialize, Serialize};
use service_level::{Agreement, AgreementText, Draft, Metric, Target};
use ticket::Preview;
use ticket::domain::{Channel, TicketKind, WaitingReason};
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused};

/// Within how much time a clock must stop, for tickets of one priority.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TargetBody {
    /// What is measured: `taking_charge`, `first_reply`, `resolution`; of a part given to a group, `group_taking_charge`,
    /// `group_work`.
    pub metric: String,
    /// 1 (critical) to 5 (planned).
    #[schema(minimum = 1, maximum = 5)]
    pub priority: i64,
    /// Seconds.
    #[schema(minimum = 1)]
    pub seconds: i64,
    /// True when all time counts, false when only the calendar's does.
    pub elapsed: bool,
}

/// What an agreement says; what is left out stays, or is as usual for a new one.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AgreementBody {
    /// Name as people read it.
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    /// Of a new one: the area by identity, code or name; left out, all.
    area: Option<String>,
    /// The calendar whose hours count.
    calendar: Option<Uuid>,
    /// The targets, at most one for each metric and priority.
    targets: Option<Vec<TargetBody>>,
    /// Kinds of tickets it is for; all when empty.
    kinds: Option<Vec<TicketKind>>,
    /// Categories it is for; all when empty.
    categories: Option<Vec<Uuid>>,
    /// Channels it is for; all when empty.
    channels: Option<Vec<Channel>>,
    /// Services whose categories it is for, by name; all when empty.
    services: Option<Vec<String>>,
    /// Categories of requesters it is for; all when empty.
    requesters: Option<Vec<PersonCategory>>,
    /// Groups whose parts its targets for groups are for; all when empty.
    groups: Option<Vec<Uuid>>,
    /// Reasons of waiting for which clocks stand still.
    pausing: Option<Vec<WaitingReason>>,
    /// Whether clocks stand still while a solution was thought to be one.
    pauses_while_solved: Option<bool>,
    /// Shares of a target, in hundredths, at which attention is called.
    attention: Option<Vec<i64>>,
    /// Whether it holds only for tickets for which no other does.
    fallback: Option<bool>,
    /// The first day on which tickets come under it; empty for none.
    #[schema(format = Date)]
    valid_from: Option<String>,
    /// The last one; empty for none.
    #[schema(format = Date)]
    valid_until: Option<String>,
    /// Whether tickets still come under it.
    active: Option<bool>,
    /// Whether the clocks of open tickets move to it; else they keep what they began with.
    replan: bool,
}

fn codes<T: Copy>(all: Vec<T>, code: impl Fn(T) -> &'static str) -> Vec<String> {
    all.into_iter().map(|one| code(one).to_owned()).collect()
}

impl AgreementBody {
    /// The text with what is said here.
    fn over(self, mut text: AgreementText) -> Outcome<AgreementText> {
        let mut checks = Checks::new();
        if let Some(targets) = self.targets {
            text.targets = targets.iter().filter_map(|one| target(&mut checks, one)).collect();
        }
        for (said, field, day) in [
            (self.valid_from, "valid_from", &mut text.valid_from),
            (self.valid_until, "valid_until", &mut text.valid_until),
        ] {
            let Some(said) = said else { continue };
            *day = calendar::day_of(&said);
            if day.is_none() && !said.is_empty() {
                checks.wrong(field, "admin-agreement-bad-day");
            }
        }
        checks.done()?;
        text.name = self.name.unwrap_or(text.name);
        text.calendar = self.calendar.or(text.calendar);
        text.kinds = self.kinds.map_or(text.kinds, |all| codes(all, TicketKind::code));
        text.channels = self.channels.map_or(text.channels, |all| codes(all, Channel::code));
        text.pausing = self.pausing.map_or(text.pausing, |all| codes(all, WaitingReason::code));
        text.categories = self.categories.unwrap_or(text.categories);
        text.services = self.services.unwrap_or(text.services);
        text.requesters = self
            .requesters
            .map_or(text.requesters, |all| codes(all, PersonCategory::code));
        text.groups = self.groups.unwrap_or(text.groups);
        text.attention = self.attention.unwrap_or(text.attention);
        text.pauses_while_solved = self.pauses_while_solved.unwrap_or(text.pauses_while_solved);
        text.fallback = self.fallback.unwrap_or(text.fallback);
        Ok(text)
    }
}

fn target(checks: &mut Checks, body: &TargetBody) -> Option<Target> {
    let metric = Metric::from_code(&body.metric);
    if metric.is_none() {
        checks.wrong("targets", "admin-agreement-no-metric");
    }
    Some(Target {
        metric: metric?,
        priority: body.priority,
        seconds: body.seconds,
        elapsed: body.elapsed,
    })
}

/// All agreements.
#[utoipa::path(
    get, path = "/agreements", tag = "administration",
    responses((status = 200, description = "All of them", body = Page<AgreementView>), ReadRefused)
)]
pub(super) async fn list_agreements(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<AgreementView>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let agreements = app.store.all::<Agreement>().await?;
    let view = |agreement| AgreementView::of(&commands::Kept::of(agreement));
    let items = agreements.iter().map(view).collect();
    Ok(Json(Page { items, next: None }))
}

/// Adds an agreement.
#[utoipa::path(
    post, path = "/agreements", tag = "administration", request_body = AgreementBody, params(IdempotencyKey),
    responses((status = 201, description = "Added", body = AgreementView), ChangeRefused)
)]
pub(super) async fn new_agreement(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<AgreementBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"agreements", &body.raw]);
    let area = area_named(&app.store, body.value.area.as_deref()).await?;
    let text = body.value.over(AgreementText::default())?;
    let agreement = commands::add_agreement(&app.store, &actor, area, text, once).await?;
    Ok(made(
        "agreements",
        agreement.id,
        agreement.version,
        &AgreementView::of(&agreement),
    ))
}

/// One agreement, with its version.
#[utoipa::path(
    get, path = "/agreements/{agreement}", tag = "administration",
    params(("agreement" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The agreement", body = AgreementView), ReadRefused)
)]
pub(super) async fn get_agreement(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let agreement = one::<Agreement>(&app.store, id).await?;
    Ok(told(agreement.version, &AgreementView::of(&agreement)))
}

/// Gives an agreement another edition, closes it or opens it again.
#[utoipa::path(
    patch, path = "/agreements/{agreement}", tag = "administration", request_body = AgreementBody,
    params(("agreement" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the agreement as it is now", body = AgreementView), ChangeRefused)
)]
pub(super) async fn change_agreement(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<AgreementBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let change = body.value;
    let (active, replan) = (change.active, change.replan);
    let before = one::<Agreement>(&app.store, id).await?;
    let meant = if_match.or_only(before.version);
    let text = change.over(before.state.text().clone())?;
    let text = (text != *before.state.text()).then_some(text);
    if text.is_none() && active.is_none() && !replan {
        return Err(Refusal::field("name", "admin-agreement-nothing").into());
    }
    let edition = Edition { text, active, replan };
    let agreement = commands::alter_agreement(&app.store, &actor, id, edition, meant).await?;
    Ok(told(agreement.version, &AgreementView::of(&agreement)))
}

/// What another edition would move, without changing anything.
#[utoipa::path(
    post, path = "/agreements/{agreement}/preview", tag = "administration", request_body = AgreementBody,
    params(("agreement" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "What would move", body = Preview), ChangeRefused)
)]
pub(super) async fn preview_agreement(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<AgreementBody>,
) -> Result<Json<Preview>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let before = one::<Agreement>(&app.store, id).await?;
    let text = body.value.over(before.state.text().clone())?;
    let draft = Draft::Agreement(id, Box::new(text));
    Ok(Json(
        commands::preview(&app.store, &actor, before.state.area, draft).await?,
    ))
}

/// Planning anew, as it was asked for lately.
#[utoipa::path(
    get, path = "/replannings", tag = "administration",
    responses((status = 200, description = "The newest first", body = Page<ticket::Replanning>), ReadRefused)
)]
pub(super) async fn list_replannings(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<ticket::Replanning>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let items = ticket::replannings(&app.store).await?;
    Ok(Json(Page { items, next: None }))
}
