//! Asking for something: a subject, a few words, files.

use crate::files::Sent;
use crate::standing::href;
use crate::suggestions::{self, Suggested};
use askama::Template;
use axum::extract::{Request, State};
use axum::response::Response;
use catalogue::{Offer, Offering, offered};
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Actor, Visit, form_errors};
use serde::Deserialize;
use std::sync::Arc;
use store::{Idempotency, Store};
use ticket::{Conditions, CreateTicket, TicketAct};
use ui::{Choice, Errors, Frame};
use web::{App, PageError, PageQuery, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "portal/new.html")]
struct New {
    frame: Frame,
    areas: Vec<Choice>,
    asked: Asked,
    offer: Option<Offer>,
    answered: bool,
    suggested: Suggested,
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
    /// What was chosen of the catalogue, by identity.
    pub offering: String,
}

pub(super) async fn form(
    State(app): State<App>,
    visit: Visit,
    PageQuery(asked): PageQuery<Asked>,
) -> Result<Response, PageError> {
    let page = page(&app, visit, asked, Errors::default(), false).await?;
    Ok(html(&page))
}

async fn page(app: &App, visit: Visit, asked: Asked, errors: Errors, files_again: bool) -> Outcome<New> {
    let Visit { actor, frame } = visit;
    let suggested = suggestions::for_subject(app, &actor, &frame, &asked.subject).await?;
    let offerings = app.store.all::<Offering>().await?;
    // One that is offered no more is asked for like anything else.
    let chosen = asked.offering.parse::<Uuid>().ok();
    let offer = chosen.and_then(|id| offered(&offerings, id).ok().cloned());
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
        asked: Asked {
            offering: offer.as_ref().map_or_else(String::new, |_| asked.offering.clone()),
            ..asked
        },
        answered: offer.as_ref().is_some_and(|offer| offer.area.is_some()),
        offer,
        suggested,
        once: Uuid::now_v7(),
        errors,
        limit,
        files_again,
    })
}

pub(super) async fn open(State(app): State<App>, visit: Visit, request: Request) -> Result<Response, PageError> {
    let (actor, language) = (visit.actor.clone(), visit.frame.language);
    let sent = Sent::read(&app, request).await?;
    let text = |field| sent.fields.text(field).to_owned();
    let asked = Asked {
        area: text("area"),
        subject: text("subject"),
        description: text("description"),
        offering: text("offering"),
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
            let errors = form_errors(error, language)?;
            let page = page(&app, visit, asked, errors, files_again).await?;
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
    let offering = Some(&asked.offering).filter(|offering| !offering.is_empty());
    let offering = offering.map(|offering| offering.parse()).transpose();
    let wanted = CreateTicket {
        offering: offering.map_err(|_| Refusal::field("offering", "field-not-found"))?,
        area: Some(asked.area.clone()).filter(|area| !area.is_empty()),
        subject: asked.subject.clone(),
        description: Some(asked.description.clone()),
        ..CreateTicket::default()
    };
    let key = format!(
        "{once}\n{}\n{}\n{}\n{}",
        asked.area, asked.offering, asked.subject, asked.description
    );
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
