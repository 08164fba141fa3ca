//! What the sheets say, to the second.

use crate::{at, hours, office, rome};
use calendar::{Calendar, Closure, DayHours, Hours, Opening, Weekly};
use jiff::civil::{Date, Weekday};

const HOUR: i64 = 3600;

/// IM-012, its vectors.
#[test]
fn im_012_response_and_resolution_are_due_when_the_sheet_says() {
    for (municipality, received, hours_due, due) in [
        ("Roma", "2026-10-02 16:00", 4, "2026-10-05 11:00"),
        ("Roma", "2026-10-02 16:00", 24, "2026-10-07 13:00"),
        ("Roma", "2026-12-04 17:00", 4, "2026-12-07 12:00"),
        ("Milano", "2026-12-04 17:00", 4, "2026-12-09 12:00"),
    ] {
        let found = hours(municipality).after(at(received), hours_due * HOUR);
        assert_eq!(found, Some(at(due)), "{municipality} {received} + {hours_due} h");
    }
}

/// KPI sheet §6: business minutes of its tickets.
#[test]
fn kpi_6_the_worked_tickets_take_the_minutes_of_the_sheet() {
    let hours = hours("Roma");
    for (received, until, minutes) in [
        ("2026-10-02 16:00", "2026-10-02 17:00", 60),
        ("2026-10-02 16:00", "2026-10-05 10:00", 180),
        ("2026-10-02 16:00", "2026-10-07 15:00", 1560),
        ("2026-10-05 11:00", "2026-10-05 16:00", 300),
        ("2026-10-05 10:00", "2026-10-05 10:20", 20),
        ("2026-10-05 17:30", "2026-10-06 09:30", 60),
        ("2026-10-05 17:30", "2026-10-16 12:00", 4530),
        ("2026-10-07 11:00", "2026-10-07 11:30", 30),
    ] {
        assert_eq!(
            hours.seconds(at(received), at(until)),
            minutes * 60,
            "{received} {until}"
        );
    }
}

#[test]
fn what_falls_due_at_closing_time_is_due_then_and_not_the_next_morning() {
    let hours = hours("Roma");
    assert_eq!(
        hours.after(at("2026-10-05 16:00"), 2 * HOUR),
        Some(at("2026-10-05 18:00"))
    );
    assert_eq!(
        hours.after(at("2026-10-05 16:00"), 2 * HOUR + 1),
        Some(at("2026-10-06 09:00:01"))
    );
    assert_eq!(hours.after(at("2026-10-05 22:00"), 0), Some(at("2026-10-05 22:00")));
}

/// Working-time sheet §7: nights are measured as they pass.
#[test]
fn a_night_in_which_clocks_change_is_as_long_as_it_is() {
    let night = Calendar {
        weekly: Weekly::new(std::array::from_fn(|_| {
            vec![DayHours {
                from: 1320,
                until: 1800,
            }]
        }))
        .expect("a week"),
        feasts: Vec::new(),
        ..office("Roma")
    };
    let hours = Hours::new(night, 2026);
    for (from, until, expected) in [
        ("2026-03-28 12:00", "2026-03-29 12:00", 7),
        ("2026-10-24 12:00", "2026-10-25 12:00", 9),
        ("2026-10-23 12:00", "2026-10-24 12:00", 8),
    ] {
        assert_eq!(hours.seconds(at(from), at(until)), expected * HOUR, "{from}");
    }
    // Four hours after midnight of the longer night it is three o'clock on the wall.
    assert_eq!(
        hours.after(at("2026-10-25 00:00"), 4 * HOUR),
        Some(at("2026-10-25 03:00"))
    );
    assert_eq!(
        hours.after(at("2026-03-29 00:00"), 4 * HOUR),
        Some(at("2026-03-29 05:00"))
    );
}

#[test]
fn a_minute_that_the_clock_jumps_over_is_reached_at_the_jump() {
    let early = Calendar {
        weekly: Weekly::new(std::array::from_fn(|_| {
            vec![DayHours { from: 120, until: 150 }, DayHours { from: 180, until: 240 }]
        }))
        .expect("a week"),
        feasts: Vec::new(),
        ..office("Roma")
    };
    let hours = Hours::new(early, 2026);
    // 02:00 to 02:30 does not exist on 29 March; 03:00 to 04:00 does, and nothing is counted twice.
    let open = hours.within(at("2026-03-29 00:00"), at("2026-03-29 12:00"));
    assert_eq!(open.len(), 1);
    assert_eq!(
        (open[0].from, open[0].until),
        (at("2026-03-29 03:00"), at("2026-03-29 04:00"))
    );
}

