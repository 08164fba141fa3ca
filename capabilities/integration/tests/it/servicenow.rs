//! The incident log of ServiceNow: figures, history, repetition, and rows that are not taken.

use crate::log::{HEADER, Row, capabilities, file, import, open, rows};
use integration::{ByPriority, Hours, Report};
use kernel::{Instant, Uuid};
use store::{Sql, Store};
use testkit::both_backends;
use ticket::domain::{AssignmentState, Channel, State, TechnicalOutcome, Ticket, WaitingReason};

async fn ticket(store: &Store, external_ref: &str) -> store::Loaded<Ticket> {
    let sql = "SELECT record_id FROM import_key WHERE system = 'servicenow' AND external_ref = $1";
    let row = store
        .read()
        .row(sql, vec![external_ref.into()])
        .await
        .expect("reads")
        .expect("imported");
    let id: Uuid = row.get(0).expect("an identity");
    store
        .read()
        .state::<Ticket>(id)
        .await
        .expect("reads")
        .expect("a ticket")
}

async fn count(store: &Store, table: &str) -> i64 {
    let row = store
        .read()
        .row(&format!("SELECT COUNT(*) FROM {table}"), vec![])
        .await
        .expect("reads")
        .expect("a row");
    row.get(0).expect("a count")
}

fn instant(text: &str) -> Option<Instant> {
    Instant::parse(text)
}

fn expected() -> Report {
    Report {
        tickets: 3,
        rows: 9,
        created: 3,
        unchanged: 0,
        resolved: 2,
        resolution_hours: Hours {
            mean: Some(6.0),
            median: Some(6.0),
        },
        reopened: 1,
        by_priority: ByPriority {
            p1: 1,
            p3: 2,
            ..ByPriority::default()
        },
        refused: Vec::new(),
    }
}

