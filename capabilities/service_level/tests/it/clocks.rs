//! Clocks against the worked tickets of the KPI sheet, and their laws.

use crate::{at, laid_out};
use calendar::{Calendar, Hours};
use kernel::Instant;
use proptest::prelude::*;
use service_level::{Course, Metric, Pause, Standing, Terms};

const MINUTE: i64 = 60;

fn pausing() -> Vec<String> {
    vec!["requester".to_owned()]
}

fn terms<'a>(hours: &'a Hours, pausing: &'a [String], metric: Metric, minutes: i64) -> Terms<'a> {
    Terms {
        metric,
        target: minutes * MINUTE,
        hours,
        pausing,
        pauses_while_solved: false,
    }
}

/// One line of the table of the KPI sheet, §6: received, taken, first reply, waits, resolved; minutes of each; the target.
struct Worked {
    name: &'static str,
    elapsed: bool,
    received: &'static str,
    taken: &'static str,
    replied: &'static str,
    waits: &'static [(&'static str, &'static str)],
    resolved: Option<&'static str>,
    minutes: [i64; 3],
    gross: i64,
    target: i64,
    standing: Standing,
}

const WORKED: [Worked; 6] = [
    Worked {
        name: "T1",
        elapsed: true,
        received: "2026-10-05 09:00",
        taken: "2026-10-05 09:10",
        replied: "2026-10-05 09:12",
        waits: &[],
        resolved: Some("2026-10-05 12:00"),
        minutes: [10, 12, 180],
        gross: 180,
        target: 240,
        standing: Standing::Met,
    },
    Worked {
        name: "T2",
        elapsed: true,
        received: "2026-10-06 02:00",
        taken: "2026-10-06 02:20",
        replied: "2026-10-06 02:30",
        waits: &[],
        resolved: Some("2026-10-06 07:00"),
        minutes: [20, 30, 300],
        gross: 300,
        target: 240,
        standing: Standing::Breached,
    },
    Worked {
        name: "T3",
        elapsed: false,
        received: "2026-10-02 16:00",
        taken: "2026-10-02 17:00",
        replied: "2026-10-05 10:00",
        waits: &[("2026-10-05 11:00", "2026-10-05 16:00")],
        resolved: Some("2026-10-07 15:00"),
        minutes: [60, 180, 1260],
        gross: 1560,
        target: 1440,
        standing: Standing::Met,
    },
    Worked {
        name: "T4",
        elapsed: false,
        received: "2026-10-05 10:00",
        taken: "2026-10-05 10:05",
        replied: "2026-10-05 10:05",
        waits: &[],
        resolved: Some("2026-10-05 10:20"),
        minutes: [5, 5, 20],
        gross: 20,
        target: 1440,
        standing: Standing::Met,
    },
    Worked {
        name: "T5",
        elapsed: false,
        received: "2026-10-05 17:30",
        taken: "2026-10-06 09:30",
        replied: "2026-10-06 09:30",
        waits: &[],
        resolved: Some("2026-10-16 12:00"),
        minutes: [60, 60, 4530],
        gross: 4530,
        target: 4320,
        standing: Standing::Breached,
    },
    Worked {
        name: "T6",
        elapsed: false,
        received: "2026-10-07 11:00",
        taken: "2026-10-07 11:15",
        replied: "2026-10-07 11:30",
        waits: &[],
        resolved: None,
        minutes: [15, 30, 3840],
        gross: 3840,
        target: 4320,
        standing: Standing::Running,
    },
];

/// KPI sheet §6: minutes to charge, reply and resolution, net and gross, and whether the target was met.
#[test]
fn kpi_6_the_worked_tickets_come_out_as_the_sheet_has_them() {
    let (office, always) = (laid_out(), Hours::new(Calendar::always(), 2026));
    let pausing = pausing();
    for worked in WORKED {
        let hours = if worked.elapsed { &always } else { &office };
        let course = Course {
            received: at(worked.received),
            taken: Some(at(worked.taken)),
            first_reply: Some(at(worked.replied)),
            resolved: worked.resolved.map(at),
            waits: worked
                .waits
                .iter()
                .map(|(from, until)| Pause {
                    from: at(from),
                    until: Some(at(until)),
                    reason: "requester".to_owned(),
                })
                .collect(),
            ..Course::default()
        };
        for (metric, minutes) in Metric::ALL.into_iter().zip(worked.minutes) {
            let reckoned = terms(hours, &pausing, metric, worked.target).reckon(&course, at("2026-10-16 12:00"));
            assert_eq!(reckoned.net, minutes * MINUTE * 1000, "{} {metric:?}", worked.name);
        }
        let resolution = terms(hours, &pausing, Metric::Resolution, worked.target);
        let resolution = resolution.reckon(&course, at("2026-10-16 12:00"));
        assert_eq!(resolution.standing, worked.standing, "{}", worked.name);
        assert_eq!(resolution.gross, worked.gross * MINUTE * 1000, "{}", worked.name);
    }
}

