//! Automation by the API.

use crate::row;
use crate::{
    AutomationRule, AutomationText, AutomationView, Deeds, Draft, Happening, Rehearsal, RunView, add_rule, alter_rule,
    rehearse,
};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Instant, NIL, Outcome, Refusal, Uuid};
use people::{Act, Actor, Signed};
use serde::Deserialize;
use store::{Loaded, Store};
use ticket::domain::{Channel, TicketKind};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused, etag};

/// Runs of a rule that are told at the most.
pub(crate) const RUNS: i64 = 100;

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_automation_rules, new_automation_rule))
        .routes(routes!(get_automation_rule, change_automation_rule))
        .routes(routes!(runs_of_automation_rule))
        .routes(routes!(rehearse_automation_rule))
}

/// What a rule is to say, whole.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AutomationBody {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Its place among the rules of its area: of several that are set off at once, the lower acts sooner.
    #[schema(minimum = 1, maximum = 999)]
    place: i64,
    /// What sets it off.
    on: Happening,
    /// How long after that it acts, in minutes; at once when zero.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 129600)]
    after_minutes: i64,
    /// The calendar in whose hours these minutes run; by the wall clock where none is named.
    hours: Option<Uuid>,
    /// What must not have happened meanwhile.
    #[serde(default)]
    unless: Vec<Happening>,
    /// Kinds it is for; all when empty.
    #[serde(default)]
    kinds: Vec<TicketKind>,
    /// Priorities it is for, 1 to 5; all when empty.
    #[serde(default)]
    priorities: Vec<i64>,
    /// Channels it is for; all when empty.
    #[serde(default)]
    channels: Vec<Channel>,
    /// Categories it is for; all when empty.
    #[serde(default)]
    #[schema(max_items = 50)]
    categories: Vec<Uuid>,
    /// Groups with which it must lie; anywhere when empty.
    #[serde(default)]
    #[schema(max_items = 50)]
    groups: Vec<Uuid>,
    /// What it does: one of them at least.
    deeds: Deeds,
}

impl From<AutomationBody> for AutomationText {
    fn from(body: AutomationBody) -> Self {
        Self {
            name: body.name,
            place: body.place,
            on: body.on,
            after_minutes: body.after_minutes,
            hours: body.hours,
            unless: body.unless,
            kinds: body.kinds,
            priorities: body.priorities,
            channels: body.channels,
            categories: body.categories,
            groups: body.groups,
            deeds: body.deeds,
        }
    }
}

/// A rule to be added, or tried.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAutomationRule {
    /// The area whose tickets it looks at, by identity, code or name.
    #[schema(min_length = 1)]
    area: String,
    /// What it is to say.
    text: AutomationBody,
}

/// What is to be otherwise about a rule.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedAutomationRule {
    /// What it says from now on, whole; left out, as it was.
    text: Option<AutomationBody>,
    /// Whether it acts; left out, as it was.
    active: Option<bool>,
}

/// All rules, those that are closed too, by area and place.
#[utoipa::path(
    get, path = "/automation-rules", tag = "automation",
    responses((status = 200, description = "All of them", body = Page<AutomationView>), ReadRefused)
)]
async fn list_automation_rules(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<AutomationView>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let all = app.store.all::<AutomationRule>().await?;
    let mine = all.iter().filter(|rule| actor.works_in(Some(rule.state.area)));
    let mut items: Vec<AutomationView> = mine.map(AutomationView::of).collect();
    items.sort_by_key(|rule| (rule.area, rule.place, rule.id));
    Ok(Json(Page { items, next: None }))
}

/// Adds a rule.
#[utoipa::path(
    post, path = "/automation-rules", tag = "automation", request_body = NewAutomationRule, params(IdempotencyKey),
    responses((status = 201, description = "Added", body = AutomationView), ChangeRefused)
)]
async fn new_automation_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewAutomationRule>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"automation-rules", &body.raw]);
    let area = area_named(&app.store, &body.value.area).await?;
    let rule = add_rule(&app.store, &actor, area, body.value.text.into(), once).await?;
    let location = [(LOCATION, format!("/api/v1/automation-rules/{}", rule.id))];
    Ok((StatusCode::CREATED, location, told(rule)).into_response())
}

/// A rule.
#[utoipa::path(
    get, path = "/automation-rules/{rule}", tag = "automation", params(("rule" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The rule", body = AutomationView), ReadRefused)
)]
async fn get_automation_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let all = app.store.all::<AutomationRule>().await?;
    Ok(told(AutomationView::of(mine(&all, &actor, id)?)))
}

/// What a rule did lately, the newest first: a hundred at the most, of the last ninety days.
#[utoipa::path(
    get, path = "/automation-rules/{rule}/runs", tag = "automation",
    params(("rule" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "What became of it", body = Page<RunView>), ReadRefused)
)]
async fn runs_of_automation_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Json<Page<RunView>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let all = app.store.all::<AutomationRule>().await?;
    let rule = mine(&all, &actor, id)?;
    let rows = row::of_rule(&app.store, rule.id, (Instant::NEVER, NIL), RUNS).await?;
    let items = rows.into_iter().map(RunView::of).collect();
    Ok(Json(Page { items, next: None }))
}

/// Changes what a rule says, closes it or opens it again.
#[utoipa::path(
    patch, path = "/automation-rules/{rule}", tag = "automation", request_body = ChangedAutomationRule,
    params(("rule" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the rule as it is now", body = AutomationView), ChangeRefused)
)]
async fn change_automation_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedAutomationRule>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let ChangedAutomationRule { text, active } = body.value;
    if text.is_none() && active.is_none() {
        return Err(Refusal::field("text", "field-required").into());
    }
    let change = (text.map(AutomationText::from), active);
    Ok(told(alter_rule(&app.store, &actor, id, change, if_match).await?))
}

/// Tries a draft on the newest five hundred tickets of an area; nothing is saved.
#[utoipa::path(
    post, path = "/automation-rehearsals", tag = "automation", request_body = NewAutomationRule,
    responses((status = 200, description = "What would have happened", body = Rehearsal), ChangeRefused)
)]
async fn rehearse_automation_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    body: ApiBody<NewAutomationRule>,
) -> Result<Json<Rehearsal>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let draft = Draft {
        area: area_named(&app.store, &body.value.area).await?,
        text: body.value.text.into(),
    };
    Ok(Json(rehearse(&app.store, &actor, &draft).await?))
}

fn told(rule: AutomationView) -> Response {
    ([(ETAG, etag(rule.version))], Json(rule)).into_response()
}

fn mine<'r>(all: &'r [Loaded<AutomationRule>], actor: &Actor, id: Uuid) -> Outcome<&'r Loaded<AutomationRule>> {
    let seen = |rule: &&Loaded<AutomationRule>| rule.id == id && actor.works_in(Some(rule.state.area));
    all.iter().find(seen).ok_or_else(|| Refusal::not_found().into())
}

async fn area_named(store: &Store, named: &str) -> Outcome<Uuid> {
    let all = store.all::<Area>().await?;
    let found = Area::named(&all, named).map(|area| area.id);
    found.ok_or_else(|| Refusal::field("area", "field-not-found").into())
}
