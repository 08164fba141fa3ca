//! `GET /tickets/{number}`: a ticket with its queue, its conversation and its facts.

use super::asked::Asked;
use super::conversation::{Item, conversation, put};
use super::deeds::Offers;
use super::desk::{Desk, Opened};
use super::outgoing::{self, Leaving};
use super::reported;
use super::staff::Staff;
use super::used::{Used, used};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Outcome, Refusal, Uuid};
use people::Act;
use record::{InsertSource, MarkSource};
use store::Card;
use ui::{Choice, Frame, Link};
use web::{App, PageError, PagePath};
use workspace::Standing;

/// A ticket on the desk.
#[derive(Template)]
#[template(path = "ticket/show.html")]
struct Show {
    frame: Frame,
    desk: Desk,
    offers: Offers,
    items: Vec<Item>,
    /// Where more is told of what the marks say.
    told_elsewhere: Vec<Link>,
    leaving: Vec<Leaving>,
    composer: Option<Composer>,
    take: String,
    /// What was just asked for on the ticket before.
    used: Option<Used>,
    /// Place of the last thing that happened.
    upto: i64,
}

/// The place one writes in.
struct Composer {
    action: String,
    tabs: Vec<Choice>,
    to: String,
    text: String,
    error: String,
    solution_seen: String,
    inserts: Vec<Insert>,
    /// The key under which what is written here is said once.
    once: Uuid,
    /// The draft on the server: when it was written, and which page sent the last one.
    draft_at: i64,
    draft_ended: String,
}

/// A list that opens after a sign while one writes.
struct Insert {
    /// Identity of the list on the page.
    id: String,
    sign: &'static str,
    label: String,
    address: String,
    /// The only tab on which it opens; empty for all.
    only: &'static str,
}

impl Insert {
    /// Colleagues in a note, and what other capabilities offer everywhere.
    fn all(app: &App, frame: &Frame, number: &str) -> Vec<Self> {
        let colleagues = Self {
            id: "inserts-colleagues".to_owned(),
            sign: "@@",
            label: frame.t("ticket-page-colleagues"),
            address: format!("/tickets/{number}/colleagues"),
            only: "note",
        };
        let others = app.slots.of::<InsertSource>().enumerate().map(|(place, source)| Self {
            id: format!("inserts-{place}"),
            sign: source.sign,
            label: frame.t(source.label),
            address: (source.address)(number),
            only: "",
        });
        std::iter::once(colleagues).chain(others).collect()
    }
}

/// The key of what somebody writes on a ticket.
pub(super) fn draft_key(number: &str) -> String {
    format!("message:{number}")
}

/// What somebody was writing when it was refused.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) kind: String,
    pub(super) text: String,
    pub(super) error: String,
}

impl Written {
    /// What is written goes on from the draft, unless it was just refused.
    fn over(self, standing: &Standing) -> Self {
        let Some(draft) = standing
            .draft
            .as_ref()
            .filter(|_| self.error.is_empty() && self.text.is_empty())
        else {
            return self;
        };
        let kind = if self.kind.is_empty() {
            draft.text("kind").to_owned()
        } else {
            self.kind
        };
        Self {
            kind,
            text: draft.text("text").to_owned(),
            ..self
        }
    }
}

impl Composer {
    fn kept(self, standing: Standing) -> Self {
        Self {
            draft_at: standing.draft.map_or(0, |draft| draft.at.as_millis()),
            draft_ended: standing.ended_by,
            ..self
        }
    }
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let written = Written {
        kind: asked.write.clone(),
        ..Written::default()
    };
    Ok(page(&app, staff, &asked, &number, written, StatusCode::OK).await?)
}

