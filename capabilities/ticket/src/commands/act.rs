//! An act on a ticket, as data: a page, a program, a mail or a call builds the same value.

use crate::domain::{
    ClosedReason, ContactOutcome, LinkKind, SourceCheck, TechnicalOutcome, TicketKind, Visibility, WaitingReason,
};
use kernel::{Checks, Instant, Limit, Outcome, Uuid};
use people::{Act, RequesterRef};
use record::NewAttachment;

/// Longest text of a message, in characters.
pub(crate) const MESSAGE: Limit = Limit::text(50_000);
/// Longest reason or note.
pub(crate) const NOTE: Limit = Limit::text(4_000);
/// Longest subject.
pub(crate) const SUBJECT: Limit = Limit::line(240);

/// What somebody does to a ticket.
#[derive(Clone, Debug)]
pub enum TicketAct {
    /// Take it in charge.
    Take,
    /// Give it to a group of the desk, a person, or both.
    Assign {
        /// Group by identity or name.
        group: Option<String>,
        /// Operator.
        operator: Option<Uuid>,
    },
    /// Say who the requester is.
    Identify {
        /// The person.
        requester: RequesterRef,
        /// True when the data were verified.
        verified: bool,
    },
    /// Record what registries say of the requester.
    RecordCheck {
        /// About whom.
        requester: Uuid,
        /// What each registry said.
        checks: Vec<SourceCheck>,
    },
    /// Tell the requester which data do not agree.
    TellDiscrepancy,
    /// Register the reason.
    Register {
        /// The reason.
        reason: String,
    },
    /// Record a diagnosis.
    Diagnose {
        /// The diagnosis.
        diagnosis: String,
    },
    /// Classify.
    Classify {
        /// Kind.
        kind: Option<TicketKind>,
        /// Category by identity or name.
        category: Option<String>,
        /// Impact 1–3.
        impact: Option<i64>,
        /// Urgency 1–3.
        urgency: Option<i64>,
        /// A priority of one's own.
        priority: Option<i64>,
        /// Why.
        reason: Option<String>,
    },
    /// Send to another area.
    Reroute {
        /// Area by identity, code or name.
        area: String,
        /// Why.
        reason: String,
    },
    /// Promise the requester something.
    Promise {
        /// What.
        text: String,
        /// Until when.
        due_at: Instant,
    },
    /// Note that a promise was kept.
    KeepPromise {
        /// Which.
        promise: Uuid,
    },
    /// Take a promise back.
    WithdrawPromise {
        /// Which.
        promise: Uuid,
        /// Why.
        reason: Option<String>,
    },
    /// Tell that the instant of a promise has passed.
    MissPromise {
        /// Which.
        promise: Uuid,
    },
    /// Note that the requester was told what is known of it (SD-056).
    TellTimes {
        /// The words.
        text: String,
        /// When it should work again.
        expected_at: Option<Instant>,
    },
    /// Link to another ticket.
    Link {
        /// How.
        kind: LinkKind,
        /// The other, by identity or number.
        to: String,
    },
    /// Take a link away.
    Unlink {
        /// The other.
        to: Uuid,
    },
    /// Send to the second level.
    SendToSecondLevel {
        /// Group by identity or name.
        group: String,
        /// What is asked of it.
        note: Option<String>,
    },
    /// Accept an assignment.
    AcceptAssignment {
        /// Which.
        assignment: Uuid,
    },
    /// Close an assignment technically.
    CloseTechnically {
        /// Which.
        assignment: Uuid,
        /// What was done.
        activity: String,
        /// How it ended.
        outcome: TechnicalOutcome,
        /// Whether to call.
        callback_required: bool,
    },
    /// Give an assignment back.
    ReturnAssignment {
        /// Which.
        assignment: Uuid,
        /// Why.
        reason: String,
    },
    /// Take an assignment back.
    WithdrawAssignment {
        /// Which.
        assignment: Uuid,
    },
    /// Wait.
    Pause {
        /// For whom.
        reason: WaitingReason,
        /// Until when.
        wake_at: Option<Instant>,
        /// In words.
        note: Option<String>,
    },
    /// Go on.
    Resume,
    /// Go on by itself, when the instant it waited for has come.
    Wake {
        /// The instant.
        wake_at: Instant,
    },
    /// Write.
    Say {
        /// Who reads it.
        visibility: Visibility,
        /// The text.
        body: String,
    },
    /// Name colleagues in the note before it.
    Mention {
        /// Who.
        people: Vec<Uuid>,
    },
    /// Give a solution.
    Solve {
        /// The solution.
        solution: String,
    },
    /// Record what the requester says of it.
    Hear {
        /// Satisfied or not.
        satisfied: bool,
        /// When not: whether the classification was right.
        class_right: bool,
        /// In words.
        note: Option<String>,
    },
    /// Record a call to the requester.
    Call {
        /// What it came to.
        outcome: ContactOutcome,
    },
    /// Close.
    Close {
        /// Why.
        reason: ClosedReason,
        /// In words.
        note: Option<String>,
    },
    /// Open again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Rate the service, as the one who asked.
    Rate {
        /// One (bad) to five (good).
        score: i64,
        /// In words.
        note: Option<String>,
    },
    /// Cancel.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Merge into another.
    Merge {
        /// The other, by identity or number.
        into: String,
    },
    /// Correct the subject.
    ChangeSubject {
        /// The subject.
        subject: String,
    },
    /// Note that a rule of the area does what comes behind it.
    Automate {
        /// The rule.
        rule: Uuid,
        /// Its edition, from one.
        edition: i64,
        /// What it is called.
        name: String,
        /// The place in the ticket's history of what set it off.
        cause: i64,
    },
    /// Attach a received file.
    Attach {
        /// The file.
        file: NewAttachment,
    },
}

