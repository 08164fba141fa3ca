//! How areas write: under which name and address, and which notices they send by themselves.

use super::SENDERS;
use crate::post::area_mail::{self, AreaMail, Sender, set_sender};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use mail::Mailer;
use people::{Act, Visit, form_errors, sections};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "notice/senders.html")]
struct Senders {
    frame: Frame,
    sections: Vec<Choice>,
    areas: Vec<Line>,
}

/// An area and how it writes.
struct Line {
    href: String,
    name: String,
    address: String,
    sends: Vec<String>,
}

#[derive(Template)]
#[template(path = "notice/sender.html")]
struct SenderPage {
    frame: Frame,
    heading: String,
    own: String,
    version: i64,
    typed: Sender,
    server: String,
    may_change: bool,
    errors: Errors,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    actor.allow_any(Act::Configure)?;
    let (all, areas) = (app.store.all::<AreaMail>().await?, app.store.all::<Area>().await?);
    let line = |area: &store::Loaded<Area>| {
        let (sender, _) = area_mail::sender(&all, area.id);
        Line {
            href: format!("{SENDERS}/{}", area.id),
            name: area.state.name.clone(),
            address: if sender.address.is_empty() {
                server(&app, &frame)
            } else {
                sender.address.clone()
            },
            sends: sends(&frame, &sender),
        }
    };
    let active = areas.iter().filter(|area| area.state.active);
    Ok(html(&Senders {
        areas: active.map(line).collect(),
        sections: sections(&app, &actor, &frame, SENDERS),
        frame: frame.clone().titled(frame.t("notice-senders")),
    }))
}

fn sends(frame: &Frame, sender: &Sender) -> Vec<String> {
    let each = [
        (sender.receipt, "notice-text-receipt"),
        (sender.second_level, "notice-text-second-level"),
        (sender.closing, "notice-text-closing"),
    ];
    let on = each.into_iter().filter(|(on, _)| *on);
    on.map(|(_, key)| frame.t(key)).collect()
}

/// The address of the mail server, or that there is none.
fn server(app: &App, frame: &Frame) -> String {
    let server = app.slots.of::<Mailer>().next();
    server.map_or_else(|| frame.t("notice-server-none"), Mailer::sender)
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    PagePath(area): PagePath<Uuid>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let all = app.store.all::<AreaMail>().await?;
    let (sender, version) = area_mail::sender(&all, area);
    Ok(html(
        &page(&app, visit, area, sender, version, Errors::default()).await?,
    ))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(area): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let on = |field| form.text(field) == "true";
    let sender = Sender {
        name: form.text("name").to_owned(),
        address: form.text("address").to_owned(),
        reply_to: form.text("reply_to").to_owned(),
        receipt: on("receipt"),
        second_level: on("second_level"),
        closing: on("closing"),
    };
    let version: i64 = form.text("version").parse().unwrap_or_default();
    match set_sender(&app.store, &visit.actor, area, sender.clone(), IfMatch::only(version)).await {
        Ok(()) => Ok(see_other(SENDERS)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app, visit, area, sender, version, errors).await?))
        }
    }
}

async fn page(app: &App, visit: Visit, area: Uuid, typed: Sender, version: i64, errors: Errors) -> Outcome<SenderPage> {
    let Visit { actor, frame } = visit;
    let found = Area::by_id(&app.store, area).await?.ok_or_else(Refusal::not_found)?;
    Ok(SenderPage {
        own: format!("{SENDERS}/{area}"),
        version,
        typed,
        server: server(app, &frame),
        may_change: actor.allow_over(Act::Configure, Some(area)).is_ok(),
        errors,
        frame: frame
            .clone()
            .titled(found.name.clone())
            .back_to(SENDERS, frame.t("notice-senders")),
        heading: found.name,
    })
}
