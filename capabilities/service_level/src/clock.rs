//! One clock of one ticket: when it is due, how much of it is used, whether it was met.
//!
//! Pure. A clock is reckoned anew from what happened, each time: nothing is added up as time goes by, so nothing can drift,
//! and whoever disputes it can be shown every span.

use calendar::{Hours, Span};
use kernel::{Instant, Uuid};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a clock measures, between the instants of the KPI sheet (§1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// From received to taken in charge by a person.
    TakingCharge,
    /// From received to the first reply by a person.
    FirstReply,
    /// From received to resolved.
    Resolution,
    /// From an assignment to a group until somebody of the group accepts it.
    GroupTakingCharge,
    /// From an assignment to a group until the group is done with its part, or gives it back.
    GroupWork,
}

impl Metric {
    /// All of them, in the order in which they stop: of the ticket, then of each part of it.
    pub const ALL: [Self; 5] = [
        Self::TakingCharge,
        Self::FirstReply,
        Self::Resolution,
        Self::GroupTakingCharge,
        Self::GroupWork,
    ];

    /// Its name in events and in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TakingCharge => "taking_charge",
            Self::FirstReply => "first_reply",
            Self::Resolution => "resolution",
            Self::GroupTakingCharge => "group_taking_charge",
            Self::GroupWork => "group_work",
        }
    }

    /// Whether it measures a part that a group has, and not the ticket.
    pub const fn is_of_part(self) -> bool {
        matches!(self, Self::GroupTakingCharge | Self::GroupWork)
    }

    /// The metric of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.code() == code)
    }
}

/// Time that may be left out: from when until when, and why. Without an end it still lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// When it began.
    pub from: Instant,
    /// When it ended.
    pub until: Option<Instant>,
    /// The coded reason (SD-076).
    pub reason: String,
}

/// A part of a ticket, and the group that was given it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// The assignment.
    pub id: Uuid,
    /// The group.
    pub group: Uuid,
}

/// What happened to a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartCourse {
    /// Which.
    pub part: Part,
    /// When it was given to the group.
    pub assigned: Instant,
    /// When somebody of the group accepted it.
    pub taken: Option<Instant>,
    /// When the group was done with it, or gave it back.
    pub done: Option<Instant>,
    /// When it was taken from the group: nothing is owed any more.
    pub void: Option<Instant>,
}

/// What happened to a ticket, as far as clocks are concerned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// t_rec: when the request reached the desk.
    pub received: Instant,
    /// t_ack: when the first person took it.
    pub taken: Option<Instant>,
    /// t_fr: when a person first wrote or spoke to the requester.
    pub first_reply: Option<Instant>,
    /// t_res: when it was resolved; nothing again once the solution was refused or the ticket reopened.
    pub resolved: Option<Instant>,
    /// When it ended without a solution: nothing is owed any more.
    pub void: Option<Instant>,
    /// Waiting, with the reason of each time.
    pub waits: Vec<Pause>,
    /// Solved, until it turned out that it was not.
    pub solved: Vec<Pause>,
    /// Its parts, in the order in which groups were given them.
    pub parts: Vec<PartCourse>,
}

impl Course {
    /// What a clock is reckoned from: the ticket's course, or that of a part of it. What the ticket waits for, its parts wait
    /// for.
    pub fn of(&self, part: Option<Part>) -> Cow<'_, Self> {
        let part = part.and_then(|part| self.parts.iter().find(|one| one.part == part));
        part.map_or(Cow::Borrowed(self), |one| {
            Cow::Owned(Self {
                received: one.assigned,
                taken: one.taken,
                resolved: one.done,
                void: one.void,
                waits: self.waits.clone(),
                ..Self::default()
            })
        })
    }

    /// When the clock of a metric stopped.
    pub fn stopped(&self, metric: Metric) -> Option<Instant> {
        match metric {
            // What was solved without having been taken waits for nobody; a solution is a reply.
            Metric::TakingCharge | Metric::GroupTakingCharge => [self.taken, self.resolved].into_iter().flatten().min(),
            Metric::FirstReply => [self.first_reply, self.resolved].into_iter().flatten().min(),
            Metric::Resolution | Metric::GroupWork => self.resolved,
        }
    }
}

/// What was agreed about one clock.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    /// What it measures.
    pub metric: Metric,
    /// Seconds of open time within which it must stop.
    pub target: i64,
    /// The hours in which it runs.
    pub hours: &'a Hours,
    /// Reasons of waiting for which it stands still.
    pub pausing: &'a [String],
    /// Whether it stands still while a solution was thought to be one (process sheet §8b).
    pub pauses_while_solved: bool,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It runs, and is not due yet.
    Running,
    /// It stands still for a reason that was agreed.
    Paused,
    /// It stopped in time.
    Met,
    /// It was due and has not stopped, or stopped later.
    Breached,
    /// The ticket ended without a solution before it was due.
    Void,
}

impl Standing {
    /// Its name in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Void => "void",
        }
    }
}