impl TicketAct {
    /// What somebody must be allowed to do.
    pub const fn permission(&self) -> Act {
        match self {
            Self::Take | Self::Assign { .. } | Self::AcceptAssignment { .. } | Self::WithdrawAssignment { .. } => {
                Act::Assign
            }
            Self::Identify { .. }
            | Self::RecordCheck { .. }
            | Self::TellDiscrepancy
            | Self::Register { .. }
            | Self::Diagnose { .. }
            | Self::Classify { .. }
            | Self::Reroute { .. }
            | Self::TellTimes { .. }
            | Self::Promise { .. }
            | Self::KeepPromise { .. }
            | Self::WithdrawPromise { .. }
            | Self::MissPromise { .. }
            | Self::Link { .. }
            | Self::Unlink { .. }
            | Self::SendToSecondLevel { .. }
            | Self::Pause { .. }
            | Self::Resume
            | Self::Wake { .. }
            | Self::Automate { .. }
            | Self::ChangeSubject { .. } => Act::Handle,
            Self::CloseTechnically { .. } | Self::ReturnAssignment { .. } | Self::Solve { .. } => Act::Solve,
            Self::Say {
                visibility: Visibility::Internal,
                ..
            } => Act::Note,
            Self::Mention { .. } => Act::Note,
            Self::Say { .. } => Act::Reply,
            Self::Attach { file } if file.internal => Act::Note,
            Self::Attach { .. } => Act::Reply,
            Self::Hear { .. } | Self::Rate { .. } => Act::Confirm,
            // The requester may take a request back without being able to close anything else.
            Self::Close {
                reason: ClosedReason::Withdrawn,
                ..
            } => Act::Confirm,
            Self::Call { .. } | Self::Close { .. } => Act::Close,
            Self::Reopen { .. } => Act::Reopen,
            Self::Cancel { .. } | Self::Merge { .. } => Act::Cancel,
        }
    }

    /// The part of the work that it is about, if it is about one.
    pub(crate) const fn assignment(&self) -> Option<Uuid> {
        match self {
            Self::AcceptAssignment { assignment }
            | Self::CloseTechnically { assignment, .. }
            | Self::ReturnAssignment { assignment, .. }
            | Self::WithdrawAssignment { assignment } => Some(*assignment),
            _ => None,
        }
    }

