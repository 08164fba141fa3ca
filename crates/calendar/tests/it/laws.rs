//! Laws that hold for all calendars: what is added is measured again, parts make the whole, and what is laid out says what a
//! walk over the minutes says.

use crate::rome;
use calendar::{Calendar, Closure, DayHours, Feast, Hours, Rule, Weekly};
use jiff::ToSpan;
use jiff::civil::Date;
use kernel::Instant;
use proptest::prelude::*;

/// Weeks of up to two spans a day, some of them past midnight.
fn weeks() -> impl Strategy<Value = Weekly> {
    let day = prop::option::of((0_u16..20, 1_u16..9, prop::bool::ANY)).prop_map(|hours| match hours {
        None => Vec::new(),
        Some((from, length, is_split)) if is_split && length > 2 => vec![
            DayHours {
                from: from * 60,
                until: from * 60 + 60,
            },
            DayHours {
                from: from * 60 + 90,
                until: (from + length) * 60,
            },
        ],
        Some((from, length, _)) => vec![DayHours::hours(from, from + length)],
    });
    prop::array::uniform7(day).prop_filter_map("a week that can be", |days| Weekly::new(days).ok())
}

fn calendars() -> impl Strategy<Value = Calendar> {
    (weeks(), 1_i8..=12, 1_i8..=28, 0_i16..400, 0_i16..9).prop_map(|(weekly, month, day, from, length)| {
        let from = Date::constant(2026, 1, 1) + i64::from(from).days();
        Calendar {
            zone: rome(),
            weekly,
            feasts: vec![Feast {
                name: "festa".to_owned(),
                rule: Rule::Yearly { month, day },
                from_year: None,
                until_year: None,
                source: String::new(),
            }],
            closures: vec![Closure {
                from,
                until: from + i64::from(length).days(),
                name: "chiusura".to_owned(),
                source: String::new(),
            }],
            openings: Vec::new(),
        }
    })
}

/// Instants of 2026, to the second.
fn instants() -> impl Strategy<Value = Instant> {
    (0_i64..365 * 86_400).prop_map(|second| Instant::from_millis(1_767_225_600_000 + second * 1000))
}

/// Minute by minute, asking the wall clock: slow and plain.
fn counted(calendar: &Calendar, from: Instant, until: Instant) -> i64 {
    let mut minutes = 0;
    let mut at = from;
    while at < until {
        let clock = at.timestamp().to_zoned(calendar.zone.clone());
        let minute = u16::try_from(i32::from(clock.hour()) * 60 + i32::from(clock.minute())).expect("a minute");
        let open = calendar.on(clock.date());
        if open.iter().any(|span| span.from <= minute && minute < span.until) {
            minutes += 1;
        }
        at = at.plus_seconds(60);
    }
    minutes
}

fn whole_minutes(at: Instant) -> Instant {
    Instant::from_millis(at.as_millis() / 60_000 * 60_000)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_added_is_measured_again(calendar in calendars(), from in instants(), seconds in 0_i64..400_000) {
        let hours = Hours::new(calendar, 2026);
        if let Some(due) = hours.after(from, seconds) {
            prop_assert_eq!(hours.seconds(from, due), seconds);
        }
    }

    #[test]
    fn parts_make_the_whole(calendar in calendars(), a in instants(), b in instants(), c in instants()) {
        let hours = Hours::new(calendar, 2026);
        prop_assert_eq!(hours.millis(a, b) + hours.millis(b, c), hours.millis(a, c));
    }

    #[test]
    fn more_time_is_never_due_earlier(calendar in calendars(), from in instants(), less in 0_i64..200_000, more in 0_i64..200_000) {
        let hours = Hours::new(calendar, 2026);
        if let (Some(first), Some(second)) = (hours.after(from, less), hours.after(from, less + more)) {
            prop_assert!(first <= second);
            prop_assert_eq!(hours.after(first, more), Some(second));
        }
    }

    #[test]
    fn what_is_laid_out_says_what_days_one_by_one_say(calendar in calendars(), from in instants(), until in instants(), seconds in 1_i64..200_000) {
        let near = Hours::new(calendar.clone(), 2026);
        let far = Hours::new(calendar, 1990);
        prop_assert_eq!(near.millis(from, until), far.millis(from, until));
        prop_assert_eq!(near.after(from, seconds), far.after(from, seconds));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn minutes_are_those_that_the_wall_clock_shows(calendar in calendars(), from in instants(), length in 0_i64..20) {
        let from = whole_minutes(from);
        let until = from.plus_seconds(length * 86_400);
        // In the night in which minutes come twice a span may begin or end between them.
        let changes = [1_774_746_000_000_i64, 1_792_893_600_000];
        let near = |change: &i64| from.as_millis() - 86_400_000 < *change && *change < until.as_millis() + 86_400_000;
        prop_assume!(!changes.iter().any(near));
        let hours = Hours::new(calendar.clone(), 2026);
        prop_assert_eq!(hours.seconds(from, until), counted(&calendar, from, until) * 60);
    }
}
