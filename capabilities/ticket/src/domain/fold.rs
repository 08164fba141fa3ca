//! How events become a ticket (SD-111). Nothing is refused here: what was recorded did happen.

use super::clocks::turn_clocks;
use super::{
    Assignment, AssignmentState, Check, ClosedReason, Link, LinkKind, Notice, Rating, State, Ticket, TicketEvent,
    TicketKind, TicketRef, Waiting, WaitingReason,
};
use kernel::{Instant, Uuid};
use people::PersonCategory;

impl Ticket {
    /// Where it came from, who has it, whose it is.
    pub(super) fn fold(&mut self, event: &TicketEvent, at: Instant) {
        match event {
            TicketEvent::Opened { opening } => self.open(opening, at),
            TicketEvent::Taken { operator } => {
                self.state = State::Taken;
                self.operator = Some(*operator);
                self.given = false;
                self.facts.taken_at.get_or_insert(at);
            }
            TicketEvent::Assigned { group, operator } => {
                let moved = group.is_some() && *group != self.group;
                self.group = group.or(self.group);
                self.operator = *operator;
                self.given = false;
                if operator.is_some() {
                    self.facts.taken_at.get_or_insert(at);
                    if self.stands() == State::New {
                        self.stand(State::Taken);
                    }
                }
                if self.stands() == State::BackOfficeWork && moved {
                    self.stand(State::Level1Work);
                }
            }
            TicketEvent::Given { operator, .. } => {
                self.operator = *operator;
                self.given = operator.is_some();
            }
            TicketEvent::MovedToBackOfficeL1 { group } => {
                self.state = State::BackOfficeWork;
                self.group = Some(*group);
                self.operator = None;
                self.given = false;
            }
            TicketEvent::GuestLinked { requester, category } => self.identify((*requester, *category), false, at),
            TicketEvent::DataVerified {
                requester, category, ..
            } => self.identify((*requester, *category), true, at),
            TicketEvent::RequesterMerged { merge, from, requester } => self.hand_over(*merge, *from, *requester),
            TicketEvent::RequesterUnmerged { merge, requester } => self.hand_back(*merge, *requester),
            TicketEvent::Rerouted { area, group, .. } => self.reroute(*area, *group, at),
            TicketEvent::PutUnderControl { .. } => self.state = State::UnderControl,
            other => self.fold_work(other, at),
        }
    }

    /// What registries say of who asks, and what they were told of it.
    fn fold_check(&mut self, event: &TicketEvent, at: Instant) {
        match event {
            TicketEvent::DataChecked { requester, checks } => {
                self.check = Some(Check {
                    requester: *requester,
                    at,
                    checks: checks.clone(),
                });
            }
            TicketEvent::DiscrepancyNotified { fields, how } => self.notices.push(Notice {
                fields: fields.clone(),
                how: *how,
                at,
            }),
            _ => {}
        }
    }

    /// What the desk finds out, what it waits for, what is said.
    fn fold_work(&mut self, event: &TicketEvent, at: Instant) {
        match event {
            TicketEvent::Registered { .. } => {
                self.facts.registered_at.get_or_insert(at);
            }
            TicketEvent::DiagnosisRecorded { .. } => {
                self.facts.diagnosed_at.get_or_insert(at);
                self.begin_work();
            }
            TicketEvent::Classified {
                kind,
                category,
                impact,
                urgency,
                priority,
                override_reason,
            } => {
                // What a contact says of itself without a kind is no classification yet.
                if *kind != TicketKind::Unknown {
                    self.facts.classified_at = Some(at);
                }
                (self.kind, self.category, self.priority) = (*kind, *category, *priority);
                (self.impact, self.urgency) = (Some(*impact), Some(*urgency));
                self.priority_overridden = override_reason.is_some();
                self.begin_work();
            }
            TicketEvent::Linked { kind, to, number } => self.link(*kind, *to, number, at),
            TicketEvent::Unlinked { to, .. } => self.unlink(*to),
            TicketEvent::Paused { reason, wake_at, .. } => {
                self.waiting = Some(Waiting {
                    reason: *reason,
                    wake_at: *wake_at,
                    before: self.state,
                });
                self.state = State::Waiting;
            }
            TicketEvent::Resumed | TicketEvent::Woken { .. } => {
                if let Some(waiting) = self.waiting.take() {
                    self.state = waiting.before;
                }
            }
            TicketEvent::MessageAdded {
                visibility,
                from_requester,
                ..
            } => {
                if *visibility == super::Visibility::Public && !from_requester {
                    self.facts.first_reply_at.get_or_insert(at);
                }
            }
            TicketEvent::SubjectChanged { subject } => self.subject = Some(subject.clone()),
            other => self.fold_second_level(other, at),
        }
    }

