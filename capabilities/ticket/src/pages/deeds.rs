//! Deeds: the acts a page offers, with their keys, and which of them make sense now.
//!
//! What makes sense is a courtesy to the eye. Whether it may be done is decided by the command, here as everywhere.

use super::asked::Asked;
use crate::domain::{AssignmentState, State};
use crate::queries::TicketView;
use people::{Act, Actor};
use store::Card;
use ui::Frame;

/// An act with an address of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Take,
    Assign,
    Identify,
    Register,
    Diagnose,
    Classify,
    Subject,
    Reroute,
    Parent,
    Link,
    Unlink,
    SecondLevel,
    Accept,
    TechnicalClosure,
    Return,
    Withdraw,
    Wait,
    Resume,
    Promise,
    Solution,
    Outcome,
    Call,
    Close,
    Reopen,
    Cancel,
    Merge,
}

impl Deed {
    const ALL: [Deed; 26] = [
        Deed::Take,
        Deed::Solution,
        Deed::SecondLevel,
        Deed::Classify,
        Deed::Identify,
        Deed::Register,
        Deed::Diagnose,
        Deed::Assign,
        Deed::Wait,
        Deed::Resume,
        Deed::Promise,
        Deed::Accept,
        Deed::TechnicalClosure,
        Deed::Return,
        Deed::Withdraw,
        Deed::Outcome,
        Deed::Call,
        Deed::Parent,
        Deed::Link,
        Deed::Unlink,
        Deed::Reroute,
        Deed::Subject,
        Deed::Merge,
        Deed::Close,
        Deed::Reopen,
        Deed::Cancel,
    ];

    /// Its name in the address and in the texts.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Deed::Take => "take",
            Deed::Assign => "assign",
            Deed::Identify => "identify",
            Deed::Register => "register",
            Deed::Diagnose => "diagnose",
            Deed::Classify => "classify",
            Deed::Subject => "subject",
            Deed::Reroute => "reroute",
            Deed::Parent => "parent",
            Deed::Link => "link",
            Deed::Unlink => "unlink",
            Deed::SecondLevel => "second-level",
            Deed::Accept => "accept",
            Deed::TechnicalClosure => "technical-closure",
            Deed::Return => "return",
            Deed::Withdraw => "withdraw",
            Deed::Wait => "wait",
            Deed::Resume => "resume",
            Deed::Promise => "promise",
            Deed::Solution => "solution",
            Deed::Outcome => "outcome",
            Deed::Call => "call",
            Deed::Close => "close",
            Deed::Reopen => "reopen",
            Deed::Cancel => "cancel",
            Deed::Merge => "merge",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Deed> {
        Deed::ALL.into_iter().find(|deed| deed.code() == code)
    }

    const fn key(self) -> &'static str {
        match self {
            Deed::Take => "t",
            Deed::Assign => "h",
            Deed::Identify => "u",
            Deed::Classify => "c",
            Deed::Diagnose => "d",
            Deed::Parent => "p",
            Deed::Link => "l",
            Deed::SecondLevel => "a",
            Deed::Wait | Deed::Resume => "w",
            Deed::Solution => "s",
            Deed::Outcome => "o",
            _ => "",
        }
    }

    /// True where nothing needs to be said: a button does it.
    pub(super) const fn is_direct(self) -> bool {
        matches!(
            self,
            Deed::Take | Deed::Resume | Deed::Unlink | Deed::Accept | Deed::Withdraw
        )
    }

    /// What somebody must be allowed to do.
    pub(super) const fn permission(self) -> Act {
        match self {
            Deed::Take | Deed::Assign | Deed::Accept | Deed::Withdraw => Act::Assign,
            Deed::TechnicalClosure | Deed::Return | Deed::Solution => Act::Solve,
            Deed::Outcome => Act::Confirm,
            Deed::Call | Deed::Close => Act::Close,
            Deed::Reopen => Act::Reopen,
            Deed::Cancel | Deed::Merge => Act::Cancel,
            _ => Act::Handle,
        }
    }

    /// What takes a ticket out of control (SD-108).
    const fn decides_under_control(self) -> bool {
        matches!(
            self,
            Deed::Diagnose | Deed::Classify | Deed::Solution | Deed::SecondLevel
        )
    }

    /// Whether the state leaves room for it.
    fn fits(self, ticket: &TicketView) -> bool {
        use State::{
            BackOfficeWork, Closed, ContactPending, Level1Work, Level2Work, Linked, Merged, New, SolutionGiven, Taken,
            TechnicallyClosed, UnderControl, Waiting,
        };
        let state = ticket.state;
        let desk = matches!(state, Taken | Level1Work | BackOfficeWork | UnderControl);
        let answered = matches!(state, SolutionGiven | TechnicallyClosed | ContactPending);
        let given = |wanted: &[AssignmentState]| ticket.assignments.iter().any(|one| wanted.contains(&one.state));
        match self {
            Deed::Take => state == New || (desk && ticket.operator.is_none()),
            Deed::Assign => state.is_open() && !matches!(state, Level2Work | Linked),
            Deed::Register | Deed::Diagnose | Deed::Classify => state.is_open() && state != New,
            Deed::Identify | Deed::Subject | Deed::Reroute | Deed::Cancel | Deed::Merge => state.is_open(),
            Deed::Parent => state.is_open() && state != Linked,
            Deed::Link => state != Merged,
            Deed::Solution => desk,
            Deed::SecondLevel => desk || state == Level2Work,
            Deed::Wait => state.is_open() && state != Waiting,
            Deed::Accept => given(&[AssignmentState::Assigned]),
            Deed::TechnicalClosure | Deed::Return | Deed::Withdraw => {
                given(&[AssignmentState::Assigned, AssignmentState::Accepted])
            }
            Deed::Resume => state == Waiting,
            Deed::Outcome => answered,
            Deed::Call => matches!(state, TechnicallyClosed | ContactPending),
            Deed::Close | Deed::Promise => state.is_open(),
            Deed::Reopen => state == Closed,
            Deed::Unlink => false,
        }
    }
}

