//! Routing rules by the API.

use crate::practice_api::{__path_get_practice, __path_put_practice, get_practice, put_practice};
use crate::{Draft, Rehearsal, RoutingRule, RuleText, RuleView, add_rule, alter_rule, rehearse};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use configuration::Area;
use jiff::civil::Date;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Signed};
use serde::Deserialize;
use store::{Loaded, Store};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused, etag};

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_rules, new_rule))
        .routes(routes!(get_rule, change_rule))
        .routes(routes!(rehearse_rule))
        .routes(routes!(get_practice, put_practice))
}

/// What a rule is to say, whole.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RuleBody {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Its place among the rules of its area: the lower, the sooner.
    #[schema(minimum = 1, maximum = 999)]
    place: i64,
    /// Channels it is for; all when empty.
    channels: Vec<String>,
    /// Categories it is for; all when empty.
    categories: Vec<Uuid>,
    /// Beginnings of words, three letters or more, one of which must stand in the subject; any subject when empty.
    #[schema(max_items = 20)]
    words: Vec<String>,
    /// The first day on which it holds.
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<Date>,
    /// The last one.
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    /// The group that takes the ticket: of the first level, of the area or of all.
    group: Uuid,
}

impl From<RuleBody> for RuleText {
    fn from(body: RuleBody) -> Self {
        let RuleBody {
            name,
            place,
            channels,
            categories,
            words,
            valid_from,
            valid_until,
            group,
        } = body;
        Self {
            name,
            place,
            channels,
            categories,
            words,
            valid_from,
            valid_until,
            group,
        }
    }
}

/// A rule to be added, or tried.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRule {
    /// The area whose new tickets it looks at, by identity, code or name.
    #[schema(min_length = 1)]
    area: String,
    /// What it is to say.
    text: RuleBody,
}

/// What is to be otherwise about a rule.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangedRule {
    /// What it says from now on, whole; left out, as it was.
    text: Option<RuleBody>,
    /// Whether it decides about new tickets; left out, as it was.
    active: Option<bool>,
}

/// A draft to be tried.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RehearsalBody {
    /// The rule of which it would be an edition; left out, a new one.
    rule: Option<Uuid>,
    /// The area, by identity, code or name.
    #[schema(min_length = 1)]
    area: String,
    /// What it would say.
    text: RuleBody,
}

/// All rules, those that are closed too, by area and place.
#[utoipa::path(
    get, path = "/routing-rules", tag = "routing",
    responses((status = 200, description = "All of them", body = Page<RuleView>), ReadRefused)
)]
async fn list_rules(State(app): State<App>, Signed(actor): Signed) -> Result<Json<Page<RuleView>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let all = app.store.all::<RoutingRule>().await?;
    let mine = all.iter().filter(|rule| actor.works_in(Some(rule.state.area)));
    let mut items: Vec<RuleView> = mine.map(RuleView::of).collect();
    items.sort_by_key(|rule| (rule.area, rule.place, rule.id));
    Ok(Json(Page { items, next: None }))
}

/// Adds a rule.
#[utoipa::path(
    post, path = "/routing-rules", tag = "routing", request_body = NewRule, params(IdempotencyKey),
    responses((status = 201, description = "Added", body = RuleView), ChangeRefused)
)]
async fn new_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewRule>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"routing-rules", &body.raw]);
    let area = area_named(&app.store, &body.value.area).await?;
    let rule = add_rule(&app.store, &actor, area, body.value.text.into(), once).await?;
    let location = [(LOCATION, format!("/api/v1/routing-rules/{}", rule.id))];
    Ok((StatusCode::CREATED, location, told(rule)).into_response())
}

/// A rule.
#[utoipa::path(
    get, path = "/routing-rules/{rule}", tag = "routing", params(("rule" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The rule", body = RuleView), ReadRefused)
)]
async fn get_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let all = app.store.all::<RoutingRule>().await?;
    let mine = |rule: &&Loaded<RoutingRule>| rule.id == id && actor.works_in(Some(rule.state.area));
    let rule = all.iter().find(mine).ok_or_else(Refusal::not_found)?;
    Ok(told(RuleView::of(rule)))
}

/// Changes what a rule says, closes it or opens it again; tickets that came by it stay where they are.
#[utoipa::path(
    patch, path = "/routing-rules/{rule}", tag = "routing", request_body = ChangedRule,
    params(("rule" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the rule as it is now", body = RuleView), ChangeRefused)
)]
async fn change_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedRule>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let ChangedRule { text, active } = body.value;
    if text.is_none() && active.is_none() {
        return Err(Refusal::field("text", "field-required").into());
    }
    let change = (text.map(RuleText::from), active);
    Ok(told(alter_rule(&app.store, &actor, id, change, if_match).await?))
}

/// Tries a draft on the newest thousand tickets of an area; nothing is saved.
#[utoipa::path(
    post, path = "/routing-rehearsals", tag = "routing", request_body = RehearsalBody,
    responses((status = 200, description = "What would have happened", body = Rehearsal), ChangeRefused)
)]
async fn rehearse_rule(
    State(app): State<App>,
    Signed(actor): Signed,
    body: ApiBody<RehearsalBody>,
) -> Result<Json<Rehearsal>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let RehearsalBody { rule, area, text } = body.value;
    let area = area_named(&app.store, &area).await?;
    let draft = Draft {
        rule,
        text: text.into(),
    };
    Ok(Json(rehearse(&app.store, &actor, area, &draft).await?))
}

fn told(rule: RuleView) -> Response {
    ([(ETAG, etag(rule.version))], Json(rule)).into_response()
}

async fn area_named(store: &Store, named: &str) -> Outcome<Uuid> {
    let all = store.all::<Area>().await?;
    let found = Area::named(&all, named).map(|area| area.id);
    found.ok_or_else(|| Refusal::field("area", "field-not-found").into())
}
