//! The facts beside the conversation: times, requester, classification, assignment, links.

use super::asked::Asked;
use super::desk::Opened;
use super::names::term;
use super::promised::{Promised, promised};
use super::sentence::text;
use super::times::Spent;
use crate::commands::field_name;
use crate::domain::{AssignmentState, Channel};
use crate::queries;
use i18n::Language;
use kernel::Outcome;
use people::{Act, Actor, Origin};
use record::{Aside, Beside, asides};
use std::sync::Arc;
use store::Store;
use ui::Frame;
use web::App;

/// Recent tickets of the requester that are shown.
const RECENT: usize = 6;
/// Children that are shown.
const CHILDREN: usize = 20;

/// Everything beside the conversation.
pub(super) struct Side {
    /// The ticket's own address, with the list it was opened from.
    pub(super) base: String,
    pub(super) query: String,
    pub(super) spent: Spent,
    pub(super) requester: Option<Requester>,
    pub(super) may_handle: bool,
    pub(super) may_assign: bool,
    pub(super) classification: Vec<(String, String)>,
    pub(super) group: String,
    pub(super) operator: String,
    pub(super) area: String,
    pub(super) assignments: Vec<Part>,
    pub(super) links: Vec<Linked>,
    /// What is still to be kept, and whether the reader may answer for it.
    pub(super) promised: Vec<Promised>,
    pub(super) may_promise: bool,
    /// Children beyond those that are listed.
    pub(super) more_children: String,
    pub(super) external: String,
    /// What other capabilities keep of it.
    pub(super) asides: Vec<Aside>,
}

/// Who asked.
pub(super) struct Requester {
    pub(super) name: String,
    pub(super) office: String,
    pub(super) category: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) pin: String,
    pub(super) proof: String,
    pub(super) tone: &'static str,
    pub(super) how: String,
    pub(super) history: String,
    pub(super) recent: Vec<Recent>,
    /// What registries know, for those who may see people.
    pub(super) origins: Vec<Origin>,
    pub(super) discrepancy: Option<Discrepancy>,
}

/// What does not agree, and whether it is to be told.
pub(super) struct Discrepancy {
    pub(super) fields: String,
    /// What was told last; empty when nothing was.
    pub(super) told: String,
    /// The words of the button; empty where nothing is to be done.
    pub(super) tell: String,
}

/// Another ticket of the requester.
pub(super) struct Recent {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) subject: String,
    pub(super) open: bool,
}

/// A second-level assignment, with what can be done to it.
pub(super) struct Part {
    pub(super) id: String,
    pub(super) group: String,
    pub(super) operator: String,
    pub(super) state: String,
    pub(super) tone: &'static str,
    pub(super) accept: bool,
    pub(super) finish: bool,
    pub(super) withdraw: bool,
}

/// A linked ticket.
pub(super) struct Linked {
    pub(super) href: String,
    pub(super) id: String,
    pub(super) number: String,
    pub(super) kind: String,
    pub(super) subject: String,
    /// False for a child: the link is a fact of the other.
    pub(super) removable: bool,
}

impl Side {
    pub(super) async fn of(
        app: &App,
        actor: &Arc<Actor>,
        frame: &Frame,
        asked: &Asked,
        opened: &Opened,
    ) -> Outcome<Self> {
        let store = &app.store;
        let ticket = &opened.ticket;
        let beside = Beside {
            actor: actor.clone(),
            card: opened.card.clone(),
            frame: frame.clone(),
            query: asked.query(),
        };
        let name =
            |party: &Option<queries::Party>| party.as_ref().and_then(|party| party.name.clone()).unwrap_or_default();
        Ok(Self {
            base: format!("/tickets/{}", ticket.number),
            query: asked.query(),
            spent: Spent::of(frame, opened),
            requester: requester(app, actor, frame, opened).await?,
            may_handle: actor.may(Act::Handle, &opened.card) && ticket.state.is_open(),
            may_assign: actor.may(Act::Assign, &opened.card) && ticket.state.is_open(),
            classification: classification(frame.language, opened),
            group: name(&ticket.group),
            operator: name(&ticket.operator),
            area: opened.names.area(ticket.area.id),
            assignments: assignments(actor, frame.language, opened),
            promised: promised(opened),
            may_promise: actor.may(Act::Handle, &opened.card),
            links: links(store, actor, frame.language, opened).await?,
            more_children: more_children(frame, opened),
            asides: asides(app, &beside).await,
            external: ticket.external_ref.clone().unwrap_or_default(),
        })
    }
}

