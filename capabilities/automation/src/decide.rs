//! Whether a rule holds for a ticket. Pure: the same facts and rule always say the same.

use crate::AutomationText;
use kernel::Uuid;
use serde::{Deserialize, Serialize};
use ticket::domain::{Channel, Ticket, TicketKind};
use utoipa::ToSchema;

/// What of a ticket a rule looks at when it is to act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// What it turned out to be.
    pub kind: TicketKind,
    /// Priority 1 to 5.
    pub priority: i64,
    /// The channel by which it came.
    pub channel: Channel,
    /// Its category, where it is known.
    pub category: Option<Uuid>,
    /// The group with which it lies.
    pub group: Option<Uuid>,
}

impl Facts {
    /// The facts of a ticket as it stands.
    pub fn of(ticket: &Ticket) -> Self {
        Self {
            kind: ticket.kind,
            priority: ticket.priority,
            channel: ticket.channel,
            category: ticket.category,
            group: ticket.open_assignment().map(|part| part.group).or(ticket.group),
        }
    }
}

/// The condition that did not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AutomationMiss)]
pub enum Miss {
    /// It was of another kind.
    Kind,
    /// It had another priority.
    Priority,
    /// It came by another channel.
    Channel,
    /// It was about something else, or nobody knew what about.
    Category,
    /// It lay with another group.
    Group,
}

/// The first condition of a rule that does not hold.
pub fn missed(text: &AutomationText, facts: &Facts) -> Option<Miss> {
    let is_for = [
        (holds(&text.kinds, Some(facts.kind)), Miss::Kind),
        (holds(&text.priorities, Some(facts.priority)), Miss::Priority),
        (holds(&text.channels, Some(facts.channel)), Miss::Channel),
        (holds(&text.categories, facts.category), Miss::Category),
        (holds(&text.groups, facts.group), Miss::Group),
    ];
    is_for.into_iter().find(|(holds, _)| !holds).map(|(_, miss)| miss)
}

fn holds<T: PartialEq>(wanted: &[T], is: Option<T>) -> bool {
    wanted.is_empty() || is.is_some_and(|is| wanted.contains(&is))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_conditions_must_hold_and_one_left_empty_always_does() {
        let facts = Facts {
            kind: TicketKind::Incident,
            priority: 2,
            channel: Channel::Phone,
            category: None,
            group: Some(Uuid::from_u128(1)),
        };
        let none = AutomationText::default();
        let said = |change: fn(&mut AutomationText)| {
            let mut text = none.clone();
            change(&mut text);
            missed(&text, &facts)
        };
        assert_eq!(said(|_| ()), None);
        assert_eq!(said(|text| text.kinds = vec![TicketKind::Complaint]), Some(Miss::Kind));
        assert_eq!(said(|text| text.priorities = vec![1, 3]), Some(Miss::Priority));
        assert_eq!(said(|text| text.priorities = vec![1, 2]), None);
        assert_eq!(said(|text| text.channels = vec![Channel::Web]), Some(Miss::Channel));
        assert_eq!(
            said(|text| text.categories = vec![Uuid::from_u128(7)]),
            Some(Miss::Category),
            "what nobody knows is none of these"
        );
        assert_eq!(said(|text| text.groups = vec![Uuid::from_u128(2)]), Some(Miss::Group));
    }
}
