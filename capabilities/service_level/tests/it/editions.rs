//! Editions: what is changed holds for new tickets, and for those that are open only when it is meant to (IM-028).

use crate::{at, office};
use calendar::{Calendar, Hours};
use kernel::{NIL, Uuid};
use service_level::{
    Agreement, AgreementText, Book, Clock, Course, Facts, LaidOut, Metric, Part, PartCourse, Standing, Target, Turn,
    Turned,
};
use std::sync::Arc;

const AGREEMENT: Uuid = Uuid::from_u128(1);
const CALENDAR: Uuid = Uuid::from_u128(2);

fn book(editions: Vec<AgreementText>, calendars: Vec<Calendar>) -> Book {
    let agreement = Agreement {
        area: None,
        editions,
        closed: false,
    };
    let editions = calendars
        .into_iter()
        .map(|calendar| Arc::new(Hours::new(calendar, 2026)));
    let laid = LaidOut {
        calendar: CALENDAR,
        editions: editions.collect(),
    };
    Book::new(vec![(AGREEMENT, agreement)], vec![laid], 2026)
}

fn usual() -> AgreementText {
    AgreementText::usual("Livelli".to_owned(), CALENDAR)
}

/// The usual with another time for solutions, in hours.
fn solved_within(hours: i64) -> AgreementText {
    let mut text = usual();
    let solutions = text
        .targets
        .iter_mut()
        .filter(|target| target.metric == Metric::Resolution);
    solutions.for_each(|target| target.seconds = hours * 3600);
    text
}

fn facts(kind: &str) -> Facts {
    Facts {
        area: NIL,
        kind: kind.to_owned(),
        category: None,
        channel: "phone".to_owned(),
        requester: None,
        received_on: at("2026-10-05 09:00"),
    }
}

/// A ticket received on Monday at nine and taken at ten.
fn course() -> Course {
    Course {
        received: at("2026-10-05 09:00"),
        taken: Some(at("2026-10-05 10:00")),
        ..Course::default()
    }
}

fn follow(mut clocks: Vec<Clock>, turns: &[Turned]) -> Vec<Clock> {
    for turned in turns {
        let is_same = |one: &Clock| one.metric == turned.clock.metric;
        clocks.retain(|one| !is_same(one));
        if turned.turn != Turn::Dropped {
            clocks.push(turned.clock.clone());
        }
    }
    clocks
}

fn begun(book: &Book) -> Vec<Clock> {
    let now = at("2026-10-05 11:00");
    follow(Vec::new(), &book.turns(&[], &course(), &facts("incident"), 3, now))
}

fn of(clocks: &[Clock], metric: Metric) -> Clock {
    clocks
        .iter()
        .find(|clock| clock.metric == metric)
        .expect("a clock")
        .clone()
}

#[test]
fn im_028_clocks_that_run_keep_the_edition_they_began_with() {
    let clocks = begun(&book(vec![usual()], vec![office()]));
    let changed = book(vec![usual(), solved_within(2)], vec![office(), Calendar::always()]);
    let turns = changed.turns(&clocks, &course(), &facts("incident"), 3, at("2026-10-05 11:30"));
    assert_eq!(turns, [], "nothing moves by itself");
    let now = at("2026-10-05 11:30");
    let fresh = follow(Vec::new(), &changed.turns(&[], &course(), &facts("incident"), 3, now));
    assert_eq!(
        of(&fresh, Metric::Resolution).due,
        Some(at("2026-10-05 11:00")),
        "a new ticket has the new terms"
    );
}

#[test]
fn im_028_planned_anew_they_move_and_what_has_stopped_stays() {
    let clocks = begun(&book(vec![usual()], vec![office()]));
    let changed = book(vec![usual(), solved_within(10)], vec![office()]);
    let now = at("2026-10-05 11:30");
    let turns = changed.replanned(&clocks, &course(), &facts("incident"), 3, now);
    let told: Vec<(Turn, Metric)> = turns.iter().map(|one| (one.turn, one.clock.metric)).collect();
    assert_eq!(
        told,
        [
            (Turn::Replanned, Metric::FirstReply),
            (Turn::Replanned, Metric::Resolution)
        ]
    );
    let after = follow(clocks.clone(), &turns);
    let solution = of(&after, Metric::Resolution);
    assert_eq!((solution.due, solution.edition), (Some(at("2026-10-06 10:00")), 2));
    assert_eq!(of(&after, Metric::TakingCharge), of(&clocks, Metric::TakingCharge));
    assert_eq!(
        changed.replanned(&after, &course(), &facts("incident"), 3, now),
        [],
        "once is enough"
    );
}

#[test]
fn planned_anew_a_clock_may_be_late_at_once_and_in_time_again() {
    let clocks = begun(&book(vec![usual()], vec![office()]));
    let short = book(vec![usual(), solved_within(5)], vec![office()]);
    let now = at("2026-10-05 15:00");
    let turns = short.replanned(&clocks, &course(), &facts("incident"), 3, now);
    let breach = turns
        .iter()
        .find(|one| one.turn == Turn::Breached && one.clock.metric == Metric::Resolution);
    assert_eq!(breach.expect("it is late").at, at("2026-10-05 14:00"));
    let late = follow(clocks, &turns);
    let long = book(vec![usual(), solved_within(5), solved_within(24)], vec![office()]);
    let turns = long.replanned(&late, &course(), &facts("incident"), 3, now);
    let solution = of(&follow(late, &turns), Metric::Resolution);
    assert_eq!((solution.standing, solution.edition), (Standing::Running, 3));
}

