//! Already reported? What may be the same, beside a ticket and while somebody types a subject (SD-055), with the sentence to
//! read out and that it was told (SD-056).

use super::asked::Asked;
use super::desk::Opened;
use super::sentence::text;
use super::show::card;
use super::staff::Staff;
use crate::commands::{Conditions, TicketAct, perform};
use crate::domain::{LinkKind, Ticket, TicketKind};
use crate::queries::{self, Proposal, Reported};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use configuration::Area;
use kernel::{Instant, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use record::Reading;
use serde::Deserialize;
use std::sync::Arc;
use ui::Frame;
use web::{App, FormBody, PageError, PagePath, PageQuery, html, see_other};

/// Proposals beside a ticket and under a subject.
const SHOWN: usize = 3;
/// Beside a ticket nobody asked: what is no parent is proposed from this score on, where all words are the same.
const TOLD_UNASKED: i64 = 100;

/// Something that may be the same.
pub(super) struct Likely {
    /// The ticket; all empty for an outage that no ticket stands for.
    pub(super) href: String,
    pub(super) number: String,
    pub(super) subject: String,
    /// What both have in common.
    pub(super) why: String,
    /// What to read out, where it is known what is out of order.
    pub(super) sentence: String,
    /// The instant it should work again, in milliseconds; empty where nobody knows.
    pub(super) expected: String,
    /// True where that was told already.
    pub(super) told: bool,
    /// True where another can be hung on it.
    pub(super) can_link: bool,
}

/// The proposals under a subject that is being typed.
#[derive(Template)]
#[template(path = "ticket/_reported_now.html")]
struct Now {
    frame: Frame,
    likely: Vec<Likely>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    subject: String,
    area: String,
}

pub(super) async fn while_typing(
    State(app): State<App>,
    staff: Staff,
    PageQuery(typed): PageQuery<Typed>,
) -> Result<Response, PageError> {
    staff.allow_counter()?;
    let likely = of_words(&app, &staff, &typed.subject, &typed.area).await?;
    let frame = staff.frame;
    Ok(html(&Now { frame, likely }))
}

/// What may be the same as what somebody is about to report.
pub(super) async fn of_words(app: &App, staff: &Staff, subject: &str, area: &str) -> Outcome<Vec<Likely>> {
    let subject: String = subject.trim().chars().take(Limit::SOUGHT.most).collect();
    if subject.is_empty() {
        return Ok(Vec::new());
    }
    let areas = app.store.all::<Area>().await?;
    staff.note(app, "search", None);
    let reported = Reported {
        subject,
        area: Area::named(&areas, area).map(|area| area.id),
        at: staff.frame.now,
        ..Reported::default()
    };
    let proposals = proposals(app, &staff.actor, &staff.frame, reported).await?;
    Ok(likely(&staff.frame, proposals))
}

/// What may be the same as a ticket, as long as it matters: open, of no other kind than a malfunction, hanging on nothing.
pub(super) async fn of_ticket(app: &App, actor: &Arc<Actor>, frame: &Frame, opened: &Opened) -> Outcome<Vec<Likely>> {
    let ticket = &opened.ticket;
    let is_parent = |link: &queries::LinkView| link.kind == LinkKind::Parent;
    let matters = ticket.state.is_open()
        && ticket.facts.solved_at.is_none()
        && matches!(ticket.kind, TicketKind::Unknown | TicketKind::Incident)
        && !ticket.links.iter().any(is_parent);
    if !(matters && actor.may(Act::Handle, &opened.card)) {
        return Ok(Vec::new());
    }
    let reported = queries::reported_in(&app.store, &opened.card).await?;
    let mut proposals = proposals(app, actor, frame, reported).await?;
    proposals.retain(|one| one.known.is_some() || one.is_for_linking() || one.score >= TOLD_UNASKED);
    let mut likely = likely(frame, proposals);
    // What was told already is not asked about again.
    let told = |sentence: &str| {
        let mut entries = opened.entries.iter();
        entries.any(|entry| entry.kind == "ticket.times_told" && text(&entry.data, "text") == sentence)
    };
    likely.retain(|one| !one.number.is_empty() || !told(&one.sentence));
    likely.iter_mut().for_each(|one| one.told = told(&one.sentence));
    Ok(likely)
}

async fn proposals(app: &App, actor: &Arc<Actor>, frame: &Frame, reported: Reported) -> Outcome<Vec<Proposal>> {
    let reading = Reading {
        actor: actor.clone(),
        language: frame.language,
        now: frame.now,
        zone: frame.zone.clone(),
    };
    queries::similar_now(app, &reading, reported).await
}

fn likely(frame: &Frame, proposals: Vec<Proposal>) -> Vec<Likely> {
    proposals.into_iter().take(SHOWN).map(|one| shown(frame, one)).collect()
}

fn shown(frame: &Frame, proposal: Proposal) -> Likely {
    let mut why = vec![frame.t1("ticket-page-reported-words", "words", proposal.why.words.join(", "))];
    let also = [
        (proposal.why.category, "ticket-page-reported-category"),
        (proposal.why.parent, "ticket-page-reported-parent"),
    ];
    why.extend(also.iter().filter(|(holds, _)| *holds).map(|(_, key)| frame.t(key)));
    if let Some(card) = &proposal.card {
        why.push(frame.t1("ticket-page-reported-opened", "when", frame.when(&card.opened_at)));
    }
    let expected = proposal.known.as_ref().and_then(|known| known.expected_at);
    let can_link = proposal.card.is_some() && !proposal.is_child;
    let (number, subject) = proposal
        .card
        .map(|card| (card.number, card.subject))
        .unwrap_or_default();
    Likely {
        href: format!("/tickets/{number}"),
        number,
        subject,
        why: why.join(" · "),
        told: false,
        sentence: proposal.known.map(|known| known.sentence).unwrap_or_default(),
        expected: expected.map(|at| at.as_millis().to_string()).unwrap_or_default(),
        can_link,
    }
}

/// What was told, as a form brings it: the instant in milliseconds, a blank, the words.
pub(super) fn told(said: &str) -> Option<TicketAct> {
    let (expected, words) = said.split_once(' ')?;
    let words = words.trim();
    (!words.is_empty()).then(|| TicketAct::TellTimes {
        text: words.to_owned(),
        expected_at: expected.parse().ok().map(Instant::from_millis),
    })
}

/// The ticket is hung on what was reported already, or its requester was told what is known.
pub(super) async fn answer(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
    body: FormBody,
) -> Result<Response, PageError> {
    let card = card(&app, &staff, &number).await?;
    let acts = match body.get("parent") {
        Some(parent) => linking(&app, card.id, parent).await?,
        None => vec![told(body.text("told")).ok_or_else(Refusal::not_found)?],
    };
    perform(&app.store, &staff.actor, card.id, acts, Conditions::default()).await?;
    Ok(see_other(&asked.ticket(&card.number, "")))
}

/// Whoever says that it is the same says that it is a malfunction, and has taken it.
async fn linking(app: &App, ticket: Uuid, parent: &str) -> Outcome<Vec<TicketAct>> {
    let ticket = app.store.read().state::<Ticket>(ticket).await?;
    let ticket = ticket.ok_or_else(Refusal::not_found)?.state;
    let mut acts = Vec::new();
    if ticket.facts.taken_at.is_none() {
        acts.push(TicketAct::Take);
    }
    if ticket.kind == TicketKind::Unknown {
        acts.push(TicketAct::Classify {
            kind: Some(TicketKind::Incident),
            category: None,
            impact: None,
            urgency: None,
            priority: None,
            reason: None,
        });
    }
    acts.push(TicketAct::Link {
        kind: LinkKind::Parent,
        to: parent.to_owned(),
    });
    Ok(acts)
}
