//! Service levels as they were kept: of the clocks of an agreement, how many stopped in time (KPI-06), by metric and priority.
//!
//! Tickets that were imported have no clocks, since no breach follows from an import; what happened to them, and when, is
//! measured under the agreement all the same.

use crate::domain::{State, Ticket};
use configuration::Area;
use i18n::{Arg, Language};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kernel::{Checks, Instant, Outcome, Refusal, Uuid};
use serde::Serialize;
use service_level::{Agreement, Book, Measured, Metric, ServiceCalendar, Standing};
use std::collections::BTreeMap;
use store::{Loaded, Store};

/// Tickets that are read together.
const AT_ONCE: i64 = 1_000;

/// What to measure, as somebody asks for it.
#[derive(Clone, Debug, Default)]
pub struct Measure {
    /// The agreement by identity or name; all that are in force where none is named.
    pub agreement: Option<String>,
    /// The area by identity, code or name; all where none is named.
    pub area: Option<String>,
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub until: Option<String>,
}

/// The first day and the last.
type Days = (Option<Date>, Option<Date>);

impl Measure {
    fn days(&self) -> Outcome<Days> {
        let mut checks = Checks::new();
        let mut day = |field: &'static str, typed: &Option<String>| {
            let typed = typed.as_deref()?;
            let day = calendar::day_of(typed);
            if day.is_none() {
                checks.wrong(field, "ticket-report-bad-day");
            }
            day
        };
        let days = (day("from", &self.from), day("until", &self.until));
        checks.done()?;
        Ok(days)
    }

    async fn area(&self, store: &Store) -> Outcome<Option<Uuid>> {
        let Some(named) = self.area.as_deref() else {
            return Ok(None);
        };
        let areas = store.all::<Area>().await?;
        let found = Area::named(&areas, named).map(|area| area.id);
        found
            .map(Some)
            .ok_or_else(|| Refusal::field("area", "field-not-found").into())
    }
}

/// How an agreement was kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compliance {
    /// The agreement.
    pub agreement: String,
    /// Its present edition, from one.
    pub edition: i64,
    /// Tickets that it is for.
    pub tickets: i64,
    /// By metric and priority, then all priorities of a metric together.
    pub shares: Vec<Share>,
}

impl Compliance {
    /// In words, a line for each share.
    pub fn text(&self, language: Language) -> String {
        let heading = [
            ("agreement", Arg::from(self.agreement.as_str())),
            ("n", self.edition.into()),
            ("tickets", self.tickets.into()),
        ];
        let mut lines = vec![language.text_with("ticket-report-agreement", &heading)];
        lines.extend(self.shares.iter().map(|share| share.text(language)));
        if self.shares.is_empty() {
            lines.push(language.text("ticket-report-nothing"));
        }
        lines.join("\n") + "\n"
    }
}

impl Share {
    fn text(&self, language: Language) -> String {
        let metric = language.text(&format!("ticket-page-metric-{}", self.metric.replace('_', "-")));
        let priority = self.priority.map(|priority| format!("P{priority}"));
        let priority = priority.unwrap_or_else(|| language.text("ticket-report-all"));
        let percent = self
            .percent
            .map(|percent| format!("{} %", language.decimal(percent, 1)));
        let length = |seconds: Option<i64>| seconds.map(|seconds| language.duration(seconds.saturating_mul(1000)));
        let unknown = || language.text("ticket-report-unknown");
        let line = [
            ("metric", Arg::from(metric)),
            ("priority", priority.into()),
            ("percent", percent.unwrap_or_else(unknown).into()),
            ("met", self.met.into()),
            ("clocks", self.clocks.into()),
            ("median", length(self.median).unwrap_or_else(unknown).into()),
            ("most", length(self.p90).unwrap_or_else(unknown).into()),
        ];
        language.text_with("ticket-report-share", &line)
    }
}

/// How many clocks stopped in time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// What they measure.
    pub metric: &'static str,
    /// Of which priority; nothing for all together.
    pub priority: Option<i64>,
    /// Clocks that stopped in the period, and those that were late at its end and had not.
    pub clocks: i64,
    /// Those that stopped in time.
    pub met: i64,
    /// The share of them in hundredths, rounded to one decimal; nothing where there is nothing to measure.
    pub percent: Option<f64>,
    /// Open seconds until they stopped, the middle of them.
    pub median: Option<i64>,
    /// Nine of ten stopped within so many open seconds.
    pub p90: Option<i64>,
}

/// The figures of one line as they are counted.
#[derive(Clone, Debug, Default)]
struct Counted {
    met: i64,
    late: i64,
    times: Vec<i64>,
}

/// Measures.
///
/// # Errors
/// A refusal when there is no such agreement or area, or a day cannot be read.
pub async fn compliance(store: &Store, measure: &Measure) -> Outcome<Vec<Compliance>> {
    let (days, area) = (measure.days()?, measure.area(store).await?);
    let agreements = store.all::<Agreement>().await?;
    let calendars = store.all::<ServiceCalendar>().await?;
    let book = service_level::book(store).await?;
    let now = store.clock().now();
    let meant = meant(&agreements, measure.agreement.as_deref())?;
    let mut counting: Vec<Counting<'_>> = meant
        .into_iter()
        .map(|agreement| Counting::of(agreement, &calendars, days, now))
        .collect();
    let mut after = 0;
    loop {
        let tickets = store.read().cards_after::<Ticket>(after, AT_ONCE).await?;
        let Some(last) = tickets.last() else { break };
        after = last.ordinal;
        let counted = tickets.iter().map(|ticket| &ticket.state);
        let counted = counted.filter(|ticket| area.is_none_or(|area| area == ticket.area));
        // What was given up or goes on elsewhere is no one's service (KPI §1).
        let counted = counted.filter(|ticket| !matches!(ticket.state, State::Cancelled | State::Merged));
        for ticket in counted {
            counting.iter_mut().for_each(|one| one.count(&book, ticket));
        }
    }
    Ok(counting.into_iter().map(Counting::told).collect())
}

