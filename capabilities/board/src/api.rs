//! The board by the API.

use crate::choice::Chosen;
use crate::find::{Board, board};
use axum::Json;
use axum::extract::State;
use kernel::Uuid;
use people::Signed;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{ApiError, ApiQuery, App, ReadRefused};

/// The routes, under `/api/v1`.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_board))
}

/// Which board.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
struct BoardQuery {
    /// Only this area.
    area: Option<Uuid>,
    /// Only this group.
    group: Option<Uuid>,
}

/// How everything stands at this moment, as far as one may see it; at most two seconds old.
#[utoipa::path(
    get, path = "/board", tag = "board", params(BoardQuery),
    responses((status = 200, description = "The figures", body = Board), ReadRefused)
)]
async fn get_board(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiQuery(query): ApiQuery<BoardQuery>,
) -> Result<Json<Board>, ApiError> {
    let chosen = Chosen {
        area: query.area,
        group: query.group,
    };
    let (board, _) = board(&app.store, &actor, chosen).await?;
    Ok(Json(Board::clone(&board)))
}
