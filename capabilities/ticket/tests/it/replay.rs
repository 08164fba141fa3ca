//! Folding the events again gives the same ticket, whatever happened and in whatever order (SD-111).

use crate::situations::{
    ANNA, APPLICATIONS, AREA, BACK_OFFICE, BRUNO, DESK, Desk, OTHER_AREA, PARENT, SYSTEMS, anna, assert_consistent,
    finished, id, incident, parent, start,
};
use kernel::{Refusal, Uuid};
use proptest::prelude::*;
use store::{Aggregate, StoredEvent};
use ticket::domain::{
    Classification, ClosedReason, ContactOutcome, LinkKind, LinkedTo, Ticket, TicketEvent, TicketKind, Visibility,
    WaitingReason, Working,
};

/// Something that somebody tries: which act, of which part, how, and how long after the one before.
type Try = (u8, u8, bool, i64);

fn attempt(w: &mut Working<'_>, (act, which, yes, _): Try) -> Result<(), Refusal> {
    let part = |which: u8| -> Uuid { id(100 + u128::from(which % 4)) };
    let text = || "testo".to_owned();
    match act % 29 {
        0 => w.take(id(if yes { ANNA } else { BRUNO }), "qualcuno"),
        1 => w.assign(Some(id(DESK)), yes.then(|| id(ANNA)), false),
        2 => w.assign(None, Some(id(BRUNO)), false),
        3 => w.assign(Some(id(BACK_OFFICE)), yes.then(|| id(BRUNO)), true),
        4 => w.identify((id(30), None), yes.then(text)),
        5 => w.register(text()),
        6 => w.diagnose(text()),
        7 => w.classify(incident()),
        8 => w.classify(Classification {
            kind: Some(TicketKind::ALL[usize::from(which) % 7]),
            ..Classification::default()
        }),
        9 => w.reroute(id(if yes { AREA } else { OTHER_AREA }), (Some(id(DESK)), None), text()),
        10 => w.link(LinkKind::Parent, &parent()),
        11 => w.link(
            LinkKind::Related,
            &LinkedTo {
                id: id(200 + u128::from(which)),
                ..parent()
            },
        ),
        12 => w.unlink(id(PARENT)),
        13 | 14 => w.send_to_second_level(part(which), id(if yes { SYSTEMS } else { APPLICATIONS }), None),
        15 => w.accept_assignment(part(which), id(BRUNO), "qualcuno"),
        16 => w.close_technically(part(which), finished(yes)),
        17 => w.return_assignment(part(which), text()),
        18 => w.withdraw_assignment(part(which)),
        19 => w.pause(WaitingReason::ALL[usize::from(which) % 4], None, None),
        20 => w.resume(),
        21 => w.say(
            if yes { Visibility::Public } else { Visibility::Internal },
            text(),
            which % 2 == 0,
        ),
        22 => w.solve(text()),
        23 => w.hear(yes, which % 2 == 0, None),
        24 => w.call(if yes {
            ContactOutcome::Reached
        } else {
            ContactOutcome::NotReached
        }),
        25 => w.close(ClosedReason::ALL[usize::from(which) % 6], Some(text())),
        26 => w.reopen(text()),
        27 => {
            w.hand_over(id(300 + u128::from(which)), id(30), id(31));
            Ok(())
        }
        _ => {
            w.hand_back(id(300 + u128::from(which)));
            Ok(())
        }
    }
}

