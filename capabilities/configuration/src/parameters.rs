//! What an area may decide, with the default of each.

use kernel::{Checks, Outcome};
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
        }
    }
}

/// The numbers that an area decides, with the least and the most of each, in the order in which they are shown.
pub const NUMBERS: [(&str, i64, i64); 5] = [
    ("reopen_days", 0, 365),
    ("reroute_max", 0, 50),
    ("reclass_max", 0, 50),
    ("contact_attempts_max", 1, 50),
    ("contact_gap_hours", 0, 720),
];

impl Parameters {
    /// One of the [`NUMBERS`].
    pub fn number(&self, name: &str) -> i64 {
        match name {
            "reopen_days" => self.reopen_days,
            "reroute_max" => self.reroute_max,
            "reclass_max" => self.reclass_max,
            "contact_attempts_max" => self.contact_attempts_max,
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
