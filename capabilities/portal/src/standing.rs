//! Where a request stands, in a person's words.

use kernel::{Instant, Outcome};
use std::collections::HashMap;
use store::{Card, Store};
use ticket::domain::{State, Ticket, WaitingReason};
use ui::Frame;

/// Where a request stands, and what is expected of the person.
#[derive(Clone, Debug)]
pub struct Standing {
    /// In a word or two.
    pub label: String,
    /// Colour of the word.
    pub tone: &'static str,
    /// True when the person is asked whether it works now.
    pub asks: bool,
    /// True when nothing goes on before the person answers.
    pub awaits: bool,
}

impl Standing {
    /// The standing of a state; `for_requester` when it waits for the person.
    pub fn of(frame: &Frame, state: State, for_requester: bool) -> Self {
        let (key, tone) = match state {
            State::New => ("portal-standing-new", "neutral"),
            State::Taken | State::Level1Work | State::BackOfficeWork | State::UnderControl => {
                ("portal-standing-working", "info")
            }
            State::Level2Work | State::Linked => ("portal-standing-specialists", "info"),
            State::Waiting if for_requester => ("portal-standing-awaits", "warning"),
            State::Waiting => ("portal-standing-waiting", "neutral"),
            State::SolutionGiven | State::TechnicallyClosed | State::ContactPending => {
                ("portal-standing-solved", "success")
            }
            State::Closed => ("portal-standing-closed", "neutral"),
            State::Cancelled => ("portal-standing-cancelled", "neutral"),
            State::Merged => ("portal-standing-merged", "neutral"),
        };
        let asks = state == State::SolutionGiven;
        Self {
            label: frame.t(key),
            tone,
            asks,
            awaits: state == State::Waiting && for_requester,
        }
    }
}

/// A request as a list shows it.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Its page.
    pub href: String,
    /// Subject.
    pub subject: String,
    /// Number, when, who: one quiet line.
    pub line: String,
    /// Where it stands.
    pub standing: Standing,
}

/// The rows of some cards: the people who work on them are looked up together.
pub async fn rows(store: &Store, frame: &Frame, cards: &[Card]) -> Outcome<Vec<RequestRow>> {
    let names = people::names(store.read(), cards.iter().filter_map(|card| card.operator)).await?;
    let mut rows = Vec::with_capacity(cards.len());
    for card in cards {
        let state = State::from_code(&card.state).unwrap_or(State::New);
        let for_requester = state == State::Waiting && waits_for_requester(store, card).await?;
        let standing = Standing::of(frame, state, for_requester);
        let line = line(frame, card, state, &standing, &names);
        rows.push(RequestRow {
            href: href(&card.number),
            subject: card.subject.clone(),
            line,
            standing,
        });
    }
    Ok(rows)
}

/// The page of a request.
pub fn href(number: &str) -> String {
    format!("/portal/requests/{number}")
}

async fn waits_for_requester(store: &Store, card: &Card) -> Outcome<bool> {
    let ticket = store.read().state::<Ticket>(card.id).await?;
    Ok(ticket.is_some_and(|ticket| awaits_requester(&ticket.state)))
}

/// True while it waits for the person who asked.
pub fn awaits_requester(ticket: &Ticket) -> bool {
    ticket
        .waiting
        .as_ref()
        .is_some_and(|waiting| waiting.reason == WaitingReason::Requester)
}

fn line(
    frame: &Frame,
    card: &Card,
    state: State,
    standing: &Standing,
    names: &HashMap<kernel::Uuid, String>,
) -> String {
    let said = match state {
        _ if standing.awaits => frame.t("portal-line-awaits"),
        _ if standing.asks => frame.t1("portal-line-solved", "when", moment(frame, card.updated_at)),
        State::Closed | State::Cancelled | State::Merged => {
            frame.t1("portal-line-closed", "when", moment(frame, card.updated_at))
        }
        _ => frame.t1("portal-line-opened", "when", moment(frame, card.opened_at)),
    };
    let who = card
        .operator
        .and_then(|operator| names.get(&operator))
        .filter(|_| card.open && !standing.asks && !standing.awaits);
    match who {
        Some(name) => format!("{} · {said} · {}", card.number, frame.t1("portal-line-by", "who", name)),
        None => format!("{} · {said}", card.number),
    }
}

/// An instant inside a sentence: `oggi alle 9:12`, `ieri 16:40`.
pub fn moment(frame: &Frame, at: Instant) -> String {
    let language = frame.language;
    if language.day(at, &frame.zone) == language.day(frame.now, &frame.zone) {
        return frame.t1("portal-today", "hour", language.hour(at, &frame.zone));
    }
    frame.when(&at)
}
