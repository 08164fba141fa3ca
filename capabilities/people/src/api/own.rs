//! One's own sessions and tokens.
//!
//! A token decides about them only when nothing is beyond it: a lesser one could otherwise make itself a greater.

use crate::{Actor, Signed, TokenScope, session, token};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Instant, Outcome, Refusal, Uuid};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, Page, ReadRefused};

/// A session of one's own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct SessionView {
    /// What it is ended by.
    handle: String,
    /// The program, as it names itself.
    program: String,
    /// From where.
    address: String,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When it was last used.
    #[schema(value_type = String, format = DateTime)]
    seen_at: Instant,
}

/// A token of one's own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TokenView {
    /// Identity.
    id: Uuid,
    /// What it is called.
    name: String,
    /// What it is good for.
    scopes: Vec<TokenScope>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Instant,
}

/// A token to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenBody {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// What it is good for.
    #[schema(min_items = 1)]
    scopes: Vec<TokenScope>,
    /// For how many days.
    #[schema(minimum = 1, maximum = 3650)]
    days: i64,
}

/// A token that was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct TokenMade {
    /// Identity.
    id: Uuid,
    /// What a program sends; it is told this once.
    token: String,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Instant,
}

/// The sessions of the caller, the last used first.
#[utoipa::path(
    get, path = "/me/sessions", tag = "people",
    responses((status = 200, description = "The last hundred", body = Page<SessionView>), ReadRefused)
)]
pub(super) async fn list_sessions(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<SessionView>>, ApiError> {
    own_affairs(&actor)?;
    let sessions = session::sessions_of(&app.store, actor.person).await?;
    let items = sessions.into_iter().map(|session| SessionView {
        handle: session.handle,
        program: session.agent,
        address: session.address,
        created_at: session.created_at,
        seen_at: session.seen_at,
    });
    Ok(Json(Page {
        items: items.collect(),
        next: None,
    }))
}

/// Ends a session of the caller.
#[utoipa::path(
    delete, path = "/me/sessions/{handle}", tag = "people",
    params(("handle" = String, Path, description = "What it is ended by")),
    responses((status = 204, description = "Ended"), ChangeRefused)
)]
pub(super) async fn end_session(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(handle): ApiPath<String>,
) -> Result<StatusCode, ApiError> {
    own_affairs(&actor)?;
    session::end_session(&app.store, actor.person, &handle).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The tokens of the caller, the newest first.
#[utoipa::path(
    get, path = "/me/tokens", tag = "people",
    responses((status = 200, description = "The newest hundred", body = Page<TokenView>), ReadRefused)
)]
pub(super) async fn list_tokens(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<TokenView>>, ApiError> {
    own_affairs(&actor)?;
    let tokens = token::tokens_of(&app.store, actor.person).await?;
    let items: Outcome<Vec<TokenView>> = tokens
        .into_iter()
        .map(|token| {
            Ok(TokenView {
                id: token.id,
                name: token.name,
                scopes: TokenScope::list(&token.scopes)?,
                created_at: token.created_at,
                expires_at: token.expires_at,
            })
        })
        .collect();
    Ok(Json(Page {
        items: items?,
        next: None,
    }))
}

/// Makes a token for the caller. The answer is not kept under an idempotency key: its text stands nowhere.
#[utoipa::path(
    post, path = "/me/tokens", tag = "people", request_body = TokenBody,
    responses((status = 201, description = "Made: its text is told this once", body = TokenMade), ChangeRefused)
)]
pub(super) async fn make_token(
    State(app): State<App>,
    Signed(actor): Signed,
    body: ApiBody<TokenBody>,
) -> Result<Response, ApiError> {
    own_affairs(&actor)?;
    let TokenBody { name, scopes, days } = body.value;
    if scopes.is_empty() {
        return Err(Refusal::field("scopes", "field-required").into());
    }
    let made = token::create_token(&app.store, actor.person, &name, &scopes, days).await?;
    let told = TokenMade {
        id: made.id,
        token: made.text,
        expires_at: made.expires_at,
    };
    Ok((StatusCode::CREATED, Json(told)).into_response())
}

/// Revokes a token of the caller.
#[utoipa::path(
    delete, path = "/me/tokens/{token}", tag = "people", params(("token" = Uuid, Path, description = "Identity")),
    responses((status = 204, description = "Revoked"), ChangeRefused)
)]
pub(super) async fn revoke_token(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<StatusCode, ApiError> {
    own_affairs(&actor)?;
    token::revoke_token(&app.store, actor.person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn own_affairs(actor: &Actor) -> Outcome<()> {
    match &actor.token {
        Some(scopes) if !scopes.contains(&TokenScope::Admin) => Err(Refusal::forbidden().into()),
        _ => Ok(()),
    }
}
