//! The clocks of one ticket: which agreements hold for it, how each clock stands, and what of that is new.
//!
//! Pure. A ticket keeps its clocks as they were last told; after whatever happened they are reckoned again, and the
//! differences are events: started, moved, paused, resumed, met, breached, ended, attention.

use crate::{Agreement, AgreementText, Course, Facts, Metric, Pause, Reckoned, Standing, Terms};
use calendar::{Calendar, Hours};
use jiff::civil::Date;
use kernel::{Instant, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// A clock as a ticket keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The agreement it belongs to.
    pub agreement: Uuid,
    /// Which edition of it.
    pub edition: i64,
    /// Which edition of its calendar.
    pub calendar_edition: i64,
    /// What it measures.
    pub metric: Metric,
    /// Seconds of open time within which it must stop.
    pub target: i64,
    /// How it stands.
    pub standing: Standing,
    /// When it is due; nothing while it stands still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Instant>,
    /// When it stopped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Instant>,
    /// The largest share of its target, in hundredths, at which attention was called.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub attention: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// What became of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It began to run.
    Started,
    /// It is due at another instant, or under another target.
    Moved,
    /// It stands still.
    Paused,
    /// It runs again.
    Resumed,
    /// It stopped in time.
    Met,
    /// It was not stopped in time.
    Breached,
    /// It stopped after it was due.
    Stopped,
    /// The ticket ended: nothing is owed any more.
    Ended,
    /// It had stopped and runs again: the solution was none.
    Restarted,
    /// A share of the target is used up.
    Attention,
    /// The agreement does not hold for the ticket any more.
    Dropped,
    /// It was planned anew under another edition of its agreement or calendar.
    Replanned,
}

impl Turn {
    /// Its name, as the event that tells it ends.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Moved => "moved",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Stopped => "stopped",
            Self::Ended => "ended",
            Self::Restarted => "restarted",
            Self::Attention => "attention",
            Self::Dropped => "dropped",
            Self::Replanned => "replanned",
        }
    }
}

/// What became of a clock, and the clock as it is from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turned {
    /// What became of it.
    pub turn: Turn,
    /// When: a breach is told of the instant at which it was due, whoever notices it when.
    pub at: Instant,
    /// The clock as it is now.
    pub clock: Clock,
}

/// Under which editions clocks are planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Editions {
    /// Those with which they began.
    Kept,
    /// The newest.
    Newest,
}

/// An agreement that holds for a ticket, in the edition it comes under.
struct Holding<'b> {
    agreement: Uuid,
    edition: i64,
    calendar_edition: i64,
    text: &'b AgreementText,
}

/// An agreement with the hours of each of its editions, laid out once for all tickets.
#[derive(Clone, Debug)]
pub struct Book {
    agreements: Vec<(Uuid, Agreement)>,
    hours: HashMap<(Uuid, i64), Arc<Hours>>,
    editions: HashMap<Uuid, i64>,
    always: Arc<Hours>,
}

/// A calendar with its editions laid out.
pub struct LaidOut {
    /// The calendar.
    pub calendar: Uuid,
    /// Its editions in order.
    pub editions: Vec<Arc<Hours>>,
}

impl Book {
    /// Of all agreements and calendars; `year` is the year around which hours are laid out where they always run.
    pub fn new(agreements: Vec<(Uuid, Agreement)>, calendars: Vec<LaidOut>, year: i16) -> Self {
        let mut hours = HashMap::new();
        let mut editions = HashMap::new();
        for LaidOut {
            calendar,
            editions: laid,
        } in calendars
        {
            editions.insert(calendar, laid.len() as i64);
            for (edition, laid) in (1..).zip(laid) {
                hours.insert((calendar, edition), laid);
            }
        }
        Self {
            agreements,
            hours,
            editions,
            always: Arc::new(Hours::new(Calendar::always(), year)),
        }
    }

    /// True where nothing was agreed at all.
    pub fn is_empty(&self) -> bool {
        self.agreements.is_empty()
    }

