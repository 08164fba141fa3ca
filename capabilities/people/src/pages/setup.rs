//! The page that an empty installation opens with.

use super::form::form_errors;
use super::sign_in::signed_in;
use crate::{Guest, SetUp, installation};
use askama::Template;
use axum::extract::{ConnectInfo, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kernel::Outcome;
use std::net::SocketAddr;
use ui::{Errors, Frame};
use web::{App, FormBody, PageError, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "people/setup.html")]
pub(super) struct SetUpPage {
    pub(super) frame: Frame,
    pub(super) asked: SetUp,
    pub(super) code: String,
    pub(super) errors: Errors,
}

/// The names of the fields.
const LABELS: [(&str, &str); 6] = [
    ("code", "people-set-up-code"),
    ("organisation", "people-organisation"),
    ("area", "people-set-up-area"),
    ("name", "people-name"),
    ("email", "people-email"),
    ("password", "people-password"),
];

impl SetUpPage {
    fn new(frame: Frame, asked: SetUp, code: String, errors: Errors) -> Self {
        let title = frame.t("people-set-up");
        let errors = errors.labelled(LABELS.map(|(field, key)| (field, frame.t(key))));
        Self {
            frame: frame.titled(title),
            asked,
            code,
            errors,
        }
    }
}

pub(super) async fn show(State(app): State<App>, Guest(frame): Guest) -> Result<Response, PageError> {
    if !installation::is_empty(app.store.read()).await? {
        return Ok(see_other("/"));
    }
    let asked = SetUp {
        area: frame.t("people-set-up-area-default"),
        ..SetUp::default()
    };
    Ok(html(&SetUpPage::new(frame, asked, String::new(), Errors::default())))
}

pub(super) async fn run(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Guest(frame): Guest,
    form: FormBody,
) -> Result<Response, PageError> {
    if !installation::is_empty(app.store.read()).await? {
        return Ok(see_other("/"));
    }
    let text = |field| form.text(field).to_owned();
    let asked = SetUp {
        organisation: text("organisation"),
        name: text("name"),
        email: text("email"),
        password: text("password"),
        area: text("area"),
    };
    match set_up(&app, asked.clone(), form.text("code"), &frame).await {
        Ok(person) => signed_in(&app, person, peer, &headers, "/").await,
        Err(error) => {
            let errors = form_errors(error, frame.language)?;
            let page = SetUpPage::new(frame, asked, text("code"), errors);
            Ok(to_mend(&page))
        }
    }
}

async fn set_up(app: &App, asked: SetUp, code: &str, frame: &Frame) -> Outcome<kernel::Uuid> {
    installation::check(app.store.read(), code, asked.clone()).await?;
    installation::set_up(&app.store, asked, frame.language).await
}