fn course(received: &str) -> Course {
    Course {
        received: at(received),
        ..Course::default()
    }
}

fn wait(from: &str, until: Option<&str>, reason: &str) -> Pause {
    Pause {
        from: at(from),
        until: until.map(at),
        reason: reason.to_owned(),
    }
}

/// KPI-06: what stops at the due instant is in time, a second later it is not.
#[test]
fn kpi_06_stopping_when_due_is_in_time() {
    let (hours, pausing) = (laid_out(), pausing());
    let terms = terms(&hours, &pausing, Metric::Resolution, 240);
    for (resolved, standing) in [
        ("2026-10-05 13:00:00", Standing::Met),
        ("2026-10-05 13:00:01", Standing::Breached),
    ] {
        let mut course = course("2026-10-05 09:00");
        course.resolved = Some(at(resolved));
        assert_eq!(terms.reckon(&course, at("2026-10-06 09:00")).standing, standing);
    }
}

/// SD-076: only a coded reason that the agreement allows stops the clock.
#[test]
fn sd_076_only_an_agreed_reason_stands_still() {
    let (hours, pausing) = (laid_out(), pausing());
    let terms = terms(&hours, &pausing, Metric::Resolution, 240);
    let mut course = course("2026-10-05 09:00");
    course.waits = vec![wait("2026-10-05 10:00", None, "supplier")];
    let supplier = terms.reckon(&course, at("2026-10-05 11:00"));
    assert_eq!(
        (supplier.standing, supplier.due),
        (Standing::Running, Some(at("2026-10-05 13:00")))
    );
    course.waits = vec![wait("2026-10-05 10:00", None, "requester")];
    let requester = terms.reckon(&course, at("2026-10-05 11:00"));
    assert_eq!((requester.standing, requester.due), (Standing::Paused, None));
    assert_eq!(requester.net, 60 * MINUTE * 1000);
    // The reply ends the wait at the instant at which it arrived.
    course.waits = vec![wait("2026-10-05 10:00", Some("2026-10-05 12:30"), "requester")];
    assert_eq!(
        terms.reckon(&course, at("2026-10-06 09:00")).due,
        Some(at("2026-10-05 15:30"))
    );
}

#[test]
fn what_was_due_before_the_wait_began_stays_late() {
    let (hours, pausing) = (laid_out(), pausing());
    let terms = terms(&hours, &pausing, Metric::Resolution, 60);
    let mut course = course("2026-10-05 09:00");
    course.waits = vec![wait("2026-10-05 11:00", None, "requester")];
    let reckoned = terms.reckon(&course, at("2026-10-05 12:00"));
    assert_eq!(
        (reckoned.standing, reckoned.due),
        (Standing::Breached, Some(at("2026-10-05 10:00")))
    );
}

/// Process sheet §8b: refusal erases the resolution and the clock runs on from its first start.
#[test]
fn a_refused_solution_counts_as_work_unless_it_was_agreed_otherwise() {
    let (hours, pausing) = (laid_out(), pausing());
    let mut course = course("2026-10-05 09:00");
    course.solved = vec![wait("2026-10-05 10:00", Some("2026-10-05 12:00"), "solved")];
    let now = at("2026-10-05 12:00");
    let strict = terms(&hours, &pausing, Metric::Resolution, 240);
    assert_eq!(strict.reckon(&course, now).due, Some(at("2026-10-05 13:00")));
    let lenient = Terms {
        pauses_while_solved: true,
        ..strict
    };
    assert_eq!(lenient.reckon(&course, now).due, Some(at("2026-10-05 15:00")));
}