    /// The agreements that hold for a ticket, each in the edition it comes under: the one its clocks began with (IM-028), the
    /// newest where it has none or where they are planned anew. Those that hold where no other does give way to any other.
    fn holding(&self, kept: &[Clock], facts: &Facts, editions: Editions) -> Vec<Holding<'_>> {
        let held = self.agreements.iter().filter_map(|(id, agreement)| {
            let is_in_area = agreement.area.is_none_or(|area| area == facts.area);
            let held = is_in_area.then(|| self.held(*id, agreement, kept, editions))??;
            held.text
                .covers(facts, self.day_of(&held, facts.received_on))
                .then_some(held)
        });
        let held: Vec<Holding<'_>> = held.collect();
        let has_own = held.iter().any(|one| !one.text.fallback);
        held.into_iter().filter(|one| !(has_own && one.text.fallback)).collect()
    }

    fn held<'b>(
        &'b self,
        id: Uuid,
        agreement: &'b Agreement,
        kept: &[Clock],
        editions: Editions,
    ) -> Option<Holding<'b>> {
        let own = kept.iter().filter(|clock| clock.agreement == id);
        let own = own.max_by_key(|clock| clock.edition);
        match own {
            // What is closed takes no more tickets; those under it stay as they are.
            Some(clock) if editions == Editions::Kept || agreement.closed => Some(Holding {
                agreement: id,
                edition: clock.edition,
                calendar_edition: clock.calendar_edition,
                text: agreement.at_edition(clock.edition)?,
            }),
            None if agreement.closed => None,
            _ => {
                let text = agreement.text();
                let newest = text.calendar.and_then(|calendar| self.editions.get(&calendar));
                Some(Holding {
                    agreement: id,
                    edition: agreement.edition(),
                    calendar_edition: newest.copied().unwrap_or(0),
                    text,
                })
            }
        }
    }

    /// The day of an instant on the wall clock of an agreement's calendar.
    fn day_of(&self, held: &Holding<'_>, at: Instant) -> Date {
        let hours = self.hours(held.text.calendar, held.calendar_edition, false);
        hours.unwrap_or(&self.always).calendar().date(at)
    }

    fn text(&self, clock: &Clock) -> Option<&AgreementText> {
        let (_, agreement) = self.agreements.iter().find(|(id, _)| *id == clock.agreement)?;
        agreement.at_edition(clock.edition)
    }

    /// The hours of a target in an edition of a calendar.
    fn hours(&self, calendar: Option<Uuid>, edition: i64, elapsed: bool) -> Option<&Hours> {
        match calendar {
            _ if elapsed => Some(&self.always),
            Some(calendar) => self.hours.get(&(calendar, edition)).map(AsRef::as_ref),
            None => None,
        }
    }

    /// The terms of a clock at a priority. A clock that has stopped keeps the target it had.
    pub fn terms<'a>(&'a self, clock: &Clock, priority: i64) -> Option<Terms<'a>> {
        let text = self.text(clock)?;
        let target = text.target(clock.metric, priority)?;
        Some(Terms {
            metric: clock.metric,
            target: target.seconds,
            hours: self.hours(text.calendar, clock.calendar_edition, target.elapsed)?,
            pausing: &text.pausing,
            pauses_while_solved: text.pauses_while_solved,
        })
    }

    /// The clocks a ticket should have, as they would begin.
    fn due_clocks(&self, kept: &[Clock], facts: &Facts, priority: i64, editions: Editions) -> Vec<Clock> {
        let of_agreement = |held: Holding<'_>| {
            let clocks = Metric::ALL.into_iter().filter_map(move |metric| {
                let target = held.text.target(metric, priority)?;
                Some(Clock {
                    agreement: held.agreement,
                    edition: held.edition,
                    calendar_edition: held.calendar_edition,
                    metric,
                    target: target.seconds,
                    standing: Standing::Running,
                    due: None,
                    stopped: None,
                    attention: 0,
                })
            });
            clocks.collect::<Vec<_>>()
        };
        let held = self.holding(kept, facts, editions);
        held.into_iter().flat_map(of_agreement).collect()
    }

    /// What is new about the clocks of a ticket, each under the editions with which it began (IM-028).
    pub fn turns(&self, kept: &[Clock], course: &Course, facts: &Facts, priority: i64, now: Instant) -> Vec<Turned> {
        let due = self.due_clocks(kept, facts, priority, Editions::Kept);
        self.turned(kept, &due, course, priority, now)
    }

    /// What is new when the clocks that run are planned anew under the newest editions; what has stopped stays as it is
    /// (IM-028).
    pub fn replanned(
        &self,
        kept: &[Clock],
        course: &Course,
        facts: &Facts,
        priority: i64,
        now: Instant,
    ) -> Vec<Turned> {
        let due = self.due_clocks(kept, facts, priority, Editions::Newest);
        self.turned(kept, &due, course, priority, now)
    }

    fn turned(&self, kept: &[Clock], due: &[Clock], course: &Course, priority: i64, now: Instant) -> Vec<Turned> {
        let is_same = |one: &Clock, other: &Clock| one.agreement == other.agreement && one.metric == other.metric;
        let mut turns = Vec::new();
        for clock in kept {
            // What has come to its end stays as it was (IM-028); what runs goes when its agreement holds no more.
            let is_over = clock.stopped.is_some() || clock.standing == Standing::Void;
            match due.iter().find(|one| is_same(one, clock)) {
                Some(planned) if !is_over => self.migrate(clock, planned, course, priority, now, &mut turns),
                None if !is_over => turns.push(Turned {
                    turn: Turn::Dropped,
                    at: now,
                    clock: clock.clone(),
                }),
                _ => self.turn(clock, course, priority, now, &mut turns),
            }
        }
        // What has ended without a solution owes nothing, and begins to owe nothing.
        let missing = due.iter().filter(|one| !kept.iter().any(|other| is_same(one, other)));
        let started: Vec<Clock> = missing
            .filter(|_| course.void.is_none())
            .filter_map(|clock| self.started(clock, course, priority))
            .collect();
        turns.extend(started.iter().map(|clock| Turned {
            turn: Turn::Started,
            at: course.received,
            clock: clock.clone(),
        }));
        for clock in &started {
            self.turn(clock, course, priority, now, &mut turns);
        }
        turns
    }

    /// A clock that runs, under the editions it is planned with now.
    fn migrate(
        &self,
        clock: &Clock,
        planned: &Clock,
        course: &Course,
        priority: i64,
        now: Instant,
        turns: &mut Vec<Turned>,
    ) {
        let is_as_before = (clock.edition, clock.calendar_edition) == (planned.edition, planned.calendar_edition);
        let mut moved = Clock {
            edition: planned.edition,
            calendar_edition: planned.calendar_edition,
            ..clock.clone()
        };
        if !is_as_before && let Some(terms) = self.terms(&moved, priority) {
            moved.target = terms.target;
            moved.due = terms.reckon(course, now).due;
            // Attention that was called and is not due yet under the new terms will be called again.
            let is_reached = terms.reached_at(course, moved.attention).is_some_and(|at| at <= now);
            moved.attention = if is_reached { moved.attention } else { 0 };
            turns.push(Turned {
                turn: Turn::Replanned,
                at: now,
                clock: moved.clone(),
            });
        }
        self.turn(&moved, course, priority, now, turns);
    }

    /// A clock as it starts: as if nothing had happened yet; what has happened meanwhile is told after that.
    fn started(&self, clock: &Clock, course: &Course, priority: i64) -> Option<Clock> {
        let terms = self.terms(clock, priority)?;
        let fresh = Course {
            received: course.received,
            ..Course::default()
        };
        Some(Clock {
            due: terms.reckon(&fresh, course.received).due,
            ..clock.clone()
        })
    }

    fn turn(&self, clock: &Clock, course: &Course, priority: i64, now: Instant, turns: &mut Vec<Turned>) {
        let Some(terms) = self.terms(clock, priority) else {
            return;
        };
        let reckoned = terms.reckon(course, now);
        // IM-028: a clock that has stopped is not touched, unless it turns out that it had not.
        if clock.stopped.is_some() && reckoned.stopped == clock.stopped {
            return;
        }
        let restarted = Self::restarted(clock, &reckoned);
        if let Some(clock) = &restarted {
            turns.push(Turned {
                turn: Turn::Restarted,
                at: now,
                clock: clock.clone(),
            });
        }
        let before = restarted.as_ref().unwrap_or(clock);
        let mut after = Clock {
            target: terms.target,
            standing: reckoned.standing,
            due: reckoned.due,
            stopped: reckoned.stopped,
            ..before.clone()
        };
        self.call_attention(&terms, before, &mut after, course, now, turns);
        if let Some(turn) = told(before, &after) {
            let at = match turn {
                Turn::Breached => after.due.unwrap_or(now),
                Turn::Met | Turn::Stopped => after.stopped.unwrap_or(now),
                _ => now,
            };
            turns.push(Turned { turn, at, clock: after });
        }
    }

    /// A clock that had stopped and has not: it runs again, from its first start.
    fn restarted(clock: &Clock, reckoned: &Reckoned) -> Option<Clock> {
        (clock.stopped.is_some() && reckoned.stopped.is_none()).then(|| Clock {
            standing: Standing::Running,
            due: reckoned.due,
            stopped: None,
            ..clock.clone()
        })
    }

    /// Shares of the target that are used up by now and were not called yet; the largest stands for those before it.
    fn call_attention(
        &self,
        terms: &Terms<'_>,
        before: &Clock,
        after: &mut Clock,
        course: &Course,
        now: Instant,
        turns: &mut Vec<Turned>,
    ) {
        if !matches!(after.standing, Standing::Running | Standing::Breached) || after.stopped.is_some() {
            return;
        }
        let Some(text) = self.text(before) else { return };
        let is_reached = |share: &i64| terms.reached_at(course, *share).is_some_and(|at| at <= now);
        let largest = text.attention.iter().copied().filter(is_reached).max().unwrap_or(0);
        if largest > before.attention {
            after.attention = largest;
            if after.standing == Standing::Running {
                let mut clock = before.clone();
                clock.attention = largest;
                (clock.due, clock.target) = (after.due, after.target);
                turns.push(Turned {
                    turn: Turn::Attention,
                    at: terms.reached_at(course, largest).unwrap_or(now),
                    clock,
                });
            }
        }
    }

    /// The next instant at which something is to be told about the clocks: attention, or a breach just after it is due.
    pub fn next_alarm(&self, clocks: &[Clock], course: &Course, priority: i64) -> Option<Instant> {
        let running = clocks.iter().filter(|clock| clock.standing == Standing::Running);
        let alarms = running.filter_map(|clock| {
            let terms = self.terms(clock, priority)?;
            let shares = self.text(clock)?.attention.iter().copied();
            let next = shares.filter(|share| *share > clock.attention).min();
            let attention = next.and_then(|share| terms.reached_at(course, share));
            // What stops in the second in which it is due is in time: it is breached a second later.
            let breach = clock.due.map(|due| due.plus_seconds(1));
            [attention, breach].into_iter().flatten().min()
        });
        alarms.min()
    }
}

