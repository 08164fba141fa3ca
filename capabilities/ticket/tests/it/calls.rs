//! A call taken by hand (SD-035): found, opened, solved and closed in one act; the one before it waits.

use crate::office::{Office, done};
use crate::visitor::Visitor;
use kernel::{Instant, Uuid};
use serde_json::{Value, json};
use testkit::Backend;

/// What the form of a call holds from the beginning.
fn fresh(page: &str, field: &str) -> String {
    let after = page
        .split(&format!("name=\"{field}\" value=\""))
        .nth(1)
        .unwrap_or_default();
    after.split('"').next().unwrap_or_default().to_owned()
}

async fn number_of(visitor: &Visitor<'_>, fields: &[(&str, &str)]) -> String {
    let answer = visitor.submit("/tickets/new", fields).await;
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let location = answer.header("location").unwrap().to_owned();
    location
        .split('/')
        .find(|part| part.starts_with("SR-"))
        .unwrap()
        .to_owned()
}

async fn names_of(office: &Office, number: &str) -> Vec<(String, String)> {
    let told = office
        .get("anna", &format!("/api/v1/tickets/{number}/timeline"))
        .await
        .expect(200);
    let text = |entry: &Value, field: &str| entry[field].as_str().unwrap_or_default().to_owned();
    let entries = told["items"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| (text(entry, "type"), text(entry, "occurred_at")))
        .collect()
}

async fn half_typed(visitor: &Visitor<'_>, subject: &str) -> Uuid {
    let call = Uuid::now_v7();
    let body = json!({"writer": "a", "fields": {"who": "Bian", "subject": subject, "taken": "true"}});
    let kept = visitor
        .send(
            "PUT",
            &format!("/drafts/call:{call}"),
            "application/json",
            body.to_string().into(),
        )
        .await;
    kept.expect(200);
    call
}

