//! The clocks of one ticket: which agreements hold for it, how each clock stands, and what of that is new.
//!
//! Pure. A ticket keeps its clocks as they were last told; after whatever happened they are reckoned again, and the
//! differences are events: started, moved, paused, resumed, met, breached, ended, attention.

use crate::{Agreement, AgreementText, Clock, Course, Facts, Metric, Part, Reckoned, Standing, Terms, Turn, Turned};
use calendar::{Calendar, Hours};
use jiff::civil::Date;
use kernel::{Instant, Uuid};
use std::collections::HashMap;
use std::sync::Arc;

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

impl Holding<'_> {
    /// Its clocks for a ticket or for a part of it, as they would begin.
    fn clocks(&self, part: Option<Part>, priority: i64) -> impl Iterator<Item = Clock> {
        let metrics = Metric::ALL.into_iter();
        let metrics = metrics.filter(move |metric| metric.is_of_part() == part.is_some());
        metrics.filter_map(move |metric| {
            Some(Clock {
                agreement: self.agreement,
                edition: self.edition,
                calendar_edition: self.calendar_edition,
                metric,
                part,
                target: self.text.target(metric, priority)?.seconds,
                standing: Standing::Running,
                due: None,
                stopped: None,
                attention: 0,
            })
        })
    }
}

/// An agreement with the hours of each of its editions, laid out once for all tickets.
#[derive(Clone, Debug)]
pub struct Book {
    agreements: Vec<(Uuid, Agreement)>,
    hours: HashMap<(Uuid, i64), Arc<Hours>>,
    editions: HashMap<Uuid, i64>,
    services: HashMap<Uuid, String>,
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
            services: HashMap::new(),
            always: Arc::new(Hours::new(Calendar::always(), year)),
        }
    }

    /// The same with the service of each category.
    pub fn with_services(self, services: HashMap<Uuid, String>) -> Self {
        Self { services, ..self }
    }

    /// Whether the hours of a calendar run at an instant, as its newest edition says; nothing for a calendar that is not there.
    pub fn is_open(&self, calendar: Uuid, at: Instant) -> Option<bool> {
        let edition = *self.editions.get(&calendar)?;
        Some(self.hours.get(&(calendar, edition))?.is_open(at))
    }

    /// True where nothing was agreed at all.
    pub fn is_empty(&self) -> bool {
        self.agreements.is_empty()
    }

    /// The agreements that hold for a ticket, each in the edition it comes under: the one its clocks began with (IM-028), the
    /// newest where it has none or where they are planned anew.
    fn holding(&self, kept: &[Clock], facts: &Facts, editions: Editions) -> Vec<Holding<'_>> {
        let service = self.service_of(facts);
        let held = self.agreements.iter().filter_map(|(id, agreement)| {
            let is_in_area = agreement.area.is_none_or(|area| area == facts.area);
            let held = is_in_area.then(|| self.held(*id, agreement, kept, editions))??;
            held.text
                .covers(facts, service, self.day_of(&held, facts.received_on))
                .then_some(held)
        });
        held.collect()
    }

    fn service_of(&self, facts: &Facts) -> Option<&str> {
        let service = facts.category.and_then(|category| self.services.get(&category));
        service.map(String::as_str)
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
            _ => Some(self.newest(id, agreement)),
        }
    }

    fn newest<'b>(&'b self, id: Uuid, agreement: &'b Agreement) -> Holding<'b> {
        let text = agreement.text();
        let newest = text.calendar.and_then(|calendar| self.editions.get(&calendar));
        Holding {
            agreement: id,
            edition: agreement.edition(),
            calendar_edition: newest.copied().unwrap_or(0),
            text,
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

    /// The clocks that a ticket and its parts should have, as they would begin. What holds only where no other agreement does
    /// gives way to any other: one for groups does not take the ticket's own clocks away.
    fn due_clocks(
        &self,
        kept: &[Clock],
        course: &Course,
        facts: &Facts,
        priority: i64,
        editions: Editions,
    ) -> Vec<Clock> {
        let held = self.holding(kept, facts, editions);
        let parts = course.parts.iter().map(|one| Some(one.part));
        let of_part = |part: Option<Part>| {
            let group = part.map(|part| part.group);
            let measuring: Vec<&Holding<'_>> = held.iter().filter(|one| one.text.measures(group)).collect();
            let has_own = measuring.iter().any(|one| !one.text.fallback);
            let holding = measuring.into_iter().filter(move |one| !(has_own && one.text.fallback));
            holding.flat_map(move |one| one.clocks(part, priority))
        };
        std::iter::once(None).chain(parts).flat_map(of_part).collect()
    }

    /// The clocks that a ticket and its parts would have under the newest edition of an agreement that is for it, whenever they
    /// were received.
    pub(crate) fn clocks_under(&self, agreement: Uuid, course: &Course, facts: &Facts, priority: i64) -> Vec<Clock> {
        let meant = self.agreements.iter().find(|(id, _)| *id == agreement);
        let Some((_, known)) = meant.filter(|(_, known)| known.area.is_none_or(|area| area == facts.area)) else {
            return Vec::new();
        };
        let held = self.newest(agreement, known);
        if !held.text.is_for(facts, self.service_of(facts)) {
            return Vec::new();
        }
        let parts = course.parts.iter().map(|one| Some(one.part));
        let all = std::iter::once(None).chain(parts);
        let measured = all.filter(|part| held.text.measures(part.map(|part| part.group)));
        measured.flat_map(|part| held.clocks(part, priority)).collect()
    }

    /// What is new about the clocks of a ticket, each under the editions with which it began (IM-028).
    pub fn turns(&self, kept: &[Clock], course: &Course, facts: &Facts, priority: i64, now: Instant) -> Vec<Turned> {
        let due = self.due_clocks(kept, course, facts, priority, Editions::Kept);
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
        let due = self.due_clocks(kept, course, facts, priority, Editions::Newest);
        self.turned(kept, &due, course, priority, now)
    }

    fn turned(&self, kept: &[Clock], due: &[Clock], course: &Course, priority: i64, now: Instant) -> Vec<Turned> {
        let mut turns = Vec::new();
        for clock in kept {
            // What has come to its end stays as it was (IM-028); what runs goes when its agreement holds no more.
            match due.iter().find(|one| one.is_same(clock)) {
                Some(planned) if !clock.is_over() => {
                    self.migrate(clock, planned, &course.of(clock.part), priority, now, &mut turns);
                }
                None if !clock.is_over() => turns.push(Turned {
                    turn: Turn::Dropped,
                    at: now,
                    clock: clock.clone(),
                }),
                _ => self.turn(clock, &course.of(clock.part), priority, now, &mut turns),
            }
        }
        // What has ended without a solution owes nothing, and begins to owe nothing.
        let missing = due.iter().filter(|one| !kept.iter().any(|other| one.is_same(other)));
        let started: Vec<Clock> = missing
            .filter(|clock| course.of(clock.part).void.is_none())
            .filter_map(|clock| self.started(clock, &course.of(clock.part), priority))
            .collect();
        turns.extend(started.iter().map(|clock| Turned {
            turn: Turn::Started,
            at: course.of(clock.part).received,
            clock: clock.clone(),
        }));
        for clock in &started {
            self.turn(clock, &course.of(clock.part), priority, now, &mut turns);
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
            let course = course.of(clock.part);
            let shares = self.text(clock)?.attention.iter().copied();
            let next = shares.filter(|share| *share > clock.attention).min();
            let attention = next.and_then(|share| terms.reached_at(&course, share));
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