/// What to call the difference between two states of a clock.
fn told(before: &Clock, after: &Clock) -> Option<Turn> {
    use Standing::{Breached, Met, Paused, Running, Void};
    match (before.standing, after.standing) {
        (Breached, Breached) if before.stopped.is_none() && after.stopped.is_some() => Some(Turn::Stopped),
        (Running | Paused | Met | Void, Breached) => Some(Turn::Breached),
        (one, Met) if one != Met => Some(Turn::Met),
        (Breached, Running | Paused) => Some(Turn::Moved),
        (Running, Paused) => Some(Turn::Paused),
        (Paused, Running) => Some(Turn::Resumed),
        (one, Void) if one != Void => Some(Turn::Ended),
        (Void, Running | Paused) => Some(Turn::Restarted),
        _ if before.due != after.due || before.target != after.target => Some(Turn::Moved),
        _ => None,
    }
}

/// Keeps what a ticket's waiting and solving come to, for its course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruptions {
    /// Waiting: from, until (nothing while it lasts), reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<Interruption>,
    /// Solved, until it turned out that it was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solved: Vec<Interruption>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interruption {
    /// When it began.
    pub from: Instant,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// Its coded reason.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Interruptions {
    /// Nothing ever interrupted it.
    pub fn is_empty(&self) -> bool {
        self.waits.is_empty() && self.solved.is_empty()
    }

    /// Notes that a ticket waits for a reason from an instant on, or for none.
    pub fn wait(&mut self, reason: Option<&str>, at: Instant) {
        follow(&mut self.waits, reason, at);
    }

    /// Notes that what was solved at an instant is solved no more.
    pub fn unsolved(&mut self, from: Instant, at: Instant) {
        self.solved.push(Interruption {
            from,
            until: Some(at),
            reason: String::new(),
        });
    }

    /// The waits as pauses.
    pub fn pauses(&self) -> (Vec<Pause>, Vec<Pause>) {
        let pause = |one: &Interruption| Pause {
            from: one.from,
            until: one.until,
            reason: one.reason.clone(),
        };
        (
            self.waits.iter().map(pause).collect(),
            self.solved.iter().map(pause).collect(),
        )
    }
}

fn follow(all: &mut Vec<Interruption>, reason: Option<&str>, at: Instant) {
    let open = all.last_mut().filter(|last| last.until.is_none());
    match (open, reason) {
        (Some(last), Some(reason)) if last.reason == reason => {}
        (last, reason) => {
            if let Some(last) = last {
                last.until = Some(at.max(last.from));
            }
            if let Some(reason) = reason {
                all.push(Interruption {
                    from: at,
                    until: None,
                    reason: reason.to_owned(),
                });
            }
        }
    }
}
