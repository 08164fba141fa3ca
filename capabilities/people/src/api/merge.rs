//! Two who are one, by the API: who may be the same, saying so, taking it back.

use super::{note, told};
use crate::view::PersonView;
use crate::{Act, Address, Likeness, Signed};
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use kernel::{Refusal, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, Page, ReadRefused};

/// Doubles that are shown.
const MOST: usize = 20;

/// Somebody who may be the same person.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct DoubleView {
    /// Who.
    person: PersonView,
    /// Why, the strongest reason first.
    likeness: Vec<Likeness>,
}

/// Who it turned out to be.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MergeBody {
    /// The person who stays.
    into: Uuid,
}

/// Those who may be the same person: by a contact that both have, or by a name that is nearly the same.
#[utoipa::path(
    get, path = "/people/{person}/doubles", tag = "people",
    params(("person" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The likeliest first", body = Page<DoubleView>), ReadRefused)
)]
pub(super) async fn list_doubles(
    State(app): State<App>,
    Signed(actor): Signed,
    Address(address): Address,
    ApiPath(person): ApiPath<Uuid>,
) -> Result<Json<Page<DoubleView>>, ApiError> {
    actor.allow_any(Act::MergePeople)?;
    let known = crate::person_row(app.store.read(), person).await?;
    let known = known.ok_or_else(Refusal::not_found)?;
    let doubles = crate::doubles_of(app.store.read(), &known, MOST).await?;
    note(&app, &actor, "search", None, address);
    let view = |double: crate::Double| DoubleView {
        person: PersonView::from(double.person),
        likeness: double.likeness,
    };
    Ok(Json(Page {
        items: doubles.into_iter().map(view).collect(),
        next: None,
    }))
}

/// Says that a person is another, who has their requests from now on; answers with the one who stays. Requests change hands
/// one after the other, each with an event of its own.
#[utoipa::path(
    post, path = "/people/{person}/merge", tag = "people", request_body = MergeBody,
    params(("person" = Uuid, Path, description = "The person who goes")),
    responses((status = 200, description = "The person who stays", body = PersonView), ChangeRefused)
)]
pub(super) async fn merge(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(person): ApiPath<Uuid>,
    body: ApiBody<MergeBody>,
) -> Result<Response, ApiError> {
    crate::merge_people(&app.store, &actor, person, body.value.into).await?;
    Ok(told(&app, body.value.into).await?)
}

/// Says that a merge was an error: the person stands for themselves again and gets back what changed hands with it, and
/// nothing else.
#[utoipa::path(
    post, path = "/people/{person}/unmerge", tag = "people",
    params(("person" = Uuid, Path, description = "The person who went")),
    responses((status = 200, description = "The person, who stands for themselves again", body = PersonView), ChangeRefused)
)]
pub(super) async fn unmerge(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(person): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    crate::unmerge_people(&app.store, &actor, person).await?;
    Ok(told(&app, person).await?)
}
