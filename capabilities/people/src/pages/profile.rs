//! One's own page: who one is here, how pages look, sessions, password, tokens of the API.

use super::address::set_cookie;
use super::form::form_errors;
use super::home::YEAR;
use crate::lost_factor::second_factor_taken;
use crate::second_factor::second_factor_of;
use crate::{Visit, account, session, session_cookie, token};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use configuration::Area;
use kernel::{Instant, Outcome, Uuid};
use ui::{Choice, Errors, Frame, Theme};
use web::{App, FormBody, PageError, PagePath, html, see_other};

#[derive(Template)]
#[template(path = "people/profile_console.html")]
struct ConsoleProfile {
    frame: Frame,
    own: Own,
}

#[derive(Template)]
#[template(path = "people/profile_portal.html")]
struct PortalProfile {
    frame: Frame,
    own: Own,
}

/// What a person sees of themselves.
struct Own {
    name: String,
    email: String,
    roles: Vec<String>,
    themes: Vec<Choice>,
    languages: Vec<Choice>,
    sessions: Vec<SessionLine>,
    tokens: Vec<token::TokenRow>,
    scopes: Vec<Choice>,
    days: Vec<Choice>,
    staff: bool,
    /// Where one stands with the second step of signing in.
    second: String,
    /// That somebody took it away, and why.
    second_taken: String,
    fresh_token: String,
    said: String,
    errors: Errors,
}

struct SessionLine {
    handle: String,
    program: String,
    address: String,
    seen_at: Instant,
    here: bool,
}

/// What is to be said beside what always is.
#[derive(Default)]
struct News {
    fresh_token: String,
    said: &'static str,
    errors: Errors,
}