    /// Parts at the second level.
    fn fold_second_level(&mut self, event: &TicketEvent, at: Instant) {
        match event {
            TicketEvent::AssignmentCreated { assignment } => {
                self.assignments.push(assignment.clone());
                self.part_returned = false;
                self.state = State::Level2Work;
            }
            TicketEvent::AssignmentAccepted { assignment, operator } => {
                self.change_assignment(*assignment, AssignmentState::Accepted, at, |a| {
                    a.operator = Some(*operator)
                });
            }
            TicketEvent::AssignmentReturned { assignment, .. } => {
                self.change_assignment(*assignment, AssignmentState::Returned, at, |_| ());
                self.part_returned = true;
                self.leave_second_level(State::Level1Work, at);
            }
            TicketEvent::AssignmentWithdrawn { assignment } => {
                self.change_assignment(*assignment, AssignmentState::Withdrawn, at, |_| ());
                self.leave_second_level(State::Level1Work, at);
            }
            TicketEvent::AssignmentTechnicallyClosed { assignment, closure } => {
                self.change_assignment(*assignment, AssignmentState::TechClosed, at, |a| {
                    a.closure = Some(closure.clone())
                });
                self.leave_second_level(State::TechnicallyClosed, at);
            }
            other => self.fold_ending(other, at),
        }
    }

    /// The solution, the end, and what another product told.
    fn fold_ending(&mut self, event: &TicketEvent, at: Instant) {
        match event {
            TicketEvent::SolutionGiven { solution } => {
                self.solution = Some(solution.clone());
                self.state = State::SolutionGiven;
                self.facts.solved_at = Some(at);
                self.facts.first_reply_at.get_or_insert(at);
                self.attempts = 0;
            }
            TicketEvent::SolutionAccepted => self.facts.confirmed_at = Some(at),
            TicketEvent::SolutionRefused { class_right, .. } => {
                self.unsolve();
                self.state = if *class_right {
                    State::UnderControl
                } else {
                    State::Level1Work
                };
                // SD-063: what was classified wrongly is to be classified again, and how often is counted.
                if !class_right {
                    self.reclassifications += 1;
                    self.facts.classified_at = None;
                }
            }
            TicketEvent::OutboundAttempted { outcome } => {
                self.attempts += i64::from(*outcome == super::ContactOutcome::NotReached);
                self.last_attempt_at = Some(at);
                self.facts.first_reply_at.get_or_insert(at);
            }
            TicketEvent::ContactNeeded => self.state = State::ContactPending,
            TicketEvent::Closed { reason, .. } => self.end(State::Closed, Some(*reason), at),
            TicketEvent::Cancelled { .. } => self.end(State::Cancelled, None, at),
            TicketEvent::MergedInto { to, number } => {
                self.end(State::Merged, None, at);
                self.merged_into = Some(TicketRef {
                    id: *to,
                    number: number.clone(),
                });
            }
            TicketEvent::Reopened { .. } => {
                self.unsolve();
                self.state = State::UnderControl;
                self.closed_reason = None;
                self.facts.closed_at = None;
                self.reopenings += 1;
                // Another end is rated anew.
                self.rating = None;
            }
            TicketEvent::Rated { score, .. } => self.rating = Some(Rating { score: *score, at }),
            TicketEvent::ClocksTurned { turn, clocks, alarm } => {
                turn_clocks(&mut self.clocks, *turn, clocks);
                self.alarm = *alarm;
            }
            TicketEvent::Imported { .. } => self.import(event, at),
            other => {
                self.fold_check(other, at);
                self.fold_promise(other);
            }
        }
    }

