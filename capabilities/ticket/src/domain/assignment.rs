//! A second-level assignment: one part of the work, with one group.

use super::TechnicalOutcome;
use kernel::{Instant, Uuid};
use serde::{Deserialize, Serialize};
use service_level::{Part, PartCourse};
use store::ContentRef;
use utoipa::ToSchema;

/// Where an assignment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentState {
    /// Given to the group.
    Assigned,
    /// Somebody of the group accepted it.
    Accepted,
    /// Done.
    TechClosed,
    /// Given back with a reason.
    Returned,
    /// Taken back by the desk.
    Withdrawn,
}

impl AssignmentState {
    /// True while the group still has it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Assigned | Self::Accepted)
    }
}

/// One part of the work at the second level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its identity.
    pub id: Uuid,
    /// The group.
    pub group: Uuid,
    /// Who accepted it.
    pub operator: Option<Uuid>,
    /// Where it stands.
    pub state: AssignmentState,
    /// What is asked of the group.
    pub note: Option<ContentRef>,
    /// How it was done.
    pub closure: Option<TechnicalClosure>,
    /// When it was made.
    pub created_at: Instant,
    /// When somebody of the group accepted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_at: Option<Instant>,
    /// When it ended, done or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Instant>,
}

impl Assignment {
    /// It stands elsewhere from an instant on.
    pub(super) fn stand(&mut self, state: AssignmentState, at: Instant) {
        self.state = state;
        match state {
            AssignmentState::Assigned => {}
            AssignmentState::Accepted => {
                self.accepted_at.get_or_insert(at);
            }
            AssignmentState::TechClosed | AssignmentState::Returned | AssignmentState::Withdrawn => {
                self.ended_at = Some(at);
            }
        }
    }

    /// What happened to it, as far as clocks are concerned, in whole seconds.
    pub(super) fn course(&self) -> PartCourse {
        let ended = self.ended_at.map(Instant::second);
        let is_withdrawn = self.state == AssignmentState::Withdrawn;
        PartCourse {
            part: Part {
                id: self.id,
                group: self.group,
            },
            assigned: self.created_at.second(),
            taken: self.accepted_at.map(Instant::second),
            done: ended.filter(|_| !is_withdrawn),
            void: ended.filter(|_| is_withdrawn),
        }
    }
}

/// How the second level was done with its part (SD-073, SD-074).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechnicalClosure {
    /// What was done.
    pub activity: ContentRef,
    /// How it ended.
    pub outcome: StatedOutcome,
    /// True when the requester is to be called before closing.
    pub callback_required: bool,
}

/// An outcome as an event states it. Events from before outcomes were a closed list may hold any words; they are kept as
/// they are, and no new one says anything but a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum StatedOutcome {
    /// One of the list.
    Coded(TechnicalOutcome),
    /// Words of an older event.
    Words(String),
}

impl StatedOutcome {
    /// The outcome, where it is one of the list.
    pub const fn coded(&self) -> Option<TechnicalOutcome> {
        match self {
            Self::Coded(outcome) => Some(*outcome),
            Self::Words(_) => None,
        }
    }
}
