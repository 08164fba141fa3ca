//! One mail to one person: why it was written, in which words, and what became of it. It holds no address and no word that
//! anybody wrote: those stand where they stood, and are gone when a person is erased.

use super::occasion::Occasion;
use crate::text::voice::Voice;
use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::Aggregate;
use utoipa::ToSchema;

/// What becomes of a mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It is to be handed over.
    #[default]
    Waiting,
    /// The server was away or did not want it yet: it is tried again.
    Failed,
    /// The server has it.
    Sent,
    /// It cannot be handed over: refused for good, or tried for too long.
    Dead,
    /// There is no mail server: it waits for a person.
    Held,
    /// Whoever should get it has no address.
    NoAddress,
}

impl MailState {
    /// All of them, those that need somebody first.
    pub const ALL: [Self; 6] = [
        Self::Dead,
        Self::Held,
        Self::NoAddress,
        Self::Failed,
        Self::Waiting,
        Self::Sent,
    ];

    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Failed => "failed",
            Self::Sent => "sent",
            Self::Dead => "dead",
            Self::Held => "held",
            Self::NoAddress => "no_address",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// True while jobs take care of it.
    pub const fn is_on_its_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Failed)
    }

    /// True where a person may try again.
    pub const fn may_be_tried_again(self) -> bool {
        matches!(self, Self::Dead | Self::Held | Self::NoAddress)
    }

    /// The key of its name.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "notice-state-waiting",
            Self::Failed => "notice-state-failed",
            Self::Sent => "notice-state-sent",
            Self::Dead => "notice-state-dead",
            Self::Held => "notice-state-held",
            Self::NoAddress => "notice-state-no-address",
        }
    }

    /// How it is coloured.
    pub(crate) const fn tone(self) -> &'static str {
        match self {
            Self::Sent => "success",
            Self::Dead | Self::NoAddress => "danger",
            Self::Failed | Self::Held => "warning",
            Self::Waiting => "info",
        }
    }
}

/// What a mail is about, as it was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// The ticket.
    pub ticket: Uuid,
    /// The place in its history of what is told.
    pub place: i64,
    /// Who gets it.
    pub person: Uuid,
    /// On which occasion.
    pub occasion: Occasion,
    /// In which voice.
    pub voice: Voice,
    /// The edition of the text: of which record, and which; nothing for the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<(Uuid, i64)>,
    /// By when it should be solved, as it was promised then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<Instant>,
    /// Where it stands at first.
    pub state: MailState,
}

/// A mail as its events say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// What it is about; nothing before it is prepared.
    pub about: Option<Prepared>,
    /// What became of it.
    pub state: MailState,
    /// When it was prepared.
    pub prepared_at: Instant,
}

/// What can happen to a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MailEvent {
    /// Something happened that somebody is told.
    Prepared {
        /// What it is about.
        #[serde(flatten)]
        about: Prepared,
    },
    /// The server took it.
    Sent {
        /// Which try it was, from one.
        attempt: i64,
    },
    /// It cannot be handed over.
    Died {
        /// Which try was the last.
        attempt: i64,
    },
    /// There is no mail server.
    Held,
    /// Whoever should get it has no address.
    Unaddressed,
    /// Somebody has it tried again.
    Requeued,
}

impl Aggregate for Mail {
    const KIND: &'static str = "mail";
    type Event = MailEvent;

    fn name(event: &MailEvent) -> &'static str {
        match event {
            MailEvent::Prepared { .. } => "mail.prepared",
            MailEvent::Sent { .. } => "mail.sent",
            MailEvent::Died { .. } => "mail.died",
            MailEvent::Held => "mail.held",
            MailEvent::Unaddressed => "mail.unaddressed",
            MailEvent::Requeued => "mail.requeued",
        }
    }

    fn apply(&mut self, event: &MailEvent, at: Instant, _author: &Author) {
        match event {
            MailEvent::Prepared { about } => {
                self.state = about.state;
                self.about = Some(about.clone());
                self.prepared_at = at;
            }
            MailEvent::Sent { .. } => self.state = MailState::Sent,
            MailEvent::Died { .. } => self.state = MailState::Dead,
            MailEvent::Held => self.state = MailState::Held,
            MailEvent::Unaddressed => self.state = MailState::NoAddress,
            MailEvent::Requeued => self.state = MailState::Waiting,
        }
    }
}
