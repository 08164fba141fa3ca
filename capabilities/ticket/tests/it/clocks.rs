//! Clocks of tickets: when they start, stand still, stop, and who is told that they were not stopped in time.

use crate::office::{Office, done};
use kernel::{Author, Instant};
use serde_json::{Value, json};
use store::Lane;
use testkit::Backend;

/// The office with the usual targets in office hours. It is Monday, half past ten in Rome.
pub async fn agreed(db: &Backend) -> Office {
    let office = Office::open(db).await;
    let add = office.store.write(Lane::People, |tx| {
        Box::pin(async move {
            let (hours, agreement) = ("Orario d’ufficio".to_owned(), "Livelli".to_owned());
            service_level::add_usual(tx, &Author::system("test"), None, hours, agreement).await
        })
    });
    done(add.await);
    let start = Instant::parse(OPENED).unwrap();
    office.clock.advance(start.seconds_since(office.clock.now()));
    office
}

/// When tickets are opened here, but for the seconds that a test takes.
const OPENED: &str = "2026-11-23T09:30:00Z";

/// Seconds by which a ticket was opened later.
async fn late(office: &Office, ticket: &str) -> i64 {
    let ticket = office.get("anna", ticket).await.expect(200);
    let opened = Instant::parse(ticket["opened_at"].as_str().unwrap()).unwrap();
    opened.second().seconds_since(Instant::parse(OPENED).unwrap())
}

/// Standing and due instant of a clock, as if the ticket had been opened in the very second.
async fn clock(office: &Office, ticket: &str, metric: &str) -> (String, Option<String>) {
    let late = late(office, ticket).await;
    let ticket = office.get("anna", ticket).await.expect(200);
    let clocks = ticket["clocks"].as_array().unwrap();
    let clock = clocks.iter().find(|clock| clock["metric"] == metric).unwrap();
    let due = clock["due_at"].as_str().map(|due| Instant::parse(due).unwrap());
    let due = due.map(|due| due.plus_seconds(-late).to_string());
    (clock["standing"].as_str().unwrap().to_owned(), due)
}

fn running(due: &str) -> (String, Option<String>) {
    ("running".to_owned(), Some(format!("{due}.000Z")))
}

/// The events of a type in a timeline.
pub async fn told(office: &Office, ticket: &str, kind: &str) -> Vec<Value> {
    let timeline = office.get("anna", &format!("{ticket}/timeline")).await.expect(200);
    let entries = timeline["items"].as_array().unwrap().clone();
    entries.into_iter().filter(|entry| entry["type"] == kind).collect()
}

/// Lets time pass until an instant, as late as the ticket was opened.
async fn reach(office: &Office, ticket: &str, instant: &str) {
    let instant = Instant::parse(instant)
        .unwrap()
        .plus_seconds(late(office, ticket).await);
    office.clock.advance(instant.seconds_since(office.clock.now()));
}

/// The agreement with what it says.
pub async fn agreement(office: &Office) -> (kernel::Uuid, service_level::AgreementText) {
    let all = done(office.store.all::<service_level::Agreement>().await);
    (all[0].id, all[0].state.text().clone())
}

/// Gives the agreement another edition.
async fn change(office: &Office, text: service_level::AgreementText) {
    let (id, _) = agreement(office).await;
    let change = office.store.write(Lane::People, move |tx| {
        let text = text.clone();
        Box::pin(async move {
            let mut agreement = tx.load::<service_level::Agreement>(id).await?;
            service_level::change_agreement(tx, &Author::system("test"), &mut agreement, Some(text), None).await
        })
    });
    done(change.await);
}

