//! Areas, groups and categories by the API.

mod accessibility;
mod agreements;
mod areas;
mod calendars;
mod categories;
mod groups;
mod jobs;
mod listing;
mod members;
mod offerings;
mod parameters;

pub(crate) use agreements::TargetBody;
pub(crate) use calendars::{ClosureBody, OpeningBody};

use crate::commands::Kept;
use axum::Json;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use serde::Serialize;
use store::{Aggregate, Store};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{App, etag};

/// The routes, under `/api/v1`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(
            accessibility::get_accessibility,
            accessibility::set_accessibility
        ))
        .routes(routes!(areas::list_areas, areas::new_area))
        .routes(routes!(areas::get_area, areas::change_area))
        .routes(routes!(groups::list_groups, groups::new_group))
        .routes(routes!(groups::get_group, groups::change_group))
        .routes(routes!(members::list_members, members::set_members))
        .routes(routes!(members::add_member, members::remove_member))
        .routes(routes!(parameters::get_parameters, parameters::change_parameters))
        .routes(routes!(categories::list_categories, categories::new_category))
        .routes(routes!(categories::get_category, categories::change_category))
        .routes(routes!(offerings::list_offerings, offerings::new_offering))
        .routes(routes!(offerings::get_offering, offerings::change_offering))
        .routes(routes!(calendars::list_calendars, calendars::new_calendar))
        .routes(routes!(calendars::get_calendar, calendars::change_calendar))
        .routes(routes!(calendars::preview_calendar))
        .routes(routes!(agreements::list_agreements, agreements::new_agreement))
        .routes(routes!(agreements::get_agreement, agreements::change_agreement))
        .routes(routes!(agreements::preview_agreement))
        .routes(routes!(agreements::list_replannings))
        .routes(routes!(jobs::list_jobs))
        .routes(routes!(jobs::requeue_job))
}

/// One record, from memory.
async fn one<A: Aggregate + Clone>(store: &Store, id: Uuid) -> Outcome<Kept<A>> {
    let all = store.all::<A>().await?;
    let found = all.iter().find(|record| record.id == id).map(Kept::of);
    found.ok_or_else(|| Refusal::not_found().into())
}

/// Something as it is now, with its version.
fn told<V: Serialize>(version: i64, view: &V) -> Response {
    ([(ETAG, etag(version))], Json(view)).into_response()
}

/// Something that was made: where it is, and its version.
fn made<V: Serialize>(resource: &str, id: Uuid, version: i64, view: &V) -> Response {
    let headers = [(ETAG, etag(version)), (LOCATION, format!("/api/v1/{resource}/{id}"))];
    (StatusCode::CREATED, headers, Json(view)).into_response()
}

/// An area as a caller names it; nothing means all.
async fn area_named(store: &Store, named: Option<&str>) -> Outcome<Option<Uuid>> {
    let Some(named) = named else { return Ok(None) };
    let all = store.all::<Area>().await?;
    match Area::named(&all, named) {
        Some(area) if area.state.active => Ok(Some(area.id)),
        Some(_) => Err(Refusal::field("area", "field-closed").into()),
        None => Err(Refusal::field("area", "field-not-found").into()),
    }
}