/// A deed as a button or a link.
pub(super) struct Offer {
    pub(super) href: String,
    pub(super) label: String,
    pub(super) key: &'static str,
    pub(super) kind: &'static str,
    pub(super) direct: bool,
    /// True where the key already stands on the composer's tab.
    pub(super) shared: bool,
}

/// What can be done now: the acts that make sense first, and the rest.
pub(super) struct Offers {
    pub(super) first: Vec<Offer>,
    pub(super) rest: Vec<Offer>,
}

impl Offers {
    pub(super) fn of(frame: &Frame, asked: &Asked, actor: &Actor, card: &Card, ticket: &TicketView) -> Self {
        let wanted = sensible(actor, ticket);
        let decides = ticket.state != State::UnderControl || actor.may(Act::Decide, card);
        let may = |deed: &Deed| {
            deed.fits(ticket) && actor.may(deed.permission(), card) && (decides || !deed.decides_under_control())
        };
        let offer = |deed: Deed, kind: &'static str| {
            let solution = deed == Deed::Solution;
            let href = if solution {
                let mark = if asked.query().is_empty() { "?" } else { "&" };
                format!("{}{mark}write=solution#composer", asked.ticket(&ticket.number, ""))
            } else {
                asked.ticket(&ticket.number, &format!("/{}", deed.code()))
            };
            let label = frame.t(&format!("ticket-page-act-{}", deed.code()));
            Offer {
                href,
                label,
                key: deed.key(),
                kind,
                direct: deed.is_direct(),
                shared: solution,
            }
        };
        let first: Vec<Deed> = wanted.into_iter().filter(may).take(3).collect();
        // Putting on hold is never what the page urges to do.
        let urged = first.first().is_some_and(|deed| *deed != Deed::Wait);
        let kinds = [if urged { "primary" } else { "secondary" }, "secondary", "secondary"];
        let rest = Deed::ALL.into_iter().filter(|deed| may(deed) && !first.contains(deed));
        // An assignment is accepted or taken back beside its name, where it is clear which one is meant.
        let rest = rest.filter(|deed| {
            !matches!(
                deed,
                Deed::Accept | Deed::TechnicalClosure | Deed::Return | Deed::Withdraw
            )
        });
        let prepared = (ticket.state.is_open() && actor.may(Act::Handle, card)).then(|| Offer {
            href: asked.ticket(&ticket.number, "/macros"),
            label: frame.t("ticket-page-act-macro"),
            key: "m",
            kind: "secondary",
            direct: false,
            shared: false,
        });
        Self {
            rest: prepared
                .into_iter()
                .chain(rest.map(|deed| offer(deed, "secondary")))
                .collect(),
            first: first.iter().zip(kinds).map(|(deed, kind)| offer(*deed, kind)).collect(),
        }
    }
}

/// The acts that make sense in a state, the likeliest first.
fn sensible(actor: &Actor, ticket: &TicketView) -> Vec<Deed> {
    match ticket.state {
        State::New => vec![Deed::Take, Deed::Assign, Deed::Reroute],
        State::Taken | State::Level1Work | State::BackOfficeWork if ticket.requester.is_none() => {
            vec![Deed::Identify, Deed::Classify, Deed::Diagnose]
        }
        State::Taken | State::Level1Work | State::BackOfficeWork if ticket.facts.classified_at.is_none() => {
            vec![Deed::Classify, Deed::Solution, Deed::Wait]
        }
        State::Taken | State::Level1Work | State::BackOfficeWork => {
            vec![Deed::Solution, Deed::SecondLevel, Deed::Parent]
        }
        State::UnderControl => vec![Deed::Solution, Deed::SecondLevel, Deed::Close],
        State::Level2Work => {
            let mine =
                |one: &&crate::queries::AssignmentView| actor.groups.contains(&one.group.id) && one.state.is_open();
            match ticket.assignments.iter().find(mine).map(|one| one.state) {
                Some(AssignmentState::Assigned) => vec![Deed::Accept, Deed::TechnicalClosure, Deed::Return],
                Some(_) => vec![Deed::TechnicalClosure, Deed::Return, Deed::Wait],
                None => vec![Deed::Wait, Deed::SecondLevel],
            }
        }
        State::Linked => vec![Deed::Link],
        State::Waiting => vec![Deed::Resume, Deed::Assign],
        State::SolutionGiven => vec![Deed::Outcome, Deed::Close],
        State::ContactPending => vec![Deed::Outcome, Deed::Call, Deed::Close],
        State::TechnicallyClosed => vec![Deed::Outcome, Deed::Close, Deed::Call],
        State::Closed => vec![Deed::Reopen, Deed::Link],
        State::Cancelled | State::Merged => vec![Deed::Link],
    }
}