testkit::both_backends! {
    async fn sd_035_a_call_is_opened_taken_solved_and_closed_in_one_act(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let form = anna.get("/tickets/new").await.text();
        let (call, began) = (fresh(&form, "call"), fresh(&form, "began"));
        let opened_at = Instant::from_millis(began.parse().unwrap()).to_string();
        office.clock.advance(90);
        let rosa = office.people["rosa"].to_string();
        let number = number_of(&anna, &[
            ("call", &call), ("began", &began), ("person", &rosa), ("subject", "Password scaduta"),
            ("solution", "Reimpostata al telefono"), ("confirmed", "true"), ("taken", "true"),
        ]).await;
        let ticket = office.get("anna", &format!("/api/v1/tickets/{number}")).await.expect(200);
        assert_eq!(
            (&ticket["state"], &ticket["closed_reason"], &ticket["channel"], &ticket["kind"]),
            (&json!("closed"), &json!("confirmed"), &json!("phone"), &json!("incident")), "{ticket}"
        );
        let told = names_of(&office, &number).await;
        let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
        let process = ["ticket.opened", "ticket.taken", "ticket.classified", "ticket.solution_given", "ticket.solution_accepted", "ticket.closed"];
        assert_eq!(names, process);
        assert_eq!(told[0].1, opened_at, "the contact began when the form was opened");
        assert_ne!(told[1].1, opened_at);
        let aloud = anna.get(&format!("/tickets/{number}/opened")).await.text();
        assert!(aloud.contains("Risolto e chiuso") && aloud.contains("aloud-number"), "{aloud}");
    }

    async fn a_beginning_that_cannot_be_is_not_believed(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let now = office.clock.now();
        let day = 86_400;
        for (began, believed) in [(now.plus_seconds(60), false), (now.plus_seconds(-2 * day), false), (now.plus_seconds(-600), true)] {
            let began_at = began.as_millis().to_string();
            let number = number_of(&anna, &[("name", "Mario Rossi"), ("subject", "Prova"), ("began", &began_at)]).await;
            let told = names_of(&office, &number).await;
            assert_eq!(told[0].1 == began.to_string(), believed, "{told:?}");
        }
    }

    async fn a_form_sent_twice_opens_one_ticket(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let call = Uuid::now_v7().to_string();
        let fields = [("call", call.as_str()), ("name", "Mario Rossi"), ("subject", "Una volta")];
        assert_eq!(number_of(&anna, &fields).await, number_of(&anna, &fields).await);
        let other = [("call", call.as_str()), ("name", "Mario Rossi"), ("subject", "Un'altra volta")];
        assert_ne!(number_of(&anna, &fields).await, number_of(&anna, &other).await);
    }

    async fn a_second_call_in_the_middle_leaves_the_first_as_it_is(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let call = half_typed(&anna, "Stampante muta").await;
        let second = anna.get("/tickets/new").await.text();
        assert!(second.contains("Una chiamata sospesa") && second.contains("Stampante muta"), "{second}");
        assert_ne!(fresh(&second, "call"), call.to_string());
        let resumed = anna.get(&format!("/tickets/new?call={call}")).await.text();
        assert!(resumed.contains("value=\"Stampante muta\"") && resumed.contains("value=\"Bian\""), "{resumed}");
        assert!(!resumed.contains("Una chiamata sospesa"), "it is on screen");
        let bruno = Visitor::of(&office, "bruno").await;
        assert!(!bruno.get(&format!("/tickets/new?call={call}")).await.text().contains("Stampante muta"));
        let key = call.to_string();
        number_of(&anna, &[("call", &key), ("name", "Bianchi"), ("subject", "Stampante muta")]).await;
        assert!(!anna.get("/tickets/new").await.text().contains("sospesa"), "it was sent");
    }

    async fn a_call_that_was_thrown_away_is_fetched_back(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let call = half_typed(&anna, "Forse per sbaglio").await;
        let to = format!("/tickets/new?thrown={call}");
        let thrown = anna.submit(&format!("/drafts/call:{call}/thrown-away"), &[("to", &to)]).await;
        assert_eq!(thrown.header("location"), Some(to.as_str()));
        let after = anna.get(&to).await.text();
        assert!(after.contains("Chiamata scartata") && !after.contains("Forse per sbaglio"), "{after}");
        anna.submit(&format!("/drafts/call:{call}/fetched-back"), &[("to", "/tickets/new")]).await;
        assert!(anna.get("/tickets/new").await.text().contains("Forse per sbaglio"));
    }

    async fn a_call_about_an_open_ticket_goes_on_there_with_what_was_typed(db: Backend) {
        let office = Office::open(&db).await;
        let anna = Visitor::of(&office, "anna").await;
        let rosa = office.people["rosa"].to_string();
        let number = number_of(&anna, &[("person", &rosa), ("subject", "Già aperto")]).await;
        let known = anna.get(&format!("/tickets/new/caller?person={rosa}")).await.text();
        assert!(known.contains(&number) && known.contains("name=\"on\""), "{known}");
        let call = Uuid::now_v7().to_string();
        let fields = [("call", call.as_str()), ("on", &number), ("subject", "Richiama"), ("description", "Ancora niente")];
        let on = anna.submit("/tickets/new", &fields).await;
        assert_eq!(on.header("location").unwrap(), format!("/tickets/{number}?write=note"));
        let draft = done(workspace::draft(&office.store, office.people["anna"], &format!("message:{number}")).await).draft.unwrap();
        assert_eq!((draft.text("kind"), draft.text("text")), ("note", "Richiama\n\nAncora niente"));
        let page = anna.get(&format!("/tickets/{number}?write=note")).await.text();
        assert!(page.contains("Richiama\n\nAncora niente</textarea>"), "{page}");
    }

    async fn people_are_found_by_three_letters_or_a_whole_contact(db: Backend) {
        let office = Office::open(&db).await;
        let (anna, sara) = (Visitor::of(&office, "anna").await, Visitor::of(&office, "sara").await);
        number_of(&anna, &[("name", "Mario Rossi"), ("phone", "06 4761 2147"), ("subject", "Prova")]).await;
        for (who, found) in [("ros", true), ("Ros", true), ("06 4761 2147", true), ("0647612147", true), ("mario", true), ("ro", false), ("Bianchi", false)] {
            let offered = anna.get(&format!("/tickets/new/people?who={}", people::query_value(who))).await.text();
            assert_eq!(offered.contains("data-name=\"Mario Rossi\""), found, "{who}: {offered}");
        }
        // Whose a ticket is, the second level may say too; what is known of callers is the desk's.
        assert_eq!(sara.get("/tickets/new/people?who=ros").await.status.as_u16(), 200);
        assert_eq!(sara.get(&format!("/tickets/new/caller?person={}", office.people["rosa"])).await.status.as_u16(), 403);
    }
}
