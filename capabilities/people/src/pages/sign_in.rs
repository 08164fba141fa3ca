//! Signing in and out.

use super::address::{local_path, set_cookie};
use crate::second_factor::{self, second_factor_of};
use crate::{Guest, SESSION_COOKIE, SignedPage, account, address_of, installation, session, session_cookie};
use askama::Template;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{COOKIE, RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::{Error, Refusal, RefusalKind, Uuid};
use serde::Deserialize;
use std::net::SocketAddr;
use ui::Frame;
use web::{App, FormBody, PageError, PageQuery, html, see_other, sentence, status_of};

/// Seconds of the session's cookie; the database decides how long the session lives.
const FORTNIGHT: i64 = 14 * 86_400;
/// The cookie between password and code.
const STEP_COOKIE: &str = "sportello_step";
/// How long that cookie is kept, in seconds; the database decides how long the step lasts.
const STEP_SECONDS: i64 = 300;

/// The code of the second step.
#[derive(Template)]
#[template(path = "people/sign_in_code.html")]
struct CodePage {
    frame: Frame,
    to: String,
    refused: String,
}

#[derive(Template)]
#[template(path = "people/sign_in.html")]
pub(super) struct SignInPage {
    pub(super) frame: Frame,
    pub(super) to: String,
    pub(super) email: String,
    pub(super) refused: String,
}

#[derive(Deserialize)]
pub(super) struct SignInQuery {
    #[serde(default)]
    to: String,
}

pub(super) async fn show(
    State(app): State<App>,
    PageQuery(query): PageQuery<SignInQuery>,
    signed: Result<SignedPage, Response>,
    Guest(frame): Guest,
) -> Result<Response, PageError> {
    if signed.is_ok() {
        return Ok(see_other(local_path(&query.to).unwrap_or("/")));
    }
    if installation::is_empty(app.store.read()).await? {
        return Ok(see_other("/setup"));
    }
    Ok(html(&page(frame, query.to, String::new(), String::new())))
}

fn page(frame: Frame, to: String, email: String, refused: String) -> SignInPage {
    let title = frame.t("people-sign-in");
    SignInPage {
        frame: frame.titled(title),
        to,
        email,
        refused,
    }
}

pub(super) async fn enter(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Guest(frame): Guest,
    form: FormBody,
) -> Result<Response, PageError> {
    let (email, to) = (form.text("email").to_owned(), form.text("to").to_owned());
    match account::sign_in(&app.store, &email, form.text("password")).await {
        Ok(person) if second_factor_of(&app.store, person).await?.on => half_way(&app, person, &to).await,
        Ok(person) => signed_in(&app, person, peer, &headers, local_path(&to).unwrap_or("/")).await,
        Err(Error::Refused(refusal)) if matches!(refusal.kind, RefusalKind::Unauthenticated | RefusalKind::TooMany) => {
            Ok(refused(frame, to, email, &refusal))
        }
        Err(other) => Err(PageError(other)),
    }
}

/// The page again, with the e-mail as typed, and how long to wait where there is a wait.
fn refused(frame: Frame, to: String, email: String, refusal: &Refusal) -> Response {
    let words = sentence(frame.language, refusal.key, &refusal.args);
    waiting(status_of(refusal.kind), html(&page(frame, to, email, words)), refusal)
}

/// An answer that says after how long to try again, where there is a wait.
fn waiting(status: StatusCode, page: Response, refusal: &Refusal) -> Response {
    let mut response = (status, page).into_response();
    if let Some(seconds) = refusal.retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The password was right: on to the code.
async fn half_way(app: &App, person: Uuid, to: &str) -> Result<Response, PageError> {
    let key = second_factor::begin_step(&app.store, person).await?;
    let mut response = see_other(&match local_path(to) {
        Some(to) => format!("/sign-in/code?to={}", crate::query_value(to)),
        None => "/sign-in/code".to_owned(),
    });
    set_cookie(
        &mut response,
        STEP_COOKIE,
        &key,
        STEP_SECONDS,
        false,
        app.settings.secure,
    );
    Ok(response)
}

/// The key of somebody between password and code.
fn step_cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(STEP_COOKIE)?.strip_prefix('='))
}

pub(super) async fn ask_code(
    State(app): State<App>,
    PageQuery(query): PageQuery<SignInQuery>,
    headers: HeaderMap,
    Guest(frame): Guest,
) -> Result<Response, PageError> {
    let step = match step_cookie(&headers) {
        Some(key) => second_factor::step_person(&app.store, key).await?,
        None => None,
    };
    Ok(match step {
        Some(_) => html(&code_page(frame, query.to, String::new())),
        None => see_other("/sign-in"),
    })
}

fn code_page(frame: Frame, to: String, refused: String) -> CodePage {
    let title = frame.t("people-second-code-title");
    CodePage {
        frame: frame.titled(title),
        to,
        refused,
    }
}

pub(super) async fn enter_code(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Guest(frame): Guest,
    form: FormBody,
) -> Result<Response, PageError> {
    let Some(key) = step_cookie(&headers) else {
        return Ok(see_other("/sign-in"));
    };
    let Some(person) = second_factor::step_person(&app.store, key).await? else {
        return Ok(see_other("/sign-in"));
    };
    let to = form.text("to").to_owned();
    match second_factor::check(&app.store, person, form.text("code")).await {
        Ok(()) => {
            second_factor::end_step(&app.store, key).await?;
            let mut response = signed_in(&app, person, peer, &headers, local_path(&to).unwrap_or("/")).await?;
            set_cookie(&mut response, STEP_COOKIE, "", 0, false, app.settings.secure);
            Ok(response)
        }
        Err(Error::Refused(refusal)) if matches!(refusal.kind, RefusalKind::Unauthenticated | RefusalKind::TooMany) => {
            let words = sentence(frame.language, refusal.key, &refusal.args);
            Ok(waiting(
                status_of(refusal.kind),
                html(&code_page(frame, to, words)),
                &refusal,
            ))
        }
        Err(other) => Err(PageError(other)),
    }
}

/// Opens a session and leads on.
pub(super) async fn signed_in(
    app: &App,
    person: Uuid,
    peer: SocketAddr,
    headers: &HeaderMap,
    to: &str,
) -> Result<Response, PageError> {
    let agent = headers
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let key = session::open_session(&app.store, person, &address_of(app, headers, peer), agent).await?;
    let mut response = see_other(to);
    set_cookie(
        &mut response,
        &cookie_name(app),
        &key,
        FORTNIGHT,
        false,
        app.settings.secure,
    );
    Ok(response)
}

/// The cookie's name: over TLS browsers hold it to this very host.
fn cookie_name(app: &App) -> String {
    let prefix = if app.settings.secure { "__Host-" } else { "" };
    format!("{prefix}{SESSION_COOKIE}")
}

pub(super) async fn leave(
    State(app): State<App>,
    signed: Result<SignedPage, Response>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    if let (Ok(SignedPage(actor)), Some(key)) = (signed, session_cookie(&headers)) {
        match session::end_session(&app.store, actor.person, key).await {
            Err(error) if error.refusal().is_none() => return Err(PageError(error)),
            _ => {}
        }
    }
    let mut response = see_other("/sign-in");
    set_cookie(&mut response, &cookie_name(&app), "", 0, false, app.settings.secure);
    *response.status_mut() = StatusCode::SEE_OTHER;
    Ok(response)
}
