//! The ticket on the desk: what stands around the conversation and around every form of an act.

use super::asked::Asked;
use super::names::{Names, term};
use super::queue::Queue;
use super::reported::Likely;
use super::sentence::text;
use super::side::Side;
use crate::queries::{self, ClockView, Entry, LedgerSpan, TicketView};
use kernel::{Outcome, Uuid};
use people::{Act, Actor};
use std::sync::Arc;
use store::{Card, Store};
use ui::{Frame, Layout, Link, Phase};
use web::App;

/// Entries of a history that a page shows.
const HISTORY: i64 = 1000;

/// A ticket, and what belongs to it.
pub(super) struct Opened {
    pub(super) card: Card,
    pub(super) ticket: TicketView,
    pub(super) entries: Vec<Entry>,
    pub(super) names: Names,
    /// The ledger: for the side, and for the page that explains it.
    pub(super) spans: Vec<LedgerSpan>,
    /// The open assignment of the reader's own group, where there is one.
    pub(super) own_part: Option<Uuid>,
}

/// The queue at the left, the head, the facts at the right.
pub(super) struct Desk {
    pub(super) queue: Queue,
    pub(super) head: Head,
    pub(super) side: Side,
    /// What may have been reported already.
    pub(super) likely: Vec<Likely>,
    /// Where the ticket is pinned or let go, and whether it is pinned.
    pub(super) pin: String,
    pub(super) pinned: bool,
}

/// The head of a ticket.
pub(super) struct Head {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) subject: String,
    pub(super) level: u8,
    pub(super) category: String,
    pub(super) opened: String,
    pub(super) state: String,
    /// The ticket in which this one goes on.
    pub(super) goes_on: Option<Link>,
    pub(super) phase: Phase,
}

impl Opened {
    /// Loads a ticket that the actor may see in the console.
    ///
    /// # Errors
    /// A refusal 404 when it is not there or may not be seen.
    pub(super) async fn load(store: &Store, actor: &Actor, number: &str) -> Outcome<Self> {
        let card = record::card(store.read(), actor, Act::View, number).await?;
        let ticket = queries::view(store, actor, number).await?;
        let entries = queries::entries(store, actor, &card, 0, HISTORY).await?;
        let mut people: Vec<Uuid> = Vec::new();
        entries.iter().for_each(|entry| identities(&entry.data, &mut people));
        people.extend(ticket.requester.iter().map(|requester| requester.id));
        let names = Names::of(store, people).await?;
        let mut open = ticket.assignments.iter().filter(|part| part.state.is_open());
        let own_part = open.find(|part| actor.groups.contains(&part.group.id));
        Ok(Self {
            own_part: own_part.map(|part| part.id),
            spans: queries::ledger(store, card.id).await?,
            card,
            ticket,
            entries,
            names,
        })
    }

    /// The group whose part a clock measures; empty for a clock of the ticket.
    pub(super) fn group_of(&self, clock: &ClockView) -> String {
        let group = clock.group.as_ref();
        group.map(|group| self.names.group(group.id)).unwrap_or_default()
    }
}

/// People are named in events under these fields.
fn identities(data: &serde_json::Value, found: &mut Vec<Uuid>) {
    let Some(fields) = data.as_object() else { return };
    for field in ["operator", "requester", "from"] {
        found.extend(
            fields
                .get(field)
                .and_then(|value| value.as_str())
                .and_then(|text| text.parse::<Uuid>().ok()),
        );
    }
}

impl Desk {
    /// What stands around, and the frame for it.
    pub(super) async fn around(
        app: &App,
        actor: &Arc<Actor>,
        frame: Frame,
        asked: &Asked,
        opened: &Opened,
    ) -> Outcome<(Self, Frame)> {
        let number = &opened.ticket.number;
        let queue = Queue::load(&app.store, actor, &frame, asked, Some(number.as_str())).await?;
        let side = Side::of(app, actor, &frame, asked, opened).await?;
        let head = head(&frame, asked, opened);
        let frame = frame
            .titled(format!("{number} · {}", head.subject))
            .layout(Layout::Desk);
        let frame = frame.back_to(queue.list.clone(), queue.title.clone());
        let pinned = queue.pins.iter().any(|pin| pin.open);
        let pin = asked.ticket(number, "/pin");
        let desk = Self {
            queue,
            head,
            side,
            likely: Vec::new(),
            pin,
            pinned,
        };
        Ok((desk, frame))
    }
}

fn head(frame: &Frame, asked: &Asked, opened: &Opened) -> Head {
    let (ticket, language) = (&opened.ticket, frame.language);
    let channel = term(language, "by", ticket.channel.code());
    let category = ticket
        .category
        .as_ref()
        .map(|category| opened.names.category(category.id))
        .unwrap_or_default();
    Head {
        href: asked.ticket(&ticket.number, ""),
        number: ticket.number.clone(),
        subject: ticket.subject.clone(),
        level: u8::try_from(ticket.priority).unwrap_or(5).clamp(1, 5),
        category: if category.is_empty() {
            term(language, "kind", ticket.kind.code())
        } else {
            category
        },
        opened: frame.t2(
            "ticket-page-opened-by",
            "when",
            frame.when(&ticket.opened_at),
            "by",
            channel,
        ),
        state: state_words(frame, ticket),
        goes_on: goes_on(frame, asked, opened),
        phase: Phase::from_code(ticket.phase.code()).unwrap_or(Phase::New),
    }
}

/// The ticket that this one became part of.
fn goes_on(frame: &Frame, asked: &Asked, opened: &Opened) -> Option<Link> {
    let mut entries = opened.entries.iter().rev();
    let merged = entries.find(|entry| entry.kind == "ticket.merged_into")?;
    let number = text(&merged.data, "number");
    Some(Link::new(
        asked.ticket(number, ""),
        frame.t1("ticket-page-goes-on", "number", number),
    ))
}

/// What the phase alone does not tell.
fn state_words(frame: &Frame, ticket: &TicketView) -> String {
    let language = frame.language;
    if let Some(reason) = ticket.waiting_reason {
        let reason = term(language, "waiting", reason.code());
        return match &ticket.wake_at {
            Some(at) => frame.t2("ticket-page-waits-until", "reason", reason, "when", frame.when(at)),
            None => reason,
        };
    }
    if let Some(reason) = ticket.closed_reason {
        return term(language, "closed", reason.code());
    }
    match ticket.state {
        crate::domain::State::New | crate::domain::State::Level1Work | crate::domain::State::Level2Work => {
            String::new()
        }
        state => term(language, "state", state.code()),
    }
}
