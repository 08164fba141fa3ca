//! What a story is made of: who does what, and where it may end.

use ticket::TicketAct;
use ticket::domain::WaitingReason;

/// Where a story ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nobody has taken it.
    New,
    /// Somebody has.
    Taken,
    /// The desk is looking into it.
    AtWork,
    /// First-level back office has it.
    BackOffice,
    /// Sent to the second level, nobody accepted yet.
    Sent,
    /// The second level works on it.
    Accepted,
    /// The second level gave it back.
    Returned,
    /// Malfunction that hangs on a parent.
    Linked,
    /// Waiting.
    Waiting(WaitingReason),
    /// Solved, not confirmed.
    Solved,
    /// The second level is done.
    TechnicallyClosed,
    /// The requester is to be called.
    ContactPending,
    /// The solution was refused.
    UnderControl,
    /// Closed and opened again.
    Reopened,
    /// Confirmed, solved at the first level.
    Confirmed,
    /// Confirmed after the second level.
    ConfirmedAfterSecond,
    /// Hung on a parent until it was solved, then confirmed.
    ConfirmedAfterParent,
    /// Silence after a written solution.
    NoReply,
    /// Nobody answered the calls.
    Unreached,
    /// Not handled.
    Refused,
    /// Taken back.
    Withdrawn,
    /// Decided under control.
    Decided,
    /// It was none.
    Cancelled,
    /// The same as another.
    Merged,
}

/// Who does a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Whoever receives it: the requester, an operator, or the service itself, by channel.
    Door,
    /// The operator of the desk who has it.
    Desk,
    /// First-level back office.
    BackOffice,
    /// Somebody of the second-level group, or the desk where the group has nobody here.
    Second,
    /// The requester.
    Requester,
    /// The control manager.
    Control,
}

/// What is done in a step.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// Opens the ticket.
    Open,
    /// An act.
    Act(TicketAct),
    /// Takes it from the queue, into the group of the channel, and knows who asks.
    Take,
    /// Passes it to first-level back office.
    PassToBackOffice,
    /// Classifies it by the scenario.
    Classify,
    /// Attaches the file of the scenario.
    AttachFile,
    /// Sends it to the second level.
    Send,
    /// Accepts the assignment.
    Accept,
    /// Closes the assignment; with a call to the requester or without.
    CloseTechnically {
        /// Whether to call.
        call: bool,
    },
    /// Gives the assignment back.
    GiveBack,
    /// Hangs it on the parent.
    Hang,
    /// Takes it off the parent.
    Unhang,
    /// Merges it into the other.
    Merge,
}

/// One step: some minutes at work after the one before it.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) after: i64,
    pub(crate) who: Who,
    pub(crate) deeds: Vec<Deed>,
}
