//! Public holidays: a rule for the date, and since when and until when it holds.

use crate::easter::easter;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How a feast finds its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The same day of the same month each year.
    Yearly {
        /// January is 1.
        month: i8,
        /// From 1.
        day: i8,
    },
    /// So many days after Easter Sunday.
    AfterEaster {
        /// Days; 1 is Easter Monday, 50 Whit Monday.
        days: i16,
    },
    /// The first Sunday of a month.
    FirstSunday {
        /// January is 1.
        month: i8,
    },
}

impl Rule {
    /// The date in a year; nothing when the year has no such day.
    pub fn date(self, year: i16) -> Option<Date> {
        match self {
            Self::Yearly { month, day } => Date::new(year, month, day).ok(),
            Self::AfterEaster { days } => easter(year).checked_add(days.days()).ok(),
            Self::FirstSunday { month } => {
                let first = Date::new(year, month, 1).ok()?;
                let to_sunday = (7 - first.weekday().to_sunday_zero_offset()) % 7;
                first.checked_add(to_sunday.days()).ok()
            }
        }
    }
}

/// A public holiday (WT-406): rule, name, the years it holds for and where that is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feast {
    /// Code of its name in the texts, or the name itself where a person gave it.
    pub name: String,
    /// Its date.
    pub rule: Rule,
    /// The first year.
    pub from_year: Option<i16>,
    /// The last year.
    pub until_year: Option<i16>,
    /// Where it is written: the law, the resolution, the file; empty where nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Feast {
    /// The date in a year, when it is a holiday then.
    pub fn date(&self, year: i16) -> Option<Date> {
        let holds = self.from_year.is_none_or(|from| year >= from) && self.until_year.is_none_or(|until| year <= until);
        if holds { self.rule.date(year) } else { None }
    }
}

/// A holiday of the list: its code, its rule, the first and the last year, where it is written.
type Listed = (&'static str, Rule, Option<i16>, Option<i16>, &'static str);

/// The law that most of them stand in.
const LAW: &str = "L. 260/1949, art. 2";

/// Italy's public holidays beside Sundays: L. 260/1949 as amended, L. 54/1977, D.P.R. 792/1985, L. 336/2000, L. 151/2025
/// (WT-401, WT-402), and 17 March 2011 by D.L. 5/2011. Right from 1990 on: in the years in which 2 June was kept on the first
/// Sunday of June, that Sunday stands here (1977 to 2000).
const NATIONAL: [Listed; 14] = [
    ("new-year", Rule::Yearly { month: 1, day: 1 }, None, None, LAW),
    (
        "epiphany",
        Rule::Yearly { month: 1, day: 6 },
        None,
        None,
        "D.P.R. 792/1985",
    ),
    (
        "unity",
        Rule::Yearly { month: 3, day: 17 },
        Some(2011),
        Some(2011),
        "D.L. 5/2011",
    ),
    ("easter", Rule::AfterEaster { days: 0 }, None, None, LAW),
    ("easter-monday", Rule::AfterEaster { days: 1 }, None, None, LAW),
    ("liberation", Rule::Yearly { month: 4, day: 25 }, None, None, LAW),
    ("labour", Rule::Yearly { month: 5, day: 1 }, None, None, LAW),
    (
        "republic",
        Rule::FirstSunday { month: 6 },
        None,
        Some(2000),
        "L. 54/1977",
    ),
    (
        "republic",
        Rule::Yearly { month: 6, day: 2 },
        Some(2001),
        None,
        "L. 336/2000",
    ),
    ("assumption", Rule::Yearly { month: 8, day: 15 }, None, None, LAW),
    (
        "francis",
        Rule::Yearly { month: 10, day: 4 },
        Some(2026),
        None,
        "L. 151/2025",
    ),
    ("all-saints", Rule::Yearly { month: 11, day: 1 }, None, None, LAW),
    ("immaculate", Rule::Yearly { month: 12, day: 8 }, None, None, LAW),
    ("christmas", Rule::Yearly { month: 12, day: 25 }, None, None, LAW),
];

/// The day after Christmas, as the last of the list.
const STEPHEN: (&str, Rule) = ("stephen", Rule::Yearly { month: 12, day: 26 });

/// Whether a name is the code of a feast that the texts know, `patron` among them.
pub fn is_known_feast(name: &str) -> bool {
    name == "patron" || name == STEPHEN.0 || NATIONAL.iter().any(|(code, ..)| *code == name)
}

/// The public holidays of Italy, as rules.
pub fn national() -> Vec<Feast> {
    let listed = NATIONAL
        .into_iter()
        .map(|(name, rule, from_year, until_year, source)| Feast {
            name: name.to_owned(),
            rule,
            from_year,
            until_year,
            source: source.to_owned(),
        });
    let stephen = Feast {
        name: STEPHEN.0.to_owned(),
        rule: STEPHEN.1,
        from_year: None,
        until_year: None,
        source: LAW.to_owned(),
    };
    listed.chain([stephen]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Weekday;

    fn dates(year: i16) -> Vec<Date> {
        let mut dates: Vec<Date> = national().iter().filter_map(|feast| feast.date(year)).collect();
        dates.sort_unstable();
        dates
    }

    /// Working-time sheet §7.
    #[test]
    fn holidays_between_monday_and_friday_are_counted_as_the_sheet_counts_them() {
        for (year, expected) in [(2026, 7), (2027, 7), (2028, 11)] {
            let on_weekdays = dates(year)
                .into_iter()
                .filter(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday));
            assert_eq!(on_weekdays.count(), expected, "{year}");
        }
    }

    #[test]
    fn wt_406_each_holiday_says_where_it_is_written() {
        let feasts = national();
        assert!(feasts.iter().all(|feast| !feast.source.is_empty()));
        let of = |name: &str, year: i16| {
            let found = feasts
                .iter()
                .find(|feast| feast.name == name && feast.date(year).is_some());
            found.map(|feast| feast.source.as_str())
        };
        assert_eq!(
            (of("republic", 1999), of("republic", 2026)),
            (Some("L. 54/1977"), Some("L. 336/2000"))
        );
        assert_eq!(of("francis", 2026), Some("L. 151/2025"));
    }

    #[test]
    fn wt_401_saint_francis_is_a_holiday_from_2026() {
        assert!(!dates(2025).contains(&Date::constant(2025, 10, 4)));
        assert!(dates(2026).contains(&Date::constant(2026, 10, 4)));
        assert_eq!(Date::constant(2026, 10, 4).weekday(), Weekday::Sunday);
        assert_eq!(Date::constant(2027, 10, 4).weekday(), Weekday::Monday);
    }

    #[test]
    fn wt_402_days_that_live_on_as_paid_leave_are_no_holidays() {
        for year in 1990..=2060 {
            for (month, day) in [(11, 4), (3, 19), (6, 29)] {
                assert!(
                    !dates(year).contains(&Date::constant(year, month, day)),
                    "{year}-{month}-{day}"
                );
            }
        }
    }

    #[test]
    fn wt_402_the_second_of_june_came_back_in_2001() {
        assert!(!dates(1999).contains(&Date::constant(1999, 6, 2)));
        assert!(dates(1999).contains(&Date::constant(1999, 6, 6)));
        assert!(dates(2001).contains(&Date::constant(2001, 6, 2)));
    }

    #[test]
    fn wt_403_a_holiday_on_a_weekend_is_not_moved() {
        assert!(dates(2026).contains(&Date::constant(2026, 4, 25)));
        assert!(!dates(2026).contains(&Date::constant(2026, 4, 27)));
    }
}
