//! What a list is asked for.

use crate::Condition;
use kernel::{Instant, Uuid};
use store::{Card, Stake};

/// Conditions on cards; all must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kind of record.
    pub record_kind: Option<String>,
    /// Area.
    pub area: Option<Uuid>,
    /// Owner group.
    pub group: Option<Uuid>,
    /// Operator.
    pub operator: Option<Uuid>,
    /// Requester.
    pub requester: Option<Uuid>,
    /// Category.
    pub category: Option<Uuid>,
    /// One of these states; empty for any.
    pub states: Vec<String>,
    /// One of these phases; empty for any.
    pub phases: Vec<String>,
    /// Priority.
    pub priority: Option<i64>,
    /// Kind after classification.
    pub ticket_kind: Option<String>,
    /// Channel.
    pub channel: Option<String>,
    /// Only open (true) or only ended (false).
    pub open: Option<bool>,
    /// Only what was updated at or after this instant; the list is then sorted by update.
    pub updated_since: Option<Instant>,
    /// Only what nobody works on.
    pub unassigned: bool,
    /// Only what somebody works on.
    pub assigned: bool,
    /// Only what was opened at or after this instant.
    pub opened_from: Option<Instant>,
    /// Only what was opened before this instant.
    pub opened_before: Option<Instant>,
    /// Only what was updated before this instant.
    pub updated_before: Option<Instant>,
    /// Only what is due at or after this instant.
    pub due_from: Option<Instant>,
    /// Only what is due before this instant.
    pub due_before: Option<Instant>,
    /// Several values of a column, or values it must not have.
    pub also: Vec<Condition>,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Newest first.
    #[default]
    Newest,
    /// Oldest first: the order in which people wait.
    Oldest,
    /// By last update, oldest first: what `updated_since` needs to go on.
    Updated,
    /// By last update, newest first.
    Recent,
    /// By due instant, the most urgent first; only open records.
    Due,
}

impl Sort {
    /// The letter by which a cursor tells its order.
    pub const fn letter(self) -> char {
        match self {
            Self::Newest => 'n',
            Self::Oldest => 'o',
            Self::Updated => 'u',
            Self::Recent => 'r',
            Self::Due => 'd',
        }
    }
}

/// States in which a record is still open.
const ENDED: [&str; 3] = ["closed", "cancelled", "merged"];

impl Filter {
    /// True when only open records can match, so that the small indexes of open ones serve.
    pub(crate) fn only_open(&self) -> bool {
        let states_open = !self.states.is_empty() && self.states.iter().all(|state| !ENDED.contains(&state.as_str()));
        let phases_open = !self.phases.is_empty() && self.phases.iter().all(|phase| phase != "closed");
        self.open == Some(true) || states_open || phases_open
    }

    /// The same conditions on a card in memory.
    pub fn matches(&self, card: &Card) -> bool {
        let same = |wanted: Option<Uuid>, found: Option<Uuid>| wanted.is_none_or(|wanted| found == Some(wanted));
        self.record_kind.as_ref().is_none_or(|kind| *kind == card.kind)
            && same(self.area, Some(card.area))
            && self.matches_hands(card)
            && same(self.requester, card.requester)
            && same(self.category, card.category)
            && (self.states.is_empty() || self.states.contains(&card.state))
            && (self.phases.is_empty() || self.phases.contains(&card.phase))
            && self.priority.is_none_or(|priority| priority == card.priority)
            && self.ticket_kind.as_ref().is_none_or(|kind| *kind == card.ticket_kind)
            && self.channel.as_ref().is_none_or(|channel| *channel == card.channel)
            && self.open.is_none_or(|open| open == card.open)
            && self.updated_since.is_none_or(|since| card.updated_at >= since)
            && self.opened_from.is_none_or(|from| card.opened_at >= from)
            && self.opened_before.is_none_or(|before| card.opened_at < before)
            && self.updated_before.is_none_or(|before| card.updated_at < before)
            && self.due_from.is_none_or(|from| card.due_at >= from)
            && self.due_before.is_none_or(|before| card.due_at < before)
            && self.also.iter().all(|condition| condition.matches(card))
    }

    /// Group and operator are those of one and the same hand: the card's own, or another that works on it.
    fn matches_hands(&self, card: &Card) -> bool {
        let others = card.hands.iter().filter(|hand| hand.stake == Stake::Part);
        let others = others.map(|hand| (Some(hand.group), hand.operator));
        std::iter::once((card.group, card.operator))
            .chain(others)
            .any(|(group, operator)| {
                self.group.is_none_or(|wanted| group == Some(wanted))
                    && self.operator.is_none_or(|wanted| operator == Some(wanted))
                    && (!self.unassigned || operator.is_none())
                    && (!self.assigned || operator.is_some())
            })
    }
}
