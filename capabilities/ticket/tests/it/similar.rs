//! Already reported? (SD-055): what is proposed to whoever reports something again, and to whom it is not.

use crate::bulk::work;
use crate::office::{Office, done};
use crate::visitor::Visitor;
use configuration::{Area, LinkPolicy, Parameters};
use kernel::Author;
use serde_json::{Value, json};
use store::Lane;
use testkit::Backend;

/// A ticket of the first area (or the other one) with this subject; its path.
async fn ticket(office: &Office, area: &str, subject: &str) -> String {
    let who = if area == "PER" { "anna" } else { "carla" };
    let body = json!({"area": area, "subject": subject, "requester": {"id": office.people["rosa"]}});
    let ticket = office.post(who, "/api/v1/tickets", &body).await.expect(201);
    format!("/api/v1/tickets/{}", ticket["number"].as_str().unwrap())
}

fn number(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

async fn asked(office: &Office, who: &str, path: &str) -> Value {
    office.get(who, path).await.expect(200)
}

fn numbers(similar: &Value) -> Vec<&str> {
    let tickets = similar["tickets"].as_array().unwrap();
    tickets
        .iter()
        .map(|ticket| ticket["number"].as_str().unwrap())
        .collect()
}

/// Hangs a malfunction on another.
async fn hang(office: &Office, child: &str, parent: &str) {
    for path in [child, parent] {
        office.act("anna", path, "take", json!({})).await;
        office
            .act("anna", path, "classification", json!({"kind": "incident"}))
            .await;
    }
    let body = json!({"kind": "parent", "to": number(parent)});
    office.act("anna", child, "link", body).await;
}

async fn decide(office: &Office, policy: LinkPolicy) {
    let area = office.areas["PER"];
    let written = office.store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut area = tx.load::<Area>(area).await?;
            let parameters = Parameters {
                parent_link_policy: policy,
                ..area.state.parameters.clone()
            };
            configuration::set_parameters(tx, &Author::system("test"), &mut area, parameters).await
        })
    });
    done(written.await);
}

const FERMA: &str = "/api/v1/similar?subject=Stampante+del+terzo+piano+ferma&area=PER";