    fn open(&mut self, opening: &super::Opening, at: Instant) {
        self.number.clone_from(&opening.number);
        self.area = opening.area;
        self.channel = opening.channel;
        self.requester = opening.requester;
        self.requester_category = opening.requester_category;
        self.verified = opening.proven;
        if opening.proven && opening.requester.is_some() {
            self.facts.identified_at = Some(at);
        }
        self.subject = Some(opening.subject.clone());
        self.description.clone_from(&opening.description);
        self.group = opening.group;
        self.external_ref.clone_from(&opening.external_ref);
        self.opened_at = at;
    }

    fn identify(&mut self, (requester, category): (Uuid, Option<PersonCategory>), verified: bool, at: Instant) {
        self.requester = Some(requester);
        self.requester_category = category;
        self.verified = verified;
        // Whoever is named now asks, whatever was thought before.
        self.handed.clear();
        if self.check.as_ref().is_some_and(|check| check.requester != requester) {
            self.check = None;
        }
        self.facts.identified_at.get_or_insert(at);
    }

    /// It stands elsewhere from now on; while it waits, it goes back to there.
    fn stand(&mut self, state: State) {
        match &mut self.waiting {
            Some(waiting) => waiting.before = state,
            None => self.state = state,
        }
    }

    /// Diagnosis and classification mean that the desk is at work.
    fn begin_work(&mut self) {
        if matches!(self.stands(), State::Taken | State::UnderControl) {
            self.stand(State::Level1Work);
        }
    }

    fn reroute(&mut self, area: Uuid, group: Option<Uuid>, at: Instant) {
        self.area = area;
        self.group = group;
        self.operator = None;
        self.given = false;
        self.state = State::New;
        self.waiting = None;
        self.category = None;
        // Another area has other registries.
        self.check = None;
        self.reroutes += 1;
        // What it hung on is the former area's; what solved it there does not solve it here.
        self.links.retain(|link| link.kind != LinkKind::Parent);
        self.before_link = None;
        self.unsolve();
        self.withdraw_assignments(at);
    }

    fn link(&mut self, kind: LinkKind, to: Uuid, number: &str, at: Instant) {
        self.links.push(Link {
            kind,
            to,
            number: number.to_owned(),
        });
        if kind == LinkKind::Parent {
            // From now on it waits for its parent, and for nobody else.
            let before = self.waiting.take().map_or(self.state, |waiting| waiting.before);
            self.before_link = Some(before);
            self.state = State::Linked;
            self.unsolve();
            self.withdraw_assignments(at);
        }
    }

    fn unlink(&mut self, to: Uuid) {
        let was_parent = self.parent().is_some_and(|link| link.to == to);
        self.links.retain(|link| link.to != to);
        if was_parent && self.stands() == State::Linked {
            // The parts and the solution it had are gone with the link: then the desk goes on with it.
            let back = match self.before_link.take() {
                Some(before @ (State::New | State::Taken | State::BackOfficeWork | State::UnderControl)) => before,
                _ => State::Level1Work,
            };
            self.stand(back);
        }
    }

    fn withdraw_assignments(&mut self, at: Instant) {
        self.part_returned = false;
        for assignment in self
            .assignments
            .iter_mut()
            .filter(|assignment| assignment.state.is_open())
        {
            assignment.stand(AssignmentState::Withdrawn, at);
        }
    }

