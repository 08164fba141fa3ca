//! Tasks and checklists by forms, without script; the card beside the ticket; who hears of a change.

use crate::stage::{hung, id, office, path, visit, within};
use serde_json::json;
use testkit::Backend;

testkit::both_backends! {
    async fn a_task_is_added_ticked_and_found_beside_its_ticket(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let number = ticket.rsplit('/').next().unwrap();
        let page = format!("/tickets/{number}");
        let empty = visit(&office, "anna", "GET", &page, "").await.text();
        assert!(empty.contains("Nessuna attività") && !empty.contains("attività aperta"), "{empty}");
        let add = format!("{page}/tasks?view=all");
        let added = visit(&office, "anna", "POST", &add, "title=Chiamare+%3CRoma%3E&operator=&due_at=").await;
        assert_eq!((added.status.as_u16(), added.header("location")), (303, Some(format!("{page}?view=all#tasks").as_str())));
        let shown = visit(&office, "anna", "GET", &page, "").await.text();
        assert!(shown.contains("Chiamare &#60;Roma&#62;") && shown.contains("un’attività aperta"), "{shown}");
        let tasks = office.get("anna", &format!("{ticket}/tasks")).await.expect(200);
        let tick = format!("/tasks/{}/tick", tasks["items"][0]["id"].as_str().unwrap());
        assert_eq!(visit(&office, "anna", "POST", &tick, "do=done&back=ticket").await.status.as_u16(), 303);
        let done = visit(&office, "anna", "GET", &page, "").await.text();
        assert!(done.contains("Un’attività fatta") && !done.contains("un’attività aperta"), "{done}");
        let wrong = visit(&office, "anna", "POST", &add, "title=&details=resta&due_at=ieri").await;
        assert_eq!((wrong.status.as_u16(), wrong.text().contains("resta")), (422, true), "what was typed stays");
        // A requester finds neither the card nor the pages.
        for (method, path) in [("GET", format!("{page}/tasks/new")), ("POST", tick), ("GET", "/tasks".to_owned()), ("POST", format!("{page}/tasks"))] {
            assert_eq!(visit(&office, "rosa", method, &path, "title=x&do=done").await.status.as_u16(), 404, "{method} {path}");
        }
    }

    async fn a_task_is_changed_and_withdrawn_by_its_page(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let due = within(&office, 3_600);
        let made = hung(&office, &ticket, &json!({"title": "Uno", "due_at": due, "group": office.groups["Sistemi"]})).await;
        let page = format!("/tasks/{}", made["id"].as_str().unwrap());
        let sara = visit(&office, "sara", "GET", &page, "").await.text();
        assert!(sara.contains("Segna come fatta") && !sara.contains("Ritira l’attività"), "{sara}");
        let stale = visit(&office, "anna", "POST", &page, "version=0&title=Due").await;
        assert_eq!(stale.status.as_u16(), 422);
        assert_eq!(visit(&office, "anna", "POST", &page, "version=1&title=Due").await.status.as_u16(), 303);
        let now = office.get("anna", &path(&made)).await.expect(200);
        assert_eq!((&now["title"], &now["due_at"]), (&json!("Due"), &serde_json::Value::Null));
        let withdrawal = format!("{page}/withdrawal");
        assert_eq!(visit(&office, "anna", "POST", &withdrawal, "version=2&reason=").await.status.as_u16(), 422);
        assert_eq!(visit(&office, "anna", "POST", &withdrawal, "version=2&reason=Doppia").await.status.as_u16(), 303);
        assert!(visit(&office, "anna", "GET", &page, "").await.text().contains("Doppia"));
    }

    async fn my_tasks_stand_on_one_page_with_the_tickets_one_may_see(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let empty = visit(&office, "sara", "GET", "/tasks", "").await.text();
        assert!(empty.contains("Niente da fare"), "{empty}");
        hung(&office, &ticket, &json!({"title": "Leggere i registri", "group": office.groups["Sistemi"], "due_at": within(&office, 60)})).await;
        hung(&office, &ticket, &json!({"title": "Sentire il collega", "operator": office.people["anna"]})).await;
        office.clock.advance(120);
        let number = ticket.rsplit('/').next().unwrap();
        let sara = visit(&office, "sara", "GET", "/tasks", "").await.text();
        assert!(sara.contains("Leggere i registri") && sara.contains("in ritardo") && !sara.contains("Sentire"), "{sara}");
        assert!(sara.contains(number) && !sara.contains(&format!("href=\"/tickets/{number}\"")), "a ticket out of sight is a number");
        let anna = visit(&office, "anna", "GET", "/tasks?whose=mine", "").await.text();
        assert!(anna.contains("Sentire") && anna.contains(&format!("href=\"/tickets/{number}\"")), "{anna}");
    }

    async fn checklists_are_set_up_by_forms_and_put_on_tickets(db: Backend) {
        let office = office(&db).await;
        let list = "/administration/checklists";
        assert!(visit(&office, "admin", "GET", list, "").await.text().contains("Ancora nessuna lista"));
        let filled = "name=Nuovo+assunto&area=all&kind=&role=operator&text-1=Utenza&minutes-1=60&text-4=Badge";
        let wrong = visit(&office, "admin", "POST", &format!("{list}/new"), &filled.replace("60", "poco")).await;
        assert_eq!((wrong.status.as_u16(), wrong.text().contains("Utenza")), (422, true), "what was typed stays");
        assert_eq!(visit(&office, "admin", "POST", &format!("{list}/new"), filled).await.status.as_u16(), 303);
        let shown = visit(&office, "admin", "GET", list, "").await.text();
        assert!(shown.contains("Nuovo assunto") && shown.contains("operatore"), "{shown}");
        let made = office.get("admin", "/api/v1/checklists").await.expect(200)["items"][0].clone();
        assert_eq!(made["items"].as_array().unwrap().len(), 2, "empty lines do not count");
        let page = format!("{list}/{}", made["id"].as_str().unwrap());
        assert!(visit(&office, "admin", "GET", &page, "").await.text().contains("value=\"Badge\""));
        let ticket = office.ticket("PER").await;
        let on = format!("/tickets/{}", ticket.rsplit('/').next().unwrap());
        let put = format!("checklist={}", made["id"].as_str().unwrap());
        assert!(visit(&office, "anna", "GET", &on, "").await.text().contains("Usa la lista"));
        assert_eq!(visit(&office, "anna", "POST", &format!("{on}/checklists"), &put).await.status.as_u16(), 303);
        let twice = visit(&office, "anna", "POST", &format!("{on}/checklists"), &put).await;
        assert_eq!((twice.status.as_u16(), twice.text().contains("è già su questo ticket")), (409, true));
        let closed = visit(&office, "admin", "POST", &format!("{page}/standing"), "version=1&active=false").await;
        assert_eq!(closed.status.as_u16(), 303);
        assert!(!visit(&office, "anna", "GET", &on, "").await.text().contains("Usa la lista"));
        assert_eq!(visit(&office, "anna", "GET", list, "").await.status.as_u16(), 403);
    }

    async fn whoever_looks_at_the_ticket_hears_of_its_tasks(db: Backend) {
        let office = office(&db).await;
        let ticket = office.ticket("PER").await;
        let hanging = office.app().slots.of::<live::Hanging>().copied().collect();
        office.live.hang(hanging);
        let since = office.store.position().await.unwrap_or_default();
        let made = hung(&office, &ticket, &json!({"title": "Uno"})).await;
        let mut changes = Vec::new();
        // What others still write on the same server holds back for a moment what is told.
        while !changes.iter().any(|change: &store::Change| change.record == id(&made)) {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            changes = office.store.changes_after(since, 100).await.unwrap_or_default();
        }
        changes.retain(|change| change.record == id(&made));
        let beat = office.live.beat_of(&office.store, 0, changes, Vec::new()).await;
        let changed = beat.map(|beat| beat.changed).unwrap_or_default();
        let told: Vec<_> = changed.iter().map(|one| (one.card.number.as_str(), one.events.clone())).collect();
        assert_eq!(told, [(ticket.rsplit('/').next().unwrap(), vec!["task.created".to_owned()])]);
    }
}
