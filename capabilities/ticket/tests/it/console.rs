//! The console's pages: they offer what may be done and chosen, and what they refuse leaves nothing behind.

use crate::office::{ATTACHMENT_LIMIT, Answer, Office, done};
use crate::visitor::Visitor;
use kernel::Author;
use people::{GroupChange, change_group};
use serde_json::json;
use store::Lane;
use testkit::Backend;

/// Fields of a form, each a name and what was typed.
type Fields<'f> = &'f [(&'f str, &'f str)];
/// Files, each a name and its bytes.
type Files<'f> = &'f [(&'f str, &'f [u8])];

/// Writing in the composer.
trait Writes {
    async fn write(&self, number: &str, fields: Fields<'_>, files: Files<'_>) -> Answer;
}

impl Writes for Visitor<'_> {
    /// A message of the composer with files, each a name and its bytes.
    async fn write(&self, number: &str, fields: Fields<'_>, files: Files<'_>) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.bytes());
        }
        for (name, bytes) in files {
            let head = format!("--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n");
            body.extend(head.bytes().chain(bytes.iter().copied()).chain(*b"\r\n"));
        }
        body.extend(b"--b--\r\n");
        let path = format!("/tickets/{number}/messages");
        self.send("POST", &path, "multipart/form-data; boundary=b", body).await
    }
}

/// How many files lie in the attachment store.
fn kept(db: &Backend) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 })
            .sum()
    }
    count(&db.data.path().join("attachments"))
}

fn number(ticket: &str) -> String {
    ticket.rsplit('/').next().unwrap().to_owned()
}

async fn close(office: &Office, group: &'static str) {
    let id = office.groups[group];
    let closed = office.store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut group = tx.load::<people::Group>(id).await?;
            let change = GroupChange {
                name: None,
                active: Some(false),
            };
            change_group(tx, &Author::system("test"), &mut group, change).await
        })
    });
    done(closed.await);
}

testkit::both_backends! {
    async fn a_refused_message_leaves_no_bytes(db: Backend) {
        let office = Office::open(&db).await;
        let number = number(&office.ticket("PER").await);
        let anna = Visitor::of(&office, "anna").await;
        let large = vec![b'x'; usize::try_from(ATTACHMENT_LIMIT).unwrap() + 1];
        let hello = [("kind", "reply"), ("text", "Ecco")];
        let one: (&str, &[u8]) = ("uno.txt", b"uno");
        let cases: [(Fields<'_>, Files<'_>, u16); 4] = [
            (&hello, &[one, ("grande.bin", &large)], 413),
            (&hello, &[one, ("vuoto.txt", b"")], 422),
            (&[("kind", "reply"), ("text", " ")], &[one], 422),
            (&[("kind", "solution"), ("text", "Fatto")], &[one], 409),
        ];
        for (fields, files, status) in cases {
            let answer = anna.write(&number, fields, files).await;
            assert_eq!((answer.status.as_u16(), kept(&db)), (status, 0), "{fields:?} {}", answer.text());
        }
        assert_eq!(anna.write(&number, &hello, &[one, ("due.txt", b"due")]).await.status.as_u16(), 303);
        assert_eq!(kept(&db), 2);
        assert_eq!(anna.write(&number, &hello, &[one, ("grande.bin", &large)]).await.status.as_u16(), 413);
        assert_eq!(kept(&db), 2, "what another message keeps stays");
        let note = [("kind", "note"), ("text", "Per noi")];
        assert_eq!(anna.write(&number, &note, &[("tre.txt", b"tre")]).await.status.as_u16(), 303);
        let files = office.get("anna", &format!("/api/v1/tickets/{number}/attachments")).await.expect(200);
        let internal: Vec<bool> = files["items"].as_array().unwrap().iter().map(|file| file["internal"] == true).collect();
        assert_eq!(internal, [false, false, true]);
    }

    async fn a_ticket_is_opened_at_the_counter_by_those_who_may(db: Backend) {
        let office = Office::open(&db).await;
        let number = number(&office.ticket("PER").await);
        office.act("anna", &format!("/api/v1/tickets/{number}"), "take", json!({})).await;
        for (who, may) in [("anna", true), ("capo", true), ("controllo", true), ("sara", false), ("servizio", false), ("revisore", false), ("dpo", false)] {
            let visitor = Visitor::of(&office, who).await;
            assert_eq!(visitor.get("/tickets/new").await.status.as_u16(), if may { 200 } else { 403 }, "{who}");
            for page in ["/tickets", "/tickets?view=all&requester=00000000-0000-7000-8000-000000000001", "/search?q=nessuno", &format!("/tickets/{number}")] {
                let shown = visitor.get(page).await;
                let offered = shown.text().contains("href=\"/tickets/new\"");
                if shown.status.as_u16() == 200 && !page.contains("requester") {
                    assert_eq!(offered, may, "{who} {page}");
                }
            }
        }
    }

    async fn menus_offer_what_is_in_use_and_what_is_already_chosen(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        office.act("anna", &ticket, "take", json!({})).await;
        office.act("anna", &ticket, "classification", json!({"kind": "incident"})).await;
        office.act("anna", &ticket, "owner", json!({"group": "Retro Personale"})).await;
        let number = number(&ticket);
        close(&office, "Applicazioni").await;
        close(&office, "Retro Personale").await;
        let anna = Visitor::of(&office, "anna").await;
        let option = |group: &str| format!("<option value=\"{}\"", office.groups[group]);
        let second = anna.get(&format!("/tickets/{number}/second-level")).await.text();
        assert!(second.contains(&option("Sistemi")) && !second.contains(&option("Applicazioni")), "{second}");
        let assign = anna.get(&format!("/tickets/{number}/assign")).await.text();
        assert!(assign.contains(&option("Sportello Personale")));
        assert!(assign.contains(&option("Retro Personale")), "the one that has it may keep it");
        let groups = anna.get("/tickets/condition?field=group").await.text();
        assert!(!groups.contains(">Applicazioni</a>") && groups.contains(">Sistemi</a>"), "{groups}");
        assert!(anna.get(&format!("/tickets/{number}")).await.text().contains("Retro Personale"), "its name stays");
    }
}
