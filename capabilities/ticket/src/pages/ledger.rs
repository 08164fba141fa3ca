//! The ledger on a page: what was agreed and how each clock stands, then every span of the ticket's life with what of it
//! counted for which clock. Whoever disputes an instant can add it up.

use super::asked::Asked;
use super::desk::{Desk, Opened};
use super::names::{metric, term};
use super::staff::Staff;
use super::times::tone;
use crate::queries::{ClockView, LedgerSpan, SpanClock, SpanStanding};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Instant, Outcome};
use people::Act;
use service_level::{Agreement, ServiceCalendar};
use store::Store;
use ui::Frame;
use web::{App, PageError, PagePath};

#[derive(Template)]
#[template(path = "ticket/times.html")]
struct Times {
    frame: Frame,
    desk: Desk,
    clocks: Vec<ClockRow>,
    rows: Vec<Row>,
    total: String,
}

/// A clock: what was agreed, and how it stands.
struct ClockRow {
    metric: String,
    agreement: String,
    calendar: String,
    target: String,
    used: String,
    due: Option<Instant>,
    stopped: Option<Instant>,
    standing: String,
    tone: &'static str,
}

/// A span, with a cell for each clock.
struct Row {
    from: Instant,
    to: Instant,
    length: String,
    state: String,
    group: String,
    operator: String,
    cells: Vec<Cell>,
}

#[derive(Default)]
struct Cell {
    text: String,
    late: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let opened = Opened::load(&app.store, &staff.actor, &number).await?;
    staff.actor.allow(Act::ViewInternal, &opened.card)?;
    staff.note(&app, "ticket", Some(opened.card.id));
    let spans = &opened.spans;
    // Parts of a second are in the sums and worth no line.
    let told = spans.iter().filter(|span| span.seconds > 0);
    let rows = told.map(|span| row(&staff.frame, &opened, span)).collect();
    let total = length(&staff.frame, spans.iter().map(|span| span.seconds).sum());
    let clocks = clocks(&app.store, &staff.frame, &opened).await?;
    let (desk, frame) = Desk::around(&app, &staff.actor, staff.frame, &asked, &opened).await?;
    Ok(web::html(&Times {
        frame,
        desk,
        clocks,
        rows,
        total,
    }))
}

fn length(frame: &Frame, seconds: i64) -> String {
    frame.language.duration(seconds.saturating_mul(1000))
}

/// The part of a span that is a clock's.
fn part_of<'s>(span: &'s LedgerSpan, clock: &ClockView) -> Option<&'s SpanClock> {
    let mut parts = span.clocks.iter();
    let key = (clock.agreement, &clock.metric, clock.assignment);
    parts.find(|part| (part.agreement, &part.metric, part.assignment) == key)
}

async fn clocks(store: &Store, frame: &Frame, opened: &Opened) -> Outcome<Vec<ClockRow>> {
    let spans = &opened.spans;
    let (agreements, calendars) = (store.all::<Agreement>().await?, store.all::<ServiceCalendar>().await?);
    let row = |clock: &ClockView| {
        let parts = spans.iter().filter_map(|span| part_of(span, clock));
        let used = parts.map(|part| part.seconds).sum();
        let calendar_edition = spans
            .iter()
            .find_map(|span| part_of(span, clock))
            .map_or(0, |part| part.calendar_edition);
        let agreed = agreements.iter().find(|one| one.id == clock.agreement);
        let text = agreed.and_then(|one| one.state.at_edition(clock.edition));
        let calendar = text.and_then(|text| text.calendar);
        let calendar = calendars.iter().find(|one| Some(one.id) == calendar);
        let calendar = calendar.and_then(|one| one.state.at_edition(calendar_edition));
        ClockRow {
            metric: metric(frame.language, &clock.metric, &opened.group_of(clock)),
            agreement: edition(frame, text.map(|text| text.name.as_str()), clock.edition),
            calendar: match calendar {
                Some(calendar) => edition(frame, Some(&calendar.name), calendar_edition),
                None => frame.t("ticket-page-ledger-always"),
            },
            target: length(frame, clock.target),
            used: length(frame, used),
            due: clock.due_at,
            stopped: clock.stopped_at,
            standing: term(frame.language, "ledger-clock", &clock.standing),
            tone: tone(&clock.standing),
        }
    };
    Ok(opened.ticket.clocks.iter().map(row).collect())
}

fn edition(frame: &Frame, name: Option<&str>, edition: i64) -> String {
    let number = frame.t1("ticket-page-ledger-edition", "n", edition);
    format!("{}, {number}", name.unwrap_or_default())
}

fn row(frame: &Frame, opened: &Opened, span: &LedgerSpan) -> Row {
    let state = term(frame.language, "state", span.state.code());
    let waiting = span
        .waiting
        .map(|reason| term(frame.language, "waiting", reason.code()));
    let cells = opened.ticket.clocks.iter().map(|clock| match part_of(span, clock) {
        Some(part) => cell(frame, part),
        None => Cell::default(),
    });
    Row {
        from: span.from,
        to: span.to,
        length: length(frame, span.seconds),
        state: waiting.map_or_else(|| state.clone(), |waiting| format!("{state}: {waiting}")),
        group: span.group.map(|group| opened.names.group(group)).unwrap_or_default(),
        operator: span
            .operator
            .map(|operator| opened.names.person(operator))
            .unwrap_or_default(),
        cells: cells.collect(),
    }
}

fn cell(frame: &Frame, part: &SpanClock) -> Cell {
    let text = match (part.standing, part.seconds) {
        (SpanStanding::Paused, _) => frame.t("ticket-page-ledger-paused"),
        (_, 0) => frame.t("ticket-page-ledger-closed"),
        (SpanStanding::Late, seconds) => frame.t1("ticket-page-ledger-late", "length", length(frame, seconds)),
        (SpanStanding::Running, seconds) => length(frame, seconds),
    };
    Cell {
        text,
        late: part.standing == SpanStanding::Late,
    }
}
