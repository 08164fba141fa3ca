//! Where a ticket's time went, in the side panel: the ledger as a bar, and how its clocks stand.

use super::desk::Opened;
use super::names::{metric, term};
use crate::domain::State as TicketState;
use crate::queries;
use kernel::Instant;
use ui::{Frame, Segment};

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
    pub(super) fn of(frame: &Frame, opened: &Opened) -> Self {
        let spans = &opened.spans;
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
        Self {
            total: length(total),
            open: opened.ticket.state.is_open(),
            segments: Segment::row(&stretches),
            legend: legend.collect(),
            steps: steps(frame, opened),
            clocks: opened
                .ticket
                .clocks
                .iter()
                .map(|clock| running(frame, opened, clock))
                .collect(),
        }
    }
}

/// The colour of a standing.
pub(super) fn tone(standing: &str) -> &'static str {
    match standing {
        "met" => "success",
        "breached" => "danger",
        "running" => "info",
        _ => "neutral",
    }
}

fn running(frame: &Frame, opened: &Opened, clock: &queries::ClockView) -> Running {
    let is_over = clock.stopped_at.is_some() || clock.standing == "void";
    Running {
        name: metric(frame.language, &clock.metric, &opened.group_of(clock)),
        standing: term(frame.language, "clock", &clock.standing),
        tone: tone(&clock.standing),
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
    // The first two stand there from the beginning, so that nothing moves when they are reached.
    let shown = reached
        .into_iter()
        .enumerate()
        .filter(|(place, (_, at))| *place < 2 || at.is_some());
    shown
        .map(|(_, (key, at))| (frame.t(key), at.map_or_else(String::new, after)))
        .collect()
}
