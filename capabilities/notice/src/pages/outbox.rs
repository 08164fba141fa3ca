//! Mail on its way and what became of it, with the way to try again.

use super::OUTBOX;
use crate::post::commands;
use crate::post::mail::MailState;
use crate::post::row::{self, MailRow, Walk};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Instant, Outcome, Uuid};
use mail::Mailer;
use people::{Act, Visit, form_errors, sections};
use serde::Deserialize;
use std::collections::HashMap;
use ui::{Choice, Errors, Frame};
use web::{App, PageError, PagePath, PageQuery, html, see_other, to_mend};

/// Mails on a page.
const SHOWN: i64 = 50;

/// Which mails.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OutboxQuery {
    state: String,
    after: String,
}

#[derive(Template)]
#[template(path = "notice/outbox.html")]
struct Outbox {
    frame: Frame,
    sections: Vec<Choice>,
    states: Vec<Choice>,
    server: String,
    has_server: bool,
    any_held: bool,
    mails: Vec<Line>,
    next: String,
    errors: Errors,
}

/// A mail in the list.
struct Line {
    number: String,
    href: String,
    to: String,
    occasion: String,
    state: String,
    tone: &'static str,
    attempts: i64,
    error: String,
    next_at: Option<Instant>,
    recorded_at: Instant,
    /// Where it is tried again; empty where it is not.
    again: String,
}

pub(super) async fn list(
    State(app): State<App>,
    visit: Visit,
    PageQuery(query): PageQuery<OutboxQuery>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::ManageJobs)?;
    Ok(html(&page(&app, visit, query, Errors::default()).await?))
}

pub(super) async fn requeue(
    State(app): State<App>,
    visit: Visit,
    PagePath(mail): PagePath<Uuid>,
) -> Result<Response, PageError> {
    let done = commands::requeue(&app, &visit.actor, mail).await;
    answer(&app, visit, done).await
}

pub(super) async fn requeue_held(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    let done = commands::requeue_held(&app, &visit.actor).await;
    answer(&app, visit, done.map(drop)).await
}

async fn answer(app: &App, visit: Visit, done: Outcome<()>) -> Result<Response, PageError> {
    match done {
        Ok(()) => Ok(see_other(OUTBOX)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(app, visit, OutboxQuery::default(), errors).await?))
        }
    }
}

async fn page(app: &App, visit: Visit, query: OutboxQuery, errors: Errors) -> Outcome<Outbox> {
    let Visit { actor, frame } = visit;
    let state = MailState::from_code(&query.state);
    let mut mails = row::list(app.store.read(), state, walk(&query.after), SHOWN + 1).await?;
    let more = mails.len() as i64 > SHOWN;
    mails.truncate(SHOWN as usize);
    let next = mails.last().filter(|_| more).map(|last| {
        let after = format!("{}.{}", last.recorded_at.as_millis(), last.id);
        format!("{OUTBOX}?state={}&after={after}", query.state)
    });
    let server = app.slots.of::<Mailer>().next();
    Ok(Outbox {
        sections: sections(app, &actor, &frame, OUTBOX),
        states: states(app, &frame, state).await?,
        server: server
            .map(|server| frame.t1("notice-server", "sender", server.sender()))
            .unwrap_or_default(),
        has_server: server.is_some(),
        any_held: row::count(app.store.read(), MailState::Held).await? > 0,
        mails: lines(app, &frame, mails, server.is_some()).await?,
        next: next.unwrap_or_default(),
        errors,
        frame: frame.clone().titled(frame.t("notice-outbox")),
    })
}

/// A place of the walk, as the address of the next page says it.
fn walk(after: &str) -> Option<Walk> {
    let (at, id) = after.split_once('.')?;
    Some((at.parse().ok()?, id.parse().ok()?))
}

async fn states(app: &App, frame: &Frame, state: Option<MailState>) -> Outcome<Vec<Choice>> {
    let address = |state: MailState| format!("{OUTBOX}?state={}", state.code());
    let current = state.map_or_else(|| OUTBOX.to_owned(), address);
    let mut states = vec![Choice::new(OUTBOX, frame.t("notice-state-all"), &current)];
    for state in MailState::ALL {
        let mut label = frame.t(state.label());
        if state != MailState::Sent {
            let count = row::count(app.store.read(), state).await?;
            label = format!("{label} {}", frame.language.count_up_to(count.unsigned_abs(), 999));
        }
        states.push(Choice::new(address(state), label, &current));
    }
    Ok(states)
}

async fn lines(app: &App, frame: &Frame, mails: Vec<MailRow>, has_server: bool) -> Outcome<Vec<Line>> {
    let names = people::names(app.store.read(), mails.iter().map(|mail| mail.person)).await?;
    let tickets: Vec<Uuid> = mails.iter().map(|mail| mail.ticket).collect();
    let cards = app.store.read().cards(&tickets).await?;
    let numbers: HashMap<Uuid, String> = cards.into_iter().map(|card| (card.id, card.number)).collect();
    let line = |mail: MailRow| {
        let number = numbers.get(&mail.ticket).cloned().unwrap_or_default();
        Line {
            href: format!("/tickets/{number}/mail"),
            number,
            to: names
                .get(&mail.person)
                .cloned()
                .unwrap_or_else(|| frame.t("notice-erased")),
            occasion: frame.t(mail.occasion.text().label()),
            state: frame.t(mail.state.label()),
            tone: mail.state.tone(),
            attempts: mail.attempts,
            error: error(frame, &mail),
            next_at: mail.state.is_on_its_way().then_some(mail.next_at),
            recorded_at: mail.recorded_at,
            again: if has_server && mail.state.may_be_tried_again() {
                format!("{OUTBOX}/{}/requeue", mail.id)
            } else {
                String::new()
            },
        }
    };
    Ok(mails.into_iter().map(line).collect())
}

/// What went wrong last, in words.
pub(super) fn error(frame: &Frame, mail: &MailRow) -> String {
    match mail.state {
        MailState::Held => frame.t("notice-no-server"),
        MailState::Dead if mail.last_error == "erased" => frame.t("notice-error-erased"),
        _ => mail.last_error.clone(),
    }
}
