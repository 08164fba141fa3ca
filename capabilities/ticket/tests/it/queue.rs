//! The queue as somebody likes it: its order, its shape, the conditions that narrow it.

use crate::office::Office;
use crate::visitor::Visitor;
use serde_json::json;
use testkit::Backend;

fn number(ticket: &str) -> &str {
    ticket.rsplit('/').next().unwrap()
}

/// The numbers of the rows on a page, in order.
fn rows(page: &str) -> Vec<String> {
    let rows = page.split("id=\"row-").skip(1);
    rows.map(|row| row.split('"').next().unwrap().to_owned()).collect()
}

/// The address of a link by its words.
fn link(page: &str, words: &str) -> String {
    let before = page.split(words).next().unwrap();
    let href = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    href.replace("&#38;", "&").replace("&amp;", "&")
}

/// Three tickets: the first urgent, the second written to last.
async fn three(office: &Office) -> [String; 3] {
    let mut tickets = Vec::new();
    for _ in 0..3 {
        tickets.push(office.ticket("PER").await);
        office.clock.advance(60);
    }
    office.act("anna", &tickets[0], "take", json!({})).await;
    let urgent = json!({"kind": "incident", "priority": 1, "reason": "Tutti fermi"});
    office.act("anna", &tickets[0], "classification", urgent).await;
    office.clock.advance(60);
    office
        .act("anna", &tickets[1], "messages", json!({"body": "Ci guardiamo"}))
        .await;
    let numbers: Vec<String> = tickets.iter().map(|ticket| number(ticket).to_owned()).collect();
    numbers.try_into().unwrap()
}

/// Where the key for the next ticket leads whoever was led to these before, and what the browser then remembers.
async fn led(office: &Office, passed: &str) -> (String, String) {
    let mut anna = Visitor::of(office, "anna").await;
    anna.cookie = format!("{}; passed={passed}", anna.cookie);
    let answer = anna.get("/tickets/next").await;
    let cookie = answer.header("set-cookie").unwrap_or_default();
    let passed = cookie.split(['=', ';']).nth(1).unwrap_or_default().to_owned();
    (answer.header("location").unwrap().replace("/tickets/", ""), passed)
}

