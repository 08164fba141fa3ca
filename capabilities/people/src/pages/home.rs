//! The first address: everybody is led to where their work is. And the choice of a language.

use super::address::{came_from, local_path, set_cookie};
use crate::{Visit, installation};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use i18n::Language;
use serde::Deserialize;
use web::{App, PageError, PageQuery, see_other};

/// Seconds of a year: how long a choice is remembered.
pub(super) const YEAR: i64 = 31_536_000;

pub(super) async fn home(State(app): State<App>, visit: Result<Visit, Response>) -> Result<Response, PageError> {
    match visit {
        Ok(visit) if visit.actor.is_staff() => Ok(see_other("/tickets")),
        Ok(_) => Ok(see_other("/portal")),
        Err(_) if installation::is_empty(app.store.read()).await? => Ok(see_other("/setup")),
        Err(sign_in) => Ok(sign_in),
    }
}

#[derive(Deserialize)]
pub(super) struct LanguageQuery {
    #[serde(default)]
    to: String,
    #[serde(default)]
    back: String,
}

pub(super) async fn choose_language(
    State(app): State<App>,
    PageQuery(query): PageQuery<LanguageQuery>,
    headers: HeaderMap,
) -> Response {
    let back = local_path(&query.back).or_else(|| came_from(&headers)).unwrap_or("/");
    let mut response = see_other(back);
    if let Ok(language) = query.to.parse::<Language>() {
        set_cookie(
            &mut response,
            "language",
            language.code(),
            YEAR,
            true,
            app.settings.secure,
        );
    }
    response
}