testkit::both_backends! {
    async fn im_012_a_new_ticket_is_due_in_the_hours_of_its_calendar(db: Backend) {
        let office = agreed(&db).await;
        let ticket = office.ticket("PER").await;
        assert_eq!(clock(&office, &ticket, "taking_charge").await, running("2026-11-24T08:30:00"));
        assert_eq!(clock(&office, &ticket, "first_reply").await, running("2026-11-24T08:30:00"));
        assert_eq!(clock(&office, &ticket, "resolution").await, running("2026-12-03T09:30:00"));
        let seen = office.get("rosa", &ticket).await.expect(200);
        assert_eq!(seen["clocks"], json!([]), "targets are between desk and client");
    }

    async fn sd_031_taking_it_stops_the_first_clock_only(db: Backend) {
        let office = agreed(&db).await;
        let ticket = office.ticket("PER").await;
        office.clock.advance(600);
        office.act("anna", &ticket, "take", json!({})).await;
        assert_eq!(clock(&office, &ticket, "taking_charge").await.0, "met");
        assert_eq!(clock(&office, &ticket, "first_reply").await.0, "running");
        office.act("anna", &ticket, "messages", json!({"body": "Buongiorno, ci penso io"})).await;
        assert_eq!(clock(&office, &ticket, "first_reply").await.0, "met");
        assert_eq!(told(&office, &ticket, "ticket.clock_met").await.len(), 2);
    }

    async fn im_013_another_priority_counts_from_the_first_start(db: Backend) {
        let office = agreed(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.clock.advance(3600);
        let class = json!({"kind": "incident", "impact": 1, "urgency": 1});
        office.act("anna", &ticket, "classification", class).await;
        assert_eq!(clock(&office, &ticket, "resolution").await, running("2026-11-23T13:30:00"));
        let taken = office.get("anna", &ticket).await.expect(200)["clocks"].clone();
        let taken = taken.as_array().unwrap().iter().find(|one| one["metric"] == "taking_charge").unwrap().clone();
        assert_eq!(taken["target"], 8 * 3600, "IM-028: a clock that has stopped keeps its target");
    }

    async fn sd_058_passing_to_the_back_office_leaves_every_due_instant_as_it_is(db: Backend) {
        let office = agreed(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "information"})).await;
        let before = clock(&office, &ticket, "resolution").await;
        office.clock.advance(1000);
        office.act("anna", &ticket, "owner", json!({"group": "Retro Personale"})).await;
        assert_eq!(clock(&office, &ticket, "resolution").await, before);
    }

    async fn sd_076_waiting_for_the_requester_stands_still_and_for_a_supplier_it_does_not(db: Backend) {
        let office = agreed(&db).await;
        for (reason, standing, paused) in [
            ("requester", "paused", 2 * 3600),
            ("supplier", "running", 0),
        ] {
            let ticket = office.ticket("PER").await;
            office.act("anna", &ticket, "take", json!({})).await;
            office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
            let before = clock(&office, &ticket, "first_reply").await.1.unwrap();
            office.act("anna", &ticket, "pause", json!({"reason": reason})).await;
            assert_eq!(clock(&office, &ticket, "resolution").await.0, standing, "{reason}");
            office.clock.advance(2 * 3600);
            office.act("anna", &ticket, "resumption", json!({})).await;
            let after = clock(&office, &ticket, "first_reply").await.1.unwrap();
            let later = Instant::parse(&after).unwrap().seconds_since(Instant::parse(&before).unwrap());
            assert!((paused..paused + 30).contains(&later), "{reason}: {later}");
        }
    }

    async fn attention_and_breach_are_told_once_whoever_looks_and_however_late(db: Backend) {
        let office = agreed(&db).await;
        let other = office.beside(&db, Vec::new()).await;
        let ticket = office.ticket("PER").await;
        reach(&office, &ticket, "2026-11-23T15:29:58Z").await;
        assert_eq!(done(ticket::ring(&office.store).await), 0, "six of eight hours are not over yet");
        reach(&office, &ticket, "2026-11-23T15:30:02Z").await;
        assert_eq!(done(ticket::ring(&office.store).await), 1);
        let attention = told(&office, &ticket, "ticket.clock_attention").await;
        assert_eq!(attention.len(), 1, "{attention:?}");
        assert_eq!(attention[0]["data"]["clocks"].as_array().unwrap().len(), 2);
        reach(&office, &ticket, "2026-11-24T08:29:58Z").await;
        assert_eq!(done(ticket::ring(&office.store).await), 0, "what stops now is in time");
        // Nobody looked for a night.
        reach(&office, &ticket, "2026-11-24T10:00:00Z").await;
        let looks = [done(ticket::ring(&other.store).await), done(ticket::ring(&office.store).await)];
        assert_eq!(looks, [1, 0], "one of two nodes tells it");
        let breached = told(&office, &ticket, "ticket.clock_breached").await;
        assert_eq!(breached.len(), 1, "{breached:?}");
        let due = &breached[0]["data"]["clocks"][0]["due"];
        assert_eq!(&breached[0]["occurred_at"], due, "told of the instant at which it was due");
        office.act("anna", &ticket, "take", json!({})).await;
        assert_eq!(clock(&office, &ticket, "taking_charge").await.0, "breached");
        assert_eq!(told(&office, &ticket, "ticket.clock_stopped").await.len(), 1);
    }

    async fn a_refused_solution_sets_the_clock_running_from_its_first_start(db: Backend) {
        let office = agreed(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "solution", json!({"solution": "Riavviata"})).await;
        assert_eq!(clock(&office, &ticket, "resolution").await.0, "met");
        office.clock.advance(3600);
        office.act("anna", &ticket, "outcome", json!({"satisfied": false, "class_right": true})).await;
        assert_eq!(clock(&office, &ticket, "resolution").await, running("2026-11-25T15:30:00"));
        assert_eq!(told(&office, &ticket, "ticket.clock_restarted").await.len(), 1);
    }

    async fn what_is_cancelled_owes_nothing_any_more(db: Backend) {
        let office = agreed(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "cancellation", json!({"reason": "Aperta per errore"})).await;
        assert_eq!(clock(&office, &ticket, "resolution").await.0, "void");
        reach(&office, &ticket, "2026-12-24T09:30:00Z").await;
        assert_eq!(done(ticket::ring(&office.store).await), 0);
        assert!(told(&office, &ticket, "ticket.clock_breached").await.is_empty());
    }

    async fn the_ledger_adds_up_to_the_whole_life_and_to_what_each_clock_shows(db: Backend) {
        let office = agreed(&db).await;
        let ticket = office.ticket("PER").await;
        let opened = office.clock.now();
        office.clock.advance(1800);
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.clock.advance(600);
        office.act("anna", &ticket, "pause", json!({"reason": "requester"})).await;
        office.clock.advance(3600);
        office.act("anna", &ticket, "resumption", json!({})).await;
        // Past the first reply's due instant, over a night.
        office.clock.advance(86_400);
        let told = office.get("anna", &format!("{ticket}/clocks")).await.expect(200);
        let spans = told["items"].as_array().unwrap();
        let whole: i64 = spans.iter().map(|span| span["seconds"].as_i64().unwrap()).sum();
        let life = office.clock.now().seconds_since(opened);
        assert!((whole - life).abs() <= 60, "{whole} of {life}");
        for pair in spans.windows(2) {
            assert_eq!(pair[0]["to"], pair[1]["from"], "no gap");
        }
        let of = |metric: &str, standing: Option<&str>| -> i64 {
            let parts = spans.iter().flat_map(|span| span["clocks"].as_array().unwrap());
            let parts = parts.filter(|part| part["metric"] == metric && standing.is_none_or(|one| part["standing"] == one));
            parts.map(|part| part["seconds"].as_i64().unwrap()).sum()
        };
        // Half past ten to six without the hour waited for, and what the next day holds by then.
        let near = |found: i64, expected: i64| assert!((expected..expected + 60).contains(&found), "{found}, not {expected}");
        near(of("taking_charge", None), 1800);
        near(of("resolution", None), 1800 + 600 + 9 * 3600);
        near(of("first_reply", Some("running")), 4 * 3600);
        near(of("first_reply", Some("late")), 1800 + 600 + 5 * 3600);
        assert_eq!(of("resolution", Some("paused")), 0, "what stands still counts nothing");
        let waited = spans.iter().find(|span| span["waiting"] == "requester").unwrap();
        assert!(waited["clocks"].as_array().unwrap().iter().all(|part| part["standing"] == "paused"));
        assert_eq!(waited["clocks"].as_array().unwrap().len(), 2, "what has stopped counts no more");
    }

    async fn im_028_open_tickets_move_to_a_new_edition_only_when_that_is_asked_for(db: Backend) {
        let office = agreed(&db).await;
        let (open, taken) = (office.ticket("PER").await, office.ticket("PER").await);
        office.act("anna", &taken, "take", json!({})).await;
        let cancelled = office.ticket("PER").await;
        office.act("anna", &cancelled, "cancellation", json!({"reason": "Aperta per errore"})).await;
        let (_, mut text) = agreement(&office).await;
        text.targets.iter_mut().filter(|one| one.priority == 4).for_each(|one| one.seconds = 2 * 3600);
        let draft = service_level::Draft::Agreement(agreement(&office).await.0, Box::new(text.clone()));
        let preview = done(ticket::preview_replanning(&office.store, &draft).await);
        assert_eq!((preview.open, preview.tickets, preview.earlier, preview.later), (2, 2, 5, 0));
        assert_eq!(preview.examples.len(), 5);
        let before = clock(&office, &open, "resolution").await;
        change(&office, text).await;
        assert_eq!(clock(&office, &open, "resolution").await, before, "nothing moves by itself");
        let asked = office.store.write(Lane::People, |tx| {
            Box::pin(async move { ticket::ask_replanning(tx, &people::Actor::system(), "Livelli").await })
        });
        let id = done(asked.await);
        done(ticket::replan(&office.store, id).await);
        for (ticket, metric) in [(&open, "resolution"), (&open, "taking_charge"), (&taken, "resolution")] {
            assert_eq!(clock(&office, ticket, metric).await, running("2026-11-23T11:30:00"), "{metric}");
        }
        let stopped = office.get("anna", &taken).await.expect(200)["clocks"][0].clone();
        assert_eq!((&stopped["metric"], &stopped["edition"]), (&json!("taking_charge"), &json!(1)), "what has stopped stays");
        assert_eq!(clock(&office, &cancelled, "resolution").await.0, "void");
        assert_eq!(told(&office, &open, "ticket.clock_replanned").await.len(), 1);
        let far = done(ticket::replannings(&office.store).await);
        assert_eq!((far[0].total, far[0].done, far[0].moved, far[0].ended_at.is_some()), (2, 2, 2, true));
        done(ticket::replan(&office.store, id).await);
        assert_eq!(told(&office, &open, "ticket.clock_replanned").await.len(), 1, "once is enough");
    }

    async fn im_014_an_agreement_may_be_for_a_service_and_for_who_asks(db: Backend) {
        let office = agreed(&db).await;
        let (_, mut text) = agreement(&office).await;
        text.name = "Stampa per chi conta".to_owned();
        text.fallback = false;
        text.services = vec!["stampa".to_owned()];
        text.requesters = vec!["vip".to_owned()];
        let add = office.store.write(Lane::People, move |tx| {
            let text = text.clone();
            Box::pin(async move { service_level::add_agreement(tx, &Author::system("test"), None, text).await })
        });
        let own = done(add.await).id;
        let rosa = office.people["rosa"];
        let category = format!("/api/v1/people/{rosa}/category");
        let set = async |code: Value| {
            let body = json!({"category": code}).to_string();
            office.send("admin", "PUT", &category, &[], body).await.expect(200)
        };
        let under_own = async |ticket: &str| {
            let clocks = office.get("anna", ticket).await.expect(200)["clocks"].clone();
            let resolution = clocks.as_array().unwrap().iter().find(|clock| clock["metric"] == "resolution").unwrap();
            resolution["agreement"] == json!(own)
        };
        let by_rosa = async || {
            let body = json!({"subject": "Non stampa", "requester": {"id": rosa}});
            let made = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
            format!("/api/v1/tickets/{}", made["number"].as_str().unwrap())
        };
        let classify = json!({"kind": "incident", "category": "Toner"});
        let before = by_rosa().await;
        assert_eq!(set(json!("vip")).await["category"], "vip");
        for (ticket, expected) in [(&before, false), (&by_rosa().await, true)] {
            office.act("anna", ticket, "take", json!({})).await;
            assert!(!under_own(ticket).await, "of which service it is nobody knows");
            office.act("anna", ticket, "classification", classify.clone()).await;
            assert_eq!(under_own(ticket).await, expected, "what counts is what they were when they asked");
        }
        let later = by_rosa().await;
        set(Value::Null).await;
        office.act("anna", &later, "take", json!({})).await;
        office.act("anna", &later, "classification", classify.clone()).await;
        assert!(under_own(&later).await, "the ticket keeps what was said of them");
        office.act("anna", &later, "identification", json!({"requester": {"id": rosa}, "verified": true})).await;
        assert!(!under_own(&later).await, "until they are named anew");
        let unknown = json!({"category": "nobile"}).to_string();
        office.send("admin", "PUT", &category, &[], unknown).await.problem(422);
        office.send("anna", "PUT", &category, &[], json!({"category": "vip"}).to_string()).await.problem(403);
    }

    async fn the_report_tells_what_the_clocks_told(db: Backend) {
        let office = agreed(&db).await;
        let (taken, late, cancelled) = (office.ticket("PER").await, office.ticket("PER").await, office.ticket("PER").await);
        office.act("anna", &taken, "take", json!({})).await;
        office.act("anna", &cancelled, "cancellation", json!({"reason": "Aperta per errore"})).await;
        reach(&office, &late, "2026-11-24T10:00:00Z").await;
        let measured = done(ticket::compliance(&office.store, &ticket::Measure::default()).await);
        let share = |metric: &str| measured[0].shares.iter().find(|share| share.metric == metric && share.priority.is_none()).cloned().unwrap();
        let (taking, reply) = (share("taking_charge"), share("first_reply"));
        assert_eq!((taking.met, taking.clocks, taking.percent), (1, 2, Some(50.0)), "taken in time, and not taken");
        assert_eq!((reply.met, reply.clocks, reply.median), (0, 2, None), "nobody was answered");
        assert!(measured[0].shares.iter().all(|share| share.metric != "resolution"), "nothing of it is due yet");
        // Another edition changes what is promised from now on, and not what was kept.
        let (_, mut text) = agreement(&office).await;
        text.targets.iter_mut().for_each(|one| one.seconds = 365 * 86_400);
        change(&office, text).await;
        let again = done(ticket::compliance(&office.store, &ticket::Measure::default()).await);
        assert_eq!(again[0].shares, measured[0].shares);
    }

    async fn a_list_by_what_is_due_follows_the_clocks(db: Backend) {
        let office = agreed(&db).await;
        let first = office.ticket("PER").await;
        office.clock.advance(60);
        let taken = office.ticket("PER").await;
        office.act("anna", &taken, "take", json!({})).await;
        office.act("anna", &taken, "messages", json!({"body": "Buongiorno"})).await;
        let due = |card: &store::Card| card.due_at;
        let mut cards = Vec::new();
        for ticket in [&first, &taken] {
            let number = office.get("anna", ticket).await.expect(200)["number"].as_str().unwrap().to_owned();
            cards.extend(done(office.store.read().cards_numbered(&[number]).await));
        }
        assert!(due(&cards[0]) < due(&cards[1]), "{cards:?}");
        assert!(due(&cards[0]) < Instant::NEVER && due(&cards[1]) < Instant::NEVER);
    }
}