/// The page, with words that were refused still in their place.
pub(super) async fn page(
    app: &App,
    staff: Staff,
    asked: &Asked,
    number: &str,
    written: Written,
    status: StatusCode,
) -> Outcome<Response> {
    let opened = Opened::load(&app.store, &staff.actor, number).await?;
    if !staff.actor.may(Act::ViewInternal, &opened.card) {
        return Err(Refusal::not_found().into());
    }
    staff.note(app, "ticket", Some(opened.card.id));
    let actor = staff.actor.clone();
    let mut items = conversation(&staff.frame, &opened);
    put(&mut items, record::marks(app, opened.card.id, &staff.frame).await);
    let told_elsewhere = told_elsewhere(app, &staff.frame, &opened.ticket.number);
    let upto = opened.entries.last().map_or(0, |entry| entry.position);
    let offers = Offers::of(&staff.frame, asked, &actor, &opened.card, &opened.ticket);
    let may = |act: Act| actor.may(act, &opened.card);
    let standing = workspace::draft(&app.store, actor.person, &draft_key(&opened.ticket.number)).await?;
    let composer = composer(&staff.frame, asked, &opened, &written.over(&standing), may);
    let composer = composer.map(|composer| Composer {
        inserts: Insert::all(app, &staff.frame, &opened.ticket.number),
        ..composer.kept(standing)
    });
    let take = asked.ticket(&opened.ticket.number, "/take");
    let leaving = outgoing::leaving(app, &staff, opened.card.id, &opened.ticket.number).await?;
    let used = used(app, &staff, asked.did).await?;
    let (mut desk, frame) = Desk::around(app, &actor, staff.frame, asked, &opened).await?;
    desk.likely = reported::of_ticket(app, &actor, &frame, &opened).await?;
    let page = Show {
        frame,
        desk,
        offers,
        items,
        told_elsewhere,
        leaving,
        composer,
        take,
        used,
        upto,
    };
    Ok((status, web::html(&page)).into_response())
}

fn told_elsewhere(app: &App, frame: &Frame, number: &str) -> Vec<Link> {
    let sources = app.slots.of::<MarkSource>();
    sources
        .map(|source| Link::new((source.address)(number), frame.t(source.label)))
        .collect()
}

fn composer(
    frame: &Frame,
    asked: &Asked,
    opened: &Opened,
    written: &Written,
    may: impl Fn(Act) -> bool,
) -> Option<Composer> {
    let ticket = &opened.ticket;
    let ended = matches!(
        ticket.state,
        crate::domain::State::Cancelled | crate::domain::State::Merged
    );
    let kinds = [
        ("reply", "r", may(Act::Reply) && !ended),
        ("note", "i", may(Act::Note)),
        ("solution", "s", may(Act::Solve) && ticket.state.is_open()),
    ];
    let offered: Vec<_> = kinds.into_iter().filter(|(_, _, may)| *may).collect();
    let first = offered.first()?.0;
    let wanted = offered.iter().any(|(kind, _, _)| *kind == written.kind);
    let current = if wanted { written.kind.as_str() } else { first };
    let tab = |(kind, key, _): &(&'static str, &'static str, bool)| {
        Choice::new(*kind, frame.t(&format!("ticket-page-write-{kind}")), current).key(key)
    };
    let requester = ticket.requester.as_ref().and_then(|requester| requester.name.clone());
    Some(Composer {
        action: asked.ticket(&ticket.number, "/messages"),
        tabs: offered.iter().map(tab).collect(),
        to: match requester {
            Some(who) => frame.t1("ticket-page-to-capital", "who", who),
            None => frame.t("ticket-page-to-nobody"),
        },
        text: written.text.clone(),
        error: written.error.clone(),
        solution_seen: ticket.facts.solved_at.map(|at| at.to_string()).unwrap_or_default(),
        inserts: Vec::new(),
        once: Uuid::now_v7(),
        draft_at: 0,
        draft_ended: String::new(),
    })
}

/// The card of a ticket that may be seen in the console.
///
/// # Errors
/// A refusal 404 otherwise: a requester's own request is seen in the portal.
pub(super) async fn card(app: &App, staff: &Staff, number: &str) -> Outcome<Card> {
    let card = record::card(app.store.read(), &staff.actor, Act::View, number).await?;
    if staff.actor.may(Act::ViewInternal, &card) {
        Ok(card)
    } else {
        Err(Refusal::not_found().into())
    }
}
