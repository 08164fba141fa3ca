//! A rule as a record: what sets it off, when it holds, and what it does.

use crate::Happening;
use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::Aggregate;
use ticket::domain::{Channel, TicketKind};
use utoipa::ToSchema;

/// What a rule does, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Deeds {
    /// Gives it this priority, 1 to 5, with the rule as the reason (IM-011).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 5)]
    pub priority: Option<i64>,
    /// Gives it to this group: of the desk by handing it over, of the second level as a part of the work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Uuid>,
    /// Writes this note for colleagues.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub note: Option<String>,
    /// Writes this to the requester.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub reply: Option<String>,
}

impl Deeds {
    /// Whether it does nothing at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a rule says, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutomationText {
    /// Name as people read it.
    pub name: String,
    /// Its place among the rules of its area: of several that are set off at once, the lower acts sooner.
    pub place: i64,
    /// What sets it off.
    pub on: Happening,
    /// How long after that it acts, in minutes; at once when zero.
    #[serde(default)]
    pub after_minutes: i64,
    /// The calendar in whose hours these minutes run; by the wall clock where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Uuid>,
    /// What must not have happened meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Happening>,
    /// Kinds it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<TicketKind>,
    /// Priorities it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priorities: Vec<i64>,
    /// Channels it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Categories it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Uuid>,
    /// Groups with which it must lie; anywhere when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Uuid>,
    /// What it does.
    pub deeds: Deeds,
}

impl Default for AutomationText {
    fn default() -> Self {
        Self {
            name: String::new(),
            place: 0,
            on: Happening::Opened,
            after_minutes: 0,
            hours: None,
            unless: Vec::new(),
            kinds: Vec::new(),
            priorities: Vec::new(),
            channels: Vec::new(),
            categories: Vec::new(),
            groups: Vec::new(),
            deeds: Deeds::default(),
        }
    }
}

/// A rule with all its editions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AutomationRule {
    /// The area whose tickets it looks at.
    pub area: Uuid,
    /// What it said, edition by edition.
    pub editions: Vec<AutomationText>,
    /// True while it acts.
    pub active: bool,
    /// Since when: what happened before sets it off no more.
    pub since: Instant,
}

impl AutomationRule {
    /// What it says now, acting or not.
    pub fn text(&self) -> &AutomationText {
        static EMPTY: std::sync::LazyLock<AutomationText> = std::sync::LazyLock::new(AutomationText::default);
        self.editions.last().unwrap_or(&EMPTY)
    }

    /// The number of the newest edition, from one.
    pub fn edition(&self) -> i64 {
        self.editions.len() as i64
    }
}

/// What can happen to a rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RuleEvent {
    /// It was added: its first edition.
    RuleAdded {
        /// The area.
        area: Uuid,
        /// What it says.
        text: AutomationText,
    },
    /// It says something else from now on: another edition.
    RuleChanged {
        /// What it says.
        text: AutomationText,
    },
    /// It does nothing any more.
    RuleClosed,
    /// It acts again.
    RuleReopened,
}

impl Aggregate for AutomationRule {
    const KIND: &'static str = "automation_rule";
    const LISTED: bool = true;
    type Event = RuleEvent;

    fn name(event: &RuleEvent) -> &'static str {
        match event {
            RuleEvent::RuleAdded { .. } => "automation_rule.added",
            RuleEvent::RuleChanged { .. } => "automation_rule.changed",
            RuleEvent::RuleClosed => "automation_rule.closed",
            RuleEvent::RuleReopened => "automation_rule.reopened",
        }
    }

    fn apply(&mut self, event: &RuleEvent, at: Instant, _author: &Author) {
        match event {
            RuleEvent::RuleAdded { area, text } => {
                self.area = *area;
                self.editions = vec![text.clone()];
                (self.active, self.since) = (true, at);
            }
            RuleEvent::RuleChanged { text } => self.editions.push(text.clone()),
            RuleEvent::RuleClosed => self.active = false,
            RuleEvent::RuleReopened => (self.active, self.since) = (true, at),
        }
    }
}
