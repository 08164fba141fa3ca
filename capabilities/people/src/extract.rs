//! Who is asking: the token or the session of a request, as an [`Actor`].
//!
//! What was found is kept for two seconds, so that a busy client costs no look-up each time; an ended session or token is
//! forgotten at once here, and within those two seconds on other nodes.

use crate::pages::came_from;
use crate::{Actor, Door, session, token};
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Outcome, Refusal, RefusalKind, Uuid};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant as Stopwatch};
use web::{ApiError, App, PageError};

/// Name of the session cookie; over TLS it has `__Host-` before it.
pub const SESSION_COOKIE: &str = "sportello_session";
const FRESH: Duration = Duration::from_secs(2);
const MOST_KEPT: usize = 4096;

type Kept = Mutex<HashMap<String, (Stopwatch, Option<Arc<Actor>>)>>;

fn kept() -> &'static Kept {
    static KEPT: OnceLock<Kept> = OnceLock::new();
    KEPT.get_or_init(Kept::default)
}

/// Forgets who was recognised: after an ended session, a revoked token, a changed role.
pub fn forget_cached() {
    if let Ok(mut kept) = kept().lock() {
        kept.clear();
    }
}

/// Somebody who acts through the API: by token, or by a session (the pages' own calls).
pub struct Signed(pub Arc<Actor>);

impl FromRequestParts<App> for Signed {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let refused = || {
            Refusal::new(
                RefusalKind::Unauthenticated,
                "unauthenticated",
                "refusal-unauthenticated",
            )
        };
        recognised(app, &parts.headers)
            .await?
            .map(Signed)
            .ok_or_else(|| refused().into())
    }
}

/// Somebody who looks at a page; others are sent to sign in and come back. Pages know sessions only: a token is limited by
/// its scope, and what a page offers (a new token, a password) has none.
pub struct SignedPage(pub Arc<Actor>);

impl FromRequestParts<App> for SignedPage {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        match in_session(app, &parts.headers).await {
            Ok(Some(actor)) => Ok(Self(actor)),
            Ok(None) => {
                let here = parts.uri.path_and_query().map_or("/", |path| path.as_str());
                // Whoever sent a form comes back to the page it was on: what they typed waits there.
                let back = if parts.method.is_safe() {
                    here
                } else {
                    came_from(&parts.headers).unwrap_or(here)
                };
                let to = if back == "/" {
                    "/sign-in".to_owned()
                } else {
                    format!("/sign-in?to={}", query_value(back))
                };
                Err(Redirect::to(&to).into_response())
            }
            Err(error) => Err(PageError(error).into_response()),
        }
    }
}

/// A text as a value in an address.
pub fn query_value(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => (byte as char).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

async fn recognised(app: &App, headers: &HeaderMap) -> Outcome<Option<Arc<Actor>>> {
    let Some(authorization) = headers.get(header::AUTHORIZATION) else {
        return in_session(app, headers).await;
    };
    let token = authorization
        .to_str()
        .ok()
        .and_then(|value| value.strip_prefix("Bearer "));
    match token {
        Some(token) => known(app, format!("t{}", token.trim())).await,
        None => Ok(None),
    }
}

/// Whose session a request is in, asked again while something long is answered.
pub async fn still_signed_in(app: &App, headers: &HeaderMap) -> Outcome<Option<Arc<Actor>>> {
    in_session(app, headers).await
}

/// Whose session it is. A request that brings a token is not the browser's, whatever cookie it has.
async fn in_session(app: &App, headers: &HeaderMap) -> Outcome<Option<Arc<Actor>>> {
    match session_cookie(headers) {
        Some(session) if !headers.contains_key(header::AUTHORIZATION) => known(app, format!("s{session}")).await,
        _ => Ok(None),
    }
}

async fn known(app: &App, key: String) -> Outcome<Option<Arc<Actor>>> {
    if let Some(found) = remembered(&key) {
        return Ok(found);
    }
    let found = look_up(app, &key).await?.map(Arc::new);
    remember(key, found.clone());
    Ok(found)
}

fn remembered(key: &str) -> Option<Option<Arc<Actor>>> {
    let kept = kept().lock().ok()?;
    kept.get(key)
        .filter(|(at, _)| at.elapsed() < FRESH)
        .map(|(_, found)| found.clone())
}

fn remember(key: String, found: Option<Arc<Actor>>) {
    if let Ok(mut kept) = kept().lock() {
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(key, (Stopwatch::now(), found));
    }
}

async fn look_up(app: &App, key: &str) -> Outcome<Option<Actor>> {
    let (kind, secret) = key.split_at(1);
    let (person, scopes) = match kind {
        "t" => match token::bearer_of(&app.store, secret).await? {
            Some((person, scopes)) => (person, Some(scopes)),
            None => return Ok(None),
        },
        _ => match session::person_of(&app.store, secret).await? {
            Some(person) => (person, None),
            None => return Ok(None),
        },
    };
    actor_of(app, person, scopes).await
}

async fn actor_of(app: &App, person: Uuid, scopes: Option<Vec<crate::TokenScope>>) -> Outcome<Option<Actor>> {
    let Some(named) = crate::person_row(app.store.read(), person).await? else {
        return Ok(None);
    };
    let door = match (&scopes, named.staff) {
        (Some(_), _) => Door::Api,
        (None, true) => Door::Console,
        (None, false) => Door::Portal,
    };
    let actor = Actor::load(&app.store, person, named.identity.name, named.identity.language, door).await?;
    Ok(actor.map(|actor| Actor { token: scopes, ..actor }))
}

/// The session key of a request.
pub fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let pair = pair.trim();
        let pair = pair.strip_prefix("__Host-").unwrap_or(pair);
        pair.strip_prefix(SESSION_COOKIE)?.strip_prefix('=')
    })
}

/// Where a request came from; nothing where that is not known (a request made without a connection).
pub struct Address(pub String);

impl FromRequestParts<App> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(
            peer.map(|ConnectInfo(peer)| address_of(app, &parts.headers, *peer))
                .unwrap_or_default(),
        ))
    }
}

/// The address a request came from: the peer, or what a trusted proxy says of it.
pub fn address_of(app: &App, headers: &HeaderMap, peer: SocketAddr) -> String {
    let peer = peer.ip();
    if !app.settings.trusted_proxies.contains(&peer) {
        return peer.to_string();
    }
    let forwarded = headers
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let first = forwarded.rsplit(',').map(str::trim).find(|part| {
        part.parse::<IpAddr>()
            .is_ok_and(|ip| !app.settings.trusted_proxies.contains(&ip))
    });
    first.map_or_else(|| peer.to_string(), str::to_owned)
}
