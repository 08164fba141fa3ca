//! What requesters may ask for.

use super::listing::ListQuery;
use super::{area_named, made, one, told};
use crate::commands;
use crate::views::OfferingView;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use catalogue::{Offer, Offering, OfferingIcon};
use kernel::{Refusal, Uuid};
use people::{Act, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, ApiQuery, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused};

/// An offering to be added.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewOffering {
    /// Name, as a requester would say it.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// One line of what belongs to it.
    #[schema(min_length = 1, max_length = 160)]
    line: String,
    /// The area that answers, by identity, code or name; left out, the requester chooses.
    area: Option<String>,
    /// The category that a request gets by it.
    category: Option<Uuid>,
    /// The drawing beside it.
    icon: Option<OfferingIcon>,
}

/// What is to be otherwise about an offering.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChangedOffering {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    /// One line of what belongs to it.
    #[schema(min_length = 1, max_length = 160)]
    line: Option<String>,
    /// The category that a request gets by it.
    category: Option<Uuid>,
    /// The drawing beside it.
    icon: Option<OfferingIcon>,
    /// Whether it is offered.
    active: Option<bool>,
}

/// All offerings.
#[utoipa::path(
    get, path = "/offerings", tag = "administration", params(ListQuery),
    responses((status = 200, description = "All of them, or a page", body = Page<OfferingView>), ReadRefused)
)]
pub(super) async fn list_offerings(
    State(app): State<App>,
    _signed: Signed,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Page<OfferingView>>, ApiError> {
    let offerings = app.store.all::<Offering>().await?;
    Ok(Json(query.page(&offerings, |offering| {
        OfferingView::of(&commands::Kept::of(offering))
    })?))
}

/// Adds an offering.
#[utoipa::path(
    post, path = "/offerings", tag = "administration", request_body = NewOffering, params(IdempotencyKey),
    responses((status = 201, description = "Added", body = OfferingView), ChangeRefused)
)]
pub(super) async fn new_offering(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<NewOffering>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"offerings", &body.raw]);
    let NewOffering {
        name,
        line,
        area,
        category,
        icon,
    } = body.value;
    let offer = Offer {
        name,
        line,
        area: area_named(&app.store, area.as_deref()).await?,
        category,
        icon: icon.unwrap_or_default(),
    };
    let offering = commands::add_offering(&app.store, &actor, offer, once).await?;
    Ok(made(
        "offerings",
        offering.id,
        offering.version,
        &OfferingView::of(&offering),
    ))
}

/// One offering, with its version.
#[utoipa::path(
    get, path = "/offerings/{offering}", tag = "administration",
    params(("offering" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The offering", body = OfferingView), ReadRefused)
)]
pub(super) async fn get_offering(
    State(app): State<App>,
    _signed: Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    let offering = one::<Offering>(&app.store, id).await?;
    Ok(told(offering.version, &OfferingView::of(&offering)))
}

/// Changes an offering, closes it or opens it again; requests that came by it stay as they are.
#[utoipa::path(
    patch, path = "/offerings/{offering}", tag = "administration", request_body = ChangedOffering,
    params(("offering" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the offering as it is now", body = OfferingView), ChangeRefused)
)]
pub(super) async fn change_offering(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedOffering>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let change = body.value;
    let nothing = change.name.is_none() && change.line.is_none() && change.category.is_none() && change.icon.is_none();
    if nothing && change.active.is_none() {
        return Err(Refusal::field("name", "field-required").into());
    }
    let before = one::<Offering>(&app.store, id).await?;
    let was = before.state.offer;
    let offer = Offer {
        name: change.name.unwrap_or(was.name),
        line: change.line.unwrap_or(was.line),
        category: change.category.or(was.category),
        icon: change.icon.unwrap_or(was.icon),
        area: was.area,
    };
    let meant = if_match.or_only(before.version);
    let offer = (!nothing).then_some(offer);
    let offering = commands::alter_offering(&app.store, &actor, id, offer, change.active, meant).await?;
    Ok(told(offering.version, &OfferingView::of(&offering)))
}
