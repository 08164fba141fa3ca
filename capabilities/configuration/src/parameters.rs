//! What an area may decide, with the default of each.

use kernel::{Checks, Limit, Outcome};
use serde::{Deserialize, Serialize};

/// Priority by impact and urgency (IM-010): rows are impact 1–3, columns urgency 1–3, values 1–5.
pub type Matrix = [[i64; 3]; 3];

/// Which facts must have been recorded before an act: each is a parameter of the area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Gates {
    /// A requester (or guest) before a solution (SD-040).
    pub identification_before_solution: bool,
    /// A classification before a solution (SD-054).
    pub classification_before_solution: bool,
    /// A classification before the second level (SD-064).
    pub classification_before_second_level: bool,
}

impl Default for Gates {
    fn default() -> Self {
        Self {
            identification_before_solution: true,
            classification_before_solution: true,
            classification_before_second_level: true,
        }
    }
}

/// The parameters of an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parameters {
    /// Priority by impact and urgency.
    pub matrix: Matrix,
    /// Facts that gate acts.
    pub gates: Gates,
    /// `reopen.days`: within how many days a closed ticket is reopened (SD-088).
    pub reopen_days: i64,
    /// `reroute.max`: reroutes before the ticket goes under control (SD-051).
    pub reroute_max: i64,
    /// `reclass.max`: reclassifications before the ticket goes under control (SD-063).
    pub reclass_max: i64,
    /// `outbound.max_attempts`: calls before the closing mail (SD-085).
    pub contact_attempts_max: i64,
    /// `outbound.min_gap_h`: hours between two calls (SD-084).
    pub contact_gap_hours: i64,
    /// True when the area says *tu* to requesters, false for *lei*.
    pub informal: bool,
    /// `discrepancy.again_days`: for how many days a requester who was told of a discrepancy is not told again (SD-043).
    pub discrepancy_again_days: i64,
    /// `anagrafica.discrepanza`: what requesters are told of a discrepancy, with [`FIELDS_MARK`] where the fields stand; the
    /// house's own words where it is empty.
    pub discrepancy_text: String,
    /// `ident.allowed_types`: what a guest and a discrepant person may ask for (SD-046).
    pub allowed_types: AllowedTypes,
    /// `parent.link_policy`: whether the desk is asked to hang what was reported already on its parent (SD-055).
    pub parent_link_policy: LinkPolicy,
}

/// Whether a parent is proposed for what was reported already (SD-055).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPolicy {
    /// The desk is asked: a parent is proposed.
    #[default]
    Ask,
    /// What stands out clearly is hung on its parent by itself, and the desk is asked about the rest.
    Automatic,
    /// No parent is proposed.
    Never,
}

impl LinkPolicy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Ask, Self::Automatic, Self::Never];

    /// Its name as stored and as programs write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Automatic => "automatic",
            Self::Never => "never",
        }
    }

    /// The one of this name.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Stands in a text of the area for the fields that do not agree.
pub const FIELDS_MARK: &str = "{campi}";

/// Types of request that an area may allow to some only.
pub const TYPES: [&str; 6] = [
    "incident",
    "fulfilment",
    "information",
    "interpretation",
    "specialist",
    "complaint",
];

/// What people may ask for before it is certain who they are; everything where nothing is said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AllowedTypes {
    /// Types that a guest may ask for.
    pub guest: Option<Vec<String>>,
    /// Types that somebody whose data do not agree with the registries may ask for.
    pub discrepant: Option<Vec<String>>,
}

impl AllowedTypes {
    fn are_known(&self) -> bool {
        let lists = [&self.guest, &self.discrepant].into_iter().flatten();
        lists.flatten().all(|one| TYPES.contains(&one.as_str()))
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            matrix: [[1, 2, 3], [2, 3, 4], [3, 4, 5]],
            gates: Gates::default(),
            reopen_days: 5,
            reroute_max: 3,
            reclass_max: 2,
            contact_attempts_max: 3,
            contact_gap_hours: 4,
            informal: true,
            discrepancy_again_days: 30,
            discrepancy_text: String::new(),
            allowed_types: AllowedTypes::default(),
            parent_link_policy: LinkPolicy::default(),
        }
    }
}

/// The numbers that an area decides, with the least and the most of each, in the order in which they are shown.
pub const NUMBERS: [(&str, i64, i64); 6] = [
    ("reopen_days", 0, 365),
    ("reroute_max", 0, 50),
    ("reclass_max", 0, 50),
    ("contact_attempts_max", 1, 50),
    ("contact_gap_hours", 0, 720),
    ("discrepancy_again_days", 0, 365),
];

impl Parameters {
    /// One of the [`NUMBERS`].
    pub fn number(&self, name: &str) -> i64 {
        match name {
            "reopen_days" => self.reopen_days,
            "reroute_max" => self.reroute_max,
            "reclass_max" => self.reclass_max,
            "contact_attempts_max" => self.contact_attempts_max,
            "discrepancy_again_days" => self.discrepancy_again_days,
            _ => self.contact_gap_hours,
        }
    }

    /// Checks that every number is within its range.
    ///
    /// # Errors
    /// A refusal that names each field that is not.
    pub fn check(&self) -> Outcome<()> {
        let mut checks = Checks::new();
        for (name, least, most) in NUMBERS {
            checks.within(name, Some(self.number(name)), least, most);
        }
        let mut priorities = self.matrix.iter().flatten().copied();
        checks.within("matrix", priorities.find(|priority| !(1..=5).contains(priority)), 1, 5);
        checks.optional("discrepancy_text", Some(&self.discrepancy_text), Limit::text(2_000));
        if !self.allowed_types.are_known() {
            checks.wrong("allowed_types", "field-unknown-value");
        }
        checks.done()?;
        Ok(())
    }

    /// The priority that the matrix gives; impact and urgency are 1–3, anything else counts as the nearest.
    pub fn priority(&self, impact: i64, urgency: i64) -> i64 {
        let place = |value: i64| usize::try_from(value.clamp(1, 3) - 1).unwrap_or(2);
        self.matrix[place(impact)][place(urgency)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn im_010_priority_is_impact_plus_urgency_minus_one() {
        let parameters = Parameters::default();
        for impact in 1..=3 {
            for urgency in 1..=3 {
                assert_eq!(parameters.priority(impact, urgency), impact + urgency - 1);
            }
        }
    }
}
