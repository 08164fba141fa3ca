//! Who is written to and what they read, through a real mail server.

use crate::office::{Office, done};
use crate::world::{asked, header, mails, office, page, pass, person, read, tamper, with, work};
use serde_json::json;
use store::Sql;
use testkit::Backend;
use testkit::mail_server::MailServer as Server;

testkit::both_backends! {
    async fn sd_034_a_request_in_writing_is_confirmed_once_with_its_number_in_the_requesters_language(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let jane = person(&office, "Jane Doe", Some("jane@ente.example"), "en").await;
        let ticket = asked(&office, &jane, "email").await;
        let number = ticket.rsplit('/').next().unwrap();
        pass(&office).await;
        pass(&office).await;
        assert_eq!(mails(&office, &ticket).await, [("receipt".to_owned(), "sent".to_owned())]);
        let letters = server.letters(1).unwrap();
        assert_eq!(letters.len(), 1);
        let letter = &letters[0];
        assert!(header(letter, "Subject").contains(number), "{letter}");
        assert!(header(letter, "To").contains("<jane@ente.example>"), "{letter}");
        assert!(header(letter, "From").contains("<sportello@ente.example>"), "{letter}");
        assert_eq!(header(letter, "Auto-Submitted"), "auto-generated");
        assert!(letter.contains("Hello Jane Doe,") && letter.contains("<p style="), "{letter}");
        assert!(letter.contains(&format!("/portal/requests/{number}")), "{letter}");
    }

    async fn a_receipt_tells_by_when_it_should_be_solved(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let agreed = office.store.write(store::Lane::People, |tx| Box::pin(async move {
            let names = ("Orario".to_owned(), "Livelli".to_owned());
            service_level::add_usual(tx, &kernel::Author::system("test"), None, names.0, names.1).await
        }));
        done(agreed.await);
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        let shown = office.get("anna", &ticket).await.expect(200);
        let mut clocks = shown["clocks"].as_array().unwrap().iter();
        let resolution = clocks.find(|clock| clock["metric"] == "resolution").unwrap();
        let due = kernel::Instant::parse(resolution["due_at"].as_str().unwrap()).unwrap();
        pass(&office).await;
        let promised = i18n::Language::It.instant(due, &i18n::default_zone());
        let letter = server.letters(1).unwrap().remove(0);
        assert!(letter.contains(&format!("Contiamo di risolverla entro {promised}")), "{letter}");
    }

    async fn sd_089_replies_second_level_solution_and_closing_are_one_conversation(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let gino = person(&office, "Gino Neri", Some("gino@ente.example"), "it").await;
        let ticket = asked(&office, &gino, "web").await;
        office.act("anna", &ticket, "messages", json!({"body": "Ce ne occupiamo <subito>"})).await;
        office.act("anna", &ticket, "messages", json!({"body": "Segreto", "visibility": "internal"})).await;
        pass(&office).await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "assignments", json!({"group": "Sistemi"})).await;
        office.act("anna", &ticket, "assignments", json!({"group": "Applicazioni"})).await;
        pass(&office).await;
        let sent = |occasions: &[&str]| -> Vec<(String, String)> {
            occasions.iter().map(|occasion| ((*occasion).to_owned(), "sent".to_owned())).collect()
        };
        assert_eq!(mails(&office, &ticket).await, sent(&["receipt", "reply", "second_level"]), "the second part is no news");
        let letters = server.letters(3).unwrap();
        let by = |words: &str| letters.iter().find(|letter| letter.contains(words)).unwrap_or_else(|| panic!("{words}: {letters:?}"));
        let (reply, second) = (by("Ce ne occupiamo <subito>"), by("specialisti (Sistemi)"));
        assert!(reply.contains("Ce ne occupiamo &#60;subito&#62;") && !reply.contains("Ciao"), "{reply}");
        assert_eq!((header(reply, "Auto-Submitted"), header(second, "Auto-Submitted")), ("", "auto-generated"));
        let root = |letter: &str| header(letter, "References").split(' ').next().unwrap().to_owned();
        assert!(root(reply).starts_with("<ticket."), "{reply}");
        assert_eq!(root(reply), root(second), "one conversation");
        assert!(!letters.iter().any(|letter| letter.contains("Segreto")), "{letters:?}");
    }

    async fn a_solution_asks_whether_it_works_and_what_the_requester_does_is_not_told_to_them(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let ticket = asked(&office, &office.people["rosa"].to_string(), "web").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "solution", json!({"solution": "Riavvia la stampante"})).await;
        office.act("rosa", &ticket, "messages", json!({"body": "Provo"})).await;
        office.act("rosa", &ticket, "outcome", json!({"satisfied": true})).await;
        pass(&office).await;
        let occasions: Vec<String> = mails(&office, &ticket).await.into_iter().map(|(occasion, _)| occasion).collect();
        assert_eq!(occasions, ["solution"], "the receipt came too late, the rest she did herself");
        let letters = server.letters(1).unwrap();
        assert!(letters[0].contains("Riavvia la stampante") && letters[0].contains("Ora funziona?"), "{letters:?}");
    }

    async fn sd_085_whoever_was_not_reached_by_telephone_gets_the_closing_text_and_nothing_else(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let ticket = asked(&office, &office.people["rosa"].to_string(), "phone").await;
        office.act("anna", &ticket, "messages", json!({"body": "Un appunto al telefono"})).await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "assignments", json!({"group": "Sistemi"})).await;
        let part = office.get("sara", &ticket).await.expect(200)["assignments"][0]["id"].as_str().unwrap().to_owned();
        let done_with = json!({"activity": "x", "outcome": "solved", "callback_required": true});
        office.act("sara", &ticket, &format!("assignments/{part}/acceptance"), json!({})).await;
        office.act("sara", &ticket, &format!("assignments/{part}/technical-closure"), done_with).await;
        for _ in 0..3 {
            office.act("anna", &ticket, "contact-attempts", json!({"outcome": "not_reached"})).await;
            office.clock.advance(5 * 3600);
        }
        office.act("anna", &ticket, "closure", json!({"reason": "unreached"})).await;
        pass(&office).await;
        assert_eq!(mails(&office, &ticket).await, [("closing".to_owned(), "sent".to_owned())]);
        let letters = server.letters(1).unwrap();
        assert!(letters[0].contains("abbiamo provato più volte a chiamarti"), "{letters:?}");
    }

    async fn an_area_writes_under_its_own_address_and_words_and_leaves_out_what_it_does_not_want(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let sender = json!({"name": "Sportello del Personale", "address": "personale@ente.example", "reply_to": "risposte@ente.example", "receipt": true, "second_level": false});
        let put = async |who: &str, body: &serde_json::Value| office.send(who, "PUT", "/api/v1/areas/PER/sender", &[], body.to_string()).await;
        put("servizio", &sender).await.expect(200);
        put("anna", &sender).await.problem(403);
        let (_, fields) = put("servizio", &json!({"address": "nessuna chiocciola"})).await.problem(422);
        assert_eq!(fields, ["address"]);
        let words = json!({"subject": "Ricevuta", "body": "Buongiorno {{ nome }}, qui {{ ambito }}."});
        office.send("servizio", "PUT", "/api/v1/texts/alt.conferma_ricezione/it_tu?area=PER", &[], words.to_string()).await.expect(200);
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        read(&office).await;
        let later = json!({"subject": "Altro", "body": "Non questo"});
        office.send("servizio", "PUT", "/api/v1/texts/alt.conferma_ricezione/it_tu?area=PER", &[], later.to_string()).await.expect(200);
        work(&office).await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "assignments", json!({"group": "Sistemi"})).await;
        pass(&office).await;
        assert_eq!(mails(&office, &ticket).await, [("receipt".to_owned(), "sent".to_owned())]);
        let letter = server.letters(1).unwrap().remove(0);
        assert!(letter.contains("Buongiorno rosa, qui Personale."), "the edition in force when it was decided: {letter}");
        assert!(header(&letter, "From").contains("<personale@ente.example>"), "{letter}");
        assert_eq!(header(&letter, "Reply-To"), "risposte@ente.example");
        let number = ticket.rsplit('/').next().unwrap();
        assert!(header(&letter, "Subject").starts_with(&format!("[{number}]")), "{letter}");
    }

    async fn two_nodes_that_read_the_same_journal_write_once(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let beside = office.beside(&db, vec![with(crate::world::mailer(&server)), registry::capability(), task::capability(), privacy::capability()]).await;
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        let (here, there) = (office.app(), beside.app());
        let (one, other) = tokio::join!(notice::read_on(&here), notice::read_on(&there));
        done(one);
        done(other);
        read(&office).await;
        read(&beside).await;
        tokio::join!(work(&office), work(&beside));
        assert_eq!(mails(&office, &ticket).await.len(), 1);
        assert_eq!(server.letters(1).unwrap().len(), 1);
    }

    async fn a_mail_that_goes_twice_because_a_node_died_is_known_by_its_message_id(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        asked(&office, &office.people["rosa"].to_string(), "email").await;
        read(&office).await;
        let row = done(office.store.read().row("SELECT payload FROM job WHERE kind = 'notice.mail'", vec![]).await);
        let payload: String = done(row.unwrap().get(0));
        work(&office).await;
        // As if the node had died after the server's yes and before its own note.
        tamper(&office, "UPDATE mail SET state = 'waiting', attempts = 0").await;
        done((notice::capability().jobs[0].run)(office.app(), payload).await);
        let letters = server.letters(2).unwrap();
        assert_eq!(letters.len(), 2);
        assert_eq!(header(&letters[0], "Message-ID"), header(&letters[1], "Message-ID"));
        assert!(!header(&letters[0], "Message-ID").is_empty());
    }

    async fn what_happened_before_mail_was_there_and_what_is_imported_is_told_to_nobody(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let told = asked(&office, &office.people["rosa"].to_string(), "email").await;
        done(notice::pass_over(&office.store).await);
        let (area, rosa) = (office.areas["PER"], office.people["rosa"]);
        let imported = office.store.write(store::Lane::People, move |tx| Box::pin(async move {
            let asked = ticket::Import {
                external_ref: "INC1".to_owned(), area, channel: ticket::domain::Channel::Email, requester: Some(rosa),
                subject: "Vecchia".to_owned(), description: None, opened_at: tx.now(), steps: Vec::new(),
            };
            ticket::import(tx, &kernel::Author::system("import"), None, asked).await
        }));
        done(imported.await);
        pass(&office).await;
        assert!(mails(&office, &told).await.is_empty());
        let all = office.get("admin", "/api/v1/mail").await.expect(200);
        assert_eq!(all["items"], json!([]));
    }

    async fn the_ticket_shows_what_became_of_each_mail_and_who_would_be_written_to(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        pass(&office).await;
        let number = ticket.rsplit('/').next().unwrap();
        let shown = page(&office, "anna", "GET", &format!("/tickets/{number}"), "").await.text();
        assert!(shown.contains("Posta: Inviato") && shown.contains(&format!("/tickets/{number}/mail")), "{shown}");
        let mail = page(&office, "anna", "GET", &format!("/tickets/{number}/mail"), "").await.text();
        assert!(mail.contains("rosa &#60;rosa<wbr>@ente.example&#62;") && mail.contains("Si scrive"), "{mail}");
        let call = asked(&office, &office.people["rosa"].to_string(), "phone").await;
        let would = office.get("anna", &format!("{call}/mail")).await.expect(200)["would"].clone();
        assert_eq!(would[1], json!({"occasion": "reply", "state": null, "why": "not_written"}));
        for who in ["rosa", "carla"] {
            let path = format!("/tickets/{number}/mail");
            assert_eq!(page(&office, who, "GET", &path, "").await.status.as_u16(), 404, "{who}");
        }
        let office: &Office = &office;
        office.get("carla", &format!("{ticket}/mail")).await.problem(404);
    }
}
