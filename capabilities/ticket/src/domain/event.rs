//! What can happen to a ticket. One type per fact; texts stand apart as content.

use super::{
    Assignment, Channel, ClosedReason, ContactOutcome, LinkKind, Parting, SourceCheck, State, TechnicalClosure,
    Telling, TicketKind, Visibility, WaitingReason,
};
use kernel::{Instant, Uuid};
use people::{PersonCategory, Sharing};
use serde::{Deserialize, Serialize};
use service_level::{Clock, Turn};
use store::ContentRef;
use utoipa::ToSchema;

/// How a ticket begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Its number.
    pub number: String,
    /// Area.
    pub area: Uuid,
    /// Channel of arrival.
    pub channel: Channel,
    /// Who asked, if known.
    pub requester: Option<Uuid>,
    /// What the requester is to those who promise times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester_category: Option<PersonCategory>,
    /// True when the requester proved who they are (SD-040).
    pub proven: bool,
    /// Subject.
    pub subject: ContentRef,
    /// Description.
    pub description: Option<ContentRef>,
    /// Owner group: nothing is ever without one where the area has a default.
    pub group: Option<Uuid>,
    /// Key in the system it came from.
    pub external_ref: Option<String>,
    /// Which rule chose the group; nothing where its area had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<Route>,
}

/// How the group of a ticket was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The rule that decided; none where the area's default group took it (SD-018).
    pub rule: Option<Uuid>,
    /// The category that was known then.
    pub category: Option<Uuid>,
    /// The group that was meant and could not take it, where it flowed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overflow: Option<Overflow>,
}

/// Why a ticket did not come to the group that was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Overflow {
    /// The group that was meant.
    pub from: Uuid,
    /// Why it could not take it.
    pub why: OverflowReason,
}

/// Why a group takes nothing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OverflowReason {
    /// It was outside its hours.
    Hours,
    /// As many tickets as it can have waiting were waiting there.
    Full,
}

