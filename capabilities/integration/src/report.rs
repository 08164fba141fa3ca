//! What an import came to: for a person as text, for a program as one JSON object.

use i18n::Language;
use serde::Serialize;
use std::fmt::Write as _;

/// What an import came to. Figures are those of the file's accepted rows, so a second run tells the same.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Report {
    /// Tickets told by the file.
    pub tickets: usize,
    /// Rows accepted.
    pub rows: usize,
    /// Tickets made.
    pub created: usize,
    /// Tickets that had all of it already.
    pub unchanged: usize,
    /// Tickets whose last row knows when they were resolved.
    pub resolved: usize,
    /// From opening to resolution, in hours.
    pub resolution_hours: Hours,
    /// Tickets that were opened again.
    pub reopened: usize,
    /// Tickets by the priority of their last row.
    pub by_priority: ByPriority,
    /// Rows that were not taken.
    pub refused: Vec<RefusedRow>,
}

/// Mean and median, rounded to two decimals; nothing where there is nothing to measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Hours {
    /// Mean.
    pub mean: Option<f64>,
    /// Median.
    pub median: Option<f64>,
}

/// Tickets by priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByPriority {
    /// Critical.
    pub p1: usize,
    /// High.
    pub p2: usize,
    /// Moderate.
    pub p3: usize,
    /// Low.
    pub p4: usize,
    /// Planning.
    pub p5: usize,
}

impl ByPriority {
    /// Counts one.
    pub(crate) fn count(&mut self, priority: i64) {
        let place = match priority {
            1 => &mut self.p1,
            2 => &mut self.p2,
            3 => &mut self.p3,
            4 => &mut self.p4,
            _ => &mut self.p5,
        };
        *place += 1;
    }
}

/// A row that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RefusedRow {
    /// Line of the file, from one.
    pub line: u64,
    /// The column's name; empty where the whole row is meant.
    pub column: String,
    /// A stable code, a colon, and the reason in words.
    pub reason: String,
}

impl Hours {
    /// Of resolution times in milliseconds.
    pub(crate) fn of(mut millis: Vec<i64>) -> Self {
        if millis.is_empty() {
            return Self::default();
        }
        millis.sort_unstable();
        let hours = |millis: f64| (millis / 36_000.0).round() / 100.0;
        let sum: i128 = millis.iter().map(|one| i128::from(*one)).sum();
        let middle = (millis[(millis.len() - 1) / 2] as f64 + millis[millis.len() / 2] as f64) / 2.0;
        Self {
            mean: Some(hours(sum as f64 / millis.len() as f64)),
            median: Some(hours(middle)),
        }
    }
}

/// Refused rows that are told one by one on a terminal.
const TOLD: usize = 200;

impl Report {
    /// The report in words.
    pub fn text(&self, language: Language, dry_run: bool) -> String {
        let mut text = String::new();
        let mut line = |key: &str, args: &[(&str, i18n::Arg<'_>)]| {
            let _ = writeln!(text, "{}", language.text_with(key, args));
        };
        line(
            if dry_run {
                "integration-report-dry"
            } else {
                "integration-report-done"
            },
            &[],
        );
        line(
            "integration-report-tickets",
            &[("tickets", self.tickets.into()), ("rows", self.rows.into())],
        );
        let continued = self.tickets - self.created - self.unchanged;
        let what = [
            ("created", self.created.into()),
            ("continued", continued.into()),
            ("unchanged", self.unchanged.into()),
        ];
        line("integration-report-made", &what);
        line(
            "integration-report-resolved",
            &[("resolved", self.resolved.into()), ("reopened", self.reopened.into())],
        );
        if let (Some(mean), Some(median)) = (self.resolution_hours.mean, self.resolution_hours.median) {
            let (mean, median) = (language.decimal(mean, 2), language.decimal(median, 2));
            line(
                "integration-report-hours",
                &[("mean", mean.into()), ("median", median.into())],
            );
        }
        let by = self.by_priority;
        let by = [
            ("p1", by.p1.into()),
            ("p2", by.p2.into()),
            ("p3", by.p3.into()),
            ("p4", by.p4.into()),
            ("p5", by.p5.into()),
        ];
        line("integration-report-priority", &by);
        line("integration-report-refused", &[("refused", self.refused.len().into())]);
        for row in self.refused.iter().take(TOLD) {
            let column = if row.column.is_empty() {
                "–"
            } else {
                row.column.as_str()
            };
            let args = [
                ("line", row.line.into()),
                ("column", column.into()),
                ("reason", row.reason.as_str().into()),
            ];
            line("integration-report-refused-row", &args);
        }
        if self.refused.len() > TOLD {
            line(
                "integration-report-refused-more",
                &[("more", (self.refused.len() - TOLD).into())],
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::Hours;

    #[test]
    fn mean_and_median_are_hours_with_two_decimals() {
        const HOUR: i64 = 3_600_000;
        let cases = [
            (vec![], (None, None)),
            (vec![HOUR], (Some(1.0), Some(1.0))),
            (vec![3 * HOUR, HOUR, 2 * HOUR], (Some(2.0), Some(2.0))),
            (
                vec![HOUR, 2 * HOUR, 7 * HOUR, 8 * HOUR + HOUR / 60],
                (Some(4.5), Some(4.5)),
            ),
        ];
        for (millis, (mean, median)) in cases {
            assert_eq!(Hours::of(millis), Hours { mean, median });
        }
    }
}
