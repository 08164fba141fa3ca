//! On which occasions somebody is written to, and who is not, and why. Pure.

use crate::text::key::TextKey;
use kernel::Uuid;
use serde::{Deserialize, Serialize};
use store::StoredEvent;
use ticket::domain::{Channel, ClosedReason, TicketEvent, Visibility};
use utoipa::ToSchema;

/// What is told by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// A request came in.
    Receipt,
    /// The desk wrote.
    Reply,
    /// It went to the second level (SD-064).
    SecondLevel,
    /// A solution was given.
    Solution,
    /// It was closed (SD-085).
    Closing,
}

impl Occasion {
    /// All of them, in the order of the process.
    pub const ALL: [Self; 5] = [
        Self::Receipt,
        Self::Reply,
        Self::SecondLevel,
        Self::Solution,
        Self::Closing,
    ];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Reply => "reply",
            Self::SecondLevel => "second_level",
            Self::Solution => "solution",
            Self::Closing => "closing",
        }
    }

    /// The occasion of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|occasion| occasion.code() == code)
    }

    /// Its text.
    pub const fn text(self) -> TextKey {
        match self {
            Self::Receipt => TextKey::Receipt,
            Self::Reply => TextKey::Reply,
            Self::SecondLevel => TextKey::SecondLevel,
            Self::Solution => TextKey::Solution,
            Self::Closing => TextKey::Closing,
        }
    }

    /// True when no person wrote the words: programs must not answer them.
    pub const fn is_automatic(self) -> bool {
        matches!(self, Self::Receipt | Self::SecondLevel | Self::Closing)
    }

    /// The occasion of something that happened to a ticket.
    pub(crate) fn of(event: &TicketEvent) -> Option<Self> {
        match event {
            // Most contacts are calls: nothing is looked up for whoever is told by voice.
            TicketEvent::Opened { opening } => is_written(opening.channel).then_some(Self::Receipt),
            TicketEvent::MessageAdded {
                visibility: Visibility::Public,
                from_requester: false,
                ..
            } => Some(Self::Reply),
            TicketEvent::AssignmentCreated { .. } => Some(Self::SecondLevel),
            TicketEvent::SolutionGiven { .. } => Some(Self::Solution),
            TicketEvent::Closed { .. } => Some(Self::Closing),
            _ => None,
        }
    }

    /// True for events worth reading: most are of no occasion.
    pub(crate) fn may_be(event: &StoredEvent) -> bool {
        matches!(
            event.name.as_str(),
            "ticket.opened"
                | "ticket.message_added"
                | "ticket.assignment_created"
                | "ticket.solution_given"
                | "ticket.closed"
        )
    }
}

/// Why nobody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// They did not write, so they are told as they asked.
    NotWritten,
    /// It was told by another product: it is past.
    Imported,
    /// Nobody knows yet who asked.
    NobodyYet,
    /// They were erased.
    Erased,
    /// They did it themselves.
    OwnAct,
    /// The area does not send this.
    SwitchedOff,
    /// It is over already.
    Ended,
    /// They were told when the first part went there.
    ToldAlready,
}

impl Why {
    /// The key of its sentence.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::NotWritten => "notice-why-not-written",
            Self::Imported => "notice-why-imported",
            Self::NobodyYet => "notice-why-nobody-yet",
            Self::Erased => "notice-why-erased",
            Self::OwnAct => "notice-why-own-act",
            Self::SwitchedOff => "notice-why-switched-off",
            Self::Ended => "notice-why-ended",
            Self::ToldAlready => "notice-why-told-already",
        }
    }
}

/// Whoever asked, as far as writing to them is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Addressee {
    pub(crate) person: Uuid,
    pub(crate) has_address: bool,
    pub(crate) erased: bool,
}

/// Everything that decides whether somebody is written to.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) occasion: Occasion,
    pub(crate) channel: Channel,
    /// Told by another product.
    pub(crate) imported: bool,
    pub(crate) requester: Option<Addressee>,
    /// Who did it.
    pub(crate) author: Option<Uuid>,
    /// Whether the ticket is still open.
    pub(crate) open: bool,
    /// Why it was closed, where it was.
    pub(crate) closed: Option<ClosedReason>,
    /// Whether another part went to the second level before.
    pub(crate) further_part: bool,
    /// Whether the area sends this.
    pub(crate) wanted: bool,
}

/// Whether somebody is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// They are.
    Write(Uuid),
    /// They would be, but have no address: somebody must see that.
    NoAddress(Uuid),
    /// They are not.
    Not(Why),
}

