//! How groups work, by the API.

use crate::practice::may_set;
use crate::{PracticeView, SkillView, set_practice};
use axum::Json;
use axum::extract::State;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use kernel::{Refusal, Uuid};
use people::{Act, Group, Practice, Sharing, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch, ReadRefused, etag};

/// How a group is to work, whole: what is left out is not limited.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PracticeBody {
    /// How new tickets find somebody.
    sharing: Sharing,
    /// Open tickets with which a person is given no more.
    #[schema(minimum = 1, maximum = 200)]
    most_each: Option<i64>,
    /// Tickets that nobody has taken, with which the group is full.
    #[schema(minimum = 1, maximum = 10000)]
    most_waiting: Option<i64>,
    /// The calendar in whose hours it works.
    hours: Option<Uuid>,
    /// The group of the first level that takes what comes while this one is full or not there.
    overflow: Option<Uuid>,
    /// What its people know.
    #[serde(default)]
    skills: Vec<SkillView>,
}

impl From<PracticeBody> for Practice {
    fn from(body: PracticeBody) -> Self {
        let skill = |skill: SkillView| (skill.person, skill.categories);
        Self {
            sharing: body.sharing,
            most_each: body.most_each,
            most_waiting: body.most_waiting,
            hours: body.hours,
            overflow: body.overflow,
            skills: body.skills.into_iter().map(skill).collect(),
        }
    }
}

/// How a group works, with the group's version.
#[utoipa::path(
    get, path = "/groups/{group}/practice", tag = "routing", params(("group" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "How it works", body = PracticeView), ReadRefused)
)]
pub(crate) async fn get_practice(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let groups = app.store.all::<Group>().await?;
    let group = groups
        .iter()
        .find(|group| group.id == id)
        .ok_or_else(Refusal::not_found)?;
    may_set(&actor, group)?;
    Ok(told(PracticeView::of(group)))
}

/// Sets how a group of the first level works; what was given stays where it is.
#[utoipa::path(
    put, path = "/groups/{group}/practice", tag = "routing", request_body = PracticeBody,
    params(("group" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: how it works now", body = PracticeView), ChangeRefused)
)]
pub(crate) async fn put_practice(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<PracticeBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    Ok(told(
        set_practice(&app.store, &actor, id, body.value.into(), if_match).await?,
    ))
}

fn told(practice: PracticeView) -> Response {
    ([(ETAG, etag(practice.version))], Json(practice)).into_response()
}