both_backends! {
    async fn an_import_tells_its_figures_and_a_second_one_changes_nothing(db: testkit::Backend) {
        let store = open(&db).await;
        let log = file(&rows());
        assert_eq!(import(&store, &log, true).await.expect("foreseen"), expected());
        assert_eq!((count(&store, "event").await, count(&store, "card").await), (0, 0), "a dry run changes nothing");
        assert_eq!(import(&store, &log, false).await.expect("imported"), expected());
        let events = count(&store, "event").await;
        let again = Report { created: 0, unchanged: 3, ..expected() };
        assert_eq!(import(&store, &log, false).await.expect("imported again"), again);
        assert_eq!(import(&store, &log, true).await.expect("foreseen again"), again);
        assert_eq!((count(&store, "event").await, count(&store, "card").await), (events, 3));
    }

    async fn history_stands_at_the_original_instants_and_verifies(db: testkit::Backend) {
        let store = open(&db).await;
        import(&store, &file(&rows()), false).await.expect("imported");
        let first = ticket(&store, "INC0000001").await;
        let events = store.read().events_of(first.id, 0, 100).await.expect("events");
        let instants: Vec<String> = events.iter().map(|event| event.occurred_at.to_string()).collect();
        assert_eq!(instants, [
            "2016-03-01T09:00:00.000Z", "2016-03-01T09:05:00.000Z", "2016-03-01T09:30:00.000Z", "2016-03-01T11:00:00.000Z",
            "2016-03-08T12:00:00.000Z",
        ]);
        assert_eq!((first.state.state, first.state.channel), (State::Closed, Channel::Import));
        assert_eq!(first.state.facts.solved_at, instant("2016-03-01T11:00:00Z"));
        assert!(first.state.operator.is_some() && first.state.requester.is_some() && first.state.category.is_some());
        let third = ticket(&store, "INC0000003").await;
        let waiting = third.state.waiting.expect("waits");
        assert_eq!((third.state.state, waiting.reason), (State::Waiting, WaitingReason::Supplier));
        assert_eq!(third.state.facts.solved_at, None);
        let kinds: Vec<_> = capabilities().iter().flat_map(|capability| capability.records.clone()).collect();
        let verified = audit::verify(&store, &kinds, None, &|_, _| {}).await.expect("verifies");
        assert!(verified.is_intact(), "{verified:?}");
    }

    async fn an_open_incident_is_not_solved_by_what_its_last_row_foretells(db: testkit::Backend) {
        let store = open(&db).await;
        // The log writes an instant of resolution on rows that are not resolved.
        let report = import(&store, &file(&rows()[..2]), false).await.expect("imported");
        assert_eq!(report.resolved, 1, "the report counts what the file says");
        let first = ticket(&store, "INC0000001").await.state;
        assert_eq!((first.state, first.facts.solved_at), (State::Level2Work, None));
    }

    async fn what_lies_with_a_group_is_a_part_that_is_gone_on_with_here(db: testkit::Backend) {
        let store = open(&db).await;
        import(&store, &file(&rows()[..2]), false).await.expect("imported");
        let first = ticket(&store, "INC0000001").await;
        let part = first.state.open_assignment().expect("a part").clone();
        assert_eq!(Some(part.group), first.state.group);
        assert_eq!((part.state, part.operator), (AssignmentState::Accepted, first.state.operator));
        assert_eq!(Some(part.created_at), instant("2016-03-01T09:30:00Z"), "at the original instant");
        let waiting = import(&store, &file(&rows()[7..]), false).await.expect("imported");
        assert_eq!(waiting.created, 1);
        let third = ticket(&store, "INC0000003").await.state;
        assert_eq!(third.open_assignment().map(|part| part.group), third.group, "to go back to");
        let actor = std::sync::Arc::new(people::Actor::system());
        let done = ticket::TicketAct::CloseTechnically {
            assignment: part.id,
            activity: "Sostituito".to_owned(),
            outcome: TechnicalOutcome::Solved,
            callback_required: false,
        };
        let after = ticket::perform(&store, &actor, first.id, vec![done], ticket::Conditions::default()).await.expect("done");
        assert_eq!(after.state, State::TechnicallyClosed);
        import(&store, &file(&rows()), false).await.expect("goes on");
        let whole = ticket(&store, "INC0000001").await.state;
        assert!(whole.open_assignment().is_none(), "what was closed there is in nobody's hands");
    }

    async fn a_part_ends_with_the_incident_and_another_group_has_one_of_its_own(db: testkit::Backend) {
        let store = open(&db).await;
        let mut moved = rows()[..4].to_vec();
        moved.insert(2, Row { group: "Group 6", count: 2, at: "01-03-2016 10:00", operator: "?", ..moved[1].clone() });
        moved[3].count = 3;
        moved[4].count = 4;
        import(&store, &file(&moved), false).await.expect("imported");
        let parts = ticket(&store, "INC0000001").await.state.assignments;
        let states: Vec<_> = parts.iter().map(|part| part.state).collect();
        assert_eq!(states, [AssignmentState::Withdrawn, AssignmentState::TechClosed]);
        assert_ne!(parts[0].group, parts[1].group);
        let kinds: Vec<_> = capabilities().iter().flat_map(|capability| capability.records.clone()).collect();
        assert!(audit::verify(&store, &kinds, None, &|_, _| {}).await.expect("verifies").is_intact());
    }

    async fn a_file_that_goes_on_adds_only_what_is_newer(db: testkit::Backend) {
        let store = open(&db).await;
        import(&store, &file(&rows()[..6]), false).await.expect("imported");
        assert_eq!(ticket(&store, "INC0000002").await.state.state, State::Waiting);
        let rest = import(&store, &file(&rows()[6..]), false).await.expect("goes on");
        assert_eq!((rest.tickets, rest.created, rest.unchanged), (2, 1, 0));
        let second = ticket(&store, "INC0000002").await;
        assert_eq!((second.state.state, second.version), (State::SolutionGiven, 4));
        let whole = import(&store, &file(&rows()), false).await.expect("imported");
        assert_eq!((whole.created, whole.unchanged), (0, 3));
    }

    async fn rows_in_disorder_and_doubled_rows_tell_the_same_history(db: testkit::Backend) {
        let store = open(&db).await;
        let mut mixed = rows();
        mixed.push(mixed[1].clone());
        mixed.reverse();
        // Like the log itself: the first row carries the count of a later one.
        let first = mixed.iter_mut().find(|row| row.number == "INC0000003" && row.count == 0).expect("there");
        first.count = 1;
        let report = import(&store, &file(&mixed), false).await.expect("imported");
        assert_eq!((report.tickets, report.rows, report.refused.len()), (3, 10, 0));
        let ticket = ticket(&store, "INC0000001").await;
        assert_eq!((ticket.state.state, ticket.version), (State::Closed, 5));
    }

    async fn refused_rows_are_named_and_the_rest_comes_in(db: testkit::Backend) {
        let store = open(&db).await;
        let good = rows();
        let base = &good[1];
        let bad = [
            (Row { opened: "31-02-2016 10:00", ..base.clone() }.text(), "opened_at", "bad_date"),
            (Row { state: "Frobnicated", ..base.clone() }.text(), "incident_state", "unknown_state"),
            (Row { priority: "9 - Never", ..base.clone() }.text(), "priority", "unknown_level"),
            (Row { number: "", ..base.clone() }.text(), "number", "missing"),
            (Row { number: "=1+1", ..base.clone() }.text(), "number", "formula"),
            (Row { group: "Group\u{7}5", ..base.clone() }.text(), "assignment_group", "control_characters"),
            (Row { count: -1, ..base.clone() }.text(), "sys_mod_count", "bad_number"),
            (base.text() + ",more", "closed_at", "too_many_columns"),
            (format!("\"{}", base.text()), "", "open_quote"),
            (base.text()[..60].to_owned(), "sys_created_by", "too_few_columns"),
        ];
        let mut text = HEADER.to_owned();
        bad.iter().for_each(|(row, _, _)| text.push_str(&format!("\r\n{row}")));
        good.iter().for_each(|row| text.push_str(&format!("\r\n{}", row.text())));
        let mut bytes = text.into_bytes();
        bytes.extend(b"\r\nINC0000009,New,\xff\xfe");
        let report = import(&store, &bytes, false).await.expect("imported");
        assert_eq!((report.tickets, report.rows, report.created), (3, 9, 3));
        let named: Vec<_> = report.refused.iter().map(|row| (row.line, row.column.as_str(), row.reason.split(':').next())).collect();
        let mut wanted: Vec<_> = bad.iter().zip(2..).map(|((_, column, code), line)| (line, *column, Some(*code))).collect();
        wanted.push((21, "active", Some("not_utf8")));
        assert_eq!(named, wanted);
    }

    async fn semicolons_and_a_mark_at_the_start_are_welcome_and_other_files_are_not(db: testkit::Backend) {
        let store = open(&db).await;
        let log = String::from_utf8(file(&rows())).expect("text");
        let other = [b"\xEF\xBB\xBF".to_vec(), log.replace(',', ";").into_bytes()].concat();
        assert_eq!(import(&store, &other, false).await.expect("imported"), expected());
        let cut = log.replace("number,", "");
        let cases: [(&[u8], &str); 5] = [
            (b"", "no_csv"),
            (b"\x89PNG\r\n\x1a\n\0\0", "no_csv"),
            (b"<html>number, incident_state</html>", "no_csv"),
            (&[b'x'; 300_000], "no_csv"),
            (cut.as_bytes(), "missing_columns"),
        ];
        for (bytes, code) in cases {
            let refused = import(&store, bytes, false).await.expect_err("no log");
            assert_eq!(refused.refusal().map(|refusal| refusal.code), Some(code));
        }
    }
}