async fn requester(app: &App, actor: &Actor, frame: &Frame, opened: &Opened) -> Outcome<Option<Requester>> {
    let Some(party) = &opened.ticket.requester else {
        return Ok(None);
    };
    let store = &app.store;
    let known = people::person_row(store.read(), party.id).await?;
    let known = known.filter(|_| !actor.scope(Act::ViewPeople).is_nothing());
    let category = known.as_ref().and_then(|known| known.category);
    let guest = known.as_ref().is_some_and(|known| known.guest);
    let identity = known.map(|known| known.identity).unwrap_or_default();
    let cards = queries::recent_of(store, actor, party.id, RECENT).await?;
    let recent = cards
        .into_iter()
        .filter(|card| card.id != opened.card.id)
        .map(|card| Recent {
            href: format!("/tickets/{}", card.number),
            number: card.number,
            subject: card.subject,
            open: card.open,
        });
    let differs = !opened.ticket.discrepancies.is_empty();
    let (proof, tone) = match (opened.ticket.verified, guest) {
        _ if differs => ("ticket-page-discrepant", "danger"),
        (true, _) => ("ticket-page-proven", "success"),
        (false, true) => ("ticket-page-guest", "warning"),
        (false, false) => ("ticket-page-unproven", "warning"),
    };
    let origins = match actor.scope(Act::ViewPeople).is_nothing() {
        true => Vec::new(),
        false => people::origins(app, frame, party.id).await,
    };
    Ok(Some(Requester {
        origins,
        discrepancy: discrepancy(actor, frame, opened),
        name: party.name.clone().unwrap_or_default(),
        office: identity.office.unwrap_or_default(),
        category: category
            .map(|category| frame.t(category.text_key()))
            .unwrap_or_default(),
        email: identity.email.unwrap_or_default(),
        phone: identity.phone.unwrap_or_default(),
        pin: identity.pin.unwrap_or_default(),
        proof: frame.t(proof),
        tone,
        how: how_proven(frame, opened),
        history: format!("/tickets?view=all&requester={}", party.id),
        recent: recent.take(RECENT - 1).collect(),
    }))
}

/// What does not agree, in words, and the act that is left.
fn discrepancy(actor: &Actor, frame: &Frame, opened: &Opened) -> Option<Discrepancy> {
    let fields = &opened.ticket.discrepancies;
    if fields.is_empty() {
        return None;
    }
    let names: Vec<String> = fields.iter().map(|field| field_name(frame.language, field)).collect();
    let mut notices = opened.entries.iter().rev();
    let told = notices.find(|entry| entry.kind == "ticket.discrepancy_notified");
    let by_voice = matches!(opened.ticket.channel, Channel::Phone | Channel::WalkIn);
    let may = actor.may(Act::Handle, &opened.card) && opened.ticket.state.is_open() && told.is_none();
    let tell = if by_voice {
        "ticket-page-told-by-voice"
    } else {
        "ticket-page-tell-discrepancy"
    };
    Some(Discrepancy {
        fields: frame.t1("ticket-page-discrepancy", "fields", names.join(", ")),
        told: told.map_or_else(String::new, |entry| {
            frame.t1("ticket-page-discrepancy-told", "when", frame.when(&entry.occurred_at))
        }),
        tell: if may { frame.t(tell) } else { String::new() },
    })
}

/// How the identity was proven, from the last event that says so.
fn how_proven(frame: &Frame, opened: &Opened) -> String {
    if !opened.ticket.verified {
        return String::new();
    }
    let proof = opened.entries.iter().rev().find_map(|entry| match entry.kind.as_str() {
        "ticket.data_verified" => {
            let who = entry
                .actor
                .as_ref()
                .and_then(|actor| actor.name.clone())
                .unwrap_or_default();
            Some(frame.t2(
                "ticket-page-verified-by",
                "who",
                who,
                "when",
                frame.when(&entry.occurred_at),
            ))
        }
        "ticket.opened" if entry.data["proven"] == true => {
            let itself = entry
                .actor
                .as_ref()
                .is_some_and(|actor| actor.id.to_string() == text(&entry.data, "requester"));
            Some(frame.t(if itself {
                "ticket-page-signed-in"
            } else {
                "ticket-page-chosen-at-opening"
            }))
        }
        _ => None,
    });
    proof.unwrap_or_default()
}

