//! Holidays against libraries that know nothing of ours.
//!
//! `computus` finds Easter by code of its own, for every year. `holidays` has Italy's days as the Python package of that name
//! listed them in 2023, for 2000 to 2030, Sundays and Saturdays among them. Where it is known to be wrong or too old, that
//! stands here with the law.

use calendar::{Feast, national};
use holidays::{Builder, Country};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;

/// The years for which holidays must be right.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2060;

fn ours(year: i16) -> BTreeSet<Date> {
    national().iter().filter_map(|feast| feast.date(year)).collect()
}

fn named(year: i16, name: &str) -> Option<Date> {
    let feasts = national();
    let mut dates = feasts.iter().filter(|feast| feast.name == name);
    dates.find_map(|feast: &Feast| feast.date(year))
}

/// What the other library lists for a year; nothing for a year that it does not know.
fn theirs(year: i16) -> Option<BTreeSet<Date>> {
    let builder = Builder::new().countries(&[Country::IT]);
    let mut listed = builder.build().expect("its own table").remove(&Country::IT)?;
    let days = listed.remove(&i32::from(year))?;
    let day = |day: String| day.parse().expect("a date");
    Some(days.into_keys().map(|date| day(date.to_string())).collect())
}

#[test]
fn easter_and_its_monday_are_where_another_library_has_them() {
    for year in YEARS {
        let easter = computus::gregorian(i32::from(year)).expect("a year of the Gregorian calendar");
        let easter = date(year, easter.month as i8, easter.day as i8);
        assert_eq!(named(year, "easter"), Some(easter), "{year}");
        assert_eq!(named(year, "easter-monday"), Some(easter + 1.day()), "{year}");
    }
}

#[test]
fn every_holiday_from_2000_to_2030_is_where_another_library_has_it() {
    for year in 2000..=2030 {
        let mut expected = theirs(year).expect("the library knows the year");
        // L. 336/2000 is of November: in 2000 the republic was still kept on the first Sunday of June.
        if year == 2000 {
            assert!(expected.remove(&date(2000, 6, 2)));
            assert!(expected.insert(date(2000, 6, 4)));
        }
        // D.L. 5/2011 made this one day a holiday, once.
        if year == 2011 {
            assert!(expected.insert(date(2011, 3, 17)));
        }
        // L. 151/2025 is younger than the library.
        if year >= 2026 {
            assert!(
                expected.insert(date(year, 10, 4)),
                "the library has learned it: let it be compared"
            );
        }
        assert_eq!(ours(year), expected, "{year}");
    }
}

/// Before and after the years that the library knows, days are those of its nearest year, but for Easter (compared above) and
/// for what the laws of the years between changed.
#[test]
fn the_days_that_do_not_move_are_the_same_in_all_years() {
    let moving = |year: i16| [named(year, "easter"), named(year, "easter-monday")];
    let fixed = |days: BTreeSet<Date>, year: i16| -> BTreeSet<(i8, i8)> {
        let fixed = days.into_iter().filter(|day| !moving(year).contains(&Some(*day)));
        fixed.map(|day| (day.month(), day.day())).collect()
    };
    let known = |year: i16| {
        let mut days = fixed(theirs(year).expect("the library knows the year"), year);
        // 25 April is hidden in the years in which Easter falls on it.
        days.insert((4, 25));
        days
    };
    for year in YEARS.filter(|year| !(2000..=2030).contains(year)) {
        let mut expected = if year < 2000 { known(2001) } else { known(2030) };
        if year < 2000 {
            assert!(expected.remove(&(6, 2)));
            let sunday = named(year, "republic").expect("the first Sunday of June");
            expected.insert((sunday.month(), sunday.day()));
        } else {
            expected.insert((10, 4));
        }
        let mut found = fixed(ours(year), year);
        found.insert((4, 25));
        assert_eq!(found, expected, "{year}");
    }
}
