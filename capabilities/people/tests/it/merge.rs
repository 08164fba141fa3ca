//! Two who are one: what changes hands, what comes back, and who may say so.

use crate::office::{Office, done};
use serde_json::{Value, json};
use store::JobQueue;
use testkit::Backend;

/// A node does all that is due, each twice: a job may run twice and must not mind.
async fn work(office: &Office) {
    let queue = JobQueue::new(office.store.clone(), "node");
    let handlers = people::capability().jobs;
    loop {
        let claimed = done(queue.claim(8).await);
        for job in &claimed {
            let handler = handlers
                .iter()
                .find(|handler| handler.kind == job.kind)
                .expect("a handler");
            done((handler.run)(office.app(), job.payload.clone()).await);
            done((handler.run)(office.app(), job.payload.clone()).await);
            done(queue.done(job.id).await);
        }
        if claimed.is_empty() {
            return;
        }
    }
}

/// A ticket of whoever is named so; its address, and who that is.
async fn asks(office: &Office, requester: Value) -> (String, String) {
    let body = json!({"area": "PER", "subject": "Badge smarrito", "requester": requester});
    let ticket = office.post("anna", "/api/v1/tickets", &body).await.expect(201);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (
        format!("/api/v1/tickets/{}", text(&ticket["number"])),
        text(&ticket["requester"]["id"]),
    )
}

async fn mario(office: &Office) -> String {
    let body = json!({"name": "Mario Rossi", "email": "m.rossi@ente.example", "phone": "06 1"});
    let made = office.post("admin", "/api/v1/people", &body).await.expect(201);
    made["id"].as_str().unwrap().to_owned()
}

async fn requester(office: &Office, ticket: &str) -> String {
    let ticket = office.get("anna", ticket).await.expect(200);
    ticket["requester"]["id"].as_str().unwrap().to_owned()
}

async fn merge(office: &Office, who: &str, person: &str, into: &str) {
    let path = format!("/api/v1/people/{person}/merge");
    let stays = office.post(who, &path, &json!({"into": into})).await.expect(200);
    assert_eq!(stays["id"], into);
    work(office).await;
}

async fn unmerge(office: &Office, who: &str, person: &str) {
    let path = format!("/api/v1/people/{person}/unmerge");
    let back = office.post(who, &path, &json!({})).await.expect(200);
    assert_eq!((&back["id"], &back["merged_into"]), (&json!(person), &Value::Null));
    work(office).await;
}

async fn names(office: &Office, query: &str) -> Vec<String> {
    let found = office
        .get("anna", &format!("/api/v1/people?q={query}"))
        .await
        .expect(200);
    let items = found["items"].as_array().unwrap().iter();
    items
        .map(|person| person["name"].as_str().unwrap().to_owned())
        .collect()
}

/// The journal, and everything that stands beside it, holds.
async fn verifies(office: &Office) {
    let rooms = [
        configuration::capability(),
        catalogue::capability(),
        people::capability(),
        service_level::capability(),
        ticket::capability(),
    ];
    let kinds: Vec<_> = rooms.into_iter().flat_map(|room| room.records).collect();
    let report = done(audit::verify(&office.store, &kinds, None, &|_, _| ()).await);
    assert!(report.is_intact(), "{report:?}");
}

/// How many events of a type a ticket has.
async fn told(office: &Office, ticket: &str, kind: &str) -> usize {
    let timeline = office.get("anna", &format!("{ticket}/timeline")).await.expect(200);
    let entries = timeline["items"].as_array().unwrap().iter();
    entries.filter(|entry| entry["type"] == kind).count()
}

