//! A calendar, and what it says of time: open or closed, how long between two instants, when so many seconds have passed.

use crate::{DayHours, Feast, MINUTES_A_DAY, Weekly};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use kernel::Instant;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Days that are closed beside feasts: a company's bridge, a strike, a move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Why.
    pub name: String,
    /// Where it is written; empty where nobody said (WT-406).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// Hours that are open on a day whatever else is said of it: an election night, a Saturday of go-live.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The day.
    pub date: Date,
    /// From and until, on that day.
    pub hours: DayHours,
    /// Why.
    pub name: String,
    /// Where it is written; empty where nobody said (WT-406).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// Why a day is closed, and where that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason<'c> {
    /// The name of the feast or closure.
    pub name: &'c str,
    /// Where it is written; empty where nobody said.
    pub source: &'c str,
}

/// When a service is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The zone whose wall clock the hours are told by.
    pub zone: TimeZone,
    /// The week as it repeats.
    pub weekly: Weekly,
    /// Days of each year that are closed.
    pub feasts: Vec<Feast>,
    /// Other closed days.
    pub closures: Vec<Closure>,
    /// Hours that are open all the same.
    pub openings: Vec<Opening>,
}

/// Time without a gap during which a calendar is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When it opens.
    pub from: Instant,
    /// When it closes; this instant is closed.
    pub until: Instant,
}

impl Calendar {
    /// Open at all times.
    pub fn always() -> Self {
        Self {
            zone: TimeZone::UTC,
            weekly: Weekly::always(),
            feasts: Vec::new(),
            closures: Vec::new(),
            openings: Vec::new(),
        }
    }

    /// Why a day is closed: the name of its feast or closure.
    pub fn closed_by(&self, date: Date) -> Option<&str> {
        self.reasons(date).next().map(|reason| reason.name)
    }

    /// All that closes a day. A patron saint's day that falls on a national holiday is one day off with two reasons (WT-405).
    pub fn reasons(&self, date: Date) -> impl Iterator<Item = Reason<'_>> {
        let feasts = self
            .feasts
            .iter()
            .filter(move |feast| feast.date(date.year()) == Some(date));
        let closures = self
            .closures
            .iter()
            .filter(move |one| one.from <= date && date <= one.until);
        let feasts = feasts.map(|feast| Reason {
            name: &feast.name,
            source: &feast.source,
        });
        feasts.chain(closures.map(|one| Reason {
            name: &one.name,
            source: &one.source,
        }))
    }

    /// What is open on a day, in minutes of its wall clock, in order and without overlaps.
    pub fn on(&self, date: Date) -> Vec<DayHours> {
        self.on_day(date, self.closed_by(date).is_some())
    }

    fn on_day(&self, date: Date, is_closed: bool) -> Vec<DayHours> {
        let mut open = if is_closed {
            Vec::new()
        } else {
            self.weekly.on(date.weekday())
        };
        open.extend(self.opened_on(date));
        open.sort_unstable();
        let mut joined: Vec<DayHours> = Vec::with_capacity(open.len());
        for span in open {
            match joined.last_mut() {
                Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
                _ => joined.push(span),
            }
        }
        joined
    }

    /// Extra openings that fall on a day, with what reaches over from the day before.
    fn opened_on(&self, date: Date) -> impl Iterator<Item = DayHours> {
        let before = date.yesterday().ok();
        self.openings.iter().filter_map(move |opening| {
            if opening.date == date {
                let until = opening.hours.until.min(MINUTES_A_DAY);
                return Some(DayHours { until, ..opening.hours });
            }
            let reaches = opening
                .hours
                .until
                .checked_sub(MINUTES_A_DAY)
                .filter(|until| *until > 0)?;
            (Some(opening.date) == before).then_some(DayHours {
                from: 0,
                until: reaches,
            })
        })
    }

    /// The spans of a day, as they pass.
    fn spans_on(&self, date: Date) -> impl Iterator<Item = Span> {
        self.passing(date, self.on(date))
    }

    fn passing(&self, date: Date, open: Vec<DayHours>) -> impl Iterator<Item = Span> {
        open.into_iter().map(move |hours| Span {
            from: self.instant(date, hours.from),
            until: self.instant(date, hours.until),
        })
    }

    /// The closed days of some years, each found once.
    fn closed_in(&self, first: i16, last: i16) -> HashSet<Date> {
        let feasts = (first..=last).flat_map(|year| self.feasts.iter().filter_map(move |feast| feast.date(year)));
        let mut closed: HashSet<Date> = feasts.collect();
        for closure in &self.closures {
            let days = closure.from.series(1.day());
            closed.extend(days.take_while(|day| *day <= closure.until && day.year() <= last));
        }
        closed
    }

    /// The first instant at which the wall clock of a day shows a minute, or would have shown it: a minute that is skipped
    /// is reached when the clock jumps over it, one that comes twice when it comes first.
    fn instant(&self, date: Date, minute: u16) -> Instant {
        let at = date.at(0, 0, 0, 0).saturating_add(i64::from(minute).minutes());
        Instant::from_millis(self.reached(at))
    }

    fn reached(&self, at: DateTime) -> i64 {
        let ambiguous = self.zone.to_ambiguous_timestamp(at);
        let stamp = match ambiguous.offset() {
            AmbiguousOffset::Gap { .. } => {
                // Read with the offset before the jump it lies at the jump or after it: the last jump until then is meant.
                let read = ambiguous.later();
                read.map(|read| {
                    let just_after = read.saturating_add(1.millisecond()).unwrap_or(read);
                    self.zone
                        .preceding(just_after)
                        .next()
                        .map_or(read, |jump| jump.timestamp())
                })
            }
            _ => ambiguous.earlier(),
        };
        stamp.map_or(i64::MAX, |stamp| stamp.as_millisecond())
    }

    /// The day of an instant on this calendar's wall clock.
    pub fn date(&self, at: Instant) -> Date {
        at.timestamp().to_zoned(self.zone.clone()).date()
    }
}