/// Decides.
pub(crate) fn decide(case: &Case) -> Verdict {
    let not = Verdict::Not;
    if case.imported {
        return not(Why::Imported);
    }
    // Whoever was not reached by telephone is told in writing, whatever way they came (SD-085).
    let unreached = case.occasion == Occasion::Closing && case.closed == Some(ClosedReason::Unreached);
    if !unreached && !is_written(case.channel) {
        return not(Why::NotWritten);
    }
    let Some(requester) = case.requester else {
        return not(Why::NobodyYet);
    };
    if requester.erased {
        return not(Why::Erased);
    }
    if case.author == Some(requester.person) && case.occasion != Occasion::Receipt {
        return not(Why::OwnAct);
    }
    if !case.wanted && !unreached {
        return not(Why::SwitchedOff);
    }
    let is_news = matches!(case.occasion, Occasion::Receipt | Occasion::SecondLevel);
    if is_news && !case.open {
        return not(Why::Ended);
    }
    if case.occasion == Occasion::SecondLevel && case.further_part {
        return not(Why::ToldAlready);
    }
    if requester.has_address {
        Verdict::Write(requester.person)
    } else {
        Verdict::NoAddress(requester.person)
    }
}

/// Channels whose answers are written mail. A fax is answered by fax, certified mail by certified mail.
const fn is_written(channel: Channel) -> bool {
    matches!(channel, Channel::Web | Channel::Email)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROSA: Uuid = Uuid::from_u128(1);
    const ANNA: Uuid = Uuid::from_u128(2);

    fn case(occasion: Occasion) -> Case {
        Case {
            occasion,
            channel: Channel::Email,
            imported: false,
            requester: Some(Addressee {
                person: ROSA,
                has_address: true,
                erased: false,
            }),
            author: Some(ANNA),
            open: true,
            closed: None,
            further_part: false,
            wanted: true,
        }
    }

    #[test]
    fn whoever_asked_in_writing_is_written_to_on_every_occasion() {
        for occasion in Occasion::ALL {
            assert_eq!(decide(&case(occasion)), Verdict::Write(ROSA), "{occasion:?}");
            let web = Case {
                channel: Channel::Web,
                ..case(occasion)
            };
            assert_eq!(decide(&web), Verdict::Write(ROSA), "{occasion:?}");
        }
    }

    #[test]
    fn others_are_not_and_it_is_said_why() {
        let (receipt, reply) = (case(Occasion::Receipt), case(Occasion::Reply));
        let (second, closing) = (case(Occasion::SecondLevel), case(Occasion::Closing));
        let nobody = Case {
            requester: None,
            ..reply.clone()
        };
        let with = |erased, has_address| Case {
            requester: Some(Addressee {
                person: ROSA,
                has_address,
                erased,
            }),
            ..reply.clone()
        };
        #[rustfmt::skip]
        let cases = [
            (Case { channel: Channel::Phone, ..reply.clone() }, Verdict::Not(Why::NotWritten)),
            (Case { channel: Channel::Pec, ..reply.clone() }, Verdict::Not(Why::NotWritten)),
            (Case { channel: Channel::Api, ..receipt.clone() }, Verdict::Not(Why::NotWritten)),
            (Case { imported: true, ..closing.clone() }, Verdict::Not(Why::Imported)),
            (nobody, Verdict::Not(Why::NobodyYet)),
            (with(true, true), Verdict::Not(Why::Erased)),
            (with(false, false), Verdict::NoAddress(ROSA)),
            (Case { author: Some(ROSA), ..closing.clone() }, Verdict::Not(Why::OwnAct)),
            (Case { author: Some(ROSA), ..receipt.clone() }, Verdict::Write(ROSA)),
            (Case { wanted: false, ..receipt.clone() }, Verdict::Not(Why::SwitchedOff)),
            (Case { open: false, ..receipt }, Verdict::Not(Why::Ended)),
            (Case { open: false, ..second.clone() }, Verdict::Not(Why::Ended)),
            (Case { further_part: true, ..second }, Verdict::Not(Why::ToldAlready)),
            (Case { open: false, ..reply }, Verdict::Write(ROSA)),
            (Case { open: false, ..closing }, Verdict::Write(ROSA)),
        ];
        for (case, expected) in cases {
            assert_eq!(decide(&case), expected, "{case:?}");
        }
    }

    #[test]
    fn sd_085_whoever_was_not_reached_is_told_in_writing_however_they_came() {
        let unreached = Case {
            channel: Channel::Phone,
            closed: Some(ClosedReason::Unreached),
            wanted: false,
            open: false,
            ..case(Occasion::Closing)
        };
        assert_eq!(decide(&unreached), Verdict::Write(ROSA));
        let confirmed = Case {
            closed: Some(ClosedReason::Confirmed),
            ..unreached
        };
        assert_eq!(decide(&confirmed), Verdict::Not(Why::NotWritten));
    }
}