/// IM-016: half, three quarters, nine tenths, all.
#[test]
fn im_016_thresholds_are_shares_of_open_time() {
    let (hours, pausing) = (laid_out(), pausing());
    let terms = terms(&hours, &pausing, Metric::Resolution, 600);
    let course = course("2026-10-05 14:00");
    for (percent, expected) in [
        (50, "2026-10-06 10:00"),
        (75, "2026-10-06 12:30"),
        (90, "2026-10-06 14:00"),
        (100, "2026-10-06 15:00"),
    ] {
        assert_eq!(terms.reached_at(&course, percent), Some(at(expected)), "{percent}");
    }
}

/// IM-013: new targets count from the original start.
#[test]
fn im_013_another_priority_is_reckoned_from_the_first_start() {
    let (hours, pausing) = (laid_out(), pausing());
    let mut course = course("2026-10-05 09:00");
    course.waits = vec![wait("2026-10-05 10:00", Some("2026-10-05 11:00"), "requester")];
    let now = at("2026-10-05 12:00");
    let before = terms(&hours, &pausing, Metric::Resolution, 480).reckon(&course, now);
    let after = terms(&hours, &pausing, Metric::Resolution, 60).reckon(&course, now);
    assert_eq!(before.due, Some(at("2026-10-05 18:00")));
    assert_eq!(
        (after.due, after.standing),
        (Some(at("2026-10-05 10:00")), Standing::Breached)
    );
    assert_eq!(before.net, after.net);
}

#[test]
fn what_ends_without_a_solution_owes_nothing_any_more() {
    let (hours, pausing) = (laid_out(), pausing());
    let terms = terms(&hours, &pausing, Metric::Resolution, 240);
    let mut course = course("2026-10-05 09:00");
    course.void = Some(at("2026-10-05 10:00"));
    let reckoned = terms.reckon(&course, at("2026-10-09 10:00"));
    assert_eq!((reckoned.standing, reckoned.net), (Standing::Void, 60 * MINUTE * 1000));
    course.void = Some(at("2026-10-05 17:00"));
    assert_eq!(
        terms.reckon(&course, at("2026-10-09 10:00")).standing,
        Standing::Breached
    );
}

/// Seconds of a week that begins on Monday, 5 October 2026.
fn moments() -> impl Strategy<Value = Instant> {
    (0_i64..14 * 86_400).prop_map(|second| at("2026-10-05 00:00").plus_seconds(second))
}

fn waits() -> impl Strategy<Value = Vec<Pause>> {
    let one = (moments(), 0_i64..200_000).prop_map(|(from, length)| Pause {
        from,
        until: Some(from.plus_seconds(length)),
        reason: "requester".to_owned(),
    });
    prop::collection::vec(one, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_pause_never_brings_a_due_instant_forward(received in moments(), waits in waits(), more in waits(), minutes in 1_i64..5000) {
        let (hours, pausing) = (laid_out(), pausing());
        let terms = terms(&hours, &pausing, Metric::Resolution, minutes);
        let few = Course { received, waits: waits.clone(), ..Course::default() };
        let many = Course { received, waits: waits.into_iter().chain(more).collect(), ..Course::default() };
        let now = at("2026-11-30 00:00");
        prop_assert!(terms.reckon(&many, now).due >= terms.reckon(&few, now).due);
    }

    #[test]
    fn the_order_in_which_waits_are_told_does_not_matter(received in moments(), waits in waits(), minutes in 1_i64..5000) {
        let (hours, pausing) = (laid_out(), pausing());
        let terms = terms(&hours, &pausing, Metric::Resolution, minutes);
        let told = Course { received, waits: waits.clone(), ..Course::default() };
        let backwards = Course { received, waits: waits.into_iter().rev().collect(), ..Course::default() };
        let now = at("2026-10-12 00:00");
        prop_assert_eq!(terms.reckon(&told, now), terms.reckon(&backwards, now));
    }

    #[test]
    fn at_the_due_instant_the_target_is_used_to_the_millisecond(received in moments(), waits in waits(), minutes in 1_i64..5000) {
        let (hours, pausing) = (laid_out(), pausing());
        let terms = terms(&hours, &pausing, Metric::Resolution, minutes);
        let mut course = Course { received, waits, ..Course::default() };
        let due = terms.reckon(&course, received).due.expect("the office opens again");
        course.resolved = Some(due);
        let reckoned = terms.reckon(&course, due);
        prop_assert_eq!(reckoned.net, minutes * MINUTE * 1000);
        prop_assert_eq!(reckoned.standing, Standing::Met);
    }
}