/// Years that are laid out on each side of the year for which hours were asked first.
const YEARS: i16 = 6;
/// Days that are looked at beyond what is laid out before something is called never.
const PATIENCE: usize = 4000;

/// A calendar laid out as spans, so that a question is a search in a sorted list and not a walk over days.
#[derive(Clone, Debug)]
pub struct Hours {
    calendar: Calendar,
    first: Date,
    last: Date,
    /// Spans in order, none touching the next, with the open milliseconds before each.
    spans: Vec<(Span, i64)>,
    /// The instants between which the spans stand.
    laid_out: Span,
}

impl Hours {
    /// Lays a calendar out around a year.
    pub fn new(calendar: Calendar, year: i16) -> Self {
        let first = Date::new(year.saturating_sub(YEARS), 1, 1).unwrap_or(Date::MIN);
        let last = Date::new(year.saturating_add(YEARS), 12, 31).unwrap_or(Date::MAX);
        let mut spans: Vec<(Span, i64)> = Vec::new();
        let mut before = 0;
        let mut date = first;
        let closed = calendar.closed_in(first.year(), last.year());
        loop {
            let open = calendar.on_day(date, closed.contains(&date));
            for span in calendar.passing(date, open).filter(|span| span.from < span.until) {
                match spans.last_mut() {
                    Some((earlier, _)) if earlier.until >= span.from => earlier.until = span.until,
                    _ => spans.push((span, 0)),
                }
            }
            match date.tomorrow() {
                Ok(tomorrow) if date < last => date = tomorrow,
                _ => break,
            }
        }
        for (span, so_far) in &mut spans {
            *so_far = before;
            before += length(*span);
        }
        let laid_out = Span {
            from: calendar.instant(first, 0),
            until: calendar.instant(last, MINUTES_A_DAY),
        };
        Self {
            calendar,
            first,
            last,
            spans,
            laid_out,
        }
    }

    /// The calendar.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// True when it is open at an instant.
    pub fn is_open(&self, at: Instant) -> bool {
        self.within(at, at.plus_seconds(1))
            .first()
            .is_some_and(|span| span.from <= at)
    }

