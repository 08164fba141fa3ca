//! Asking for something: a subject, a few words, files.

use crate::files::Sent;
use crate::standing::href;
use askama::Template;
use axum::extract::{Query, Request, State};
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Uuid};
use people::{Actor, Visit, form_errors};
use serde::Deserialize;
use std::sync::Arc;
use store::{Idempotency, Store};
use ticket::{Conditions, CreateTicket, TicketAct};
use ui::{Choice, Errors, Frame};
use web::{App, PageError, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "portal/new.html")]
struct New {
    frame: Frame,
    areas: Vec<Choice>,
    asked: Asked,
    once: Uuid,
    errors: Errors,
    limit: String,
    files_again: bool,
}

/// What a person asks for, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Area, by identity.
    pub area: String,
    /// Subject.
    pub subject: String,
    /// Description.
    pub description: String,
}

pub(super) async fn form(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let page = page(&app, visit.frame, asked, Errors::default(), false).await?;
    Ok(html(&page))
}

async fn page(app: &App, frame: Frame, asked: Asked, errors: Errors, files_again: bool) -> Outcome<New> {
    let (title, back) = (frame.t("portal-new"), frame.t("portal-place-home"));
    let all = app.store.all::<Area>().await?;
    let areas = all.iter().filter(|area| area.state.active);
    let areas = areas
        .map(|area| Choice::new(area.id.to_string(), &area.state.name, &asked.area))
        .collect();
    let limit = frame.t1(
        "portal-files-help",
        "most",
        frame.language.size_limit(app.settings.attachment_limit),
    );
    let frame = frame.titled(title).back_to("/portal", back);
    Ok(New {
        frame,
        areas,
        asked,
        once: Uuid::now_v7(),
        errors,
        limit,
        files_again,
    })
}

pub(super) async fn open(State(app): State<App>, visit: Visit, request: Request) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let sent = Sent::read(&app, request).await?;
    let text = |field| sent.fields.text(field).to_owned();
    let asked = Asked {
        area: text("area"),
        subject: text("subject"),
        description: text("description"),
    };
    let files_again = !sent.files.is_empty() || sent.refused.is_some();
    let once = text("once");
    let opened = match sent.refused {
        Some(error) => Err(error),
        None => create(&app.store, &actor, &asked, &once, sent.files).await,
    };
    match opened {
        Ok(number) => Ok(see_other(&format!("{}?said=opened", href(&number)))),
        Err(error) => {
            let errors = form_errors(error, frame.language)?;
            let page = page(&app, frame, asked, errors, files_again).await?;
            Ok(to_mend(&page))
        }
    }
}

/// Opens the request and puts its files on it; the same form sent twice opens one.
async fn create(
    store: &Store,
    actor: &Arc<Actor>,
    asked: &Asked,
    once: &str,
    files: Vec<record::NewAttachment>,
) -> Outcome<String> {
    let wanted = CreateTicket {
        area: Some(asked.area.clone()).filter(|area| !area.is_empty()),
        subject: asked.subject.clone(),
        description: Some(asked.description.clone()),
        ..CreateTicket::default()
    };
    let key = format!("{once}\n{}\n{}\n{}", asked.area, asked.subject, asked.description);
    let conditions = |step: &str| Conditions {
        idempotency: Some(Idempotency::new(actor.person, &format!("{step}\n{key}"), &[b"portal"])),
        ..Conditions::default()
    };
    let hashes: Vec<String> = files.iter().map(|file| file.blob.hash.clone()).collect();
    let ticket = match ticket::create(store, actor, wanted, conditions("open")).await {
        Ok(ticket) => ticket,
        Err(error) => {
            drop(files);
            record::put_back(store, hashes).await;
            return Err(error);
        }
    };
    if !files.is_empty() {
        let acts = files.into_iter().map(|file| TicketAct::Attach { file }).collect();
        ticket::perform(store, actor, ticket.id, acts, conditions("attach")).await?;
    }
    Ok(ticket.number)
}
