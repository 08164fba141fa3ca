//! Solving here, or sending to the second level and hearing back from it.

use super::{
    Assignment, AssignmentState, State, StatedOutcome, TechnicalClosure, TechnicalOutcome, TicketEvent, Working,
};
use kernel::{Refusal, Uuid};

/// What the second level says when it is done (SD-074): all of it is needed.
pub struct Done {
    /// What was done.
    pub activity: String,
    /// How it ended.
    pub outcome: TechnicalOutcome,
    /// Whether the requester is to be called.
    pub callback_required: bool,
}

impl Working<'_> {
    /// Gives a solution at the first level (SD-059).
    ///
    /// # Errors
    /// SD-040 or SD-054 where the area makes identification or classification a gate; SD-110 where the state forbids.
    pub fn solve(&mut self, solution: String) -> Result<(), Refusal> {
        self.must_be_open()?;
        self.must(self.ticket.state != State::New, "SD-059", "ticket-refusal-take-first")?;
        self.must(self.desk_works(), "SD-110", "ticket-refusal-solve")?;
        let gates = &self.parameters.gates;
        let (identified, classified) = (
            self.ticket.requester.is_some(),
            self.ticket.facts.classified_at.is_some(),
        );
        self.must(
            identified || !gates.identification_before_solution,
            "SD-040",
            "ticket-refusal-identify-first",
        )?;
        self.must(
            classified || !gates.classification_before_solution,
            "SD-054",
            "ticket-refusal-classify-first",
        )?;
        let solution = self.text(solution);
        self.then(TicketEvent::SolutionGiven { solution });
        Ok(())
    }

    /// Sends it (or a part of it) to a second-level group (SD-064, SD-070, SD-071).
    ///
    /// # Errors
    /// SD-064 where the area makes classification a gate; SD-110 where the state forbids.
    pub fn send_to_second_level(&mut self, id: Uuid, group: Uuid, note: Option<String>) -> Result<(), Refusal> {
        self.must_be_open()?;
        let allowed = self.desk_works() || self.ticket.state == State::Level2Work;
        let key = if self.ticket.state == State::New {
            "ticket-refusal-take-first"
        } else {
            "ticket-refusal-second-level"
        };
        self.must(allowed, "SD-110", key)?;
        let classified = self.ticket.facts.classified_at.is_some();
        let gate = self.parameters.gates.classification_before_second_level;
        self.must(classified || !gate, "SD-064", "ticket-refusal-classify-first")?;
        let note = self.text_if(note);
        let assignment = Assignment {
            id,
            group,
            operator: None,
            state: AssignmentState::Assigned,
            note,
            closure: None,
            created_at: self.now,
            accepted_at: None,
            ended_at: None,
        };
        self.then(TicketEvent::AssignmentCreated { assignment });
        Ok(())
    }

    /// Somebody of the group accepts the assignment.
    ///
    /// # Errors
    /// SD-112 when somebody else did, SD-110 when it is not open.
    pub fn accept_assignment(&mut self, assignment: Uuid, operator: Uuid, holder: &str) -> Result<(), Refusal> {
        let found = self.open_assignment(assignment)?;
        if found.state == AssignmentState::Accepted {
            return Err(self.refused("SD-112", "ticket-refusal-taken").with("who", holder));
        }
        self.then(TicketEvent::AssignmentAccepted { assignment, operator });
        Ok(())
    }

    /// The second level is done with it (SD-073): all parts done close the ticket technically (SD-072).
    ///
    /// # Errors
    /// SD-110 when the assignment is not open.
    pub fn close_technically(&mut self, assignment: Uuid, done: Done) -> Result<(), Refusal> {
        self.open_assignment(assignment)?;
        let activity = self.text(done.activity);
        let closure = TechnicalClosure {
            activity,
            outcome: StatedOutcome::Coded(done.outcome),
            callback_required: done.callback_required,
        };
        self.then(TicketEvent::AssignmentTechnicallyClosed { assignment, closure });
        let call = self
            .ticket
            .assignments
            .iter()
            .filter_map(|a| a.closure.as_ref())
            .any(|c| c.callback_required);
        if self.ticket.state == State::TechnicallyClosed && call {
            self.then(TicketEvent::ContactNeeded);
        }
        Ok(())
    }

    /// The second level gives it back with a reason: that part goes back to diagnosis.
    ///
    /// # Errors
    /// SD-110 when the assignment is not open.
    pub fn return_assignment(&mut self, assignment: Uuid, reason: String) -> Result<(), Refusal> {
        self.open_assignment(assignment)?;
        let reason = self.text(reason);
        self.then(TicketEvent::AssignmentReturned { assignment, reason });
        Ok(())
    }

    /// The desk takes it back.
    ///
    /// # Errors
    /// SD-110 when the assignment is not open.
    pub fn withdraw_assignment(&mut self, assignment: Uuid) -> Result<(), Refusal> {
        self.open_assignment(assignment)?;
        self.then(TicketEvent::AssignmentWithdrawn { assignment });
        Ok(())
    }

    fn open_assignment(&self, id: Uuid) -> Result<&Assignment, Refusal> {
        let found = self
            .ticket
            .assignments
            .iter()
            .find(|assignment| assignment.id == id)
            .ok_or_else(Refusal::not_found)?;
        self.must(found.state.is_open(), "SD-110", "ticket-refusal-assignment-ended")?;
        Ok(found)
    }
}
