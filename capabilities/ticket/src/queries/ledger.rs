//! The ledger: every second of a ticket's life, in which state, in whose hands, and what of it counted for which clock. The
//! spans add up to the whole life, and what counts in them to what each clock shows.

use crate::domain::{State, Ticket, TicketEvent, WaitingReason};
use kernel::{Instant, Outcome, Uuid};
use serde::Serialize;
use service_level::{Book, Clock, Course, Terms};
use store::{Aggregate, Store, StoredEvent};
use utoipa::ToSchema;

/// A span of a ticket's life in which nothing of this changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LedgerSpan {
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Until when; of the last span of an open ticket, now.
    #[schema(value_type = String, format = DateTime)]
    pub to: Instant,
    /// Seconds between the two, elapsed.
    pub seconds: i64,
    /// State.
    pub state: State,
    /// The group in whose hands it was.
    pub group: Option<Uuid>,
    /// The person in whose hands it was.
    pub operator: Option<Uuid>,
    /// What was waited for.
    pub waiting: Option<WaitingReason>,
    /// What the span came to for each clock that had not ended.
    pub clocks: Vec<SpanClock>,
}

/// What a span came to for a clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpanClock {
    /// The agreement.
    pub agreement: Uuid,
    /// Its edition, from one.
    pub edition: i64,
    /// The edition of its calendar; nought where all time counts.
    pub calendar_edition: i64,
    /// What it measures: `taking_charge`, `first_reply`, `resolution`; of a part, `group_taking_charge`, `group_work`.
    pub metric: String,
    /// The assignment that it measures; nothing for a clock of the ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Uuid>,
    /// How it went on: `running`, `paused`, `late`.
    pub standing: SpanStanding,
    /// Seconds that counted; none outside the hours of its calendar.
    pub seconds: i64,
}

/// How a clock went on in a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpanStanding {
    /// It ran in its hours.
    Running,
    /// It stood still for an agreed reason.
    Paused,
    /// It was due already.
    Late,
}

impl SpanStanding {
    /// Its name in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Late => "late",
        }
    }
}

/// The ledger of a ticket.
pub async fn ledger(store: &Store, ticket: Uuid) -> Outcome<Vec<LedgerSpan>> {
    let mut events = store.read().events_of(ticket, 0, 100_000).await?;
    events.sort_by_key(|event| (event.occurred_at, event.seq));
    let book = service_level::book(store).await?;
    spans(&events, &book, store.clock().now())
}

/// The spans that events tell, in the order in which they occurred; the last one ends now while the ticket is open.
pub fn spans(events: &[StoredEvent], book: &Book, now: Instant) -> Outcome<Vec<LedgerSpan>> {
    let mut ticket = Ticket::default();
    let mut spans: Vec<LedgerSpan> = Vec::new();
    let mut since: Option<Instant> = None;
    for event in events {
        if let Some(from) = since
            && ticket.state.is_open()
        {
            push(&mut spans, from, event.occurred_at, Hands::of(&ticket));
        }
        if event.name.starts_with("ticket.") {
            let told = serde_json::from_str::<TicketEvent>(&event.payload)?;
            ticket.apply(&told, event.occurred_at, &event.author);
        }
        since = Some(event.occurred_at);
    }
    if let Some(from) = since
        && ticket.state.is_open()
    {
        push(&mut spans, from, now, Hands::of(&ticket));
    }
    Ok(with_clocks(spans, &ticket, book))
}

/// Where a ticket is.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Hands {
    state: State,
    group: Option<Uuid>,
    operator: Option<Uuid>,
    waiting: Option<WaitingReason>,
}

impl Hands {
    fn of(ticket: &Ticket) -> Self {
        let (group, operator) = match ticket.open_assignment() {
            Some(assignment) => (Some(assignment.group), assignment.operator),
            None => (ticket.group, ticket.operator),
        };
        Self {
            state: ticket.state,
            group,
            operator,
            waiting: ticket.waiting.as_ref().map(|waiting| waiting.reason),
        }
    }

