//! One request: where it stands, what is asked of the person, the whole conversation.

use crate::standing::{Standing, awaits_requester, moment};
use crate::timeline::{Item, items};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor, Visit};
use serde::Deserialize;
use store::Card;
use ticket::domain::{State as TicketState, Ticket};
use ui::{Choice, Errors, Frame};
use web::{App, PageError, PagePath, PageQuery, html, to_mend};

/// Entries of the history that a page shows.
const SHOWN: i64 = 1000;

#[derive(Template)]
#[template(path = "portal/show.html")]
struct Show {
    frame: Frame,
    number: String,
    subject: String,
    about: String,
    standing: Standing,
    items: Vec<Item>,
    said: String,
    typed: Typed,
    errors: Errors,
    open: bool,
    may_write: bool,
    may_reopen: bool,
    reopen_days: i64,
    may_rate: bool,
    scores: Vec<Choice>,
    rated: bool,
    limit: String,
    /// The key under which an answer is given once.
    once: Uuid,
}

/// What was typed into a form that was refused.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The answer.
    pub body: String,
    /// The word on the solution.
    pub note: String,
    /// Why it is to be reopened.
    pub reason: String,
    /// The word with a rating.
    pub rating_note: String,
}

#[derive(Deserialize)]
pub(super) struct ShowQuery {
    #[serde(default)]
    said: String,
}

/// Things a page may say after an act.
const SAID: [&str; 7] = [
    "opened",
    "sent",
    "accepted",
    "refused",
    "withdrawn",
    "reopened",
    "rated",
];

pub(super) async fn show(
    State(app): State<App>,
    visit: Visit,
    PagePath(number): PagePath<String>,
    PageQuery(query): PageQuery<ShowQuery>,
) -> Result<Response, PageError> {
    let card = own(&app, &visit.actor, &number).await?;
    let said = SAID.iter().find(|said| **said == query.said);
    let said = said.map_or_else(String::new, |said| {
        visit.frame.t1(&format!("portal-said-{said}"), "number", &card.number)
    });
    let page = page(&app, visit, card, said, Typed::default(), Errors::default()).await?;
    Ok(html(&page))
}

/// The page again, with what was refused and what was typed.
pub(super) async fn refused(
    app: &App,
    visit: Visit,
    card: Card,
    typed: Typed,
    errors: Errors,
) -> Result<Response, PageError> {
    let page = page(app, visit, card, String::new(), typed, errors).await?;
    Ok(to_mend(&page))
}

/// A request of one's own; any other does not exist here.
///
/// # Errors
/// A refusal 404.
pub(super) async fn own(app: &App, actor: &Actor, number: &str) -> Outcome<Card> {
    let card = record::card(app.store.read(), actor, Act::View, number).await?;
    if card.requester == Some(actor.person) {
        Ok(card)
    } else {
        Err(Refusal::not_found().into())
    }
}

/// One to five, each with what it means; the best last, as one reads.
fn scores(frame: &Frame, current: Option<i64>) -> Vec<Choice> {
    let current = current.map_or_else(String::new, |score| score.to_string());
    let each =
        (1..=5).map(|score: i64| Choice::new(score.to_string(), frame.t(&format!("portal-score-{score}")), &current));
    each.collect()
}

async fn page(app: &App, visit: Visit, card: Card, said: String, typed: Typed, errors: Errors) -> Outcome<Show> {
    let Visit { actor, frame } = visit;
    let store = &app.store;
    let ticket = store
        .read()
        .state::<Ticket>(card.id)
        .await?
        .ok_or_else(Refusal::not_found)?
        .state;
    let entries = ticket::entries(store, &actor, &card, 0, SHOWN).await?;
    let area = Area::by_id(store, card.area).await?.unwrap_or_default();
    let days = area.parameters.reopen_days;
    let closed_for = ticket.facts.closed_at.map(|at| frame.now.seconds_since(at));
    let back = frame.t("portal-own");
    let number = card.number.clone();
    let frame = frame
        .titled(format!("{number} {}", card.subject))
        .back_to("/portal", back);
    let opened = frame.t1("portal-line-opened", "when", moment(&frame, card.opened_at));
    Ok(Show {
        about: format!("{number} · {opened} · {}", area.name),
        standing: Standing::of(&frame, ticket.state, awaits_requester(&ticket)),
        items: items(&frame, &number, actor.person, &entries),
        open: ticket.state.is_open(),
        may_write: !matches!(
            ticket.state,
            TicketState::Cancelled | TicketState::Merged | TicketState::Closed
        ),
        may_reopen: ticket.state == TicketState::Closed && closed_for.is_some_and(|seconds| seconds <= days * 86_400),
        reopen_days: days,
        may_rate: ticket.may_be_rated(frame.now),
        scores: scores(&frame, ticket.rating.map(|rating| rating.score)),
        rated: ticket.rating.is_some(),
        limit: frame.t1(
            "portal-files-help",
            "most",
            frame.language.size_limit(app.settings.attachment_limit),
        ),
        once: Uuid::now_v7(),
        subject: card.subject,
        number,
        said,
        typed,
        errors,
        frame,
    })
}