fn meant<'a>(all: &'a [Loaded<Agreement>], named: Option<&str>) -> Outcome<Vec<&'a Loaded<Agreement>>> {
    let Some(named) = named else {
        return Ok(all.iter().filter(|one| !one.state.closed).collect());
    };
    let is_meant = |one: &&Loaded<Agreement>| {
        one.id.to_string() == named || one.state.text().name.to_lowercase() == named.to_lowercase()
    };
    match all.iter().find(is_meant) {
        Some(one) => Ok(vec![one]),
        None => Err(Refusal::field("agreement", "field-not-found").into()),
    }
}

/// An agreement while its clocks are counted.
struct Counting<'a> {
    agreement: &'a Loaded<Agreement>,
    /// The period, the end of it outside.
    from: Instant,
    end: Instant,
    tickets: i64,
    lines: BTreeMap<(Metric, Option<i64>), Counted>,
}

impl<'a> Counting<'a> {
    fn of(
        agreement: &'a Loaded<Agreement>,
        calendars: &[Loaded<ServiceCalendar>],
        (first, last): Days,
        now: Instant,
    ) -> Self {
        let calendar = agreement.state.text().calendar;
        let calendar = calendars.iter().find(|one| Some(one.id) == calendar);
        // Days are those of the wall clock by which the hours are told.
        let zone = calendar.map_or("Europe/Rome", |one| one.state.text().zone.as_str());
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let begins = |day: Date| {
            let at = day.to_zoned(zone.clone()).ok();
            at.map(|at| Instant::from_millis(at.timestamp().as_millisecond()))
        };
        let after = |day: Date| day.tomorrow().ok().and_then(begins);
        let end = last.and_then(after).map_or(now, |end| end.min(now));
        Self {
            agreement,
            from: first.and_then(begins).unwrap_or_default(),
            end,
            tickets: 0,
            lines: BTreeMap::new(),
        }
    }

    fn count(&mut self, book: &Book, ticket: &Ticket) {
        let clocks = ticket.clocks_under(book, self.agreement.id, self.end);
        self.tickets += i64::from(!clocks.is_empty());
        for clock in clocks {
            for priority in [Some(ticket.priority), None] {
                self.count_clock((clock.metric, priority), &clock);
            }
        }
    }

    /// KPI-06: clocks that stopped in the period, and those that run and are past due at its end.
    fn count_clock(&mut self, line: (Metric, Option<i64>), clock: &Measured) {
        let has_stopped = clock.stopped.filter(|stopped| *stopped < self.end);
        match has_stopped {
            Some(stopped) if stopped < self.from => {}
            Some(_) => {
                let counted = self.lines.entry(line).or_default();
                counted.times.push(clock.seconds);
                match clock.standing {
                    Standing::Met => counted.met += 1,
                    _ => counted.late += 1,
                }
            }
            None if clock.standing != Standing::Void && clock.due.is_some_and(|due| due < self.end) => {
                self.lines.entry(line).or_default().late += 1;
            }
            None => {}
        }
    }

    fn told(self) -> Compliance {
        Compliance {
            agreement: self.agreement.state.text().name.clone(),
            edition: self.agreement.state.edition(),
            tickets: self.tickets,
            shares: self
                .lines
                .into_iter()
                .map(|(line, counted)| counted.told(line))
                .collect(),
        }
    }
}

impl Counted {
    fn told(mut self, (metric, priority): (Metric, Option<i64>)) -> Share {
        self.times.sort_unstable();
        let clocks = self.met + self.late;
        Share {
            metric: metric.code(),
            priority,
            clocks,
            met: self.met,
            percent: (clocks > 0).then(|| tenths(self.met, clocks)),
            median: median(&self.times),
            p90: nearest_rank(&self.times, 90),
        }
    }
}

/// A share in hundredths with one decimal, half up.
fn tenths(part: i64, whole: i64) -> f64 {
    ((part * 2_000 + whole) / (whole * 2)) as f64 / 10.0
}

fn median(sorted: &[i64]) -> Option<i64> {
    let (low, high) = (
        sorted.get(sorted.len().checked_sub(1)? / 2)?,
        sorted.get(sorted.len() / 2)?,
    );
    Some(low.midpoint(*high))
}

fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let place = (sorted.len() * percent).div_ceil(100).checked_sub(1)?;
    sorted.get(place).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_have_one_decimal_and_are_rounded_half_up() {
        for (part, whole, expected) in [
            (3, 5, 60.0),
            (1, 3, 33.3),
            (2, 3, 66.7),
            (1, 16, 6.3),
            (0, 7, 0.0),
            (7, 7, 100.0),
        ] {
            assert!((tenths(part, whole) - expected).abs() < 1e-9, "{part} of {whole}");
        }
    }

    /// KPI sheet §6: acknowledged after 5, 10, 15, 20, 60, 60 minutes, the middle is 17.5.
    #[test]
    fn the_middle_and_nine_of_ten() {
        let minutes = [5, 10, 15, 20, 60, 60].map(|minutes| minutes * 60);
        assert_eq!((median(&minutes), nearest_rank(&minutes, 90)), (Some(1050), Some(3600)));
        assert_eq!((median(&[7]), nearest_rank(&[7], 90)), (Some(7), Some(7)));
        assert_eq!((median(&[]), nearest_rank(&[], 90)), (None, None));
    }
}