/// A clock, reckoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reckoned {
    /// How it stands.
    pub standing: Standing,
    /// When it is due; nothing while it stands still with time left, or when its hours never come.
    pub due: Option<Instant>,
    /// When it stopped.
    pub stopped: Option<Instant>,
    /// Open milliseconds used, without pauses.
    pub net: i64,
    /// Open milliseconds used, with pauses.
    pub gross: i64,
}

/// What a span of time comes to for a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// The clock had stopped, or nothing was owed any more.
    pub ended: bool,
    /// It stood still for an agreed reason.
    pub still: bool,
    /// It was due already.
    pub late: bool,
    /// Seconds that count; none outside its hours.
    pub seconds: i64,
}

impl Terms<'_> {
    /// Reckons the clock at an instant.
    pub fn reckon(&self, course: &Course, now: Instant) -> Reckoned {
        let stopped = course.stopped(self.metric);
        let until = stopped.or(course.void).unwrap_or(now).max(course.received);
        let still = self.still(course);
        let due = self.reached(course, &still, self.target);
        Reckoned {
            standing: self.standing(course, &still, due, stopped, now),
            due,
            stopped,
            net: self
                .running(course.received, until, &still)
                .map(|span| self.open(span))
                .sum(),
            gross: self.hours.millis(course.received, until),
        }
    }

    /// When a share of the target is used up, in hundredths: an attention threshold (IM-016). Nothing while it stands still
    /// before that.
    pub fn reached_at(&self, course: &Course, percent: i64) -> Option<Instant> {
        self.reached(course, &self.still(course), self.target * percent / 100)
    }

    /// What of it a span of time comes to.
    pub fn within(&self, course: &Course, from: Instant, until: Instant) -> Stretch {
        let still = self.still(course);
        let end = course.stopped(self.metric).or(course.void).unwrap_or(Instant::NEVER);
        let used = |at: Instant| -> i64 {
            let spans = self.running(course.received, at.min(end), &still);
            spans.map(|span| self.open(span)).sum()
        };
        Stretch {
            ended: from >= end,
            still: still.iter().any(|span| span.from <= from && from < span.until),
            late: self.reached(course, &still, self.target).is_some_and(|due| from >= due),
            // Whole seconds since the start, so that spans add up to what the clock shows.
            seconds: used(until) / 1000 - used(from) / 1000,
        }
    }

    fn standing(
        &self,
        course: &Course,
        still: &[Span],
        due: Option<Instant>,
        stopped: Option<Instant>,
        now: Instant,
    ) -> Standing {
        let ended = stopped.or(course.void);
        // What stops at the very instant at which it is due is in time (KPI-06).
        let is_late = due.is_some_and(|due| ended.unwrap_or(now) > due);
        match (is_late, stopped) {
            (true, _) => Standing::Breached,
            (false, Some(_)) => Standing::Met,
            (false, None) if course.void.is_some() => Standing::Void,
            (false, None) if still.iter().any(|span| span.from <= now && now < span.until) => Standing::Paused,
            (false, None) => Standing::Running,
        }
    }

    /// The spans in which it stands still, in order and without overlaps; what still lasts ends never.
    fn still(&self, course: &Course) -> Vec<Span> {
        let waits = course.waits.iter().filter(|wait| self.pausing.contains(&wait.reason));
        let solved = course.solved.iter().filter(|_| self.pauses_while_solved);
        let mut spans: Vec<Span> = waits
            .chain(solved)
            .map(|pause| Span {
                from: pause.from.max(course.received),
                until: pause.until.unwrap_or(Instant::NEVER),
            })
            .filter(|span| span.from < span.until)
            .collect();
        spans.sort_unstable_by_key(|span| span.from);
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.from <= last.until => last.until = last.until.max(span.until),
                _ => joined.push(span),
            }
        }
        joined
    }

    /// The spans between two instants in which it does not stand still.
    fn running(&self, from: Instant, until: Instant, still: &[Span]) -> impl Iterator<Item = Span> {
        let begins = std::iter::once(from).chain(still.iter().map(|span| span.until));
        let ends = still.iter().map(|span| span.from).chain(std::iter::once(until));
        let spans: Vec<Span> = begins
            .zip(ends)
            .map(|(begin, end)| Span {
                from: begin,
                until: end.min(until),
            })
            .filter(|span| span.from < span.until)
            .collect();
        spans.into_iter()
    }

    fn open(&self, span: Span) -> i64 {
        self.hours.millis(span.from, span.until)
    }

    /// When so many seconds of it are used up.
    fn reached(&self, course: &Course, still: &[Span], seconds: i64) -> Option<Instant> {
        let mut left = seconds.max(0).saturating_mul(1000);
        for span in self.running(course.received, Instant::NEVER, still) {
            let Some(reached) = self.hours.after_millis(span.from, left) else {
                // Its hours never come again; a later span cannot have them either.
                return None;
            };
            if reached <= span.until {
                return Some(reached);
            }
            left -= self.open(span);
        }
        None
    }
}
