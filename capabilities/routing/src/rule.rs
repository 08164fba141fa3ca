//! A routing rule as a record: for which new tickets of an area, and to which group.

use jiff::civil::Date;
use kernel::{Author, Instant, Uuid};
use serde::{Deserialize, Serialize};
use store::Aggregate;

/// The channels by which a rule can be narrowed, as programs write them.
pub const CHANNELS: [&str; 9] = [
    "phone",
    "email",
    "pec",
    "web",
    "api",
    "fax",
    "chat",
    "monitoring",
    "walk_in",
];

/// What a rule says, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleText {
    /// Name as people read it.
    pub name: String,
    /// Its place among the rules of its area: the lower, the sooner.
    pub place: i64,
    /// Channels it is for; all when empty (SD-036).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// Categories it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Uuid>,
    /// Beginnings of words of the subject, in lower case, one of which must stand there; any subject when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// The first day on which it holds: a tender, a go-live (SD-019).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// The group that takes the ticket.
    pub group: Uuid,
}

impl RuleText {
    /// Whether no ticket ever comes to a rule that stands behind this one.
    pub fn hides(&self, later: &Self) -> bool {
        fn contains<T: PartialEq>(all: &[T], some: &[T]) -> bool {
            all.is_empty() || !some.is_empty() && some.iter().all(|one| all.contains(one))
        }
        let begins = |word: &String| self.words.iter().any(|own| word.starts_with(own.as_str()));
        let words = self.words.is_empty() || !later.words.is_empty() && later.words.iter().all(begins);
        let from = self
            .valid_from
            .is_none_or(|own| later.valid_from.is_some_and(|from| own <= from));
        let until = self
            .valid_until
            .is_none_or(|own| later.valid_until.is_some_and(|until| until <= own));
        contains(&self.channels, &later.channels)
            && contains(&self.categories, &later.categories)
            && words
            && from
            && until
    }
}

/// A rule with all its editions, and when each of them held.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct RoutingRule {
    /// The area whose new tickets it looks at.
    pub area: Uuid,
    /// What it said, edition by edition.
    pub editions: Vec<RuleText>,
    /// From each of these instants on, the edition that held; none while the rule was closed.
    pub held: Vec<(Instant, Option<i64>)>,
}

impl RoutingRule {
    /// What it says now, closed or not.
    pub fn text(&self) -> &RuleText {
        static EMPTY: std::sync::LazyLock<RuleText> = std::sync::LazyLock::new(RuleText::default);
        self.editions.last().unwrap_or(&EMPTY)
    }

    /// The number of the newest edition, from one.
    pub fn edition(&self) -> i64 {
        self.editions.len() as i64
    }

    /// Whether it decides about new tickets.
    pub fn is_active(&self) -> bool {
        self.held.last().is_some_and(|(_, edition)| edition.is_some())
    }

    /// What an edition said.
    pub fn at_edition(&self, edition: i64) -> Option<&RuleText> {
        let place = usize::try_from(edition).ok()?.checked_sub(1)?;
        self.editions.get(place)
    }

    /// The edition that held at an instant.
    pub fn held_at(&self, at: Instant) -> Option<(i64, &RuleText)> {
        let (_, edition) = self.held.iter().rev().find(|(from, _)| *from <= at)?;
        let edition = (*edition)?;
        Some((edition, self.at_edition(edition)?))
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
        text: RuleText,
    },
    /// It says something else from now on: another edition.
    RuleChanged {
        /// What it says.
        text: RuleText,
    },
    /// It decides nothing any more.
    RuleClosed,
    /// It decides again.
    RuleReopened,
}

impl Aggregate for RoutingRule {
    const KIND: &'static str = "routing_rule";
    const LISTED: bool = true;
    type Event = RuleEvent;

    fn name(event: &RuleEvent) -> &'static str {
        match event {
            RuleEvent::RuleAdded { .. } => "routing_rule.added",
            RuleEvent::RuleChanged { .. } => "routing_rule.changed",
            RuleEvent::RuleClosed => "routing_rule.closed",
            RuleEvent::RuleReopened => "routing_rule.reopened",
        }
    }

    fn apply(&mut self, event: &RuleEvent, at: Instant, _author: &Author) {
        match event {
            RuleEvent::RuleAdded { area, text } => {
                self.area = *area;
                self.editions = vec![text.clone()];
                self.held = vec![(at, Some(1))];
            }
            RuleEvent::RuleChanged { text } => {
                self.editions.push(text.clone());
                if self.is_active() {
                    self.held.push((at, Some(self.edition())));
                }
            }
            RuleEvent::RuleClosed => self.held.push((at, None)),
            RuleEvent::RuleReopened => self.held.push((at, Some(self.edition()))),
        }
    }
}