/// What can happen to a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TicketEvent {
    /// Opened (SD-023, SD-032).
    Opened {
        /// How it begins.
        #[serde(flatten)]
        opening: Opening,
    },
    /// Taken in charge (SD-031): the instant of taking charge.
    Taken {
        /// By whom.
        operator: Uuid,
    },
    /// Given to a group of the first level, or a person, or both.
    Assigned {
        /// Owner group.
        group: Option<Uuid>,
        /// Operator.
        operator: Option<Uuid>,
    },
    /// Given to somebody of its group by the house, who has yet to take it; or taken back from whoever is not there.
    Given {
        /// To whom; nobody when it was taken back.
        operator: Option<Uuid>,
        /// How the group shares its tickets.
        sharing: Sharing,
        /// Open tickets that they had then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        load: Option<i64>,
    },
    /// Passed to first-level back office; nothing is suspended (SD-058).
    MovedToBackOfficeL1 {
        /// Owner group.
        group: Uuid,
    },
    /// Linked to a guest profile (SD-041).
    GuestLinked {
        /// The guest.
        requester: Uuid,
        /// What they are to those who promise times.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<PersonCategory>,
    },
    /// Identity verified (SD-042).
    DataVerified {
        /// The person.
        requester: Uuid,
        /// What they are to those who promise times.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        category: Option<PersonCategory>,
        /// How it was proven, in a word.
        how: String,
    },
    /// Its requester turned out to be somebody else, who asks from now on.
    RequesterMerged {
        /// The merge that says so.
        merge: Uuid,
        /// Who was thought to ask.
        from: Uuid,
        /// Who asks.
        requester: Uuid,
    },
    /// That was an error: whoever asked before asks again.
    RequesterUnmerged {
        /// The merge that was undone.
        merge: Uuid,
        /// Who asks.
        requester: Uuid,
    },
    /// The requester was held against the registries of the area (SD-042).
    DataChecked {
        /// About whom.
        requester: Uuid,
        /// What each registry said.
        checks: Vec<SourceCheck>,
    },
    /// The requester was told which data do not agree (SD-043).
    DiscrepancyNotified {
        /// The fields.
        fields: Vec<String>,
        /// How.
        how: Telling,
    },
    /// Reason recorded and registered (SD-045, SD-052).
    Registered {
        /// The reason in words.
        reason: ContentRef,
    },
    /// First diagnosis (SD-053).
    DiagnosisRecorded {
        /// The diagnosis.
        diagnosis: ContentRef,
    },
    /// Classified, or classified again (SD-054, SD-063).
    Classified {
        /// Kind.
        kind: TicketKind,
        /// Category.
        category: Option<Uuid>,
        /// Impact 1–3.
        impact: i64,
        /// Urgency 1–3.
        urgency: i64,
        /// Priority 1–5.
        priority: i64,
        /// The reason, where the priority is not the matrix's (IM-011).
        override_reason: Option<ContentRef>,
    },
    /// Sent to another area with its history and clock (SD-050).
    Rerouted {
        /// The area from now on.
        area: Uuid,
        /// Owner group there.
        group: Option<Uuid>,
        /// Why.
        reason: ContentRef,
        /// Which rule chose the group; nothing where the area had none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        route: Option<Route>,
    },
    /// More reroutes, reclassifications or refusals than the area allows, or a refused solution: control decides.
    PutUnderControl {
        /// The rule that put it there.
        rule: String,
    },
    /// The requester was told what is known of it, and by when it should work again (SD-056).
    TimesTold {
        /// The words.
        text: ContentRef,
        /// When it should work again, where that is known.
        expected_at: Option<Instant>,
    },
    /// The requester was promised something by an instant.
    PromiseMade {
        /// Which promise.
        id: Uuid,
        /// What.
        text: ContentRef,
        /// Until when.
        due_at: Instant,
    },
    /// A promise was kept.
    PromiseKept {
        /// Which promise.
        id: Uuid,
    },
    /// A promise was taken back.
    PromiseWithdrawn {
        /// Which promise.
        id: Uuid,
        /// Why, in words.
        reason: Option<ContentRef>,
    },
    /// The instant of a promise passed before it was kept.
    PromiseMissed {
        /// Which promise.
        id: Uuid,
    },
    /// Linked to another ticket (SD-055).
    Linked {
        /// How.
        kind: LinkKind,
        /// The other.
        to: Uuid,
        /// Its number, to be read.
        number: String,
    },
    /// No longer linked to its parent.
    Unlinked {
        /// The other.
        to: Uuid,
        /// Why, where nobody took the link away.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        because: Option<Parting>,
    },
    /// A second-level assignment was made (SD-070).
    AssignmentCreated {
        /// The assignment.
        assignment: Assignment,
    },
    /// The second level accepted it.
    AssignmentAccepted {
        /// Which.
        assignment: Uuid,
        /// By whom.
        operator: Uuid,
    },
    /// The second level gave it back (with a reason): to diagnosis again.
    AssignmentReturned {
        /// Which.
        assignment: Uuid,
        /// Why.
        reason: ContentRef,
    },
    /// The desk took it back.
    AssignmentWithdrawn {
        /// Which.
        assignment: Uuid,
    },
    /// The second level is done with it (SD-073, SD-074).
    AssignmentTechnicallyClosed {
        /// Which.
        assignment: Uuid,
        /// What was done, and whether to call.
        closure: TechnicalClosure,
    },
    /// Waiting for a coded reason.
    Paused {
        /// Why.
        reason: WaitingReason,
        /// When to look again.
        wake_at: Option<Instant>,
        /// In words.
        note: Option<ContentRef>,
    },
    /// No longer waiting: back to where it was.
    Resumed,
    /// The instant it waited for has come: back to where it was.
    Woken {
        /// The instant.
        wake_at: Instant,
    },
    /// A solution at the first level (SD-059).
    SolutionGiven {
        /// The solution.
        solution: ContentRef,
    },
    /// The requester is satisfied (SD-061, SD-086).
    SolutionAccepted,
    /// The requester is not satisfied (SD-062, SD-063).
    SolutionRefused {
        /// True when the classification was right: control; false: to be classified again.
        class_right: bool,
        /// In the requester's words.
        note: Option<ContentRef>,
    },
    /// The requester was called (SD-084).
    OutboundAttempted {
        /// What it came to.
        outcome: ContactOutcome,
    },
    /// The requester is to be called before closing (SD-083).
    ContactNeeded,
    /// Closed, with the reason.
    Closed {
        /// Why.
        reason: ClosedReason,
        /// In words.
        note: Option<ContentRef>,
    },
    /// Opened again within the term (SD-088).
    Reopened {
        /// Why.
        reason: ContentRef,
    },
    /// The requester rated the service (SD-087).
    Rated {
        /// One (bad) to five (good).
        score: i64,
        /// In the requester's words.
        note: Option<ContentRef>,
    },
    /// It was none.
    Cancelled {
        /// Why.
        reason: ContentRef,
    },
    /// It goes on in another.
    MergedInto {
        /// The other.
        to: Uuid,
        /// Its number, to be read.
        number: String,
    },
    /// Another was merged into this one.
    MergedFrom {
        /// The other.
        from: Uuid,
        /// Its number, to be read.
        number: String,
    },
    /// Somebody wrote.
    MessageAdded {
        /// Who reads it.
        visibility: Visibility,
        /// The text.
        body: ContentRef,
        /// True when the requester wrote it.
        from_requester: bool,
    },
    /// A note names colleagues: they are meant, not only spoken of.
    ColleaguesMentioned {
        /// Who.
        people: Vec<Uuid>,
    },
    /// A file was attached.
    AttachmentAdded {
        /// Which.
        attachment: Uuid,
        /// Its name.
        name: ContentRef,
        /// SHA-256 of its bytes.
        sha256: String,
        /// Bytes.
        size: i64,
        /// Type.
        media_type: String,
        /// Who sees it.
        visibility: Visibility,
    },
    /// The subject was corrected.
    SubjectChanged {
        /// The subject from now on.
        subject: ContentRef,
    },
    /// What became of its clocks, as they are reckoned after each act and when one is due.
    ClocksTurned {
        /// What became of them, the same of all.
        turn: Turn,
        /// The clocks as they are from then on.
        clocks: Vec<Clock>,
        /// The next instant at which something is to be told about any of the ticket's clocks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alarm: Option<Instant>,
    },
    /// A rule of the area acts on it: what follows in the same instant is its work.
    Automated {
        /// The rule.
        rule: Uuid,
        /// Its edition, from one.
        edition: i64,
        /// What it was called.
        name: String,
        /// The place in the ticket's history of what set it off.
        cause: i64,
    },
    /// A state that another product recorded; no gate, message or breach follows from it.
    Imported {
        /// Where it stood.
        state: State,
        /// The part of the work of the group that has it, where one does: the same part while the group stays the same.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignment: Option<Uuid>,
        /// Why it waited, where it did and that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waiting: Option<WaitingReason>,
        /// Priority.
        priority: i64,
        /// Impact.
        impact: i64,
        /// Urgency.
        urgency: i64,
        /// Category.
        category: Option<Uuid>,
        /// Owner group.
        group: Option<Uuid>,
        /// Operator.
        operator: Option<Uuid>,
        /// Reopenings so far.
        reopenings: i64,
        /// When it was solved, if it was.
        solved_at: Option<Instant>,
        /// When it was closed, if it was.
        closed_at: Option<Instant>,
        /// The other product's version of the row.
        version: i64,
    },
}