/// A part has one identity in real life: here too.
fn is_doubled(ticket: &Ticket, (act, which, ..): Try) -> bool {
    matches!(act % 29, 13 | 14)
        && ticket
            .assignments
            .iter()
            .any(|part| part.id == id(100 + u128::from(which % 4)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is tried, in whatever order.
    #[test]
    fn sd_111_the_events_tell_the_ticket_and_its_life_second_by_second(
        tries in prop::collection::vec((any::<u8>(), any::<u8>(), any::<bool>(), 0_i64..100_000), 1..60)
    ) {
        let opened = Desk::new();
        let mut ticket = opened.ticket.clone();
        let (mut now, mut journal) = (start(), Vec::new());
        for asked in tries {
            now = now.plus_seconds(asked.3);
            if is_doubled(&ticket, asked) {
                continue;
            }
            let before = ticket.clone();
            let mut working = Working::on(before.clone(), &opened.parameters, now, anna());
            match attempt(&mut working, asked) {
                Ok(()) => {
                    for recorded in &working.events {
                        let payload = serde_json::to_string(&recorded.event).unwrap();
                        journal.push((serde_json::from_str::<TicketEvent>(&payload).unwrap(), recorded.occurred_at, payload));
                    }
                    ticket = working.ticket;
                }
                Err(refusal) => prop_assert!(
                    refusal.code.starts_with("SD-") || ["invalid", "not_found"].contains(&refusal.code), "{}", refusal.code
                ),
            }
            assert_consistent(&ticket);
        }
        let mut folded = opened.ticket.clone();
        journal.iter().for_each(|(event, at, _)| folded.apply(event, *at, &anna()));
        prop_assert_eq!(&folded, &ticket);
        let stored: Vec<StoredEvent> = journal
            .iter()
            .zip(2..)
            .map(|((event, at, payload), seq)| StoredEvent {
                seq,
                record: id(7),
                position: seq,
                name: event.name().to_owned(),
                occurred_at: *at,
                recorded_at: *at,
                author: anna(),
                payload: payload.clone(),
                hash: Vec::new(),
            })
            .collect();
        let spans = ticket::spans(&with_opening(stored), &service_level::Book::new(Vec::new(), Vec::new(), 2026), now).unwrap();
        prop_assert!(spans.windows(2).all(|pair| pair[0].to <= pair[1].from), "spans follow each other");
        let told: i64 = spans.iter().map(|span| span.seconds).sum();
        let ended: i64 = closed_seconds(&journal, now);
        prop_assert_eq!(told, now.seconds_since(start()) - ended, "open and ended time make up the whole life");
    }
}

/// An outcome was free text once: such events are still read, and stay as they were.
#[test]
fn a_closure_from_before_outcomes_were_a_list_keeps_its_words() {
    for (words, coded) in [("solved", true), ("sistemato a mano", false), ("", false)] {
        let closure = serde_json::json!({"activity": {"content": id(1), "digest": "00"}, "outcome": words, "callback_required": false});
        let payload =
            serde_json::json!({"type": "assignment_technically_closed", "assignment": id(2), "closure": closure});
        let event: TicketEvent = serde_json::from_value(payload.clone()).unwrap();
        let TicketEvent::AssignmentTechnicallyClosed { closure, .. } = &event else {
            panic!("{event:?}")
        };
        assert_eq!(closure.outcome.coded().is_some(), coded, "{words}");
        assert_eq!(serde_json::to_value(&event).unwrap()["closure"]["outcome"], words);
    }
}

/// The opening that [`Desk::new`] recorded, before the rest.
fn with_opening(rest: Vec<StoredEvent>) -> Vec<StoredEvent> {
    let ticket = Desk::new().ticket;
    let opening = ticket::domain::Opening {
        number: ticket.number.clone(),
        area: ticket.area,
        channel: ticket.channel,
        requester: ticket.requester,
        requester_category: ticket.requester_category,
        proven: ticket.verified,
        subject: ticket.subject.clone().unwrap(),
        description: None,
        group: ticket.group,
        external_ref: None,
        route: None,
    };
    let event = TicketEvent::Opened { opening };
    let first = StoredEvent {
        seq: 1,
        record: id(7),
        position: 1,
        name: event.name().to_owned(),
        occurred_at: start(),
        recorded_at: start(),
        author: anna(),
        payload: serde_json::to_string(&event).unwrap(),
        hash: Vec::new(),
    };
    std::iter::once(first).chain(rest).collect()
}

/// Seconds between an end and the reopening after it, or now.
fn closed_seconds(journal: &[(TicketEvent, kernel::Instant, String)], now: kernel::Instant) -> i64 {
    let mut ticket = Desk::new().ticket;
    let (mut ended_at, mut seconds) = (None, 0);
    for (event, at, _) in journal {
        ticket.apply(event, *at, &anna());
        match (ticket.state.is_open(), ended_at) {
            (false, None) => ended_at = Some(*at),
            (true, Some(since)) => {
                seconds += at.seconds_since(since);
                ended_at = None;
            }
            _ => {}
        }
    }
    seconds + ended_at.map_or(0, |since| now.seconds_since(since))
}