testkit::both_backends! {
    async fn the_next_ticket_is_another_one(db: Backend) {
        let office = Office::open(&db).await;
        let (first, second) = (office.ticket("PER").await, office.ticket("PER").await);
        let (first, second) = (number(&first), number(&second));
        let (to, passed) = led(&office, "").await;
        assert_eq!((to.as_str(), passed.as_str()), (first, first));
        let (to, passed) = led(&office, &passed).await;
        assert_eq!((to.as_str(), &passed), (second, &format!("{first}.{second}")));
        let urgent = json!({"area": "PER", "subject": "Fermo tutto", "kind": "incident", "impact": 1, "urgency": 1, "requester": {"name": "Rita"}});
        let urgent = office.post("anna", "/api/v1/tickets", &urgent).await.expect(201);
        let (to, _) = led(&office, &passed).await;
        assert_eq!(to, urgent["number"], "what is more urgent comes first");
        let all = format!("{passed}.{to}");
        assert_eq!(led(&office, &all).await.0, first, "when all were looked at, from the beginning");
        assert_eq!(led(&office, "../x.SR;").await.0, to, "what the browser says is not believed");
    }

    async fn the_next_ticket_is_the_one_whose_clock_runs_out_first(db: Backend) {
        let office = crate::clocks::agreed(&db).await;
        let of = |impact: i64, urgency: i64| {
            json!({"area": "PER", "subject": "Una domanda", "kind": "information", "impact": impact, "urgency": urgency,
                "requester": {"id": office.people["rosa"]}})
        };
        let slow = office.post("anna", "/api/v1/tickets", &of(3, 2)).await.expect(201);
        assert_eq!(slow["priority"], 4);
        office.clock.advance(6 * 3600);
        let quick = office.post("anna", "/api/v1/tickets", &of(1, 2)).await.expect(201);
        assert_eq!(quick["priority"], 2);
        assert_eq!(led(&office, "").await.0, quick["number"], "an hour is left for the quick one, two for the slow one");
        office.clock.advance(3600 + 1800);
        let later = office.post("anna", "/api/v1/tickets", &of(1, 2)).await.expect(201);
        let passed = quick["number"].as_str().unwrap();
        assert_eq!(led(&office, passed).await.0, slow["number"], "half an hour is left, and an hour for {}", later["number"]);
    }

    async fn the_queue_stands_by_risk_where_times_were_promised(db: Backend) {
        let office = crate::clocks::agreed(&db).await;
        let of = |urgency: i64| {
            json!({"area": "PER", "subject": "Una domanda", "kind": "information", "impact": 3, "urgency": urgency,
                "requester": {"id": office.people["rosa"]}})
        };
        let mut numbers = Vec::new();
        for urgency in [3, 1, 2] {
            let made = office.post("anna", "/api/v1/tickets", &of(urgency)).await.expect(201);
            numbers.push(made["number"].as_str().unwrap().to_owned());
        }
        let [days, hours, evening] = numbers.try_into().unwrap();
        let anna = Visitor::of(&office, "anna").await;
        let page = anna.get("/tickets").await.text();
        assert_eq!(rows(&page), [hours.clone(), evening.clone(), days.clone()], "P3 in four hours, P4 in eight, P5 in sixteen");
        assert!(page.contains("<span>Oggi</span>") && page.contains("<span>Nei prossimi giorni</span>"), "{page}");
        office.clock.advance(2 * 3600 + 60);
        let page = anna.get("/tickets").await.text();
        assert!(page.contains("<span>Entro due ore</span>") && page.contains("data-left"), "{page}");
        office.clock.advance(2 * 3600);
        let page = anna.get("/tickets").await.text();
        let late = page.split("Oltre il termine").nth(1).unwrap();
        assert_eq!(rows(late), [hours, evening, days]);
        assert_eq!(rows(&anna.get("/tickets?sort=priority").await.text()).len(), 3);
    }

    async fn what_a_colleague_is_looking_at_is_not_next(db: Backend) {
        let office = Office::open(&db).await;
        let (first, second) = (office.ticket("PER").await, office.ticket("PER").await);
        let bruno = Visitor::of(&office, "bruno").await;
        let look = |doing| [("page", "a"), ("ticket", number(&first)), ("doing", doing)];
        assert_eq!(bruno.submit("/live/look", &look("viewing")).await.status.as_u16(), 204);
        assert_eq!(led(&office, "").await.0, number(&second));
        assert_eq!(bruno.submit("/live/look", &look("away")).await.status.as_u16(), 204);
        assert_eq!(led(&office, "").await.0, number(&first), "they look elsewhere");
    }

    async fn what_waits_for_the_requester_is_not_next(db: Backend) {
        let office = Office::open(&db).await;
        let solved = json!({"area": "PER", "subject": "Fatto", "kind": "information", "solution": "Ecco", "requester": {"id": office.people["rosa"]},
            "identification": {"requester": {"id": office.people["rosa"]}, "verified": true}});
        let solved = office.post("anna", "/api/v1/tickets", &solved).await.expect(201);
        assert_eq!(solved["state"], "solution_given");
        assert_eq!(led(&office, "").await, ("/tickets".to_owned(), String::new()));
    }

    async fn a_queue_stands_in_the_order_that_its_address_says(db: Backend) {
        let office = Office::open(&db).await;
        let [one, two, three] = three(&office).await;
        let anna = Visitor::of(&office, "anna").await;
        for (query, expected) in [
            ("", [&one, &two, &three]), ("?sort=priority", [&one, &two, &three]), ("?sort=due", [&one, &two, &three]),
            ("?sort=newest", [&three, &two, &one]), ("?sort=oldest", [&one, &two, &three]), ("?sort=updated", [&two, &one, &three]),
            ("?view=all", [&three, &two, &one]), ("?view=all&sort=due", [&three, &two, &one]), ("?view=all&sort=updated", [&two, &one, &three]),
            ("?sort=updated&q=area:personale", [&two, &one, &three]), ("?sort=luck", [&one, &two, &three]),
        ] {
            assert_eq!(rows(&anna.get(&format!("/tickets{query}")).await.text()), expected.map(String::clone), "{query}");
        }
        // The order goes along to the ticket and back, and into a saved view.
        let page = anna.get("/tickets?sort=updated").await.text();
        assert!(page.contains(&format!("href=\"/tickets/{two}?sort=updated\"")), "{page}");
        let saved = anna.submit("/tickets/views", &[("list", "?sort=updated"), ("name", "Si muove"), ("group", "")]).await;
        assert_eq!(saved.header("location"), Some("/tickets?sort=updated"));
        assert!(anna.get("/tickets").await.text().contains("href=\"/tickets?sort=updated\""));
    }

    async fn what_is_not_understood_in_an_address_is_told(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let anna = Visitor::of(&office, "anna").await;
        let lost = "non è di questo elenco";
        for (query, words) in [
            ("?state=zork", "state=zork"), ("?phase=zork", "phase=zork"), ("?view=zork", "view=zork"), ("?sort=luck", "sort=luck"),
            ("?priority=9", "priority=9"), ("?group=x", "group=x"), ("?cursor=zz", "cursor=zz"), ("?after=zz", lost),
            ("?after=9.", lost), ("?sort=newest&after=o.1-1", lost), ("?sort=newest&after=3.", lost), ("?q=stampante&after=n.1-1", lost),
        ] {
            let answer = anna.get(&format!("/tickets{query}")).await;
            answer.expect_status(200);
            let page = answer.text();
            assert!(page.contains(words), "{query}: {page}");
            assert_eq!(rows(&page), [number(&ticket)], "{query}");
        }
        for query in ["", "?sort=newest", "?view=all&phase=&q=stampante", "?write=note"] {
            let page = anna.get(&format!("/tickets{query}")).await.text();
            assert!(!page.contains("non conta") && !page.contains(lost), "{query}");
        }
    }

    async fn every_page_of_an_order_leads_on_to_the_rest(db: Backend) {
        let office = Office::open(&db).await;
        let mut opened = Vec::new();
        for _ in 0..53 {
            opened.push(number(&office.ticket("PER").await).to_owned());
            office.clock.advance(1);
        }
        let anna = Visitor::of(&office, "anna").await;
        for sort in ["priority", "due", "newest", "oldest", "updated"] {
            let mut shown = Vec::new();
            let mut address = format!("/tickets?sort={sort}");
            for _ in 0..4 {
                let page = anna.get(&address).await.text();
                shown.extend(rows(&page));
                let Some(next) = page.split("rel=\"next\" href=\"").nth(1) else { break };
                address = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
                assert!(address.contains(&format!("sort={sort}")), "{address}");
            }
            let mut expected = opened.clone();
            if matches!(sort, "newest" | "updated") {
                expected.reverse();
            }
            assert_eq!(shown, expected, "{sort}");
        }
    }

    async fn the_shape_of_the_queue_is_remembered_for_each_person(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let (anna, bruno) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "bruno").await);
        assert!(!anna.get("/tickets").await.text().contains("queue-table"));
        let chosen = anna.submit("/tickets/shape", &[("shape", "table"), ("list", "?view=new&sort=oldest")]).await;
        assert_eq!(chosen.header("location"), Some("/tickets?view=new&sort=oldest"));
        let page = anna.get("/tickets?view=new&sort=oldest").await.text();
        assert!(page.contains("queue-table") && page.contains("aria-sort=\"ascending\""), "{page}");
        for column in ["Numero", "Oggetto", "Richiedente", "Stato", "Priorità", "Gruppo", "Operatore", "Aperto", "Aggiornato", "Scadenza"] {
            assert!(page.contains(column), "{column}");
        }
        assert_eq!(rows(&page), [number(&ticket)]);
        assert_eq!(link(&page, "Aperto<span"), "/tickets?view=new&sort=newest", "the other way round");
        assert!(!bruno.get("/tickets").await.text().contains("queue-table"), "it is one's own");
        let beside = anna.get(&format!("/tickets/{}", number(&ticket))).await.text();
        assert!(!beside.contains("queue-table"), "beside a ticket there is room for rows alone");
        anna.submit("/tickets/shape", &[("shape", "rows"), ("list", "")]).await.expect_status(303);
        assert!(!anna.get("/tickets").await.text().contains("queue-table"));
    }

    async fn each_condition_is_a_chip_that_takes_it_away(db: Backend) {
        let office = Office::open(&db).await;
        let [one, ..] = three(&office).await;
        let anna = Visitor::of(&office, "anna").await;
        let page = anna.get("/tickets?channel=phone&q=stampante+stato:nuovo,%22in+attesa%22+-p:1").await.text();
        for (label, rest) in [
            ("Canale: telefono", "/tickets?q=stampante%20stato%3Anuovo%2C%22in%20attesa%22%20-p%3A1"),
            ("Stato: nuovo, in attesa", "/tickets?channel=phone&q=stampante%20-p%3A1"),
            ("Priorità: non 1", "/tickets?channel=phone&q=stampante%20stato%3Anuovo%2C%22in%20attesa%22"),
            ("«stampante»", "/tickets?channel=phone&q=stato%3Anuovo%2C%22in%20attesa%22%20-p%3A1"),
        ] {
            assert!(page.contains(label), "{label}: {page}");
            assert_eq!(link(&page, label), rest, "{label}");
        }
        // Conditions alone make a list: counted, in the order that was asked for.
        let page = anna.get("/tickets?q=p:1&sort=oldest").await.text();
        assert_eq!(rows(&page), [one]);
        assert!(page.contains("queue-title\">Da lavorare <small data-count=") && page.contains(">1</small>") && page.contains("Meno recenti"), "{page}");
    }

    async fn any_field_can_be_added_with_its_values(db: Backend) {
        let office = Office::open(&db).await;
        let [one, ..] = three(&office).await;
        let anna = Visitor::of(&office, "anna").await;
        let page = anna.get("/tickets?view=all&q=stampante").await.text();
        for field in ["state", "phase", "group", "area", "priority", "channel", "kind", "category", "operator", "requester", "opened"] {
            let address = format!("/tickets/condition?field={field}&view=all&q=stampante");
            assert!(page.replace("&#38;", "&").contains(&address), "{address}");
            anna.get(&address).await.expect_status(200);
        }
        let values = anna.get("/tickets/condition?field=priority&view=all").await.text();
        assert_eq!(link(&values, ">critica</a>"), "/tickets?view=all&q=priorit%C3%A0%3Acritica");
        assert_eq!(rows(&anna.get("/tickets?view=all&q=priorit%C3%A0%3Acritica").await.text()), [one]);
        let typed = anna.get("/tickets/condition?field=requester&sort=oldest&q=p:1&value=rosa").await;
        assert_eq!(typed.header("location"), Some("/tickets?sort=oldest&q=p%3A1%20richiedente%3Arosa"));
        assert_eq!(anna.get("/tickets/condition?field=colour").await.status.as_u16(), 404);
    }
}