#[test]
fn another_calendar_moves_what_is_due_only_when_it_is_meant_to() {
    let clocks = begun(&book(vec![usual()], vec![office()]));
    let open = book(vec![usual()], vec![office(), Calendar::always()]);
    let now = at("2026-10-05 11:30");
    assert_eq!(open.turns(&clocks, &course(), &facts("incident"), 3, now), []);
    let after = follow(
        clocks.clone(),
        &open.replanned(&clocks, &course(), &facts("incident"), 3, now),
    );
    let solution = of(&after, Metric::Resolution);
    assert_eq!(
        (solution.due, solution.calendar_edition),
        (Some(at("2026-10-06 09:00")), 2)
    );
}

#[test]
fn an_agreement_that_became_narrower_keeps_the_tickets_it_had() {
    let clocks = begun(&book(vec![usual()], vec![office()]));
    let requests_only = AgreementText {
        kinds: vec!["service_request".to_owned()],
        ..usual()
    };
    let narrower = book(vec![usual(), requests_only], vec![office()]);
    let now = at("2026-10-05 11:30");
    assert_eq!(narrower.turns(&clocks, &course(), &facts("incident"), 3, now), []);
    let turns = narrower.replanned(&clocks, &course(), &facts("incident"), 3, now);
    assert!(
        turns.iter().all(|one| one.turn == Turn::Dropped) && turns.len() == 2,
        "{turns:?}"
    );
}

/// The part of a group, given to it on Monday at eleven.
fn with_part(group: u128) -> Course {
    let part = Part {
        id: Uuid::from_u128(group * 10),
        group: Uuid::from_u128(group),
    };
    let part = PartCourse {
        part,
        assigned: at("2026-10-05 11:00"),
        taken: None,
        done: None,
        void: None,
    };
    Course {
        parts: vec![part],
        ..course()
    }
}

/// Four hours for the work of a group.
fn four_hours_of_work(groups: &[u128], fallback: bool) -> AgreementText {
    let target = Target {
        metric: Metric::GroupWork,
        priority: 3,
        seconds: 4 * 3600,
        elapsed: false,
    };
    AgreementText {
        calendar: Some(CALENDAR),
        groups: groups.iter().copied().map(Uuid::from_u128).collect(),
        targets: vec![target],
        fallback,
        ..AgreementText::default()
    }
}

#[test]
fn what_is_agreed_with_a_group_takes_no_clock_of_the_ticket_away() {
    let agreements = [
        (AGREEMENT, usual()),
        (Uuid::from_u128(3), four_hours_of_work(&[7], false)),
        (Uuid::from_u128(4), four_hours_of_work(&[], true)),
    ];
    let agreements = agreements.map(|(id, text)| {
        let editions = vec![text];
        let agreement = Agreement {
            editions,
            ..Agreement::default()
        };
        (id, agreement)
    });
    let laid = LaidOut {
        calendar: CALENDAR,
        editions: vec![Arc::new(Hours::new(office(), 2026))],
    };
    let book = Book::new(agreements.to_vec(), vec![laid], 2026);
    for (group, agreement) in [(7, Uuid::from_u128(3)), (8, Uuid::from_u128(4))] {
        let now = at("2026-10-05 11:30");
        let turns = book.turns(&[], &with_part(group), &facts("incident"), 3, now);
        let started: Vec<&Turned> = turns.iter().filter(|one| one.turn == Turn::Started).collect();
        assert_eq!(started.len(), 4, "three of the ticket, one of the part: {started:?}");
        let work = &started[3];
        assert_eq!(
            (work.clock.metric, work.clock.agreement),
            (Metric::GroupWork, agreement)
        );
        assert_eq!(
            (work.at, work.clock.due),
            (at("2026-10-05 11:00"), Some(at("2026-10-05 15:00")))
        );
    }
}

#[test]
fn a_part_stands_still_while_its_ticket_waits_and_stops_when_the_group_is_done() {
    let (book, now) = (
        book(vec![four_hours_of_work(&[], false)], vec![office()]),
        at("2026-10-05 14:00"),
    );
    let mut course = with_part(7);
    course.waits = vec![service_level::Pause {
        from: at("2026-10-05 12:00"),
        until: None,
        reason: "requester".to_owned(),
    }];
    let begun = follow(Vec::new(), &book.turns(&[], &course, &facts("incident"), 3, now));
    assert_eq!(begun[0].standing, Standing::Running, "nothing was agreed that stops it");
    let pausing = AgreementText {
        pausing: vec!["requester".to_owned()],
        ..four_hours_of_work(&[], false)
    };
    let book = self::book(vec![pausing], vec![office()]);
    let still = follow(Vec::new(), &book.turns(&[], &course, &facts("incident"), 3, now));
    assert_eq!((still[0].standing, still[0].due), (Standing::Paused, None));
    course.waits[0].until = Some(at("2026-10-05 13:00"));
    course.parts[0].done = Some(at("2026-10-05 16:00"));
    let ended = book.turns(&still, &course, &facts("incident"), 3, at("2026-10-05 16:00"));
    assert_eq!((ended[0].turn, ended[0].at), (Turn::Met, at("2026-10-05 16:00")));
}
