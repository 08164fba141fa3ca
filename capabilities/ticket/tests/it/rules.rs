//! The rules of the process, each beside its number.

use crate::situations::{
    ANNA, APPLICATIONS, BACK_OFFICE, BRUNO, DESK, Desk, FIRST_PART, OTHER_AREA, PARENT, ROSA, SECOND_PART, SYSTEMS,
    anna, assert_consistent, close, finished, id, in_state, incident, parent, start,
};
use kernel::Refusal;
use std::fmt::Write as _;
use store::Aggregate;
use ticket::domain::{
    AssignmentState, AttachedFile, Classification, ClosedReason, ContactOutcome, LinkKind, LinkedTo, Phase, State,
    TicketEvent, TicketKind, TicketRef, Visibility, WaitingReason, Working,
};

const HOUR: i64 = 3600;
const DAY: i64 = 86_400;

type Act = fn(&mut Working<'_>) -> Result<(), Refusal>;

/// Everything that can be done, by its name.
const ACTS: [(&str, Act); 39] = [
    ("take", |w| w.take(id(BRUNO), "Anna")),
    ("assign group", |w| w.assign(Some(id(DESK)), None, false)),
    ("assign person", |w| w.assign(None, Some(id(BRUNO)), false)),
    ("to back office", |w| w.assign(Some(id(BACK_OFFICE)), None, true)),
    ("identify", |w| w.identify((id(ROSA), None), Some("pin".to_owned()))),
    ("register", |w| w.register("Non stampa".to_owned())),
    ("diagnose", |w| w.diagnose("Spooler fermo".to_owned())),
    ("classify", |w| w.classify(incident())),
    ("reroute", |w| {
        w.reroute(id(OTHER_AREA), (None, None), "Non è nostro".to_owned())
    }),
    ("link to parent", |w| w.link(LinkKind::Parent, &parent())),
    ("unlink", |w| w.unlink(id(PARENT))),
    ("relate", |w| {
        w.link(LinkKind::Related, &LinkedTo { id: id(99), ..parent() })
    }),
    ("second level", |w| {
        w.send_to_second_level(id(SECOND_PART), id(APPLICATIONS), None)
    }),
    ("accept", |w| w.accept_assignment(id(FIRST_PART), id(BRUNO), "")),
    ("close part", |w| w.close_technically(id(FIRST_PART), finished(false))),
    ("return part", |w| {
        w.return_assignment(id(FIRST_PART), "Manca il modello".to_owned())
    }),
    ("withdraw part", |w| w.withdraw_assignment(id(FIRST_PART))),
    ("pause", |w| w.pause(WaitingReason::Requester, None, None)),
    ("resume", |w| w.resume()),
    // What does not wait for this instant is left alone, and nothing is refused.
    ("wake", |w| {
        w.wake(w.now);
        Ok(())
    }),
    ("say", |w| w.say(Visibility::Public, "Buongiorno".to_owned(), false)),
    ("note", |w| w.say(Visibility::Internal, "Sentito".to_owned(), false)),
    ("attach", |w| w.attach(file())),
    ("subject", |w| {
        w.change_subject("La stampante al piano terra".to_owned())
    }),
    ("solve", |w| w.solve("Riavviato".to_owned())),
    ("hear yes", |w| w.hear(true, true, None)),
    ("hear no", |w| w.hear(false, true, None)),
    ("hear no, class", |w| w.hear(false, false, None)),
    ("call", |w| w.call(ContactOutcome::NotReached)),
    ("close confirmed", |w| close(ClosedReason::Confirmed)(w)),
    ("close no reply", |w| {
        w.now = w.now.plus_seconds(5 * DAY);
        close(ClosedReason::NoReply)(w)
    }),
    ("close unreached", |w| {
        w.ticket.attempts = w.parameters.contact_attempts_max;
        close(ClosedReason::Unreached)(w)
    }),
    ("close refused", |w| close(ClosedReason::Refused)(w)),
    ("close withdrawn", |w| close(ClosedReason::Withdrawn)(w)),
    ("close decided", |w| close(ClosedReason::Decided)(w)),
    ("reopen", |w| w.reopen("Non va".to_owned())),
    ("rate", |w| w.rate(5, None)),
    ("cancel", |w| w.cancel("Doppio".to_owned())),
    ("merge", |w| w.merge_into(&LinkedTo { id: id(98), ..parent() })),
];

fn file() -> AttachedFile {
    AttachedFile {
        id: id(60),
        name: "schermata.png".to_owned(),
        sha256: "00".repeat(32),
        size: 1,
        media_type: "image/png".to_owned(),
        visibility: Visibility::Public,
    }
}

/// SD-110: what each state allows, and which rule refuses the rest. `404`: there is no such part.
const TABLE: &str = "\
                 new take leve back leve link wait solu tech cont unde clos canc merg
take              ok  112  112   ok  112  112  112  112  112  112  112  110  110  110
assign group      ok   ok   ok   ok  110  110   ok   ok   ok   ok   ok  110  110  110
assign person     ok   ok   ok   ok  110  110   ok   ok   ok   ok   ok  110  110  110
to back office   058  058   ok   ok  110  110  058  058  058  058   ok  110  110  110
identify          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
register         052   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
diagnose         053   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
classify         054   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
reroute           ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
link to parent   055  055   ok   ok   ok  055   ok   ok   ok   ok   ok  110  110  110
unlink           404  404  404  404  404   ok  404  404  404  404  404  404  404  404
relate            ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
second level     110  064   ok   ok   ok  110  110  110  110  110   ok  110  110  110
accept           404  404  404  404   ok  404  404  404  110  110  404  404  404  404
close part       404  404  404  404   ok  404  404  404  110  110  404  404  404  404
return part      404  404  404  404   ok  404  404  404  110  110  404  404  404  404
withdraw part    404  404  404  404   ok  404  404  404  110  110  404  404  404  404
pause             ok   ok   ok   ok   ok   ok  110   ok   ok   ok   ok  110  110  110
resume           110  110  110  110  110  110   ok  110  110  110  110  110  110  110
wake              ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
say               ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110
note              ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
attach            ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110
subject           ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
solve            059  054   ok   ok  110  110  110  110  110  110   ok  110  110  110
hear yes         061  061  061  061  061  061  061   ok   ok   ok  061  061  061  061
hear no          061  061  061  061  061  061  061   ok   ok   ok  061  061  061  061
hear no, class   061  061  061  061  061  061  061   ok   ok   ok  061  061  061  061
call             084  084  084  084  084  084  084  084   ok   ok  084  084  084  084
close confirmed  086  086  086  086  086  086  086  086   ok  086  086  110  110  110
close no reply   089  089  089  089  089  089  089   ok  089  089  089  110  110  110
close unreached  085  085  085  085  085  085  085  085  085   ok  085  110  110  110
close refused     ok   ok   ok   ok  046  046  046  046  046  046  046  110  110  110
close withdrawn   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
close decided    108  108  108  108  108  108  108  108  108  108   ok  110  110  110
reopen           110  110  110  110  110  110  110  110  110  110  110   ok  110  110
rate             087  087  087  087  087  087  087  087  087  087  087   ok  087  087
cancel            ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110
merge             ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok  110  110  110";

#[test]
fn sd_110_every_state_allows_what_the_process_says_and_names_the_rule_that_refuses() {
    let mut table = " ".repeat(15);
    State::ALL
        .iter()
        .for_each(|state| write!(table, " {:>4.4}", state.code().trim_end_matches('_')).unwrap());
    for (name, act) in ACTS {
        write!(table, "\n{name:15}").unwrap();
        for state in State::ALL {
            let mut desk = in_state(*state);
            assert_eq!(desk.ticket.state, *state);
            assert_consistent(&desk.ticket);
            let before = desk.ticket.clone();
            let answer = match desk.answer(act) {
                "not_found" => "404",
                other => other,
            };
            if answer == "ok" {
                assert_consistent(&desk.ticket);
            } else {
                assert_eq!(desk.ticket, before, "what is refused changes nothing");
            }
            write!(table, " {:>4}", answer.trim_start_matches("SD-")).unwrap();
        }
    }
    assert!(table.trim_start() == TABLE.trim_start(), "\n{table}\n");
}

#[test]
fn sd_112_of_two_who_take_the_second_is_told_who_was_first() {
    let mut desk = Desk::new().taken();
    let refusal = desk.act(|w| w.take(id(BRUNO), "Anna Bianchi")).unwrap_err();
    assert_eq!((refusal.code, refusal.key), ("SD-112", "ticket-refusal-taken"));
    assert!(
        refusal.args.contains(&("who", "Anna Bianchi".to_owned())),
        "{refusal:?}"
    );
    let refusal = desk.act(|w| w.take(id(ANNA), "Anna Bianchi")).unwrap_err();
    assert_eq!((refusal.code, refusal.key), ("SD-112", "ticket-refusal-taken-by-you"));
}

#[test]
fn sd_110_a_refusal_names_the_number_and_the_state() {
    let refusal = in_state(State::Closed).act(|w| w.cancel("x".to_owned())).unwrap_err();
    assert_eq!(refusal.code, "SD-110");
    assert!(refusal.args.contains(&("state", "closed".to_owned())), "{refusal:?}");
    assert!(
        refusal.args.contains(&("number", "SR-2026-000001".to_owned())),
        "{refusal:?}"
    );
}

#[test]
fn sd_050_a_rerouted_ticket_is_new_elsewhere_with_its_number_and_its_clock() {
    for state in State::ALL.iter().filter(|state| state.is_open()) {
        let desk = in_state(*state)
            .later(HOUR)
            .done(|w| w.reroute(id(OTHER_AREA), (Some(id(DESK)), None), "Paghe".to_owned()));
        let ticket = &desk.ticket;
        assert_eq!(
            (ticket.state, ticket.area, ticket.operator),
            (State::New, id(OTHER_AREA), None),
            "from {}",
            state.code()
        );
        assert_eq!(ticket.number, "SR-2026-000001");
        assert_eq!(
            desk.now.seconds_since(ticket.opened_at),
            HOUR,
            "its clock runs on from the first contact"
        );
        assert_eq!(
            ticket.facts.solved_at, None,
            "what solved it there does not solve it here"
        );
        assert_consistent(ticket);
    }
}

#[test]
fn sd_050_nothing_is_rerouted_to_where_it_is() {
    let area = Desk::new().ticket.area;
    assert_eq!(
        Desk::new().answer(|w| w.reroute(area, (None, None), "x".to_owned())),
        "SD-050"
    );
}

#[test]
fn sd_051_more_reroutes_than_the_area_allows_go_under_control() {
    let mut desk = Desk::new();
    for (turn, area) in [2, 3, 4].into_iter().enumerate() {
        desk = desk.done(|w| w.reroute(id(area), (None, None), "Non è nostro".to_owned()));
        assert_eq!(desk.ticket.state, State::New, "reroute {}", turn + 1);
    }
    desk = desk.done(|w| w.reroute(id(5), (None, None), "Non è nostro".to_owned()));
    assert_eq!((desk.ticket.state, desk.ticket.reroutes), (State::UnderControl, 4));
}

#[test]
fn sd_055_only_a_malfunction_hangs_on_an_open_parent_that_has_none_itself() {
    let others: [(&str, LinkedTo); 3] = [
        (
            "ended",
            LinkedTo {
                open: false,
                ..parent()
            },
        ),
        (
            "child itself",
            LinkedTo {
                has_parent: true,
                ..parent()
            },
        ),
        (
            "itself",
            LinkedTo {
                is_self: true,
                ..parent()
            },
        ),
    ];
    for (why, other) in others {
        assert_eq!(
            in_state(State::Level1Work).answer(|w| w.link(LinkKind::Parent, &other)),
            "SD-055",
            "{why}"
        );
    }
    let question = Classification {
        kind: Some(TicketKind::Information),
        ..Classification::default()
    };
    let mut desk = Desk::new().taken().done(|w| w.classify(question));
    assert_eq!(
        desk.answer(|w| w.link(LinkKind::Parent, &parent())),
        "SD-055",
        "not a malfunction"
    );
}

#[test]
fn sd_055_a_family_has_one_generation() {
    let child = TicketRef {
        id: id(41),
        number: "SR-2026-000041".to_owned(),
    };
    let with_child = |w: &mut Working<'_>| w.children = vec![child.clone()];
    let refusal = in_state(State::Level1Work)
        .act(|w| {
            with_child(w);
            w.link(LinkKind::Parent, &parent())
        })
        .unwrap_err();
    assert_eq!((refusal.code, refusal.key), ("SD-055", "ticket-refusal-link-children"));
    assert!(refusal.args.contains(&("children", "SR-2026-000041".to_owned())));
    for (other, key) in [
        (
            LinkedTo {
                has_parent: true,
                ..parent()
            },
            "ticket-refusal-merge-children",
        ),
        (
            LinkedTo {
                id: id(41),
                has_parent: true,
                ..parent()
            },
            "ticket-refusal-merge-child",
        ),
    ] {
        let refusal = in_state(State::Level1Work)
            .act(|w| {
                with_child(w);
                w.merge_into(&other)
            })
            .unwrap_err();
        assert_eq!((refusal.code, refusal.key), ("SD-055", key));
    }
}

#[test]
fn sd_055_whoever_loses_a_parent_goes_on_where_it_was_and_what_was_taken_up_again_is_left_alone() {
    let linked = || in_state(State::BackOfficeWork).done(|w| w.link(LinkKind::Parent, &parent()));
    let alone = linked().done(|w| {
        w.lose_parent(id(PARENT));
        Ok(())
    });
    assert_eq!(
        (alone.ticket.state, alone.ticket.parent()),
        (State::BackOfficeWork, None)
    );
    assert_consistent(&alone.ticket);
    let into = TicketRef {
        id: id(42),
        number: "SR-2026-000042".to_owned(),
    };
    let moved = linked().done(|w| {
        w.follow_parent(id(PARENT), &into);
        Ok(())
    });
    assert_eq!(moved.ticket.parent().map(|link| link.to), Some(into.id));
    assert_consistent(&moved.ticket);
    let back = moved.done(|w| w.unlink(id(42)));
    assert_eq!(back.ticket.state, State::BackOfficeWork);
    let reopened = linked()
        .done(|w| w.close(ClosedReason::Withdrawn, None))
        .done(|w| w.reopen("Non va".to_owned()));
    let before = reopened.ticket.clone();
    let left = reopened.done(|w| {
        w.lose_parent(id(PARENT));
        Ok(())
    });
    assert_eq!(left.ticket, before);
}

#[test]
fn sd_055_linking_withdraws_the_parts_and_unlinking_goes_back_to_where_it_was() {
    let cases = [
        (State::Level1Work, State::Level1Work),
        (State::BackOfficeWork, State::BackOfficeWork),
        (State::UnderControl, State::UnderControl),
        (State::Level2Work, State::Level1Work),
        (State::Waiting, State::Level1Work),
        (State::SolutionGiven, State::Level1Work),
        (State::TechnicallyClosed, State::Level1Work),
    ];
    for (from, back) in cases {
        let linked = in_state(from).done(|w| w.link(LinkKind::Parent, &parent()));
        assert_eq!(linked.ticket.state, State::Linked, "{}", from.code());
        assert!(linked.ticket.open_assignment().is_none());
        assert_consistent(&linked.ticket);
        let unlinked = linked.done(|w| w.unlink(id(PARENT)));
        assert_eq!(unlinked.ticket.state, back, "{}", from.code());
        assert_consistent(&unlinked.ticket);
    }
}

#[test]
fn sd_055_what_the_requester_writes_does_not_wake_a_ticket_that_hangs_on_a_parent() {
    let waiting = in_state(State::Level1Work).done(|w| w.pause(WaitingReason::Requester, None, None));
    let linked = waiting.done(|w| w.link(LinkKind::Parent, &parent()));
    let told = linked.done(|w| w.say(Visibility::Public, "Ci siete?".to_owned(), true));
    assert_eq!(told.ticket.state, State::Linked);
}

#[test]
fn sd_058_passing_to_back_office_suspends_nothing_and_comes_back_to_the_desk() {
    let before = in_state(State::Level1Work);
    let (opened, updated) = (before.ticket.opened_at, before.ticket.facts.clone());
    let passed = before.later(HOUR).done(|w| w.assign(Some(id(BACK_OFFICE)), None, true));
    assert_eq!(passed.ticket.state, State::BackOfficeWork);
    assert_eq!(passed.ticket.state.phase(), Phase::Working);
    assert_eq!(
        (passed.ticket.opened_at, &passed.ticket.facts),
        (opened, &updated),
        "to the second"
    );
    assert!(passed.ticket.waiting.is_none() && passed.ticket.operator.is_none());
    let taken = passed.done(|w| w.take(id(BRUNO), ""));
    assert_eq!(
        (taken.ticket.state, taken.ticket.operator),
        (State::BackOfficeWork, Some(id(BRUNO)))
    );
    let back = taken.done(|w| w.assign(Some(id(DESK)), None, false));
    assert_eq!(back.ticket.state, State::Level1Work);
}

#[test]
fn sd_058_first_level_back_office_gets_what_somebody_has_taken_and_classified() {
    let pass = |w: &mut Working<'_>| w.assign(Some(id(BACK_OFFICE)), None, true);
    let refusal = Desk::new().act(pass).unwrap_err();
    assert_eq!((refusal.code, refusal.key), ("SD-058", "ticket-refusal-take-first"));
    let refusal = Desk::new().taken().act(pass).unwrap_err();
    assert_eq!((refusal.code, refusal.key), ("SD-058", "ticket-refusal-classify-first"));
    let mut open = Desk::new().taken();
    open.parameters.gates.classification_before_second_level = false;
    assert_eq!(
        open.answer(pass),
        "ok",
        "where the area asks for no classification before passing on"
    );
    assert_eq!(
        Desk::new().answer(|w| w.assign(Some(id(DESK)), None, false)),
        "ok",
        "any other group of the desk may have it untaken"
    );
}

#[test]
fn sd_031_only_a_person_takes_it_in_charge() {
    let mut ticket = Desk::new().ticket;
    let moved = TicketEvent::MovedToBackOfficeL1 { group: id(BACK_OFFICE) };
    ticket.apply(&moved, start(), &anna());
    assert_eq!(ticket.facts.taken_at, None, "a move by itself is no taking");
}

#[test]
fn sd_059_a_solution_needs_a_requester_and_a_classification_where_the_area_says_so() {
    let mut unknown = Desk::new();
    unknown.ticket.requester = None;
    let mut unknown = unknown.taken().classified();
    assert_eq!(unknown.answer(|w| w.solve("x".to_owned())), "SD-040");
    unknown.parameters.gates.identification_before_solution = false;
    assert_eq!(unknown.answer(|w| w.solve("x".to_owned())), "ok");
    let mut unclassified = Desk::new().taken();
    assert_eq!(unclassified.answer(|w| w.solve("x".to_owned())), "SD-054");
    unclassified.parameters.gates.classification_before_solution = false;
    assert_eq!(unclassified.answer(|w| w.solve("x".to_owned())), "ok");
    let mut unclassified = Desk::new().taken();
    assert_eq!(
        unclassified.answer(|w| w.send_to_second_level(id(FIRST_PART), id(SYSTEMS), None)),
        "SD-064"
    );
    unclassified.parameters.gates.classification_before_second_level = false;
    assert_eq!(
        unclassified.answer(|w| w.send_to_second_level(id(FIRST_PART), id(SYSTEMS), None)),
        "ok"
    );
}

#[test]
fn sd_061_a_satisfied_requester_closes_it() {
    let desk = in_state(State::SolutionGiven)
        .later(HOUR)
        .done(|w| w.hear(true, true, None));
    assert_eq!(
        (desk.ticket.state, desk.ticket.closed_reason),
        (State::Closed, Some(ClosedReason::Confirmed))
    );
    assert_eq!(
        desk.now.seconds_since(desk.ticket.facts.solved_at.unwrap()),
        HOUR,
        "acceptance does not move the solution"
    );
}

#[test]
fn sd_062_a_refused_solution_with_the_right_class_goes_under_control_and_is_no_solution_any_more() {
    let desk = in_state(State::SolutionGiven).done(|w| w.hear(false, true, None));
    assert_eq!(
        (desk.ticket.state, desk.ticket.facts.solved_at),
        (State::UnderControl, None)
    );
}

#[test]
fn sd_063_with_the_wrong_class_it_is_classified_again_and_after_two_times_control_decides() {
    let mut desk = in_state(State::SolutionGiven);
    for turn in 1..=2 {
        desk = desk.done(|w| w.hear(false, false, None));
        assert_eq!(desk.ticket.state, State::Level1Work, "turn {turn}");
        assert_eq!(
            desk.answer(|w| w.solve("Ancora".to_owned())),
            "SD-054",
            "first it is classified again"
        );
        desk = desk.classified().solved();
    }
    let desk = desk.done(|w| w.hear(false, false, None));
    assert_eq!(desk.ticket.state, State::UnderControl);
}

#[test]
fn sd_086_what_the_second_level_did_and_the_requester_refuses_goes_under_control_whatever_the_class() {
    for state in [State::TechnicallyClosed, State::ContactPending] {
        for class_right in [true, false] {
            let refused = in_state(state).done(|w| w.hear(false, class_right, None));
            assert_eq!(
                refused.ticket.state,
                State::UnderControl,
                "{} {class_right}",
                state.code()
            );
            assert_eq!(refused.ticket.facts.classified_at.is_some(), class_right);
        }
    }
}

#[test]
fn sd_063_correcting_a_priority_is_no_reclassification() {
    let mut desk = in_state(State::Level1Work);
    for urgency in [1, 2, 3, 1, 2] {
        desk = desk.done(|w| {
            w.classify(Classification {
                urgency: Some(urgency),
                ..Classification::default()
            })
        });
    }
    assert_eq!(desk.ticket.state, State::Level1Work);
}

#[test]
fn sd_072_a_ticket_with_two_parts_leaves_the_second_level_with_the_last() {
    let both = || in_state(State::Level2Work).done(|w| w.send_to_second_level(id(SECOND_PART), id(APPLICATIONS), None));
    let one = both().done(|w| w.close_technically(id(FIRST_PART), finished(false)));
    assert_eq!(
        (one.ticket.state, one.ticket.facts.solved_at),
        (State::Level2Work, None)
    );
    let two = one
        .later(HOUR)
        .done(|w| w.close_technically(id(SECOND_PART), finished(false)));
    assert_eq!(
        (two.ticket.state, two.ticket.facts.solved_at),
        (State::TechnicallyClosed, Some(two.now))
    );
    // The call that the first part asked for is not forgotten when the second asks for none.
    let asked = both().done(|w| w.close_technically(id(FIRST_PART), finished(true)));
    let asked = asked.done(|w| w.close_technically(id(SECOND_PART), finished(false)));
    assert_eq!(asked.ticket.state, State::ContactPending);
}

#[test]
fn sd_072_a_part_that_comes_back_is_not_hidden_by_one_that_was_done() {
    let both = in_state(State::Level2Work).done(|w| w.send_to_second_level(id(SECOND_PART), id(APPLICATIONS), None));
    let back = both.done(|w| w.return_assignment(id(FIRST_PART), "Non è nostro".to_owned()));
    assert_eq!(
        back.ticket.state,
        State::Level2Work,
        "the other part is still worked on"
    );
    let done = back.done(|w| w.close_technically(id(SECOND_PART), finished(false)));
    assert_eq!(
        done.ticket.state,
        State::Level1Work,
        "the returned part is to be looked at by the desk"
    );
    assert_consistent(&done.ticket);
}

#[test]
fn sd_073_a_part_is_accepted_once_and_closed_once() {
    let desk = in_state(State::Level2Work).done(|w| w.accept_assignment(id(FIRST_PART), id(BRUNO), ""));
    assert_eq!(desk.ticket.assignments[0].state, AssignmentState::Accepted);
    let mut desk = desk;
    assert_eq!(
        desk.answer(|w| w.accept_assignment(id(FIRST_PART), id(ANNA), "Bruno")),
        "SD-112"
    );
    let mut desk = desk.done(|w| w.close_technically(id(FIRST_PART), finished(false)));
    assert_eq!(
        desk.answer(|w| w.close_technically(id(FIRST_PART), finished(false))),
        "SD-110"
    );
}

#[test]
fn sd_072_what_happens_to_its_part_while_it_waits_is_not_undone_by_the_answer() {
    let waiting = || in_state(State::Level2Work).done(|w| w.pause(WaitingReason::Requester, None, None));
    let done = waiting().done(|w| w.close_technically(id(FIRST_PART), finished(false)));
    assert_eq!(done.ticket.state, State::TechnicallyClosed);
    assert_consistent(&done.ticket);
    let told = done.done(|w| w.say(Visibility::Public, "Ecco".to_owned(), true));
    assert_eq!(told.ticket.state, State::TechnicallyClosed);
    let returned = waiting().done(|w| w.return_assignment(id(FIRST_PART), "Manca il modello".to_owned()));
    assert_eq!(
        returned.ticket.state,
        State::Waiting,
        "it still waits for the requester"
    );
    let told = returned.done(|w| w.say(Visibility::Public, "Ecco".to_owned(), true));
    assert_eq!(told.ticket.state, State::Level1Work);
}

#[test]
fn sd_083_without_a_call_asked_for_a_technical_closure_is_closed_by_the_desk() {
    assert_eq!(
        in_state(State::TechnicallyClosed).answer(close(ClosedReason::Confirmed)),
        "ok"
    );
    assert_eq!(
        in_state(State::ContactPending).answer(close(ClosedReason::Confirmed)),
        "SD-086",
        "with one, the requester is heard"
    );
    assert_eq!(
        in_state(State::ContactPending).answer(|w| w.hear(true, true, None)),
        "ok"
    );
}

#[test]
fn sd_084_two_calls_without_an_answer_are_four_hours_apart() {
    let missed = |w: &mut Working<'_>| w.call(ContactOutcome::NotReached);
    for (gap, expected) in [(0, "SD-084"), (4 * HOUR - 1, "SD-084"), (4 * HOUR, "ok")] {
        let mut desk = in_state(State::ContactPending).done(missed).later(gap);
        assert_eq!(desk.answer(missed), expected, "after {gap} s");
    }
    let mut reached = in_state(State::ContactPending).done(missed).later(60);
    assert_eq!(
        reached.answer(|w| w.call(ContactOutcome::Reached)),
        "ok",
        "a requester who calls back is heard at once"
    );
}

#[test]
fn sd_085_only_after_three_missed_calls_is_it_closed_as_unreached() {
    let mut desk = in_state(State::ContactPending);
    for attempt in 0..3 {
        assert_eq!(
            desk.answer(close(ClosedReason::Unreached)),
            "SD-085",
            "after {attempt} calls"
        );
        desk = desk.later(4 * HOUR).done(|w| w.call(ContactOutcome::NotReached));
    }
    assert_eq!(desk.answer(close(ClosedReason::Unreached)), "ok");
    assert_eq!(desk.ticket.closed_reason, Some(ClosedReason::Unreached));
}

#[test]
fn sd_085_a_new_solution_begins_the_calls_anew() {
    let missed = |w: &mut Working<'_>| w.call(ContactOutcome::NotReached);
    let refused = in_state(State::ContactPending)
        .done(missed)
        .later(5 * HOUR)
        .done(missed)
        .done(|w| w.hear(false, true, None));
    let again = refused.done(|w| w.solve("Un'altra".to_owned()));
    assert_eq!(again.ticket.attempts, 0);
}

#[test]
fn sd_083_a_call_after_a_technical_closure_means_that_one_is_needed() {
    let called = in_state(State::TechnicallyClosed).done(|w| w.call(ContactOutcome::NotReached));
    assert_eq!(
        (called.ticket.state, called.ticket.attempts),
        (State::ContactPending, 1)
    );
    assert_consistent(&called.ticket);
}

#[test]
fn sd_089_nobody_is_called_only_because_silent() {
    let mut silent = in_state(State::SolutionGiven).later(DAY);
    let refusal = silent.act(|w| w.call(ContactOutcome::NotReached)).unwrap_err();
    assert_eq!((refusal.code, refusal.key), ("SD-084", "ticket-refusal-call-written"));
    silent.ticket.attempts = 9;
    assert_eq!(silent.answer(close(ClosedReason::Unreached)), "SD-085");
}

#[test]
fn sd_108_what_is_under_control_is_decided_and_not_refused() {
    let mut desk = in_state(State::UnderControl);
    assert_eq!(desk.answer(close(ClosedReason::Refused)), "SD-046");
    assert_eq!(desk.answer(close(ClosedReason::Decided)), "ok");
}

#[test]
fn sd_110_waiting_goes_back_to_where_it_was_from_every_open_state() {
    for state in State::ALL
        .iter()
        .filter(|state| state.is_open() && **state != State::Waiting)
    {
        let waiting = in_state(*state).done(|w| w.pause(WaitingReason::Requester, None, None));
        assert_eq!(waiting.ticket.state, State::Waiting, "{}", state.code());
        assert_consistent(&waiting.ticket);
        let told = waiting.done(|w| w.say(Visibility::Public, "Ecco".to_owned(), true));
        assert_eq!(told.ticket.state, *state);
        assert_consistent(&told.ticket);
    }
}

#[test]
fn sd_110_a_pause_opens_no_gate() {
    let pause = |w: &mut Working<'_>| w.pause(WaitingReason::Supplier, None, None);
    let mut new = Desk::new().done(pause);
    for (act, rule) in [("register", "SD-052"), ("diagnose", "SD-053"), ("classify", "SD-054")] {
        let (_, act) = ACTS.into_iter().find(|(name, _)| *name == act).unwrap();
        assert_eq!(new.answer(act), rule);
    }
    let given = new
        .done(|w| w.assign(None, Some(id(BRUNO)), false))
        .done(|w| w.resume());
    assert_eq!(given.ticket.state, State::Taken, "given to a person while it waited");
    assert!(given.ticket.facts.taken_at.is_some());
    let linked = in_state(State::Linked).done(pause);
    let alone = linked.done(|w| {
        w.lose_parent(id(PARENT));
        Ok(())
    });
    let back = alone.done(|w| w.resume());
    assert_eq!((back.ticket.state, back.ticket.parent()), (State::Level1Work, None));
}

#[test]
fn sd_061_the_answer_to_a_solution_ends_the_waiting() {
    let waiting = in_state(State::SolutionGiven).done(|w| w.pause(WaitingReason::Requester, None, None));
    assert_eq!(waiting.done(|w| w.hear(true, true, None)).ticket.state, State::Closed);
}

#[test]
fn sd_088_a_closed_ticket_is_reopened_within_five_days_and_not_a_second_later() {
    for (after, expected) in [(0, "ok"), (5 * DAY, "ok"), (5 * DAY + 1, "SD-088")] {
        let mut desk = in_state(State::Closed).later(after);
        assert_eq!(
            desk.answer(|w| w.reopen("Non va".to_owned())),
            expected,
            "{after} s later"
        );
    }
    let desk = in_state(State::Closed).done(|w| w.reopen("Non va".to_owned()));
    assert_eq!(
        (desk.ticket.state, desk.ticket.reopenings, desk.ticket.closed_reason),
        (State::UnderControl, 1, None)
    );
    assert_eq!(
        (desk.ticket.facts.solved_at, desk.ticket.facts.closed_at),
        (None, None),
        "the clock runs on"
    );
}

#[test]
fn sd_089_silence_closes_a_written_solution_after_five_days_and_nothing_else() {
    for (after, expected) in [(0, "SD-089"), (5 * DAY - 1, "SD-089"), (5 * DAY, "ok")] {
        assert_eq!(
            in_state(State::SolutionGiven)
                .later(after)
                .answer(close(ClosedReason::NoReply)),
            expected,
            "{after} s later"
        );
    }
    for state in [State::ContactPending, State::UnderControl, State::Waiting, State::New] {
        assert_eq!(
            in_state(state).later(30 * DAY).answer(close(ClosedReason::NoReply)),
            "SD-089",
            "{}",
            state.code()
        );
    }
}

#[test]
fn sd_046_and_sd_108_a_refusal_and_a_decision_are_explained() {
    for (state, reason) in [
        (State::Taken, ClosedReason::Refused),
        (State::UnderControl, ClosedReason::Decided),
    ] {
        let refusal = in_state(state).act(|w| w.close(reason, None)).unwrap_err();
        assert_eq!(refusal.fields[0].field, "note");
    }
}

#[test]
fn im_010_the_matrix_gives_the_priority_and_im_011_another_one_needs_a_reason() {
    for impact in 1..=3 {
        for urgency in 1..=3 {
            let asked = Classification {
                impact: Some(impact),
                urgency: Some(urgency),
                ..incident()
            };
            let desk = Desk::new().taken().done(|w| w.classify(asked));
            assert_eq!(
                (desk.ticket.priority, desk.ticket.priority_overridden),
                (impact + urgency - 1, false)
            );
        }
    }
    let own = |reason: Option<&str>| Classification {
        priority: Some(1),
        reason: reason.map(str::to_owned),
        ..incident()
    };
    let refusal = Desk::new().taken().act(|w| w.classify(own(None))).unwrap_err();
    assert_eq!(refusal.fields[0].field, "reason");
    let desk = Desk::new()
        .taken()
        .done(|w| w.classify(own(Some("Il sindaco è in riunione"))));
    assert_eq!((desk.ticket.priority, desk.ticket.priority_overridden), (1, true));
}

#[test]
fn waiting_ends_when_the_requester_answers_and_only_when_it_is_they_who_are_waited_for() {
    let cases = [
        (WaitingReason::Requester, true, State::Level1Work),
        (WaitingReason::Requester, false, State::Waiting),
        (WaitingReason::Supplier, true, State::Waiting),
    ];
    for (reason, from_requester, expected) in cases {
        let waiting = in_state(State::Level1Work).done(|w| w.pause(reason, None, None));
        let told = waiting.done(|w| w.say(Visibility::Public, "Ecco".to_owned(), from_requester));
        assert_eq!(told.ticket.state, expected, "{} {from_requester}", reason.code());
    }
}
