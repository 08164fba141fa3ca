//! An outage that is known: what it means, where, until when.

use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::{Aggregate, ContentRef};
use utoipa::ToSchema;

/// Where an outage stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutageState {
    /// It goes on.
    #[default]
    Active,
    /// It is over.
    Over,
}

/// What is told of an outage: it changes as more is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Telling {
    /// What is out of order, in a line.
    pub title: ContentRef,
    /// What it means for people, in their words.
    pub meaning: ContentRef,
    /// Offices or services it touches.
    pub places: Option<ContentRef>,
    /// When it should work again.
    pub restore_at: Option<Instant>,
}

/// An outage as its events say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// Area; nothing for all.
    pub area: Option<Uuid>,
    /// The ticket it is worked on in, by number.
    pub ticket: Option<String>,
    /// What is told of it now.
    pub telling: Option<Telling>,
    /// Where it stands.
    pub state: OutageState,
    /// When it was first told.
    pub opened_at: Instant,
    /// When something was last told of it.
    pub updated_at: Instant,
    /// When it was over.
    pub ended_at: Option<Instant>,
}

/// What can happen to an outage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum OutageEvent {
    /// It became known.
    Opened {
        /// Area; nothing for all.
        area: Option<Uuid>,
        /// The ticket it is worked on in, by number.
        ticket: Option<String>,
        /// What is told of it.
        telling: Telling,
    },
    /// More is known.
    Updated {
        /// What is told of it from now on.
        telling: Telling,
    },
    /// It is over.
    Ended,
}

impl Aggregate for Outage {
    const KIND: &'static str = "outage";
    type Event = OutageEvent;

    fn name(event: &OutageEvent) -> &'static str {
        match event {
            OutageEvent::Opened { .. } => "outage.opened",
            OutageEvent::Updated { .. } => "outage.updated",
            OutageEvent::Ended => "outage.ended",
        }
    }

    fn apply(&mut self, event: &OutageEvent, at: Instant, _author: &Author) {
        match event {
            OutageEvent::Opened { area, ticket, telling } => {
                self.area = *area;
                self.ticket.clone_from(ticket);
                self.telling = Some(telling.clone());
                self.opened_at = at;
            }
            OutageEvent::Updated { telling } => self.telling = Some(telling.clone()),
            OutageEvent::Ended => {
                self.state = OutageState::Over;
                self.ended_at = Some(at);
            }
        }
        self.updated_at = self.updated_at.max(at);
    }
}