    fn change_assignment(&mut self, id: Uuid, state: AssignmentState, at: Instant, more: impl FnOnce(&mut Assignment)) {
        if let Some(assignment) = self.assignments.iter_mut().find(|assignment| assignment.id == id) {
            assignment.stand(state, at);
            more(assignment);
        }
    }

    /// SD-072: only when no assignment is open any more does the ticket leave the second level.
    fn leave_second_level(&mut self, to: State, at: Instant) {
        if self.open_assignment().is_some() {
            return;
        }
        // A part that came back while others were worked on is still to be looked at by the desk.
        let to = if std::mem::take(&mut self.part_returned) {
            State::Level1Work
        } else {
            to
        };
        // A ticket that waits while its last part comes back goes on waiting; one that is done has waited enough.
        if let Some(waiting) = self.waiting.as_mut()
            && to != State::TechnicallyClosed
        {
            waiting.before = to;
            return;
        }
        self.waiting = None;
        self.state = to;
        if to == State::TechnicallyClosed {
            self.facts.solved_at = Some(at);
            self.attempts = 0;
        }
    }

    fn unsolve(&mut self) {
        self.facts.solved_at = None;
        self.facts.confirmed_at = None;
    }

    fn end(&mut self, state: State, reason: Option<ClosedReason>, at: Instant) {
        self.state = state;
        self.closed_reason = reason;
        self.facts.closed_at = Some(at);
        self.waiting = None;
        self.withdraw_assignments(at);
    }

    /// History told by another product.
    fn import(&mut self, event: &TicketEvent, at: Instant) {
        let TicketEvent::Imported {
            state,
            assignment,
            waiting,
            priority,
            impact,
            urgency,
            category,
            group,
            operator,
            reopenings,
            solved_at,
            closed_at,
            version,
        } = event
        else {
            return;
        };
        self.kind = TicketKind::Incident;
        (self.priority, self.impact, self.urgency) = (*priority, Some(*impact), Some(*urgency));
        (self.category, self.group, self.operator) = (*category, *group, *operator);
        self.reopenings = *reopenings;
        self.import_part(assignment.zip(*group), *state, at);
        self.state = *state;
        self.imported_version = Some(*version);
        if *state != State::New {
            self.facts.taken_at.get_or_insert(at);
        }
        self.facts.classified_at.get_or_insert(at);
        let at_work = if group.is_some() {
            State::Level2Work
        } else {
            State::Level1Work
        };
        self.waiting = (*state == State::Waiting).then_some(Waiting {
            reason: waiting.unwrap_or(WaitingReason::Requester),
            wake_at: None,
            before: at_work,
        });
        self.facts.solved_at = *solved_at;
        self.facts.closed_at = *closed_at;
        self.closed_reason = (*state == State::Closed).then_some(ClosedReason::Confirmed);
    }

    /// The part of the group that has it: begun, gone on with, or ended with what the other product tells.
    fn import_part(&mut self, part: Option<(Uuid, Uuid)>, state: State, at: Instant) {
        let operator = self.operator;
        let held = match operator {
            Some(_) => AssignmentState::Accepted,
            None => AssignmentState::Assigned,
        };
        let open = self
            .assignments
            .iter_mut()
            .find(|assignment| assignment.state.is_open());
        match (open, part) {
            (Some(open), Some((_, group))) if open.group == group => {
                open.operator = operator;
                open.stand(held, at);
            }
            (Some(open), None) if matches!(state, State::SolutionGiven | State::Closed) => {
                open.stand(AssignmentState::TechClosed, at);
            }
            (_, part) => {
                self.withdraw_assignments(at);
                self.assignments.extend(part.map(|(id, group)| Assignment {
                    id,
                    group,
                    operator,
                    state: held,
                    note: None,
                    closure: None,
                    created_at: at,
                    accepted_at: operator.map(|_| at),
                    ended_at: None,
                }));
            }
        }
    }
}
