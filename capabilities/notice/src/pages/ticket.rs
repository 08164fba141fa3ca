//! The mail of a ticket: what was sent and what became of it, and who would be written to now, and why.

use super::outbox::error;
use crate::post::mail::MailState;
use crate::post::rehearsal::{Would, rehearse};
use crate::post::row;
use crate::text::for_ticket::About;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Instant, Refusal};
use people::{Act, Address, Visit};
use ui::Frame;
use web::{App, PageError, PagePath, ReadNote, html};

#[derive(Template)]
#[template(path = "notice/ticket.html")]
struct TicketMail {
    frame: Frame,
    number: String,
    subject: String,
    to: String,
    voice: String,
    mails: Vec<Line>,
    would: Vec<Row>,
}

/// A mail.
struct Line {
    occasion: String,
    to: String,
    state: String,
    tone: &'static str,
    attempts: i64,
    error: String,
    next_at: Option<Instant>,
    recorded_at: Instant,
    updated_at: Instant,
}

/// What an occasion would come to.
struct Row {
    occasion: String,
    said: String,
    tone: &'static str,
}

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    Address(address): Address,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let card = record::card(app.store.read(), &actor, Act::View, &number).await?;
    if !actor.may(Act::ViewInternal, &card) {
        return Err(Refusal::not_found().into());
    }
    app.reads.note(ReadNote {
        person: actor.person,
        what: "ticket",
        record: Some(card.id),
        at: frame.now,
        address,
    });
    let about = About::load(&app.store, card.id).await?.ok_or_else(Refusal::not_found)?;
    let mails = row::of_ticket(app.store.read(), card.id).await?;
    let names = people::names(app.store.read(), mails.iter().map(|mail| mail.person)).await?;
    let line = |mail: &row::MailRow| Line {
        occasion: frame.t(mail.occasion.text().label()),
        to: names
            .get(&mail.person)
            .cloned()
            .unwrap_or_else(|| frame.t("notice-erased")),
        state: frame.t(mail.state.label()),
        tone: mail.state.tone(),
        attempts: mail.attempts,
        error: error(&frame, mail),
        next_at: mail.state.is_on_its_way().then_some(mail.next_at),
        recorded_at: mail.recorded_at,
        updated_at: mail.updated_at,
    };
    let would = rehearse(&app, &about).await?;
    Ok(html(&TicketMail {
        mails: mails.iter().map(line).collect(),
        would: would.iter().map(|would| told(&frame, would)).collect(),
        to: to(&about),
        voice: frame.t(about.voice().label()),
        subject: about.subject.clone(),
        frame: frame
            .clone()
            .titled(frame.t1("notice-ticket-mail", "number", card.number.as_str()))
            .back_to(format!("/tickets/{}", card.number), card.number.clone()),
        number: card.number,
    }))
}

/// Whoever asked, with the address.
fn to(about: &About) -> String {
    let Some(who) = &about.requester else {
        return String::new();
    };
    match about.address() {
        Some(address) => format!("{} <{address}>", who.identity.name),
        None => who.identity.name.clone(),
    }
}

fn told(frame: &Frame, would: &Would) -> Row {
    let (key, tone) = match (would.state, would.why) {
        (Some(MailState::Held), _) => ("notice-would-hold", "warning"),
        (Some(MailState::NoAddress), _) => ("notice-would-no-address", "danger"),
        (None, Some(why)) => (why.label(), "neutral"),
        _ => ("notice-would-write", "success"),
    };
    Row {
        occasion: frame.t(would.occasion.text().label()),
        said: frame.t(key),
        tone,
    }
}
