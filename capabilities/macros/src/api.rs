//! Macros by the API. They are used with `POST /bulk-acts`, on one ticket or on many.

use crate::Steps;
use crate::commands::{self, Change, MacroToBe};
use crate::row::{self, MacroView};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ETAG, LOCATION};
use axum::response::{IntoResponse, Response};
use kernel::Uuid;
use people::{Act, Signed};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused, etag};

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_macros, new_macro))
        .routes(routes!(get_macro, change_macro))
}

/// A macro, whole.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
struct MacroBody {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Area by identity, code or name; left out, all areas.
    area: Option<String>,
    /// What it does; something, or a note.
    #[schema(inline)]
    steps: Steps,
    /// The note that it writes for colleagues, before it ends.
    #[schema(max_length = 4000)]
    note: String,
    /// Whether whoever used it is led on to the next ticket.
    leads_on: bool,
    /// Whether it is offered; left out, as it was.
    active: Option<bool>,
}

impl MacroBody {
    fn split(self) -> (MacroToBe, Option<bool>) {
        let wanted = MacroToBe {
            name: self.name,
            area: self.area,
            steps: self.steps,
            note: self.note,
            leads_on: self.leads_on,
        };
        (wanted, self.active)
    }
}

/// The macros of the areas one works in, by name, those that are closed too.
#[utoipa::path(
    get, path = "/macros", tag = "macro",
    responses((status = 200, description = "All of them", body = Page<MacroView>), ReadRefused)
)]
async fn list_macros(State(app): State<App>, Signed(actor): Signed) -> Result<Json<Page<MacroView>>, ApiError> {
    let items = row::macros(&app.store, &actor).await?;
    Ok(Json(Page { items, next: None }))
}

/// Writes a macro.
#[utoipa::path(
    post, path = "/macros", tag = "macro", request_body = MacroBody, params(IdempotencyKey),
    responses((status = 201, description = "Written", body = MacroView), ChangeRefused)
)]
async fn new_macro(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<MacroBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"macros", &body.raw]);
    let (new, _) = body.value.split();
    let written = commands::write(&app.store, &actor, new, once).await?;
    let location = [(LOCATION, format!("/api/v1/macros/{}", written.id))];
    Ok((StatusCode::CREATED, location, told(written)).into_response())
}

fn told(one: MacroView) -> Response {
    ([(ETAG, etag(one.version))], Json(one)).into_response()
}

/// A macro.
#[utoipa::path(
    get, path = "/macros/{macro}", tag = "macro", params(("macro" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The macro", body = MacroView), ReadRefused)
)]
async fn get_macro(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    Ok(told(row::one(app.store.read(), &actor, id).await?))
}

/// Says what a macro is from now on, and whether it is offered.
#[utoipa::path(
    put, path = "/macros/{macro}", tag = "macro", request_body = MacroBody,
    params(("macro" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the macro as it is now", body = MacroView), ChangeRefused)
)]
async fn change_macro(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<MacroBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let (wanted, active) = body.value.split();
    let change = Change {
        wanted: Some(wanted),
        active,
    };
    Ok(told(commands::alter(&app.store, &actor, id, change, if_match).await?))
}
