//! How a group works: how its new tickets find somebody, how much it can carry, when it is there, who takes what it cannot.

use kernel::{Refusal, Uuid};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// How new tickets of a group find somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Whoever is free takes the next one.
    #[default]
    ByHand,
    /// They are given to whoever has least.
    LeastLoad,
    /// They are given to each in turn.
    Rotation,
    /// They are given to whoever knows the category, and of those to whoever has least.
    BySkill,
}

impl Sharing {
    /// All ways.
    pub const ALL: [Sharing; 4] = [Sharing::ByHand, Sharing::LeastLoad, Sharing::Rotation, Sharing::BySkill];

    /// Its name as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Sharing::ByHand => "by_hand",
            Sharing::LeastLoad => "least_load",
            Sharing::Rotation => "rotation",
            Sharing::BySkill => "by_skill",
        }
    }

    /// The way of a name.
    pub fn from_code(code: &str) -> Option<Sharing> {
        Sharing::ALL.into_iter().find(|sharing| sharing.code() == code)
    }
}

/// Most open tickets that a person can be said to carry, and most that a group can be said to have waiting.
const MOST_EACH: i64 = 200;
const MOST_WAITING: i64 = 10_000;

/// How a group works.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Practice {
    /// How new tickets find somebody.
    pub sharing: Sharing,
    /// Open tickets with which a person is given no more; any number when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_each: Option<i64>,
    /// Tickets that nobody has taken, with which the group is full; never when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_waiting: Option<i64>,
    /// The calendar in whose hours it works; always when nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<Uuid>,
    /// The group that takes what comes while this one is full or not there; else it waits here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overflow: Option<Uuid>,
    /// The categories that each of its people knows.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub skills: BTreeMap<Uuid, Vec<Uuid>>,
}

impl Practice {
    /// Whether its tickets are given to somebody by the house.
    pub fn gives(&self) -> bool {
        self.sharing != Sharing::ByHand
    }

    /// Whether a person of it knows a category.
    pub fn knows(&self, person: Uuid, category: Uuid) -> bool {
        self.skills
            .get(&person)
            .is_some_and(|categories| categories.contains(&category))
    }

    /// As it is kept: each category once, nobody without any.
    ///
    /// # Errors
    /// A refusal that names a number out of its bounds, `overflow` when nothing ever flows over, or `skills` when they are
    /// asked for and nobody has any.
    pub fn checked(mut self) -> Result<Self, Refusal> {
        let within = |value: Option<i64>, most: i64| value.is_none_or(|value| (1..=most).contains(&value));
        if !within(self.most_each, MOST_EACH) {
            return Err(Refusal::field("most_each", "people-field-most-each"));
        }
        if !within(self.most_waiting, MOST_WAITING) {
            return Err(Refusal::field("most_waiting", "people-field-most-waiting"));
        }
        for categories in self.skills.values_mut() {
            categories.sort_unstable();
            categories.dedup();
        }
        self.skills.retain(|_, categories| !categories.is_empty());
        if self.sharing == Sharing::BySkill && self.skills.is_empty() {
            return Err(Refusal::field("skills", "people-field-skills-none"));
        }
        if self.overflow.is_some() && self.hours.is_none() && self.most_waiting.is_none() {
            return Err(Refusal::field("overflow", "people-field-overflow-never"));
        }
        Ok(self)
    }
}
