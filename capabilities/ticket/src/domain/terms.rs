//! The words of the process that have a closed list of values.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! terms {
    ($(#[$doc:meta])* $name:ident { $($(#[$item:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$item])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// All values, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The value as programs write it.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }

            /// The value of a code.
            pub fn from_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}

terms! {
    /// Where a ticket waits.
    State {
        /// Nobody has taken it.
        New = "new",
        /// Somebody has.
        Taken = "taken",
        /// The desk works on it.
        Level1Work = "level1_work",
        /// First-level back office works on it.
        BackOfficeWork = "back_office_work",
        /// The second level works on it.
        Level2Work = "level2_work",
        /// It hangs on a parent.
        Linked = "linked",
        /// It waits for somebody outside, for a coded reason.
        Waiting = "waiting",
        /// A solution was given; the requester has not answered yet.
        SolutionGiven = "solution_given",
        /// The second level is done; the desk has not heard the requester yet.
        TechnicallyClosed = "technically_closed",
        /// The requester is to be called.
        ContactPending = "contact_pending",
        /// Control decides how it goes on.
        UnderControl = "under_control",
        /// Ended, with a reason.
        Closed = "closed",
        /// Ended: it was none.
        Cancelled = "cancelled",
        /// Ended: it goes on in another.
        Merged = "merged",
    }
}

terms! {
    /// The six phases that people see.
    Phase {
        /// Nuova.
        New = "new",
        /// In lavorazione.
        Working = "working",
        /// Al II livello.
        SecondLevel = "second_level",
        /// In attesa.
        Waiting = "waiting",
        /// In chiusura.
        Closing = "closing",
        /// Chiusa.
        Closed = "closed",
    }
}

terms! {
    /// What a ticket turned out to be (SD-054).
    TicketKind {
        /// Not classified yet.
        Unknown = "unknown",
        /// Information.
        Information = "information",
        /// A complaint (SD-109).
        Complaint = "complaint",
        /// Administrative interpretation.
        Interpretation = "interpretation",
        /// Specialist help.
        Specialist = "specialist",
        /// Request fulfilment.
        Fulfilment = "fulfilment",
        /// Malfunction.
        Incident = "incident",
    }
}

terms! {
    /// How a contact reached us.
    Channel {
        /// The portal.
        Web = "web",
        /// A program.
        Api = "api",
        /// E-mail.
        Email = "email",
        /// Certified mail.
        Pec = "pec",
        /// Telephone.
        Phone = "phone",
        /// Fax.
        Fax = "fax",
        /// Chat.
        Chat = "chat",
        /// A monitoring system.
        Monitoring = "monitoring",
        /// In person.
        WalkIn = "walk_in",
        /// Imported from another product.
        Import = "import",
    }
}

terms! {
    /// Why a ticket ended as closed.
    ClosedReason {
        /// The requester said it is solved.
        Confirmed = "confirmed",
        /// No answer to a written solution (SD-089).
        NoReply = "no_reply",
        /// Not reached after all attempts (SD-085).
        Unreached = "unreached",
        /// Not handled, with a reason told (SD-046).
        Refused = "refused",
        /// The requester took it back.
        Withdrawn = "withdrawn",
        /// Decided under control (SD-108).
        Decided = "decided",
    }
}

terms! {
    /// What a call to the requester came to (SD-084).
    ContactOutcome {
        /// Spoken to.
        Reached = "reached",
        /// Not reached.
        NotReached = "not_reached",
    }
}

terms! {
    /// How the second level was done with its part (SD-073, SD-074).
    TechnicalOutcome {
        /// Solved for good.
        Solved = "solved",
        /// Solved for the time being.
        Workaround = "workaround",
        /// The fault could not be seen again.
        NotReproducible = "not_reproducible",
        /// It works as it was meant to.
        ByDesign = "by_design",
    }
}

terms! {
    /// Coded reasons for waiting.
    WaitingReason {
        /// For the requester.
        Requester = "requester",
        /// For a supplier.
        Supplier = "supplier",
        /// For a change.
        Change = "change",
        /// For an agreed date.
        AgreedDate = "agreed_date",
    }
}

terms! {
    /// Who reads a message.
    Visibility {
        /// The requester too.
        Public = "public",
        /// Only the desk.
        Internal = "internal",
    }
}

terms! {
    /// How two tickets belong together.
    LinkKind {
        /// This one hangs on the other (SD-055).
        Parent = "parent",
        /// They have to do with each other.
        Related = "related",
        /// This one goes on after the other was closed (SD-088).
        Follows = "follows",
    }
}

terms! {
    /// How what a registry knows of somebody stands to what we know (SD-042).
    Standing {
        /// It knows them, and nothing differs.
        Congruent = "congruent",
        /// It knows them, and something differs.
        Discrepant = "discrepant",
        /// It does not know them.
        Absent = "absent",
        /// It is another area's, and knows them.
        Elsewhere = "elsewhere",
    }
}

terms! {
    /// How a requester was told something.
    Telling {
        /// In writing, over the channel they came by.
        Message = "message",
        /// While they were there or on the telephone.
        Voice = "voice",
    }
}

impl State {
    /// The phase people see.
    pub const fn phase(self) -> Phase {
        match self {
            State::New => Phase::New,
            State::Taken | State::Level1Work | State::BackOfficeWork | State::UnderControl => Phase::Working,
            State::Level2Work | State::Linked => Phase::SecondLevel,
            State::Waiting => Phase::Waiting,
            State::SolutionGiven | State::TechnicallyClosed | State::ContactPending => Phase::Closing,
            State::Closed | State::Cancelled | State::Merged => Phase::Closed,
        }
    }

    /// False once it has ended.
    pub const fn is_open(self) -> bool {
        !matches!(self, State::Closed | State::Cancelled | State::Merged)
    }
}