    fn of_span(span: &LedgerSpan) -> Self {
        Self {
            state: span.state,
            group: span.group,
            operator: span.operator,
            waiting: span.waiting,
        }
    }

    fn span(self, from: Instant, to: Instant) -> LedgerSpan {
        LedgerSpan {
            from,
            to,
            seconds: to.seconds_since(from),
            state: self.state,
            group: self.group,
            operator: self.operator,
            waiting: self.waiting,
            clocks: Vec::new(),
        }
    }
}

fn push(spans: &mut Vec<LedgerSpan>, from: Instant, to: Instant, hands: Hands) {
    if to <= from {
        return;
    }
    match spans.last_mut() {
        Some(last) if last.to == from && Hands::of_span(last) == hands => *last = hands.span(last.from, to),
        _ => spans.push(hands.span(from, to)),
    }
}

/// The spans cut where a clock was due and where a part began or ended, each with what it came to for every clock.
fn with_clocks(spans: Vec<LedgerSpan>, ticket: &Ticket, book: &Book) -> Vec<LedgerSpan> {
    let course = ticket.course();
    let clocks = ticket.clocks.iter();
    let clocks: Vec<(&Clock, Terms<'_>)> = clocks
        .filter_map(|clock| {
            let terms = book.terms(clock, ticket.priority)?;
            // A clock that has stopped keeps the target it had (IM-028).
            let target = clock.target;
            Some((clock, Terms { target, ..terms }))
        })
        .collect();
    let dues = ticket.clocks.iter().filter_map(|clock| clock.due);
    let parts = course.parts.iter();
    let parts = parts.flat_map(|part| [Some(part.assigned), part.taken, part.done, part.void]);
    let mut cuts: Vec<Instant> = match clocks.iter().any(|(clock, _)| clock.part.is_some()) {
        true => dues.chain(parts.flatten()).collect(),
        false => dues.collect(),
    };
    cuts.sort_unstable();
    cuts.dedup();
    let opened = spans.first().map(|span| span.from).unwrap_or_default();
    let cut = spans.into_iter().flat_map(|span| cut(span, &cuts));
    cut.map(|mut span| {
        // Whole seconds since the opening, so that spans add up to the whole life.
        span.seconds = span.to.seconds_since(opened) - span.from.seconds_since(opened);
        span.clocks = clocks
            .iter()
            .filter_map(|(clock, terms)| span_clock(clock, terms, &course, &span))
            .collect();
        span
    })
    .collect()
}

fn cut(span: LedgerSpan, cuts: &[Instant]) -> Vec<LedgerSpan> {
    let hands = Hands::of_span(&span);
    let inside = cuts.iter().copied().filter(|at| span.from < *at && *at < span.to);
    let mut cut = Vec::new();
    let mut from = span.from;
    for end in inside.chain([span.to]) {
        cut.push(hands.span(from, end));
        from = end;
    }
    cut
}

fn span_clock(clock: &Clock, terms: &Terms<'_>, course: &Course, span: &LedgerSpan) -> Option<SpanClock> {
    let course = course.of(clock.part);
    let stretch = terms.within(&course, span.from, span.to);
    // A part's clock begins when the group is given it.
    let has_begun = clock.part.is_none() || course.received < span.to;
    (has_begun && !stretch.ended).then(|| SpanClock {
        agreement: clock.agreement,
        edition: clock.edition,
        calendar_edition: clock.calendar_edition,
        metric: clock.metric.code().to_owned(),
        assignment: clock.part.map(|part| part.id),
        standing: match (stretch.still, stretch.late) {
            (true, _) => SpanStanding::Paused,
            (_, true) => SpanStanding::Late,
            _ => SpanStanding::Running,
        },
        seconds: stretch.seconds,
    })
}
