//! Tasks by the API: who hangs them, who may tick them, what becomes of them.

use crate::office::{Office, done};
use crate::stage::{hung, id, office, path, titles, told, within, work};
use serde_json::{Value, json};
use testkit::Backend;

async fn send(office: &Office, who: &str, path: &str, version: i64, body: &Value) -> crate::office::Answer {
    let meant = format!("\"{version}\"");
    office
        .send(who, "PUT", path, &[("if-match", meant.as_str())], body.to_string())
        .await
}

testkit::both_backends! {
    async fn a_task_is_written_changed_done_undone_and_withdrawn_each_once(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let made = hung(&office, &ticket, &json!({"title": " Chiamare la sede ", "details": "Chiedere di Piero"})).await;
        let at = path(&made);
        assert_eq!((&made["title"], &made["state"], made["place"].as_i64()), (&json!("Chiamare la sede"), &json!("open"), Some(1)));
        let changed = json!({"title": "Chiamare Roma", "operator": office.people["bruno"]});
        assert_eq!(send(&office, "anna", &at, 1, &changed).await.expect(200)["version"], 2);
        send(&office, "anna", &at, 1, &changed).await.problem(412);
        assert_eq!(send(&office, "anna", &at, 2, &changed).await.expect(200)["version"], 2, "as it was makes no event");
        let post = async |act: &str| office.post("bruno", &format!("{at}/{act}"), &json!({})).await;
        let ticked = post("done").await.expect(200);
        assert_eq!((&ticked["state"], &ticked["ended_by"]), (&json!("done"), &json!(office.people["bruno"])));
        assert_eq!(post("done").await.expect(200)["version"], 3, "done twice is done once");
        assert_eq!(office.send("anna", "PUT", &at, &[], changed.to_string()).await.problem(409).0, "task_done");
        let again = post("undone").await.expect(200);
        assert_eq!((&again["state"], &again["ended_by"]), (&json!("open"), &Value::Null));
        let withdrawal = format!("{at}/withdrawal");
        assert_eq!(office.post("anna", &withdrawal, &json!({})).await.problem(422).1, ["reason"]);
        let gone = office.post("anna", &withdrawal, &json!({"reason": "Ha richiamato"})).await.expect(200);
        assert_eq!((&gone["state"], &gone["reason"]), (&json!("withdrawn"), &json!("Ha richiamato")));
        assert_eq!(post("done").await.problem(409).0, "task_withdrawn");
        let kinds: Vec<_> = [configuration::capability(), catalogue::capability(), people::capability(), ticket::capability(), task::capability()]
            .into_iter().flat_map(|room| room.records).collect();
        let verified = done(audit::verify(&office.store, &kinds, None, &|_, _| {}).await);
        assert!(verified.first_broken.is_none(), "{verified:?}");
    }

    async fn the_same_request_hangs_one_task(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let (once, body) = ([("idempotency-key", "uno")], json!({"title": "Uno"}));
        let first = office.post_with("anna", &format!("{ticket}/tasks"), &once, &body).await.expect(201);
        let again = office.post_with("anna", &format!("{ticket}/tasks"), &once, &body).await.expect(201);
        assert_eq!(first["id"], again["id"]);
        assert_eq!(titles(&office.get("anna", &format!("{ticket}/tasks")).await.expect(200)), ["Uno"]);
    }

    async fn what_is_wrong_is_named(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let other = office.groups["Sportello Tecnologie"];
        for (task, field) in [
            (json!({"title": " "}), "title"), (json!({"title": "x".repeat(201)}), "title"), (json!({"title": "a\nb"}), "title"),
            (json!({"title": "x", "details": "x".repeat(4001)}), "details"),
            (json!({"title": "x", "due_at": within(&office, -1)}), "due_at"),
            (json!({"title": "x", "due_at": within(&office, 3 * 366 * 86_400)}), "due_at"),
            (json!({"title": "x", "group": other}), "group"), (json!({"title": "x", "group": kernel::Uuid::now_v7()}), "group"),
            (json!({"title": "x", "operator": office.people["carla"]}), "operator"),
            (json!({"title": "x", "operator": office.people["rosa"]}), "operator"),
            (json!({"title": "x", "operator": office.people["luca"], "group": office.groups["Sistemi"]}), "operator"),
        ] {
            let (_, fields) = office.post("anna", &format!("{ticket}/tasks"), &task).await.problem(422);
            assert_eq!(fields, [field], "{task}");
        }
    }

    async fn who_handles_the_ticket_writes_and_whom_it_is_for_ticks(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let made = hung(&office, &ticket, &json!({"title": "Verificare i registri", "group": office.groups["Sistemi"]})).await;
        let at = path(&made);
        let wish = json!({"title": "Altro"});
        // Who, reads the ticket's tasks, hangs one, reads this one, changes it, ticks it.
        for (who, list, hang, read, change, tick) in [
            ("anna", 200, 201, 200, 200, 200), ("capo", 200, 201, 200, 200, 200), ("admin", 200, 201, 200, 200, 200),
            ("sara", 404, 404, 200, 403, 200), ("luca", 404, 404, 404, 404, 404), ("carla", 404, 404, 404, 404, 404),
            ("servizio", 200, 403, 200, 403, 403), ("revisore", 200, 403, 200, 403, 403), ("rosa", 403, 403, 404, 404, 404),
        ] {
            let tasks = format!("{ticket}/tasks");
            let same = json!({"title": made["title"], "group": made["group"]}).to_string();
            let found = [
                office.get(who, &tasks).await.status, office.post(who, &tasks, &wish).await.status,
                office.get(who, &at).await.status, office.send(who, "PUT", &at, &[], same).await.status,
                office.post(who, &format!("{at}/done"), &json!({})).await.status,
            ].map(|status| status.as_u16());
            assert_eq!(found, [list, hang, read, change, tick], "{who}");
            office.post("anna", &format!("{at}/undone"), &json!({})).await.expect(200);
        }
    }

    async fn a_ticket_that_has_ended_takes_no_more_tasks_and_open_ones_do_not_hold_it(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let made = hung(&office, &ticket, &json!({"title": "Resta aperta"})).await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "cancellation", json!({"reason": "Doppione"})).await;
        let refused = office.post("anna", &format!("{ticket}/tasks"), &json!({"title": "Tardi"})).await.problem(409);
        assert_eq!(refused.0, "SD-110");
        office.post("anna", &format!("{}/done", path(&made)), &json!({})).await.expect(200);
    }

    async fn an_instant_that_passed_is_told_once_also_after_an_outage(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let due = |seconds| json!({"title": "Presto", "due_at": within(&office, seconds)});
        let late = hung(&office, &ticket, &due(600)).await;
        let kept = hung(&office, &ticket, &due(600)).await;
        let moved = hung(&office, &ticket, &due(600)).await;
        office.post("anna", &format!("{}/done", path(&kept)), &json!({})).await.expect(200);
        office.send("anna", "PUT", &path(&moved), &[], due(86_400 * 3).to_string()).await.expect(200);
        work(&office).await;
        assert_eq!(told(&office, id(&late), "task.overdue").await, 0);
        office.clock.advance(2 * 86_400);
        work(&office).await;
        work(&office).await;
        let counts = [told(&office, id(&late), "task.overdue").await, told(&office, id(&kept), "task.overdue").await,
                      told(&office, id(&moved), "task.overdue").await];
        assert_eq!(counts, [1, 0, 0]);
        assert_eq!(office.get("anna", &path(&late)).await.expect(200)["overdue"], true);
        // One that was ticked by mistake is told when it turns out to be open.
        office.post("anna", &format!("{}/undone", path(&kept)), &json!({})).await.expect(200);
        work(&office).await;
        assert_eq!(told(&office, id(&kept), "task.overdue").await, 1);
    }

    async fn my_tasks_are_mine_and_my_groups_by_instant_page_by_page(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let (sara, systems) = (office.people["sara"], office.groups["Sistemi"]);
        for (title, seconds, operator, group) in [
            ("terza", Some(300), Some(sara), None), ("prima", Some(100), None, Some(systems)),
            ("seconda", Some(200), Some(sara), Some(systems)), ("altrui", Some(50), Some(office.people["bruno"]), None),
            ("quando si vuole", None, Some(sara), None),
        ] {
            let due = seconds.map(|seconds| within(&office, seconds));
            hung(&office, &ticket, &json!({"title": title, "due_at": due, "operator": operator, "group": group})).await;
        }
        let all = office.get("sara", "/api/v1/tasks").await.expect(200);
        assert_eq!(titles(&all), ["prima", "seconda", "terza", "quando si vuole"]);
        let mine = office.get("sara", "/api/v1/tasks?whose=mine").await.expect(200);
        assert_eq!(titles(&mine), ["seconda", "terza", "quando si vuole"]);
        let (mut seen, mut next) = (Vec::new(), Some(String::new()));
        while let Some(cursor) = next {
            let more = if cursor.is_empty() { cursor } else { format!("&cursor={cursor}") };
            let page = office.get("sara", &format!("/api/v1/tasks?limit=2{more}")).await.expect(200);
            seen.extend(titles(&page).into_iter().map(str::to_owned));
            next = page["next"].as_str().map(str::to_owned);
        }
        assert_eq!(seen, ["prima", "seconda", "terza", "quando si vuole"]);
        for (query, field) in [("limit=0", "limit"), ("limit=201", "limit"), ("cursor=n.1-1", "cursor"), ("whose=tutti", "whose")] {
            assert_eq!(office.get("sara", &format!("/api/v1/tasks?{query}")).await.problem(422).1, [field], "{query}");
        }
        office.get("rosa", "/api/v1/tasks").await.problem(404);
    }

    async fn what_was_written_is_erased_with_the_words_of_its_ticket(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let made = hung(&office, &ticket, &json!({"title": "Richiamare Rosa", "details": "Al numero di casa"})).await;
        let (task, on) = (id(&made), made["ticket"].as_str().unwrap().parse().unwrap());
        let author = kernel::Author::system("test");
        let erase = office.store.write(store::Lane::People, move |tx| {
            Box::pin(async move { task::forget_tasks_of(tx, &author, on, "richiesta").await })
        });
        done(erase.await);
        let now = office.get("anna", &path(&made)).await.expect(200);
        assert_eq!((&now["title"], &now["details"]), (&json!(""), &json!("")));
        let record = done(office.store.read().contents_of(task).await);
        assert!(record.is_empty(), "{record:?}");
    }
}
