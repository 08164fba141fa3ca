//! What can set a rule off, or keep it from acting: the events of a ticket as a service manager speaks of them.

use serde::{Deserialize, Serialize};
use service_level::Turn;
use ticket::domain::{TicketEvent, Visibility};
use utoipa::ToSchema;

macro_rules! happenings {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// Something that happens to a ticket.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Happening {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Happening {
            /// All of them, in the order of the process.
            pub const ALL: &'static [Happening] = &[$(Happening::$name),*];

            /// As programs write it.
            pub const fn code(self) -> &'static str {
                match self { $(Happening::$name => $code,)* }
            }
        }
    };
}

happenings! {
    /// It was opened.
    Opened = "opened",
    /// Somebody took it in charge.
    Taken = "taken",
    /// It was given to a group or a person of the first level.
    Assigned = "assigned",
    /// It was classified, or classified again.
    Classified = "classified",
    /// It came from another area.
    Rerouted = "rerouted",
    /// Its requester wrote.
    RequesterWrote = "requester_wrote",
    /// The desk wrote to its requester.
    DeskWrote = "desk_wrote",
    /// It waits for somebody.
    Paused = "paused",
    /// It does not wait any more.
    Resumed = "resumed",
    /// The second level was given a part of it.
    SentToSecondLevel = "sent_to_second_level",
    /// The second level accepted a part.
    PartAccepted = "part_accepted",
    /// The second level gave a part back.
    PartReturned = "part_returned",
    /// The second level is done with a part.
    PartDone = "part_done",
    /// It was solved.
    Solved = "solved",
    /// Its requester refused the solution.
    Refused = "refused",
    /// A share of an agreed time is used up (IM-016).
    Attention = "attention",
    /// An agreed time has run out.
    Breached = "breached",
    /// What was promised to its requester was not kept in time.
    PromiseMissed = "promise_missed",
    /// It was put under control.
    UnderControl = "under_control",
    /// It was closed.
    Closed = "closed",
    /// It was opened again.
    Reopened = "reopened",
}

impl Happening {
    /// The happening of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.code() == code)
    }

    /// What an event means here; nothing for what no rule looks at.
    pub fn of(event: &TicketEvent) -> Option<Self> {
        Some(match event {
            TicketEvent::Opened { .. } => Self::Opened,
            TicketEvent::Taken { .. } => Self::Taken,
            TicketEvent::Assigned { .. } | TicketEvent::MovedToBackOfficeL1 { .. } => Self::Assigned,
            TicketEvent::Classified { .. } => Self::Classified,
            TicketEvent::Rerouted { .. } => Self::Rerouted,
            TicketEvent::MessageAdded {
                visibility: Visibility::Public,
                from_requester,
                ..
            } => {
                if *from_requester {
                    Self::RequesterWrote
                } else {
                    Self::DeskWrote
                }
            }
            TicketEvent::Paused { .. } => Self::Paused,
            TicketEvent::Resumed | TicketEvent::Woken { .. } => Self::Resumed,
            TicketEvent::AssignmentCreated { .. } => Self::SentToSecondLevel,
            TicketEvent::AssignmentAccepted { .. } => Self::PartAccepted,
            TicketEvent::AssignmentReturned { .. } => Self::PartReturned,
            TicketEvent::AssignmentTechnicallyClosed { .. } => Self::PartDone,
            TicketEvent::SolutionGiven { .. } => Self::Solved,
            TicketEvent::SolutionRefused { .. } => Self::Refused,
            TicketEvent::ClocksTurned {
                turn: Turn::Attention, ..
            } => Self::Attention,
            TicketEvent::ClocksTurned {
                turn: Turn::Breached, ..
            } => Self::Breached,
            TicketEvent::PromiseMissed { .. } => Self::PromiseMissed,
            TicketEvent::PutUnderControl { .. } => Self::UnderControl,
            TicketEvent::Closed { .. } => Self::Closed,
            TicketEvent::Reopened { .. } => Self::Reopened,
            _ => return None,
        })
    }
}
