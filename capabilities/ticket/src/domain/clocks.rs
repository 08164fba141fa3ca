//! The clocks of a ticket: what they are reckoned from, and what is recorded of them.

use super::{Assignment, State, Ticket, TicketEvent, Working};
use kernel::{Instant, Uuid};
use service_level::{Book, Clock, Course, Facts, Measured, Pause, Standing, Turn, Turned};

impl Ticket {
    /// What happened to it, as far as clocks are concerned: in whole seconds, so that a part of one never moves what is due
    /// at closing time to the next morning.
    pub fn course(&self) -> Course {
        let second = |at: Option<Instant>| at.map(Instant::second);
        let (waits, solved) = self.interruptions.pauses();
        let whole = |pause: Pause| Pause {
            from: pause.from.second(),
            until: second(pause.until),
            ..pause
        };
        let is_void = matches!(self.state, State::Closed | State::Cancelled | State::Merged);
        let ended = self
            .facts
            .closed_at
            .filter(|_| is_void && self.facts.solved_at.is_none());
        Course {
            received: self.opened_at.second(),
            taken: second(self.facts.taken_at),
            first_reply: second(self.facts.first_reply_at),
            resolved: second(self.facts.solved_at),
            void: second(ended),
            waits: waits.into_iter().map(whole).collect(),
            solved: solved.into_iter().map(whole).collect(),
            parts: self.assignments.iter().map(Assignment::course).collect(),
        }
    }

    /// What decides which agreements hold for it.
    fn terms(&self) -> Facts {
        Facts {
            area: self.area,
            kind: self.kind.code().to_owned(),
            category: self.category,
            channel: self.channel.code().to_owned(),
            requester: self.requester_category.map(|category| category.code().to_owned()),
            received_on: self.opened_at,
        }
    }

    /// What its clocks under an agreement come to, or would have come to.
    pub fn clocks_under(&self, book: &Book, agreement: Uuid, now: Instant) -> Vec<Measured> {
        book.measured(
            agreement,
            &self.clocks,
            &self.course(),
            &self.terms(),
            self.priority,
            now,
        )
    }

    /// The next instant at which one of its clocks is due; never where none runs.
    pub(super) fn next_due(&self) -> Instant {
        let open = self.clocks.iter().filter(|clock| {
            clock.stopped.is_none() && matches!(clock.standing, Standing::Running | Standing::Breached)
        });
        open.filter_map(|clock| clock.due).min().unwrap_or(Instant::NEVER)
    }

    /// Waiting begins and ends by many events, and a solution turns out to be none by several: what changed tells.
    pub(super) fn note_interruptions(
        &mut self,
        (waited, solved): (Option<super::WaitingReason>, Option<Instant>),
        at: Instant,
    ) {
        let waits = self.waiting.as_ref().map(|waiting| waiting.reason);
        if waited != waits {
            self.interruptions.wait(waits.map(super::WaitingReason::code), at);
        }
        if let (Some(from), None) = (solved, self.facts.solved_at) {
            self.interruptions.unsolved(from, at);
        }
    }
}

impl Working<'_> {
    /// Reckons the clocks after what was done, and records what is new about them. History that another product told starts
    /// none: no breach follows from an import.
    pub fn reckon_clocks(&mut self, book: &Book) {
        if self.ticket.imported_version.is_some() || (book.is_empty() && self.ticket.clocks.is_empty()) {
            return;
        }
        let (course, terms) = (self.ticket.course(), self.ticket.terms());
        let (priority, now) = (self.ticket.priority, self.now.second());
        let turns = book.turns(&self.ticket.clocks, &course, &terms, priority, now);
        self.tell_turns(book, &course, turns);
    }

    /// Plans the clocks that run anew under the newest editions; what has stopped stays as it is (IM-028).
    pub fn replan_clocks(&mut self, book: &Book) {
        if self.ticket.imported_version.is_some() || !self.ticket.state.is_open() {
            return;
        }
        let (course, terms) = (self.ticket.course(), self.ticket.terms());
        let (priority, now) = (self.ticket.priority, self.now.second());
        let turns = book.replanned(&self.ticket.clocks, &course, &terms, priority, now);
        self.tell_turns(book, &course, turns);
    }

    fn tell_turns(&mut self, book: &Book, course: &Course, turns: Vec<Turned>) {
        let mut told: Vec<(Turn, Instant, Vec<Clock>)> = Vec::new();
        for turned in turns {
            match told.last_mut() {
                Some((turn, at, clocks)) if (*turn, *at) == (turned.turn, turned.at) => clocks.push(turned.clock),
                _ => told.push((turned.turn, turned.at, vec![turned.clock])),
            }
        }
        let mut clocks = self.ticket.clocks.clone();
        told.iter()
            .for_each(|(turn, _, turned)| turn_clocks(&mut clocks, *turn, turned));
        let alarm = book.next_alarm(&clocks, course, self.ticket.priority);
        if told.is_empty() && alarm != self.ticket.alarm {
            told.push((Turn::Moved, self.now, Vec::new()));
        }
        for (turn, at, clocks) in told {
            self.then_at(TicketEvent::ClocksTurned { turn, clocks, alarm }, at);
        }
    }
}

/// What becomes of a ticket's clocks by a turn of some of them.
pub(super) fn turn_clocks(kept: &mut Vec<Clock>, turn: Turn, turned: &[Clock]) {
    for clock in turned {
        if turn == Turn::Dropped {
            kept.retain(|one| !one.is_same(clock));
            continue;
        }
        match kept.iter_mut().find(|one| one.is_same(clock)) {
            Some(one) => *one = clock.clone(),
            None => kept.push(clock.clone()),
        }
    }
}