#[test]
fn always_open_is_elapsed_time_in_both_nights() {
    let always = Calendar {
        zone: rome(),
        ..Calendar::always()
    };
    let hours = Hours::new(always, 2026);
    assert_eq!(hours.seconds(at("2026-03-29 00:00"), at("2026-03-30 00:00")), 23 * HOUR);
    assert_eq!(hours.seconds(at("2026-10-25 00:00"), at("2026-10-26 00:00")), 25 * HOUR);
    assert_eq!(hours.within(at("2026-01-01 00:00"), at("2026-12-31 00:00")).len(), 1);
}

#[test]
fn a_closure_closes_from_midnight_to_midnight_and_an_opening_opens_all_the_same() {
    let calendar = Calendar {
        weekly: Weekly::new(std::array::from_fn(|_| {
            vec![DayHours {
                from: 1200,
                until: 1560,
            }]
        }))
        .expect("a week"),
        feasts: Vec::new(),
        closures: vec![Closure {
            from: Date::constant(2026, 11, 25),
            until: Date::constant(2026, 11, 26),
            name: "trasloco".to_owned(),
            source: String::new(),
        }],
        openings: vec![Opening {
            date: Date::constant(2026, 11, 26),
            hours: DayHours::hours(10, 12),
            name: "sportello straordinario".to_owned(),
            source: String::new(),
        }],
        ..office("Roma")
    };
    assert_eq!(calendar.closed_by(Date::constant(2026, 11, 25)), Some("trasloco"));
    let hours = Hours::new(calendar, 2026);
    let open: Vec<_> = hours
        .within(at("2026-11-24 12:00"), at("2026-11-27 12:00"))
        .into_iter()
        .map(|span| (span.from, span.until))
        .collect();
    assert_eq!(
        open,
        [
            (at("2026-11-24 20:00"), at("2026-11-25 00:00")),
            (at("2026-11-26 10:00"), at("2026-11-26 12:00")),
            (at("2026-11-27 00:00"), at("2026-11-27 02:00")),
        ]
    );
}

#[test]
fn the_next_opening_is_found_over_a_long_weekend() {
    let hours = hours("Milano");
    assert_eq!(hours.next_open(at("2026-12-04 18:00")), Some(at("2026-12-09 09:00")));
    assert_eq!(hours.next_open(at("2026-12-09 10:00")), Some(at("2026-12-09 10:00")));
    assert!(!hours.is_open(at("2026-12-07 10:00")));
    assert!(hours.is_open(at("2026-12-09 09:00")));
    assert!(!hours.is_open(at("2026-12-09 18:00")));
}

#[test]
fn a_calendar_that_never_opens_again_says_never() {
    let closed = Calendar {
        closures: vec![Closure {
            from: Date::constant(2026, 1, 1),
            until: Date::constant(2100, 1, 1),
            name: "chiuso".to_owned(),
            source: String::new(),
        }],
        ..office("Roma")
    };
    let hours = Hours::new(closed, 2026);
    assert_eq!(hours.after(at("2026-10-05 10:00"), 1), None);
    assert_eq!(hours.next_open(at("2026-10-05 10:00")), None);
}

#[test]
fn the_days_of_a_week_begin_with_monday() {
    let mut days: [Vec<DayHours>; 7] = Default::default();
    days[6] = vec![DayHours::hours(9, 10)];
    let week = Weekly::new(days).expect("a week");
    assert_eq!(week.of(Weekday::Sunday), [DayHours::hours(9, 10)]);
    assert!(week.of(Weekday::Monday).is_empty());
}

/// Bologna keeps its patron on 4 October, Venice on 25 April: one day off, with both reasons.
#[test]
fn wt_405_a_patron_on_a_national_holiday_is_one_day_off_with_two_reasons() {
    for (municipality, date, name) in [
        ("Bologna", Date::constant(2027, 10, 4), "francis"),
        ("Venezia", Date::constant(2028, 4, 25), "liberation"),
    ] {
        let calendar = office(municipality);
        let reasons: Vec<_> = calendar.reasons(date).map(|reason| reason.name).collect();
        assert_eq!(reasons, [name, "patron"], "{municipality}");
        assert_eq!(calendar.closed_by(date), Some(name), "{municipality}");
        assert!(calendar.on(date).is_empty(), "{municipality}");
    }
    let before = office("Bologna");
    let reasons: Vec<_> = before
        .reasons(Date::constant(2024, 10, 4))
        .map(|reason| reason.name)
        .collect();
    assert_eq!(reasons, ["patron"], "before 2026 it is the patron's alone");
}
