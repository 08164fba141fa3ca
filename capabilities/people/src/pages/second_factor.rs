//! One's own second step of signing in: switched on with a code, shown once, switched off with a code.

use super::form::form_errors;
use crate::second_factor::{self, Offered, SecondFactor, second_factor_of};
use crate::{Actor, Visit};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Error, Outcome};
use qrcode::{Color, QrCode};
use ui::{Errors, Frame};
use web::{App, FormBody, PageError, html};

/// What is to be seen: where one stands, a secret to be confirmed, or codes to be kept.
struct Step {
    stands: SecondFactor,
    offered: Option<Offered>,
    /// The secret's address as squares, for a camera.
    picture: Picture,
    codes: Vec<String>,
    said: String,
    errors: Errors,
}

/// Squares as the path of a drawing.
#[derive(Default)]
struct Picture {
    path: String,
    size: usize,
}

#[derive(Template)]
#[template(path = "people/second_factor_console.html")]
struct ConsolePage {
    frame: Frame,
    step: Step,
}

#[derive(Template)]
#[template(path = "people/second_factor_portal.html")]
struct PortalPage {
    frame: Frame,
    step: Step,
}

#[derive(Default)]
struct News {
    offered: Option<Offered>,
    codes: Vec<String>,
    said: &'static str,
    errors: Errors,
}

pub(super) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    page(&app, visit, News::default()).await
}

pub(super) async fn begin(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let offered = second_factor::offer(&app.store, visit.actor.person).await?;
    let news = News {
        offered: Some(offered),
        ..News::default()
    };
    page(&app, visit, news).await
}

pub(super) async fn confirm(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    let person = visit.actor.person;
    let news = match second_factor::confirm(&app.store, person, form.text("code")).await {
        Ok(codes) => News {
            codes,
            said: "people-second-now-on",
            ..News::default()
        },
        Err(error) => News {
            errors: refused(error, &visit)?,
            offered: Some(second_factor::waiting(&app.store, person).await?),
            ..News::default()
        },
    };
    page(&app, visit, news).await
}

pub(super) async fn renew(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    let renewed = second_factor::renew_codes(&app.store, visit.actor.person, form.text("code")).await;
    let news = match renewed {
        Ok(codes) => News {
            codes,
            ..News::default()
        },
        Err(error) => News {
            errors: refused(error, &visit)?,
            ..News::default()
        },
    };
    page(&app, visit, news).await
}

pub(super) async fn switch_off(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    let off = second_factor::switch_off(&app.store, visit.actor.person, form.text("code")).await;
    let news = match off {
        Ok(()) => News {
            said: "people-second-now-off",
            ..News::default()
        },
        Err(error) => News {
            errors: refused(error, &visit)?,
            ..News::default()
        },
    };
    page(&app, visit, news).await
}

fn refused(error: Error, visit: &Visit) -> Result<Errors, PageError> {
    form_errors(error, visit.frame.language)
}

async fn page(app: &App, visit: Visit, news: News) -> Result<Response, PageError> {
    let status = if news.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let step = step(app, &visit.actor, &visit.frame, news).await?;
    let title = visit.frame.t("people-second");
    let back = visit.frame.t("ui-profile");
    let frame = visit.frame.titled(title).back_to("/profile", back);
    let page = if visit.actor.is_staff() {
        html(&ConsolePage { frame, step })
    } else {
        html(&PortalPage { frame, step })
    };
    Ok((status, page).into_response())
}

async fn step(app: &App, actor: &Actor, frame: &Frame, news: News) -> Outcome<Step> {
    let picture = news
        .offered
        .as_ref()
        .map(|offered| drawn(&offered.address))
        .transpose()?;
    Ok(Step {
        stands: second_factor_of(&app.store, actor.person).await?,
        picture: picture.unwrap_or_default(),
        offered: news.offered,
        codes: news.codes,
        said: match news.said {
            "" => String::new(),
            key => frame.t(key),
        },
        errors: news.errors,
    })
}

/// Each row of squares as strokes of one path, so that no style is needed.
fn drawn(address: &str) -> Outcome<Picture> {
    let code = QrCode::new(address).map_err(|cause| anyhow::anyhow!("no picture: {cause}"))?;
    let size = code.width();
    let squares = code.to_colors();
    let mut path = String::new();
    for (place, colour) in squares.iter().enumerate() {
        if *colour == Color::Dark {
            // Four squares of quiet around it, as readers want.
            path.push_str(&format!("M{} {}h1v1h-1z", place % size + 4, place / size + 4));
        }
    }
    Ok(Picture { path, size: size + 8 })
}