    /// The same act with its texts trimmed and measured.
    ///
    /// # Errors
    /// A refusal that names the fields.
    pub(crate) fn checked(mut self) -> Outcome<Self> {
        let mut checks = Checks::new();
        for text in self.texts() {
            match text {
                Text::Required(field, text, limit) => *text = checks.required(field, Some(text.as_str()), limit),
                Text::Optional(field, text, limit) => *text = checks.optional(field, text.as_deref(), limit),
            }
        }
        if let Self::Classify {
            impact,
            urgency,
            priority,
            ..
        } = &self
        {
            checks.within("impact", *impact, 1, 3);
            checks.within("urgency", *urgency, 1, 3);
            checks.within("priority", *priority, 1, 5);
        }
        if let Self::Rate { score, .. } = &self {
            checks.within("score", Some(*score), 1, 5);
        }
        checks.done()?;
        Ok(self)
    }

    /// What somebody writes with it, with the field and the limit of each.
    fn texts(&mut self) -> Vec<Text<'_>> {
        use Text::{Optional, Required};
        match self {
            Self::Register { reason } => vec![Required("reason", reason, MESSAGE)],
            Self::TellTimes { text, .. } | Self::Promise { text, .. } => vec![Required("text", text, NOTE)],
            Self::WithdrawPromise { reason, .. } => vec![Optional("reason", reason, NOTE)],
            Self::Diagnose { diagnosis } => vec![Required("diagnosis", diagnosis, MESSAGE)],
            Self::Classify { category, reason, .. } => vec![
                Optional("category", category, Limit::line(300)),
                Optional("reason", reason, NOTE),
            ],
            Self::SendToSecondLevel { note, .. } => vec![Optional("note", note, MESSAGE)],
            Self::CloseTechnically { activity, .. } => vec![Required("activity", activity, MESSAGE)],
            Self::Reroute { reason, .. }
            | Self::ReturnAssignment { reason, .. }
            | Self::Reopen { reason }
            | Self::Cancel { reason } => vec![Required("reason", reason, NOTE)],
            Self::Pause { note, .. } | Self::Hear { note, .. } | Self::Rate { note, .. } | Self::Close { note, .. } => {
                vec![Optional("note", note, NOTE)]
            }
            Self::Say { body, .. } => vec![Required("body", body, MESSAGE)],
            Self::Solve { solution } => vec![Required("solution", solution, MESSAGE)],
            Self::ChangeSubject { subject } => vec![Required("subject", subject, SUBJECT)],
            _ => Vec::new(),
        }
    }
}

/// A text of an act: its field, itself, its limit.
enum Text<'a> {
    Required(&'static str, &'a mut String, Limit),
    Optional(&'static str, &'a mut Option<String>, Limit),
}

/// Facts that a request brings along; they are recorded before what it asks for, in the order of the process.
#[derive(Clone, Debug, Default)]
pub struct EarlierFacts {
    /// Taken in charge.
    pub taken: bool,
    /// Identified.
    pub identification: Option<TicketAct>,
    /// Reason registered.
    pub registration: Option<TicketAct>,
    /// Diagnosed.
    pub diagnosis: Option<TicketAct>,
    /// Classified.
    pub classification: Option<TicketAct>,
    /// Told what is known of it.
    pub told: Option<TicketAct>,
    /// Linked to what was reported already.
    pub parent: Option<TicketAct>,
    /// Solved.
    pub solution: Option<TicketAct>,
    /// The requester's answer.
    pub outcome: Option<TicketAct>,
}

impl EarlierFacts {
    /// The facts as acts, in order.
    pub fn into_acts(self) -> Vec<TicketAct> {
        let taken = self.taken.then_some(TicketAct::Take);
        [
            taken,
            self.identification,
            self.registration,
            self.diagnosis,
            self.classification,
            self.told,
            self.parent,
            self.solution,
            self.outcome,
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}
