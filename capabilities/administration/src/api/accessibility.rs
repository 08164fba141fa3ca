//! What the service says about accessibility.

use super::told;
use crate::commands;
use crate::views::AccessibilityView;
use axum::extract::State;
use axum::response::Response;
use configuration::Accessibility;
use people::{Act, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, App, ChangeRefused, IfMatch, ReadRefused};

/// What the service is to say about accessibility.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct AccessibilityBody {
    /// Address of the declaration, beginning with `https://`; left out, there is none.
    #[schema(max_length = 400)]
    declaration: String,
    /// E-mail address for whoever met a barrier; left out, there is none.
    #[schema(max_length = 254)]
    contact: String,
}

/// The address of the accessibility declaration and who hears of a barrier, with their version.
#[utoipa::path(
    get, path = "/accessibility", tag = "administration",
    responses((status = 200, description = "As it is now", body = AccessibilityView), ReadRefused)
)]
pub(super) async fn get_accessibility(State(app): State<App>, Signed(actor): Signed) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let all = app.store.all::<Accessibility>().await?;
    let now = all.first();
    let state = now.map(|now| now.state.clone()).unwrap_or_default();
    Ok(told(now.map_or(0, |now| now.version), &AccessibilityView::of(&state)))
}

/// Sets the address of the accessibility declaration and who hears of a barrier.
#[utoipa::path(
    put, path = "/accessibility", tag = "administration", request_body = AccessibilityBody,
    params(("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: as it is now", body = AccessibilityView), ChangeRefused)
)]
pub(super) async fn set_accessibility(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    body: ApiBody<AccessibilityBody>,
) -> Result<Response, ApiError> {
    let AccessibilityBody { declaration, contact } = body.value;
    let asked = Accessibility { declaration, contact };
    let now = commands::alter_accessibility(&app.store, &actor, asked, if_match).await?;
    Ok(told(now.version, &AccessibilityView::of(&now.state)))
}