testkit::both_backends! {
    async fn a_guest_is_merged_with_all_they_asked_for_and_an_error_is_put_right(db: Backend) {
        let office = Office::with(&db, vec![privacy::capability()]).await;
        let mario = mario(&office).await;
        let (his, _) = asks(&office, json!({"id": mario})).await;
        let (first, guest) = asks(&office, json!({"name": "M. Rossi", "phone": "06 2"})).await;
        let (closed, same) = asks(&office, json!({"phone": "06 2"})).await;
        assert_eq!(guest, same);
        office.act("anna", &closed, "cancellation", json!({"reason": "doppio"})).await;
        merge(&office, "anna", &guest, &mario).await;
        for ticket in [&first, &closed] {
            assert_eq!(requester(&office, ticket).await, mario);
            assert_eq!(told(&office, ticket, "ticket.requester_merged").await, 1, "told once, however often it is done");
        }
        assert_eq!(told(&office, &his, "ticket.requester_merged").await, 0);
        let gone = office.get("anna", &format!("/api/v1/people/{guest}")).await.expect(200);
        assert_eq!(gone["merged_into"], mario.as_str());
        assert_eq!(names(&office, "rossi").await, ["Mario Rossi"]);
        assert_eq!(names(&office, "062").await, ["Mario Rossi"], "found by what reached the guest");
        let (later, now) = asks(&office, json!({"phone": "06 2"})).await;
        assert_eq!(now, mario, "whoever calls from there is known");
        let (named, still) = asks(&office, json!({"id": guest})).await;
        assert_eq!(still, mario);
        unmerge(&office, "anna", &guest).await;
        for (ticket, who) in [(&first, &guest), (&closed, &guest), (&his, &mario), (&later, &mario), (&named, &mario)] {
            assert_eq!(&requester(&office, ticket).await, who, "{ticket}");
        }
        assert_eq!(names(&office, "062").await, ["M. Rossi"]);
        assert_eq!(told(&office, &first, "ticket.requester_unmerged").await, 1);
        verifies(&office).await;
    }

    async fn many_requests_change_hands_a_few_at_a_time(db: Backend) {
        let office = Office::open(&db).await;
        let mario = mario(&office).await;
        let (mut tickets, mut guest) = (Vec::new(), String::new());
        for _ in 0..53 {
            let (ticket, who) = asks(&office, json!({"phone": "06 2"})).await;
            tickets.push(ticket);
            guest = who;
        }
        merge(&office, "anna", &guest, &mario).await;
        for ticket in &tickets {
            assert_eq!(requester(&office, ticket).await, mario);
        }
        unmerge(&office, "anna", &guest).await;
        for ticket in &tickets {
            assert_eq!(requester(&office, ticket).await, guest);
        }
    }

    async fn a_merge_that_was_undone_at_once_takes_nothing_along(db: Backend) {
        let office = Office::open(&db).await;
        let mario = mario(&office).await;
        let (ticket, guest) = asks(&office, json!({"phone": "06 2"})).await;
        let path = format!("/api/v1/people/{guest}");
        office.post("anna", &format!("{path}/merge"), &json!({"into": mario})).await.expect(200);
        office.post("anna", &format!("{path}/unmerge"), &json!({})).await.expect(200);
        work(&office).await;
        office.clock.advance(60);
        work(&office).await;
        assert_eq!(requester(&office, &ticket).await, guest);
        assert_eq!(told(&office, &ticket, "ticket.requester_merged").await, 0);
    }

    async fn whoever_was_named_since_stays_the_one_who_asks(db: Backend) {
        let office = Office::open(&db).await;
        let mario = mario(&office).await;
        let (ticket, guest) = asks(&office, json!({"phone": "06 2"})).await;
        merge(&office, "anna", &guest, &mario).await;
        let rosa = office.people["rosa"].to_string();
        office.act("anna", &ticket, "identification", json!({"requester": {"id": rosa}})).await;
        unmerge(&office, "anna", &guest).await;
        assert_eq!(requester(&office, &ticket).await, rosa);
    }

    async fn over_two_merges_each_gets_back_their_own(db: Backend) {
        let office = Office::open(&db).await;
        let mario = mario(&office).await;
        let (one, first) = asks(&office, json!({"phone": "06 2"})).await;
        let (two, second) = asks(&office, json!({"phone": "06 3"})).await;
        merge(&office, "anna", &first, &second).await;
        merge(&office, "anna", &second, &mario).await;
        assert_eq!((requester(&office, &one).await, requester(&office, &two).await), (mario.clone(), mario.clone()));
        assert_eq!(names(&office, "062").await, ["Mario Rossi"], "led on twice");
        unmerge(&office, "anna", &first).await;
        assert_eq!((requester(&office, &one).await, requester(&office, &two).await), (first.clone(), mario));
        unmerge(&office, "anna", &second).await;
        assert_eq!((requester(&office, &one).await, requester(&office, &two).await), (first, second));
    }

    async fn what_may_not_be_merged_is_refused_and_nothing_is_written(db: Backend) {
        let office = Office::open(&db).await;
        let mario = mario(&office).await;
        let (_, guest) = asks(&office, json!({"phone": "06 2"})).await;
        let (_, other) = asks(&office, json!({"phone": "06 3"})).await;
        merge(&office, "anna", &other, &mario).await;
        let before = office.events().await;
        let nobody = "00000000-0000-7000-8000-000000000000";
        let (anna, rosa) = (office.people["anna"].to_string(), office.people["rosa"].to_string());
        for (who, person, into, status, what) in [
            ("anna", guest.as_str(), guest.as_str(), 422, "into"), ("anna", &guest, nobody, 422, "into"),
            ("anna", &guest, &other, 422, "into"), ("anna", nobody, &mario, 404, "not_found"),
            ("anna", &other, &rosa, 409, "already_merged"), ("admin", &anna, &mario, 409, "signs_in"),
            ("anna", &rosa, &mario, 403, "forbidden"), ("rosa", &guest, &mario, 403, "forbidden"),
            ("sara", &guest, &mario, 403, "forbidden"), ("servizio", &guest, &mario, 403, "forbidden"),
        ] {
            let answer = office.post(who, &format!("/api/v1/people/{person}/merge"), &json!({"into": into})).await;
            let (code, fields) = answer.problem(status);
            assert!(code == what || fields == [what], "{who} {what}: {code} {fields:?}");
        }
        done(people::set_password(&office.store, office.people["rosa"], "rosa@ente.example", "una frase lunga").await);
        let path = format!("/api/v1/people/{rosa}/merge");
        assert_eq!(office.post("admin", &path, &json!({"into": mario})).await.problem(409).0, "signs_in");
        let path = format!("/api/v1/people/{guest}/unmerge");
        assert_eq!(office.post("anna", &path, &json!({})).await.problem(409).0, "not_merged");
        office.post("carla", &format!("/api/v1/people/{other}/merge"), &json!({"into": mario})).await.expect(200);
        assert_eq!(office.events().await, before, "what is so already is not said again");
    }

    async fn those_who_may_be_the_same_are_proposed_with_the_reason(db: Backend) {
        let office = Office::open(&db).await;
        for body in [
            json!({"name": "Mario Rossi", "email": "mario.rossi@ente.example", "phone": "+39 06 1234"}),
            json!({"name": "Rossi Mario", "pin": "77"}), json!({"name": "Mario Rosssi"}), json!({"name": "Lucia Rossi"}),
        ] {
            office.post("admin", "/api/v1/people", &body).await.expect(201);
        }
        let (_, guest) = asks(&office, json!({"name": "Mario Rossi", "phone": "06 1234"})).await;
        let doubles = office.get("anna", &format!("/api/v1/people/{guest}/doubles")).await.expect(200);
        let found: Vec<(&str, Value)> = doubles["items"].as_array().unwrap().iter()
            .map(|double| (double["person"]["name"].as_str().unwrap(), double["likeness"].clone())).collect();
        assert_eq!(found, [
            ("Mario Rossi", json!(["phone", "name"])), ("Rossi Mario", json!(["name"])), ("Mario Rosssi", json!(["similar_name"])),
        ]);
    }

    async fn forgetting_somebody_forgets_who_turned_out_to_be_them(db: Backend) {
        let office = Office::with(&db, vec![registry::capability(), task::capability(), privacy::capability()]).await;
        let mario = mario(&office).await;
        let (ticket, guest) = asks(&office, json!({"name": "Marietto Zeta", "phone": "06 2"})).await;
        merge(&office, "anna", &guest, &mario).await;
        let path = format!("/api/v1/people/{mario}/erasure");
        let (_, fields) = office.post("dpo", &path, &json!({"reason": "richiesta di Marietto Zeta"})).await.problem(422);
        assert_eq!(fields, ["reason"], "nobody is named, under whichever name");
        office.post("dpo", &path, &json!({"reason": "richiesta dell'interessato"})).await.expect(201);
        for person in [&guest, &mario] {
            office.get("dpo", &format!("/api/v1/people/{person}")).await.problem(404);
        }
        assert_eq!(office.get("anna", &ticket).await.expect(200)["subject"], "");
        verifies(&office).await;
    }
}
