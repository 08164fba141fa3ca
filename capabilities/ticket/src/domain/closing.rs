//! Closing, with the requester heard; reopening; cancelling; merging.

use super::acts::LinkedTo;
use super::{ClosedReason, ContactOutcome, State, TicketEvent, Working};
use kernel::Refusal;

/// Days without an answer after which a written solution counts as accepted in silence (SD-089).
const SILENCE_DAYS: i64 = 5;

impl Working<'_> {
    /// Records what the requester says of the solution (SD-061…063, SD-086): satisfied closes, not satisfied goes under
    /// control; to classification where a solution of the first level was refused because the classification was wrong.
    ///
    /// # Errors
    /// SD-061 before there is a solution.
    pub fn hear(&mut self, satisfied: bool, class_right: bool, note: Option<String>) -> Result<(), Refusal> {
        let awaited = matches!(
            self.ticket.stands(),
            State::SolutionGiven | State::TechnicallyClosed | State::ContactPending
        );
        self.must(awaited, "SD-061", "ticket-refusal-no-solution")?;
        if self.ticket.state == State::Waiting {
            // The answer is what ends the waiting.
            self.then(TicketEvent::Resumed);
        }
        if satisfied {
            self.then(TicketEvent::SolutionAccepted);
            let note = self.text_if(note);
            self.then(TicketEvent::Closed {
                reason: ClosedReason::Confirmed,
                note,
            });
            return Ok(());
        }
        let at_first_level = self.ticket.state == State::SolutionGiven;
        let note = self.text_if(note);
        self.then(TicketEvent::SolutionRefused { class_right, note });
        if self.ticket.state == State::Level1Work {
            // Only what the first level solved is classified again without being asked, and not for ever.
            let too_often = self.ticket.reclassifications > self.parameters.reclass_max;
            let rule = if at_first_level { "SD-063" } else { "SD-086" };
            if too_often || !at_first_level {
                self.then(TicketEvent::PutUnderControl { rule: rule.to_owned() });
            }
        }
        Ok(())
    }

    /// Records a call to the requester (SD-084), where the second level asked for one or the desk decides that one is
    /// needed before closing its part (SD-083). A written solution waits for an answer: nobody is called only because silent
    /// (SD-089).
    ///
    /// # Errors
    /// SD-084 where no call is due, or the last one was too short ago.
    pub fn call(&mut self, outcome: ContactOutcome) -> Result<(), Refusal> {
        let due = matches!(self.ticket.state, State::TechnicallyClosed | State::ContactPending);
        let key = if self.ticket.state == State::SolutionGiven {
            "ticket-refusal-call-written"
        } else {
            "ticket-refusal-no-solution"
        };
        self.must(due, "SD-084", key)?;
        let gap = self.parameters.contact_gap_hours * 3600;
        let soon = self.ticket.attempts > 0
            && self
                .ticket
                .last_attempt_at
                .is_some_and(|last| self.now.seconds_since(last) < gap);
        if soon && outcome == ContactOutcome::NotReached {
            return Err(self
                .refused("SD-084", "ticket-refusal-call-gap")
                .with("hours", self.parameters.contact_gap_hours));
        }
        if self.ticket.state == State::TechnicallyClosed {
            self.then(TicketEvent::ContactNeeded);
        }
        self.then(TicketEvent::OutboundAttempted { outcome });
        Ok(())
    }

    /// Closes for a reason, where the requester was heard or need not be.
    ///
    /// # Errors
    /// The rule that is not met yet: SD-046, SD-085, SD-086, SD-089, SD-108, SD-110.
    pub fn close(&mut self, reason: ClosedReason, note: Option<String>) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.may_close(reason)?;
        let explained = !matches!(reason, ClosedReason::Refused | ClosedReason::Decided) || note.is_some();
        if !explained {
            return Err(Refusal::field("note", "field-required"));
        }
        let note = self.text_if(note);
        self.then(TicketEvent::Closed { reason, note });
        Ok(())
    }

    fn may_close(&self, reason: ClosedReason) -> Result<(), Refusal> {
        let ticket = &self.ticket;
        match reason {
            // SD-083: no call needed, so the second level's closure is enough; everywhere else the requester is heard.
            ClosedReason::Confirmed => self.must(
                ticket.state == State::TechnicallyClosed,
                "SD-086",
                "ticket-refusal-hear-first",
            ),
            ClosedReason::NoReply => {
                let silent = ticket.state == State::SolutionGiven
                    && ticket
                        .facts
                        .solved_at
                        .is_some_and(|at| self.now.seconds_since(at) >= SILENCE_DAYS * 86_400);
                self.must(silent, "SD-089", "ticket-refusal-silence")
            }
            ClosedReason::Unreached => {
                let used_up =
                    ticket.state == State::ContactPending && ticket.attempts >= self.parameters.contact_attempts_max;
                self.must(used_up, "SD-085", "ticket-refusal-attempts")
            }
            ClosedReason::Refused => {
                // What is under control is not refused any more but decided (SD-108).
                let before = matches!(
                    ticket.state,
                    State::New | State::Taken | State::Level1Work | State::BackOfficeWork
                );
                self.must(before, "SD-046", "ticket-refusal-refuse")
            }
            ClosedReason::Withdrawn => Ok(()),
            ClosedReason::Decided => self.must(ticket.state == State::UnderControl, "SD-108", "ticket-refusal-decide"),
        }
    }

    /// Opens it again within the term (SD-088).
    ///
    /// # Errors
    /// SD-088 when the term is over (a new, linked ticket goes on then), SD-110 when it is not closed.
    pub fn reopen(&mut self, reason: String) -> Result<(), Refusal> {
        self.must(
            self.ticket.state == State::Closed,
            "SD-110",
            "ticket-refusal-not-closed",
        )?;
        let days = self.parameters.reopen_days;
        let in_term = self
            .ticket
            .facts
            .closed_at
            .is_some_and(|at| self.now.seconds_since(at) <= days * 86_400);
        if !in_term {
            return Err(self.refused("SD-088", "ticket-refusal-reopen-term").with("days", days));
        }
        let reason = self.text(reason);
        self.then(TicketEvent::Reopened { reason });
        Ok(())
    }

    /// Cancels it: it was none.
    ///
    /// # Errors
    /// SD-110 when it has ended.
    pub fn cancel(&mut self, reason: String) -> Result<(), Refusal> {
        self.must_be_open()?;
        let reason = self.text(reason);
        self.then(TicketEvent::Cancelled { reason });
        Ok(())
    }

    /// Ends it as merged into another, which must be open; its children hang on that one from then on.
    ///
    /// # Errors
    /// SD-110 when either has ended or both are the same; SD-055 when its children would hang on a child, or on none.
    pub fn merge_into(&mut self, other: &LinkedTo) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must(!other.is_self, "SD-110", "ticket-refusal-link-self")?;
        self.must(other.open, "SD-110", "ticket-refusal-merge-ended")?;
        let is_child = self.children.iter().any(|child| child.id == other.id);
        self.must(!is_child, "SD-055", "ticket-refusal-merge-child")?;
        if other.has_parent {
            self.must_be_childless("ticket-refusal-merge-children")?;
        }
        self.then(TicketEvent::MergedInto {
            to: other.id,
            number: other.number.clone(),
        });
        Ok(())
    }

    /// Notes that another was merged into it.
    pub fn take_in(&mut self, other: &LinkedTo) {
        self.then(TicketEvent::MergedFrom {
            from: other.id,
            number: other.number.clone(),
        });
    }
}