fn classification(language: Language, opened: &Opened) -> Vec<(String, String)> {
    let ticket = &opened.ticket;
    let category = ticket
        .category
        .as_ref()
        .map(|category| opened.names.category(category.id))
        .unwrap_or_default();
    let level = |list: &str, value: Option<i64>| value.map(|value| term(language, list, &value.to_string()));
    let mut priority = term(language, "priority", &ticket.priority.to_string());
    if let (Some(impact), Some(urgency)) = (level("level", ticket.impact), level("urgency", ticket.urgency)) {
        let args = [("impact", impact.into()), ("urgency", urgency.into())];
        priority = format!("{priority} ({})", language.text_with("ticket-page-by-matrix", &args));
    }
    if ticket.priority_overridden {
        priority = format!("{priority} · {}", language.text("ticket-page-overridden"));
    }
    vec![
        (
            language.text("ticket-page-kind"),
            term(language, "kind", ticket.kind.code()),
        ),
        (language.text("ticket-page-category"), category),
        (language.text("ticket-page-priority"), priority),
        (
            language.text("ticket-page-channel"),
            term(language, "channel", ticket.channel.code()),
        ),
    ]
}

fn assignments(actor: &Actor, language: Language, opened: &Opened) -> Vec<Part> {
    let part = |one: &queries::AssignmentView| {
        let card = opened
            .card
            .in_hand(one.group.id, one.operator.as_ref().map(|operator| operator.id));
        let (may_assign, may_solve) = (actor.may(Act::Assign, &card), actor.may(Act::Solve, &card));
        let (code, tone) = match one.state {
            AssignmentState::Assigned => ("assigned", "info"),
            AssignmentState::Accepted => ("accepted", "info"),
            AssignmentState::TechClosed => ("tech_closed", "success"),
            AssignmentState::Returned => ("returned", "warning"),
            AssignmentState::Withdrawn => ("withdrawn", "neutral"),
        };
        Part {
            id: one.id.to_string(),
            group: one.group.name.clone().unwrap_or_default(),
            operator: one
                .operator
                .as_ref()
                .and_then(|operator| operator.name.clone())
                .unwrap_or_default(),
            state: term(language, "assignment", code),
            tone,
            accept: may_assign && one.state == AssignmentState::Assigned,
            finish: may_solve && one.state.is_open(),
            withdraw: may_assign && one.state.is_open(),
        }
    };
    opened.ticket.assignments.iter().map(part).collect()
}

async fn links(store: &Store, actor: &Actor, language: Language, opened: &Opened) -> Outcome<Vec<Linked>> {
    let mut links = Vec::new();
    for link in &opened.ticket.links {
        // A linked ticket that may not be seen keeps its number, not its subject.
        let card = record::card(store.read(), actor, Act::View, &link.id.to_string())
            .await
            .ok();
        links.push(Linked {
            href: card
                .as_ref()
                .map(|card| format!("/tickets/{}", card.number))
                .unwrap_or_default(),
            id: link.id.to_string(),
            number: link.number.clone(),
            kind: term(language, "link", link.kind.code()),
            subject: card.map(|card| card.subject).unwrap_or_default(),
            removable: true,
        });
    }
    links.extend(children(store, actor, language, opened).await?);
    Ok(links)
}

/// The first of those that hang on it.
async fn children(store: &Store, actor: &Actor, language: Language, opened: &Opened) -> Outcome<Vec<Linked>> {
    let first: Vec<_> = opened.ticket.children.iter().take(CHILDREN).collect();
    let ids: Vec<_> = first.iter().map(|child| child.id).collect();
    let cards = store.read().cards(&ids).await?;
    let each = first.into_iter().map(|child| {
        let card = cards.iter().find(|card| card.id == child.id);
        let seen = card.filter(|card| actor.may(Act::View, card));
        Linked {
            href: seen.map(|card| format!("/tickets/{}", card.number)).unwrap_or_default(),
            id: child.id.to_string(),
            number: child.number.clone(),
            kind: term(language, "link", "child"),
            subject: seen.map(|card| card.subject.clone()).unwrap_or_default(),
            removable: false,
        }
    });
    Ok(each.collect())
}

fn more_children(frame: &Frame, opened: &Opened) -> String {
    let shown = i64::try_from(CHILDREN.min(opened.ticket.children.len())).unwrap_or(0);
    match opened.ticket.children_count.unwrap_or(0) - shown {
        0 => String::new(),
        more => frame.tn("ticket-page-more-children", more),
    }
}
