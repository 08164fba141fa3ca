//! Where a ticket's time went: the ledger as a bar, and as a table of every span.

use super::asked::Asked;
use super::desk::{Desk, Opened};
use super::names::term;
use super::staff::Staff;
use crate::domain::State as TicketState;
use crate::queries::{self, LedgerSpan};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use kernel::{Instant, Outcome};
use people::Act;
use store::Store;
use ui::{Frame, Segment};
use web::{App, PageError};

/// In whose hands a span was, in the order of the legend.
const HANDS: [&str; 5] = ["free", "first", "second", "paused", "closing"];

/// Time spent, by hands.
pub(super) struct Spent {
    pub(super) total: String,
    pub(super) open: bool,
    pub(super) segments: Vec<Segment>,
    pub(super) legend: Vec<Share>,
    /// Steps with how long they took from the opening.
    pub(super) steps: Vec<(String, String)>,
    /// Its clocks.
    pub(super) clocks: Vec<Running>,
}

/// A clock as it stands.
pub(super) struct Running {
    pub(super) name: String,
    pub(super) standing: String,
    pub(super) tone: &'static str,
    /// When it is due, while that matters.
    pub(super) due: Option<Instant>,
}

/// One line of the legend.
pub(super) struct Share {
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) text: String,
}

/// In whose hands a ticket is in a state.
const fn hands(state: TicketState) -> &'static str {
    match state {
        TicketState::New => "free",
        TicketState::Level2Work | TicketState::Linked => "second",
        TicketState::Waiting => "paused",
        TicketState::SolutionGiven | TicketState::TechnicallyClosed | TicketState::ContactPending => "closing",
        _ => "first",
    }
}

impl Spent {
    pub(super) async fn of(store: &Store, frame: &Frame, opened: &Opened) -> Outcome<Self> {
        let spans = queries::ledger(store, opened.card.id).await?;
        let total: i64 = spans.iter().map(|span| span.seconds).sum();
        let share = |seconds: i64| {
            if total == 0 {
                0.0
            } else {
                (seconds as f32 / total as f32) * 100.0
            }
        };
        let stretches: Vec<_> = spans
            .iter()
            .map(|span| (hands(span.state), share(span.seconds)))
            .collect();
        let length = |seconds: i64| frame.language.duration(seconds.saturating_mul(1000));
        let of = |kind: &'static str| {
            spans
                .iter()
                .filter(|span| hands(span.state) == kind)
                .map(|span| span.seconds)
                .sum()
        };
        let legend = HANDS
            .into_iter()
            .map(|kind| (kind, of(kind)))
            .filter(|(_, seconds)| *seconds > 0);
        let legend = legend.map(|(kind, seconds)| Share {
            kind,
            name: term(frame.language, "hands", kind),
            text: length(seconds),
        });
        Ok(Self {
            total: length(total),
            open: opened.ticket.state.is_open(),
            segments: Segment::row(&stretches),
            legend: legend.collect(),
            steps: steps(frame, opened),
            clocks: opened.ticket.clocks.iter().map(|clock| running(frame, clock)).collect(),
        })
    }
}

fn running(frame: &Frame, clock: &queries::ClockView) -> Running {
    let is_over = clock.stopped_at.is_some() || clock.standing == "void";
    Running {
        name: term(frame.language, "metric", &clock.metric),
        standing: term(frame.language, "clock", &clock.standing),
        tone: match clock.standing.as_str() {
            "met" => "success",
            "breached" => "danger",
            "running" => "info",
            _ => "neutral",
        },
        due: clock.due_at.filter(|_| !is_over),
    }
}

fn steps(frame: &Frame, opened: &Opened) -> Vec<(String, String)> {
    let (ticket, facts) = (&opened.ticket, &opened.ticket.facts);
    let reached = [
        ("ticket-page-step-taken", facts.taken_at),
        ("ticket-page-step-replied", facts.first_reply_at),
        ("ticket-page-step-solved", facts.solved_at),
        ("ticket-page-step-closed", facts.closed_at),
    ];
    let after = |at: Instant| {
        let length = frame
            .language
            .duration((at.as_millis() - ticket.opened_at.as_millis()).max(0));
        frame.t1("ticket-page-after", "length", length)
    };
    reached
        .into_iter()
        .filter_map(|(key, at)| Some((frame.t(key), after(at?))))
        .collect()
}

/// The ledger in full.
#[derive(Template)]
#[template(path = "ticket/times.html")]
struct Times {
    frame: Frame,
    desk: Desk,
    rows: Vec<Row>,
    total: String,
}

struct Row {
    from: Instant,
    to: Instant,
    length: String,
    state: String,
    group: String,
    operator: String,
}

pub(super) async fn times(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    Path(number): Path<String>,
) -> Result<Response, PageError> {
    let opened = Opened::load(&app.store, &staff.actor, &number).await?;
    staff.actor.allow(Act::ViewInternal, &opened.card)?;
    staff.note(&app, "ticket", Some(opened.card.id));
    let spans = queries::ledger(&app.store, opened.card.id).await?;
    let rows = spans.iter().map(|span| row(&staff.frame, &opened, span)).collect();
    let total = staff
        .frame
        .language
        .duration(spans.iter().map(|span| span.seconds).sum::<i64>() * 1000);
    let (desk, frame) = Desk::around(&app.store, &staff.actor, staff.frame, &asked, &opened).await?;
    Ok(web::html(&Times {
        frame,
        desk,
        rows,
        total,
    }))
}

fn row(frame: &Frame, opened: &Opened, span: &LedgerSpan) -> Row {
    Row {
        from: span.from,
        to: span.to,
        length: frame.language.duration(span.seconds.saturating_mul(1000)),
        state: term(frame.language, "state", span.state.code()),
        group: span.group.map(|group| opened.names.group(group)).unwrap_or_default(),
        operator: span
            .operator
            .map(|operator| opened.names.person(operator))
            .unwrap_or_default(),
    }
}
