//! Correcting somebody, and helping them in again.

use super::told;
use crate::{IdentityChange, Signed};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use i18n::Language;
use kernel::Uuid;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IfMatch};

use crate::view::PersonView;

/// What is to be otherwise about a person: what is left out stays, an empty text takes away.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct ChangedPerson {
    /// Name and surname.
    #[schema(min_length = 1, max_length = 160)]
    name: Option<String>,
    /// E-mail address.
    email: Option<String>,
    /// Telephone.
    phone: Option<String>,
    /// Personal identification number.
    pin: Option<String>,
    /// Key in another system.
    external_id: Option<String>,
    /// Office.
    office: Option<String>,
    /// The language to write in: `it` or `en`.
    #[schema(value_type = Option<String>)]
    language: Option<Language>,
}

impl From<ChangedPerson> for IdentityChange {
    fn from(changed: ChangedPerson) -> Self {
        let ChangedPerson {
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
        } = changed;
        Self {
            name,
            email,
            phone,
            pin,
            external_id,
            office,
            language,
            category: None,
        }
    }
}

/// Corrects who somebody is.
#[utoipa::path(
    patch, path = "/people/{person}", tag = "people", request_body = ChangedPerson,
    params(("person" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Corrected", body = PersonView), ChangeRefused)
)]
pub(super) async fn change_person(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(person): ApiPath<Uuid>,
    body: ApiBody<ChangedPerson>,
) -> Result<Response, ApiError> {
    crate::correct_person(&app.store, &actor, person, body.value.into(), if_match).await?;
    Ok(told(&app, person).await?)
}

/// A password to be.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PasswordBody {
    /// At least ten characters.
    #[schema(min_length = 10)]
    password: String,
}

/// Sets the password of somebody else: their login is their e-mail address, and every session of theirs ends.
#[utoipa::path(
    post, path = "/people/{person}/password", tag = "people", request_body = PasswordBody,
    params(("person" = Uuid, Path, description = "Identity")),
    responses((status = 204, description = "It is this one from now on"), ChangeRefused)
)]
pub(super) async fn reset_password(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(person): ApiPath<Uuid>,
    body: ApiBody<PasswordBody>,
) -> Result<StatusCode, ApiError> {
    crate::reset_password(&app.store, &actor, person, &body.value.password).await?;
    Ok(StatusCode::NO_CONTENT)
}