impl TicketEvent {
    /// The event's name as stored.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ClocksTurned { turn, .. } => clock_name(*turn),
            Self::Automated { .. } => "ticket.automated",
            Self::Opened { .. } => "ticket.opened",
            Self::Taken { .. } => "ticket.taken",
            Self::Assigned { .. } => "ticket.assigned",
            Self::Given { operator: Some(_), .. } => "ticket.given",
            Self::Given { operator: None, .. } => "ticket.given_back",
            Self::MovedToBackOfficeL1 { .. } => "ticket.moved_to_back_office_l1",
            Self::GuestLinked { .. } => "ticket.guest_linked",
            Self::DataVerified { .. } => "ticket.data_verified",
            Self::RequesterMerged { .. } => "ticket.requester_merged",
            Self::RequesterUnmerged { .. } => "ticket.requester_unmerged",
            Self::DataChecked { .. } => "ticket.data_checked",
            Self::DiscrepancyNotified { .. } => "ticket.discrepancy_notified",
            Self::Registered { .. } => "ticket.registered",
            Self::DiagnosisRecorded { .. } => "ticket.diagnosis_recorded",
            Self::Classified { .. } => "ticket.classified",
            Self::Rerouted { .. } => "ticket.rerouted",
            Self::PutUnderControl { .. } => "ticket.put_under_control",
            Self::PromiseMade { .. } => "ticket.promise_made",
            Self::PromiseKept { .. } => "ticket.promise_kept",
            Self::PromiseWithdrawn { .. } => "ticket.promise_withdrawn",
            Self::PromiseMissed { .. } => "ticket.promise_missed",
            Self::TimesTold { .. } => "ticket.times_told",
            Self::Linked { .. } => "ticket.linked",
            Self::Unlinked { .. } => "ticket.unlinked",
            Self::AssignmentCreated { .. } => "ticket.assignment_created",
            Self::AssignmentAccepted { .. } => "ticket.assignment_accepted",
            Self::AssignmentReturned { .. } => "ticket.assignment_returned",
            Self::AssignmentWithdrawn { .. } => "ticket.assignment_withdrawn",
            Self::AssignmentTechnicallyClosed { .. } => "ticket.assignment_technically_closed",
            Self::Paused { .. } => "ticket.paused",
            Self::Resumed => "ticket.resumed",
            Self::Woken { .. } => "ticket.woken",
            Self::SolutionGiven { .. } => "ticket.solution_given",
            Self::SolutionAccepted => "ticket.solution_accepted",
            Self::SolutionRefused { .. } => "ticket.solution_refused",
            Self::OutboundAttempted { .. } => "ticket.outbound_attempted",
            Self::ContactNeeded => "ticket.contact_needed",
            Self::Closed { .. } => "ticket.closed",
            Self::Reopened { .. } => "ticket.reopened",
            Self::Rated { .. } => "ticket.rated",
            Self::Cancelled { .. } => "ticket.cancelled",
            Self::MergedInto { .. } => "ticket.merged_into",
            Self::MergedFrom { .. } => "ticket.merged_from",
            Self::MessageAdded { .. } => "ticket.message_added",
            Self::ColleaguesMentioned { .. } => "ticket.colleagues_mentioned",
            Self::AttachmentAdded { .. } => "ticket.attachment_added",
            Self::SubjectChanged { .. } => "ticket.subject_changed",
            Self::Imported { .. } => "ticket.imported",
        }
    }
}

const fn clock_name(turn: Turn) -> &'static str {
    match turn {
        Turn::Started => "ticket.clock_started",
        Turn::Moved => "ticket.clock_moved",
        Turn::Paused => "ticket.clock_paused",
        Turn::Resumed => "ticket.clock_resumed",
        Turn::Met => "ticket.clock_met",
        Turn::Breached => "ticket.clock_breached",
        Turn::Stopped => "ticket.clock_stopped",
        Turn::Ended => "ticket.clock_ended",
        Turn::Restarted => "ticket.clock_restarted",
        Turn::Attention => "ticket.clock_attention",
        Turn::Dropped => "ticket.clock_dropped",
        Turn::Replanned => "ticket.clock_replanned",
    }
}
