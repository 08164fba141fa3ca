//! A rule, and what it did, as the API tells them.

use crate::row::{RunOutcome, RunRow};
use crate::{AutomationRule, Deeds, Happening};
use kernel::{Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::Loaded;
use ticket::domain::{Channel, TicketKind};
use utoipa::ToSchema;

/// An automation rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AutomationView {
    /// Identity.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
    /// The area whose tickets it looks at.
    pub area: Uuid,
    /// The number of its newest edition, from one.
    pub edition: i64,
    /// Name.
    pub name: String,
    /// Its place among the rules of its area: of several that are set off at once, the lower acts sooner.
    pub place: i64,
    /// What sets it off.
    pub on: Happening,
    /// How long after that it acts, in minutes; at once when zero.
    pub after_minutes: i64,
    /// The calendar in whose hours these minutes run; by the wall clock where none is named.
    pub hours: Option<Uuid>,
    /// What must not have happened meanwhile.
    pub unless: Vec<Happening>,
    /// Kinds it is for; all when empty.
    pub kinds: Vec<TicketKind>,
    /// Priorities it is for; all when empty.
    pub priorities: Vec<i64>,
    /// Channels it is for; all when empty.
    pub channels: Vec<Channel>,
    /// Categories it is for; all when empty.
    pub categories: Vec<Uuid>,
    /// Groups with which it must lie; anywhere when empty.
    pub groups: Vec<Uuid>,
    /// What it does.
    pub deeds: Deeds,
    /// Whether it acts.
    pub active: bool,
}

impl AutomationView {
    /// A rule as it was read.
    pub fn of(rule: &Loaded<AutomationRule>) -> Self {
        let text = rule.state.text().clone();
        Self {
            id: rule.id,
            version: rule.version,
            area: rule.state.area,
            edition: rule.state.edition(),
            name: text.name,
            place: text.place,
            on: text.on,
            after_minutes: text.after_minutes,
            hours: text.hours,
            unless: text.unless,
            kinds: text.kinds,
            priorities: text.priorities,
            channels: text.channels,
            categories: text.categories,
            groups: text.groups,
            deeds: text.deeds,
            active: rule.state.active,
        }
    }
}

/// What became of a rule that was set off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AutomationRun)]
pub struct RunView {
    /// Identity.
    pub id: Uuid,
    /// The edition of the rule, from one.
    pub edition: i64,
    /// The ticket.
    pub ticket: Uuid,
    /// The place in the ticket's history of what set it off.
    pub cause: i64,
    /// What became of it.
    #[schema(inline)]
    pub outcome: RunOutcome,
    /// The code of the refusal, where the ticket did not allow it.
    pub refusal: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
}

impl RunView {
    pub(crate) fn of(row: RunRow) -> Self {
        Self {
            id: row.id,
            edition: row.edition,
            ticket: row.ticket,
            cause: row.cause,
            outcome: row.outcome,
            refusal: Some(row.detail).filter(|detail| !detail.is_empty()),
            at: row.at,
        }
    }
}
