//! What an area decides.

use super::{one, told};
use crate::commands;
use crate::views::{AllowedTypesView, GatesView, LinkPolicyView, ParametersView};
use axum::extract::State;
use axum::response::Response;
use configuration::{Area, Matrix, Parameters};
use kernel::Uuid;
use people::{Act, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch, ReadRefused};

/// What is to be otherwise about what an area decides; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChangedParameters {
    /// Priority 1–5 by impact (rows, 1–3) and urgency (columns, 1–3).
    #[schema(value_type = Option<Vec<Vec<i64>>>)]
    matrix: Option<Matrix>,
    /// Which facts must have been recorded before an act.
    gates: Option<GatesView>,
    /// Within how many days a closed ticket is reopened: 0–365.
    #[schema(minimum = 0, maximum = 365)]
    reopen_days: Option<i64>,
    /// Reroutes before a ticket goes under control: 0–50.
    #[schema(minimum = 0, maximum = 50)]
    reroute_max: Option<i64>,
    /// Reclassifications before a ticket goes under control: 0–50.
    #[schema(minimum = 0, maximum = 50)]
    reclass_max: Option<i64>,
    /// Calls before the closing message: 1–50.
    #[schema(minimum = 1, maximum = 50)]
    contact_attempts_max: Option<i64>,
    /// Hours between two calls: 0–720.
    #[schema(minimum = 0, maximum = 720)]
    contact_gap_hours: Option<i64>,
    /// True where requesters are told *tu*, false for *lei*.
    informal: Option<bool>,
    /// Days for which a requester who was told of a discrepancy is not told again: 0–365.
    #[schema(minimum = 0, maximum = 365)]
    discrepancy_again_days: Option<i64>,
    /// What requesters are told of a discrepancy, with `{campi}` where the fields stand; empty for the house's own words.
    discrepancy_text: Option<String>,
    /// What guests and discrepant people may ask for.
    allowed_types: Option<AllowedTypesView>,
    /// Whether a parent is proposed for what was reported already.
    parent_link_policy: Option<LinkPolicyView>,
}

impl ChangedParameters {
    fn over(self, before: &Parameters) -> Parameters {
        Parameters {
            matrix: self.matrix.unwrap_or(before.matrix),
            gates: self.gates.map_or_else(|| before.gates.clone(), Into::into),
            reopen_days: self.reopen_days.unwrap_or(before.reopen_days),
            reroute_max: self.reroute_max.unwrap_or(before.reroute_max),
            reclass_max: self.reclass_max.unwrap_or(before.reclass_max),
            contact_attempts_max: self.contact_attempts_max.unwrap_or(before.contact_attempts_max),
            contact_gap_hours: self.contact_gap_hours.unwrap_or(before.contact_gap_hours),
            informal: self.informal.unwrap_or(before.informal),
            discrepancy_again_days: self.discrepancy_again_days.unwrap_or(before.discrepancy_again_days),
            discrepancy_text: self.discrepancy_text.unwrap_or_else(|| before.discrepancy_text.clone()),
            allowed_types: self
                .allowed_types
                .map_or_else(|| before.allowed_types.clone(), Into::into),
            parent_link_policy: self.parent_link_policy.map_or(before.parent_link_policy, Into::into),
        }
    }
}

/// What an area decides, with the area's version.
#[utoipa::path(
    get, path = "/areas/{area}/parameters", tag = "administration",
    params(("area" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The parameters", body = ParametersView), ReadRefused)
)]
pub(super) async fn get_parameters(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let area = one::<Area>(&app.store, id).await?;
    Ok(told(area.version, &ParametersView::of(&area.state.parameters)))
}

/// Changes what an area decides; what is left out stays.
#[utoipa::path(
    patch, path = "/areas/{area}/parameters", tag = "administration", request_body = ChangedParameters,
    params(("area" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the parameters now", body = ParametersView), ChangeRefused)
)]
pub(super) async fn change_parameters(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<ChangedParameters>,
) -> Result<Response, ApiError> {
    let change = |before: &Parameters| body.value.over(before);
    let area = commands::set_area_parameters(&app.store, &actor, id, change, if_match).await?;
    Ok(told(area.version, &ParametersView::of(&area.state.parameters)))
}
