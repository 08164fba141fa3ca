//! When a mail cannot be handed over: the server is away, does not want it now, does not want it at all, or there is none.

use crate::office::{Office, done};
use crate::world::{asked, header, mail_of, mailer, mails, office, page, pass, person, read, with, work};
use mail::{MailServer, Mailer, Security};
use serde_json::json;
use std::time::Duration;
use testkit::Backend;
use testkit::mail_server::{ACCOUNT, MailServer as Server};

/// Whoever hands mail to a server under TLS, trusting a certificate.
fn secret_mailer(server: &Server, authority: Option<std::path::PathBuf>, password: &str) -> Mailer {
    let settings = MailServer {
        host: "localhost".to_owned(),
        port: server.port(),
        security: Security::StartTls,
        credentials: Some((ACCOUNT.0.to_owned(), password.to_owned())),
        sender: "sportello@ente.example".to_owned(),
        authority,
    };
    Mailer::new(&settings).unwrap().leaving_alone(Duration::ZERO)
}

async fn state(office: &Office, ticket: &str) -> String {
    mails(office, ticket).await.remove(0).1
}

testkit::both_backends! {
    async fn while_the_server_is_away_mail_waits_and_goes_once_it_is_back(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        server.stop().unwrap();
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        pass(&office).await;
        let mail = mail_of(&office, &ticket, 0).await;
        assert_eq!((&mail["state"], &mail["attempts"]), (&json!("failed"), &json!(1)), "{mail}");
        assert!(!mail["last_error"].as_str().unwrap().is_empty(), "{mail}");
        work(&office).await;
        assert_eq!(mail_of(&office, &ticket, 0).await["attempts"], 1, "not before its time");
        office.clock.advance(31);
        work(&office).await;
        assert_eq!(mail_of(&office, &ticket, 0).await["attempts"], 2);
        server.resume().unwrap();
        office.clock.advance(61);
        work(&office).await;
        assert_eq!(state(&office, &ticket).await, "sent");
        office.clock.advance(7200);
        work(&office).await;
        assert_eq!(server.letters(1).unwrap().len(), 1);
    }

    async fn what_the_server_does_not_want_now_is_tried_again_and_given_up_after_three_days(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        server.be_busy(true).unwrap();
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        let hopeless = asked(&office, &office.people["rosa"].to_string(), "email").await;
        pass(&office).await;
        assert_eq!((state(&office, &ticket).await, state(&office, &hopeless).await), ("failed".to_owned(), "failed".to_owned()));
        let error = mail_of(&office, &ticket, 0).await["last_error"].as_str().unwrap().to_owned();
        assert!(error.contains("come back later"), "{error}");
        office.clock.advance(4 * 86_400);
        work(&office).await;
        assert_eq!(state(&office, &hopeless).await, "dead");
        server.be_busy(false).unwrap();
        let id = mail_of(&office, &ticket, 0).await["id"].as_str().unwrap().to_owned();
        office.post("admin", &format!("/api/v1/mail/{id}/requeue"), &json!({})).await.expect_status(204);
        work(&office).await;
        assert_eq!(state(&office, &ticket).await, "sent");
        assert_eq!(server.letters(1).unwrap().len(), 1);
    }

    async fn what_is_refused_for_good_is_not_tried_again_until_somebody_says_so(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let gino = person(&office, "Gino Neri", Some("nessuno@ente.example"), "it").await;
        let ticket = asked(&office, &gino, "email").await;
        pass(&office).await;
        let mail = mail_of(&office, &ticket, 0).await;
        assert_eq!((&mail["state"], &mail["attempts"]), (&json!("dead"), &json!(1)), "{mail}");
        let error = mail["last_error"].as_str().unwrap();
        assert!(error.contains("no such user") && !error.contains("nessuno@"), "what is kept names nobody: {error}");
        office.clock.advance(86_400);
        work(&office).await;
        assert_eq!(mail_of(&office, &ticket, 0).await["attempts"], 1);
        let id = mail["id"].as_str().unwrap();
        let again = format!("/api/v1/mail/{id}/requeue");
        office.post("servizio", &again, &json!({})).await.problem(403);
        let version = office.get("admin", &format!("/api/v1/people/{gino}")).await;
        let tag = version.header("etag").unwrap_or_default().to_owned();
        let corrected = json!({"email": "gino@ente.example"}).to_string();
        let changed = office.send("admin", "PATCH", &format!("/api/v1/people/{gino}"), &[("if-match", tag.as_str())], corrected).await;
        assert!(changed.status.is_success(), "{}", changed.text());
        let outbox = page(&office, "admin", "GET", "/administration/mail?state=dead", "").await.text();
        assert!(outbox.contains("Non recapitabile") && outbox.contains("Gino Neri"), "{outbox}");
        let posted = page(&office, "admin", "POST", &format!("/administration/mail/{id}/requeue"), "").await;
        assert_eq!(posted.status.as_u16(), 303);
        office.post("admin", &again, &json!({})).await.problem(409);
        work(&office).await;
        assert_eq!(state(&office, &ticket).await, "sent");
        assert!(header(&server.letters(1).unwrap()[0], "To").contains("gino@ente.example"));
        let kinds: Vec<_> = [configuration::capability(), catalogue::capability(), people::capability(), ticket::capability(), notice::capability()]
            .into_iter().flat_map(|room| room.records).collect();
        let verified = done(audit::verify(&office.store, &kinds, None, &|_, _| {}).await);
        assert!(verified.first_broken.is_none(), "{verified:?}");
    }

    async fn whoever_has_no_address_is_seen_to_have_none_and_reached_once_they_have_one(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        let gino = person(&office, "Gino Neri", None, "it").await;
        let ticket = asked(&office, &gino, "web").await;
        pass(&office).await;
        assert_eq!(state(&office, &ticket).await, "no_address");
        let shown = page(&office, "anna", "GET", &format!("/tickets/{}", ticket.rsplit('/').next().unwrap()), "").await.text();
        assert!(shown.contains("Posta: Senza indirizzo"), "{shown}");
        assert!(server.letters(0).unwrap().is_empty());
    }

    async fn without_a_mail_server_nothing_leaves_and_everything_is_kept(db: Backend) {
        let office = Office::with(&db, vec![notice::capability(), registry::capability(), task::capability(), privacy::capability()]).await;
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        pass(&office).await;
        assert_eq!(state(&office, &ticket).await, "held");
        office.clock.advance(86_400);
        work(&office).await;
        let mail = mail_of(&office, &ticket, 0).await;
        assert_eq!((&mail["state"], &mail["attempts"]), (&json!("held"), &json!(0)), "nobody tries");
        let outbox = page(&office, "admin", "GET", "/administration/mail", "").await.text();
        assert!(outbox.contains("nessun server di posta configurato"), "{outbox}");
        let again = format!("/api/v1/mail/{}/requeue", mail["id"].as_str().unwrap());
        let (code, _) = office.post("admin", &again, &json!({})).await.problem(409);
        assert_eq!(code, "no_mail_server");
        let server = Server::start().unwrap();
        let beside = office.beside(&db, vec![with(mailer(&server)), registry::capability(), task::capability(), privacy::capability()]).await;
        work(&beside).await;
        assert_eq!(state(&beside, &ticket).await, "held", "what is old does not go by itself");
        let posted = page(&beside, "admin", "POST", "/administration/mail/held/requeue", "").await;
        assert_eq!(posted.status.as_u16(), 303, "{}", posted.text());
        work(&beside).await;
        assert_eq!(state(&beside, &ticket).await, "sent");
        assert_eq!(server.letters(1).unwrap().len(), 1);
    }

    async fn nobody_who_was_erased_is_written_to_and_nothing_of_them_stays(db: Backend) {
        let server = Server::start().unwrap();
        let office = office(&db, &server).await;
        server.stop().unwrap();
        let gino = person(&office, "Gino Ginulfo", Some("ginulfo@ente.example"), "it").await;
        let ticket = asked(&office, &gino, "email").await;
        pass(&office).await;
        assert_eq!(state(&office, &ticket).await, "failed");
        let erased = office.post("dpo", &format!("/api/v1/people/{gino}/erasure"), &json!({"reason": "richiesta"})).await.expect(201);
        assert_eq!(erased["tickets"], 1, "{erased}");
        server.resume().unwrap();
        office.clock.advance(3600);
        work(&office).await;
        assert_eq!(state(&office, &ticket).await, "dead");
        office.act("anna", &ticket, "messages", json!({"body": "Ancora qui?"})).await;
        read(&office).await;
        assert_eq!(mails(&office, &ticket).await.len(), 1, "and nothing new is written to them");
        assert!(server.letters(0).unwrap().is_empty());
    }

    async fn under_tls_mail_goes_to_whom_we_trust_and_to_nobody_else(db: Backend) {
        let server = Server::with_tls().unwrap();
        let trusting = secret_mailer(&server, Some(server.certificate()), ACCOUNT.1);
        let office = Office::with(&db, vec![with(trusting), registry::capability(), task::capability(), privacy::capability()]).await;
        let ticket = asked(&office, &office.people["rosa"].to_string(), "email").await;
        pass(&office).await;
        assert_eq!(state(&office, &ticket).await, "sent", "{}", mail_of(&office, &ticket, 0).await);
        let letter = server.letters(1).unwrap().remove(0);
        assert!(letter.contains("with esmtpsa"), "under TLS, with a password: {letter}");
        let wrong = [secret_mailer(&server, None, ACCOUNT.1), secret_mailer(&server, Some(server.certificate()), "sbagliata")];
        for wrong in wrong {
            let beside = office.beside(&db, vec![with(wrong), registry::capability(), task::capability(), privacy::capability()]).await;
            let ticket = asked(&beside, &beside.people["rosa"].to_string(), "email").await;
            pass(&beside).await;
            assert_eq!(state(&beside, &ticket).await, "failed", "a wrong setting is mended, the mail is kept");
        }
        assert_eq!(server.letters(1).unwrap().len(), 1);
    }
}