pub(super) async fn show(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, PageError> {
    page(&app, visit, &headers, News::default()).await
}

async fn page(app: &App, visit: Visit, headers: &HeaderMap, news: News) -> Result<Response, PageError> {
    let own = own(app, &visit, headers, news).await?;
    let status = if own.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let title = visit.frame.t("ui-profile");
    let frame = visit.frame.titled(title);
    let page = if visit.actor.is_staff() {
        html(&ConsoleProfile { frame, own })
    } else {
        let back = frame.t("people-back-home");
        html(&PortalProfile {
            frame: frame.back_to("/", back),
            own,
        })
    };
    Ok((status, page).into_response())
}

async fn own(app: &App, visit: &Visit, headers: &HeaderMap, news: News) -> Outcome<Own> {
    let (actor, frame) = (&visit.actor, &visit.frame);
    let named = crate::person_row(app.store.read(), actor.person).await?;
    let here = session_cookie(headers).map(session::handle_of).unwrap_or_default();
    let sessions = session::sessions_of(&app.store, actor.person).await?;
    let sessions = sessions.into_iter().map(|session| SessionLine {
        here: session.handle == here,
        program: program(&session.agent),
        address: session.address,
        seen_at: session.seen_at,
        handle: session.handle,
    });
    let areas = app.store.all::<Area>().await?;
    let scope = |code: &str| Choice::new(code, frame.t(&format!("people-scope-{code}")), "read");
    let theme = |theme: Theme| Choice::new(theme.code(), frame.t(theme.text_key()), frame.theme.code());
    let language = |language: i18n::Language| Choice::new(language.code(), language.own_name(), frame.language.code());
    Ok(Own {
        name: actor.name.clone(),
        email: named.and_then(|named| named.identity.email).unwrap_or_default(),
        roles: actor
            .roles
            .iter()
            .map(|grant| role_line(frame, grant, &areas))
            .collect(),
        themes: Theme::ALL.into_iter().map(theme).collect(),
        languages: i18n::Language::ALL.into_iter().map(language).collect(),
        sessions: sessions.collect(),
        tokens: token::tokens_of(&app.store, actor.person).await?,
        scopes: ["read", "write", "admin"].into_iter().map(scope).collect(),
        days: [30_i64, 90, 365]
            .into_iter()
            .map(|n| Choice::new(n.to_string(), frame.tn("people-days", n), "90"))
            .collect(),
        staff: actor.is_staff(),
        second: frame.t(match second_factor_of(&app.store, actor.person).await?.on {
            true => "people-second-is-on",
            false => "people-second-is-off",
        }),
        second_taken: taken(app, frame, actor.person).await?,
        fresh_token: news.fresh_token,
        said: if news.said.is_empty() {
            String::new()
        } else {
            frame.t(news.said)
        },
        errors: news.errors,
    })
}

/// That somebody took the second step away, and why; empty where nobody did.
async fn taken(app: &App, frame: &Frame, person: Uuid) -> Outcome<String> {
    let Some(taken) = second_factor_taken(&app.store, person).await? else {
        return Ok(String::new());
    };
    let args = [
        ("who", taken.by.as_str().into()),
        ("when", frame.when(&taken.at).into()),
        ("reason", taken.reason.as_str().into()),
    ];
    Ok(frame.language.text_with("people-second-taken", &args))
}

/// A role and where it holds: `operatore · Assistenza informatica`.
pub fn role_line(frame: &Frame, grant: &crate::RoleGrant, areas: &[store::Loaded<Area>]) -> String {
    let role = frame.t(&format!("people-role-{}", grant.role.code().replace('_', "-")));
    let area = grant.area.and_then(|id| areas.iter().find(|area| area.id == id));
    match (area, grant.role) {
        (Some(area), _) => format!("{role} · {}", area.state.name),
        (None, crate::Role::Requester) => role,
        (None, _) => format!("{role} · {}", frame.t("people-all-areas")),
    }
}

/// The program behind a session in a word: what its owner would call it.
fn program(agent: &str) -> String {
    let browsers = [
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let found = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (found(&browsers), found(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(browser), None) => browser.to_owned(),
        _ => agent.chars().take(40).collect(),
    }
}

pub(super) async fn choose_theme(State(app): State<App>, _visit: Visit, form: FormBody) -> Response {
    let mut response = see_other("/profile");
    let theme = Theme::from_code(form.text("theme"));
    set_cookie(&mut response, "theme", theme.code(), YEAR, true, app.settings.secure);
    response
}

pub(super) async fn choose_language(State(app): State<App>, _visit: Visit, form: FormBody) -> Response {
    let mut response = see_other("/profile");
    if let Ok(language) = form.text("language").parse::<i18n::Language>() {
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

pub(super) async fn change_password(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    form: FormBody,
) -> Result<Response, PageError> {
    let change = account::PasswordChange {
        current: form.text("current"),
        password: form.text("password"),
        session: session_cookie(&headers),
    };
    let changed = account::change_password(&app.store, visit.actor.person, change).await;
    let news = match changed {
        Ok(()) => News {
            said: "people-password-changed",
            ..News::default()
        },
        Err(error) => News {
            errors: form_errors(error, visit.frame.language)?,
            ..News::default()
        },
    };
    page(&app, visit, &headers, news).await
}

pub(super) async fn end_session(
    State(app): State<App>,
    visit: Visit,
    PagePath(handle): PagePath<String>,
) -> Result<Response, PageError> {
    session::end_session(&app.store, visit.actor.person, &handle).await?;
    Ok(see_other("/profile"))
}

/// The token is shown in the answer to the form itself: it stands nowhere else.
pub(super) async fn create_token(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    form: FormBody,
) -> Result<Response, PageError> {
    let news = match new_token(&app, visit.actor.person, &form).await {
        Ok(text) => News {
            fresh_token: text,
            ..News::default()
        },
        Err(error) => News {
            errors: form_errors(error, visit.frame.language)?,
            ..News::default()
        },
    };
    page(&app, visit, &headers, news).await
}

async fn new_token(app: &App, person: Uuid, form: &FormBody) -> Outcome<String> {
    let scopes = token::TokenScope::list(form.text("scope"))?;
    token::create_token(
        &app.store,
        person,
        form.text("name"),
        &scopes,
        form.text("days").parse().unwrap_or(0),
    )
    .await
    .map(|made| made.text)
}

pub(super) async fn revoke_token(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    token::revoke_token(&app.store, visit.actor.person, id).await?;
    Ok(see_other("/profile"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn programs_have_a_name_people_know() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(super::program(chrome), "Chrome · Linux");
        assert_eq!(super::program("curl/8.0"), "curl/8.0");
    }
}