    /// Open seconds between two instants, whole ones; negative when they stand the other way round.
    pub fn seconds(&self, from: Instant, until: Instant) -> i64 {
        self.millis(from, until) / 1000
    }

    /// Open milliseconds between two instants.
    pub fn millis(&self, from: Instant, until: Instant) -> i64 {
        if until < from {
            return -self.millis(until, from);
        }
        if self.is_laid_out(from) && self.is_laid_out(until) {
            return self.open_before(until) - self.open_before(from);
        }
        self.within(from, until).into_iter().map(length).sum()
    }

    /// The instant at which so many open seconds have passed since `from`; at the end of a span that very instant, not the
    /// next opening. Nothing when that never comes.
    pub fn after(&self, from: Instant, seconds: i64) -> Option<Instant> {
        self.after_millis(from, seconds.max(0).saturating_mul(1000))
    }

    /// The same in milliseconds.
    pub fn after_millis(&self, from: Instant, millis: i64) -> Option<Instant> {
        if millis <= 0 {
            return Some(from);
        }
        if self.is_laid_out(from) {
            let due = self.open_before(from) + millis;
            // The first span at whose end so much has passed.
            let place = self
                .spans
                .partition_point(|(span, before)| before + length(*span) < due);
            if let Some((span, before)) = self.spans.get(place) {
                return Some(Instant::from_millis(span.from.as_millis() + due - before));
            }
        }
        self.walk_after(from, millis)
    }

    /// The first instant from `at` on at which it is open. Nothing when that never comes.
    pub fn next_open(&self, at: Instant) -> Option<Instant> {
        let just_after = self.after_millis(at, 1)?;
        Some(Instant::from_millis(just_after.as_millis() - 1))
    }

    /// The open spans between two instants, cut at them, in order.
    pub fn within(&self, from: Instant, until: Instant) -> Vec<Span> {
        let cut = |span: &Span| Span {
            from: span.from.max(from),
            until: span.until.min(until),
        };
        if self.is_laid_out(from) && self.is_laid_out(until) {
            let first = self.spans.partition_point(|(span, _)| span.until <= from);
            let touching = self.spans[first..].iter().map(|(span, _)| span);
            return touching.take_while(|span| span.from < until).map(cut).collect();
        }
        let mut spans: Vec<Span> = Vec::new();
        let mut date = self.calendar.date(from);
        let last = self.calendar.date(until);
        while date <= last {
            for span in self.calendar.spans_on(date).map(|span| cut(&span)) {
                match spans.last_mut() {
                    _ if span.from >= span.until => {}
                    Some(earlier) if earlier.until >= span.from => earlier.until = span.until,
                    _ => spans.push(span),
                }
            }
            let Ok(tomorrow) = date.tomorrow() else { break };
            date = tomorrow;
        }
        spans
    }

    fn is_laid_out(&self, at: Instant) -> bool {
        self.laid_out.from <= at && at < self.laid_out.until
    }

    /// Open milliseconds from the beginning of what is laid out.
    fn open_before(&self, at: Instant) -> i64 {
        let place = self.spans.partition_point(|(span, _)| span.from <= at);
        let Some((span, before)) = place.checked_sub(1).and_then(|place| self.spans.get(place)) else {
            return 0;
        };
        before + (at.min(span.until).as_millis() - span.from.as_millis())
    }

    /// Day by day, for what lies outside.
    fn walk_after(&self, from: Instant, millis: i64) -> Option<Instant> {
        let mut left = millis;
        let mut date = self.calendar.date(from);
        for _ in 0..PATIENCE {
            for span in self.calendar.spans_on(date) {
                let begins = span.from.max(from);
                let open = (span.until.as_millis() - begins.as_millis()).max(0);
                if open >= left {
                    return Some(Instant::from_millis(begins.as_millis() + left));
                }
                left -= open;
            }
            date = date.tomorrow().ok()?;
        }
        None
    }

    /// The days that are laid out.
    pub fn days(&self) -> (Date, Date) {
        (self.first, self.last)
    }
}

fn length(span: Span) -> i64 {
    span.until.as_millis() - span.from.as_millis()
}