testkit::both_backends! {
    async fn sd_055_open_tickets_with_the_same_words_are_proposed_and_say_why(db: Backend) {
        let office = Office::open(&db).await;
        let printer = ticket(&office, "PER", "La stampante al terzo piano è ferma").await;
        ticket(&office, "PER", "Cedolino di luglio").await;
        let found = asked(&office, "anna", FERMA).await;
        assert_eq!(numbers(&found), [number(&printer)]);
        let why = &found["tickets"][0]["why"];
        assert_eq!(why["words"], json!(["Stampante", "terzo", "piano", "ferma"]), "as they were written");
        assert_eq!((&why["near"], &why["parent"]), (&json!(true), &json!(false)));
        let again = ticket(&office, "PER", "Stampante ferma al terzo piano").await;
        let found = asked(&office, "anna", &format!("{again}/similar")).await;
        assert_eq!(numbers(&found), [number(&printer)], "not the ticket itself");
        let nothing = asked(&office, "anna", "/api/v1/similar?subject=Sedia+rotta").await;
        assert_eq!(nothing, json!({"tickets": [], "outages": []}));
    }

    async fn sd_055_a_word_that_only_a_message_holds_counts_and_one_of_a_note_does_not(db: Backend) {
        let office = Office::open(&db).await;
        let said = ticket(&office, "PER", "Non riesco a lavorare").await;
        office.act("anna", &said, "messages", json!({"body": "Il plotter gigante perde inchiostro"})).await;
        let noted = ticket(&office, "PER", "Altra cosa").await;
        office.act("anna", &noted, "messages", json!({"body": "Forse il plotter gigante", "visibility": "internal"})).await;
        let found = asked(&office, "anna", "/api/v1/similar?subject=plotter+gigante").await;
        assert_eq!(numbers(&found), [number(&said)]);
    }

    async fn sd_055_a_parent_is_proposed_instead_of_what_hangs_on_it(db: Backend) {
        let office = Office::open(&db).await;
        let parent = ticket(&office, "PER", "Guasto al server di stampa").await;
        let child = ticket(&office, "PER", "La stampante al terzo piano è ferma").await;
        hang(&office, &child, &parent).await;
        let found = asked(&office, "anna", FERMA).await;
        assert_eq!(numbers(&found), [number(&parent)], "though its own words are others");
        assert_eq!(found["tickets"][0]["why"]["parent"], true);
        let own = asked(&office, "anna", &format!("{parent}/similar")).await;
        assert_eq!(numbers(&own), [""; 0], "its own child is no news to a parent");
        let own = asked(&office, "anna", &format!("{child}/similar")).await;
        assert_eq!(numbers(&own), [""; 0], "nor is the parent to its child");
    }

    async fn sd_055_where_the_area_says_never_no_parent_is_proposed(db: Backend) {
        let office = Office::open(&db).await;
        let parent = ticket(&office, "PER", "Stampante ferma al terzo piano").await;
        let child = ticket(&office, "PER", "Stampante ferma anche da me").await;
        hang(&office, &child, &parent).await;
        let alone = ticket(&office, "PER", "Stampante del terzo piano di nuovo ferma").await;
        decide(&office, LinkPolicy::Never).await;
        assert_eq!(numbers(&asked(&office, "anna", FERMA).await), [number(&alone)]);
        decide(&office, LinkPolicy::Ask).await;
        let asked = asked(&office, "anna", FERMA).await;
        assert!(numbers(&asked).contains(&number(&parent)), "{asked}");
    }

    async fn what_has_ended_or_may_not_be_seen_is_not_proposed(db: Backend) {
        let office = Office::open(&db).await;
        let elsewhere = ticket(&office, "TEC", "La stampante al terzo piano è ferma").await;
        let ended = ticket(&office, "PER", "Stampante ferma al terzo piano").await;
        office.act("anna", &ended, "cancellation", json!({"reason": "doppione"})).await;
        let found = asked(&office, "anna", FERMA).await;
        assert_eq!(numbers(&found), [""; 0]);
        assert_eq!(numbers(&asked(&office, "carla", "/api/v1/similar?subject=stampante+ferma").await), [number(&elsewhere)]);
        assert_eq!(numbers(&asked(&office, "admin", "/api/v1/similar?subject=stampante+ferma").await), [number(&elsewhere)]);
        office.get("anna", &format!("{elsewhere}/similar")).await.problem(404);
        // Whoever asked sees their own, and nobody else's.
        assert_eq!(numbers(&asked(&office, "rosa", "/api/v1/similar?subject=stampante+ferma").await), [number(&elsewhere)]);
        assert_eq!(numbers(&asked(&office, "dpo", "/api/v1/similar?subject=sedia").await), [""; 0]);
    }

    async fn what_is_asked_is_read_at_the_door(db: Backend) {
        let office = Office::open(&db).await;
        assert_eq!(office.get("anna", "/api/v1/similar").await.problem(422).1, ["subject"]);
        assert_eq!(office.get("anna", "/api/v1/similar?subject=x&area=NO&category=NO").await.problem(422).1, ["area", "category"]);
        office.get("", "/api/v1/similar?subject=x").await.problem(401);
        assert_eq!(asked(&office, "anna", "/api/v1/similar?subject=%27%29+OR+%22+a").await["tickets"], json!([]));
    }

    async fn at_most_five_are_proposed_the_likeliest_first_and_of_two_alike_the_newer(db: Backend) {
        let office = Office::open(&db).await;
        let mut all = Vec::new();
        for _ in 0..7 {
            all.push(ticket(&office, "PER", "Stampante ferma").await);
        }
        let best = ticket(&office, "PER", "Stampante del terzo piano ferma").await;
        let found = asked(&office, "anna", FERMA).await;
        let newest = all.iter().rev().take(4).map(|path| number(path));
        let expected: Vec<&str> = std::iter::once(number(&best)).chain(newest).collect();
        assert_eq!(numbers(&found), expected);
    }

    async fn sd_055_a_call_about_what_was_reported_is_hung_on_its_parent_and_sd_056_what_was_told_stands_there(db: Backend) {
        let office = Office::open(&db).await;
        let parent = ticket(&office, "PER", "Stampante ferma al terzo piano").await;
        let anna = Visitor::of(&office, "anna").await;
        let typed = anna.get("/tickets/new/reported?subject=stampante+ferma&area=PER").await.text();
        assert!(typed.contains(number(&parent)) && typed.contains("stesse parole: stampante, ferma"), "{typed}");
        assert!(!anna.get("/tickets/new/reported?subject=sedia").await.text().contains("SR-"));
        let rosa = office.people["rosa"].to_string();
        let said = "1795433400000 Stampa ferma, sede di Roma: ripristino previsto alle 12:30.";
        let fields = [("person", rosa.as_str()), ("subject", "La stampante è ferma"), ("parent", number(&parent)), ("told", said)];
        let opened = anna.submit("/tickets/new", &fields).await;
        assert_eq!(opened.status.as_u16(), 303, "{}", opened.text());
        let child = opened.header("location").unwrap().split('/').find(|part| part.starts_with("SR-")).unwrap().to_owned();
        let ticket = asked(&office, "anna", &format!("/api/v1/tickets/{child}")).await;
        assert_eq!((&ticket["state"], &ticket["kind"], &ticket["links"][0]["number"]), (&json!("linked"), &json!("incident"), &json!(number(&parent))));
        let story = asked(&office, "anna", &format!("/api/v1/tickets/{child}/timeline")).await;
        let told = story["items"].as_array().unwrap().iter().find(|entry| entry["type"] == "ticket.times_told").unwrap();
        assert_eq!((&told["data"]["text"], &told["data"]["expected_at"]), (&json!("Stampa ferma, sede di Roma: ripristino previsto alle 12:30."), &json!("2026-11-23T11:30:00.000Z")));
        assert!(anna.get(&format!("/tickets/{child}")).await.text().contains("Detto a voce al richiedente"));
        assert!(asked(&office, "anna", &parent).await["children"].to_string().contains(&child), "the parent knows its child");
    }

    async fn sd_055_beside_a_ticket_one_click_says_that_it_is_the_same_and_takes_and_classifies_it(db: Backend) {
        let office = Office::open(&db).await;
        let parent = ticket(&office, "PER", "Stampante ferma al terzo piano").await;
        let child = ticket(&office, "PER", "La stampante è ferma").await;
        let (anna, page) = (Visitor::of(&office, "anna").await, format!("/tickets/{}", number(&child)));
        assert!(anna.get(&page).await.text().contains("Già segnalato?"));
        let done = anna.submit(&format!("{page}/reported"), &[("parent", number(&parent))]).await;
        assert_eq!(done.status.as_u16(), 303, "{}", done.text());
        assert_eq!(asked(&office, "anna", &child).await["state"], "linked");
        assert!(!anna.get(&page).await.text().contains("Già segnalato?"), "what is linked is not asked about again");
        assert!(!anna.get(&format!("/tickets/{}", number(&parent))).await.text().contains("Già segnalato?"));
        let sara = Visitor::of(&office, "carla").await;
        assert_eq!(sara.submit(&format!("{page}/reported"), &[("told", "1 x")]).await.status.as_u16(), 404, "it is of another area");
        assert_eq!(anna.submit(&format!("{page}/reported"), &[("told", "x")]).await.status.as_u16(), 404);
        assert_eq!(office.post("anna", &format!("{child}/told"), &json!({"text": " "})).await.problem(422).1, ["text"]);
    }

    async fn sd_055_where_the_area_links_by_itself_only_a_clear_parent_is_taken(db: Backend) {
        let office = Office::open(&db).await;
        decide(&office, LinkPolicy::Automatic).await;
        let parent = ticket(&office, "PER", "Stampante ferma al terzo piano").await;
        let first = ticket(&office, "PER", "Ferma la stampante del terzo piano").await;
        hang(&office, &first, &parent).await;
        let again = ticket(&office, "PER", "Stampante del terzo piano ferma").await;
        let vague = ticket(&office, "PER", "La stampante del bagno è ferma").await;
        for path in [&again, &vague] {
            office.act("anna", path, "take", json!({})).await;
            office.act("anna", path, "classification", json!({"kind": "incident"})).await;
        }
        work(&office).await;
        assert_eq!(asked(&office, "anna", &again).await["links"][0]["number"], number(&parent));
        assert_eq!(asked(&office, "anna", &vague).await["links"], json!([]), "half the words are for people");
        let link = asked(&office, "anna", &format!("{again}/timeline")).await;
        let link = link["items"].as_array().unwrap().iter().find(|entry| entry["type"] == "ticket.linked").cloned().unwrap();
        assert_eq!(link["via"], "system");
    }
}
