//! One's own presence by the API.

use crate::presence::{self, Presence};
use axum::Json;
use axum::extract::State;
use kernel::{Outcome, Refusal, Uuid};
use people::{Actor, Signed};
use serde::{Deserialize, Serialize};
use store::Store;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiBody, ApiError, App, ChangeRefused, ReadRefused};

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(own_presence, set_presence))
}

/// Whether somebody of the desk is there for work.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct PresenceView {
    /// What they are by now: whoever is not seen for three minutes is away, and wrapping up is over after two.
    presence: Presence,
}

/// What somebody is from now on.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PresenceBody {
    /// What they are. A program says it again within three minutes, or whoever it speaks for is away.
    presence: Presence,
}

/// One's own presence.
#[utoipa::path(
    get, path = "/me/presence", tag = "me",
    responses((status = 200, description = "Whether one is there", body = PresenceView), ReadRefused)
)]
async fn own_presence(State(app): State<App>, Signed(actor): Signed) -> Result<Json<PresenceView>, ApiError> {
    of_the_desk(&actor)?;
    Ok(Json(view(&app.store, actor.person).await?))
}

/// Says whether one is there.
#[utoipa::path(
    put, path = "/me/presence", tag = "me", request_body = PresenceBody,
    responses((status = 200, description = "Said", body = PresenceView), ChangeRefused)
)]
async fn set_presence(
    State(app): State<App>,
    Signed(actor): Signed,
    body: ApiBody<PresenceBody>,
) -> Result<Json<PresenceView>, ApiError> {
    of_the_desk(&actor)?;
    actor.allow_own_change()?;
    presence::say(&app.store, actor.person, body.value.presence).await?;
    Ok(Json(view(&app.store, actor.person).await?))
}

async fn view(store: &Store, person: Uuid) -> Outcome<PresenceView> {
    let present = presence::present(store).await?;
    let presence = present.of(person, store.clock().now());
    Ok(PresenceView { presence })
}

/// Only people of the desk are there for work.
fn of_the_desk(actor: &Actor) -> Outcome<()> {
    if actor.is_staff() {
        Ok(())
    } else {
        Err(Refusal::forbidden().into())
    }
}
