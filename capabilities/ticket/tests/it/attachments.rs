//! Files: streamed, told by their bytes, never shown inline, never opened.

use crate::office::{ATTACHMENT_LIMIT, Answer, Office};
use serde_json::{Value, json};
use testkit::Backend;

const BOUNDARY: &str = "xyzzy";

async fn attach(
    office: &Office,
    who: &str,
    ticket: &str,
    name: &str,
    bytes: &[u8],
    visibility: Option<&str>,
) -> Answer {
    let mut body = Vec::new();
    if let Some(visibility) = visibility {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"visibility\"\r\n\r\n{visibility}\r\n")
                .bytes(),
        );
    }
    body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n").bytes());
    body.extend(bytes);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    office
        .send(
            who,
            "POST",
            &format!("{ticket}/attachments"),
            &[("content-type", &kind)],
            body,
        )
        .await
}

async fn files(office: &Office, who: &str, ticket: &str) -> Vec<Value> {
    office.get(who, &format!("{ticket}/attachments")).await.expect(200)["items"]
        .as_array()
        .unwrap()
        .clone()
}

testkit::both_backends! {
    async fn a_file_comes_back_as_it_went_and_is_only_ever_saved(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let bytes: Vec<u8> = (0..2_500_000_u32).map(|n| (n % 251) as u8).collect();
        attach(&office, "anna", &ticket, "grande.bin", &bytes, None).await.expect(201);
        let file = files(&office, "anna", &ticket).await.remove(0);
        assert_eq!((&file["size"], &file["media_type"]), (&json!(2_500_000), &json!("application/octet-stream")));
        let answer = office.get("anna", &format!("{ticket}/attachments/{}", file["id"].as_str().unwrap())).await;
        assert_eq!(answer.status.as_u16(), 200);
        assert!(answer.bytes == bytes, "the bytes are the same");
        assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("content-disposition").unwrap().starts_with("attachment;"));
        assert!(answer.header("content-security-policy").unwrap().contains("sandbox"));
    }

    async fn the_type_is_told_by_the_bytes_and_the_name_is_cleaned(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let zip = b"PK\x03\x04\x14\x00\x00\x00\x08\x00rest of a bomb that nobody unpacks";
        for (name, bytes, kept, kind) in [
            ("pagina.png", &b"<html><script>alert(1)</script></html>"[..], "pagina.png", "text/html"),
            ("..\\..\\windows\\a.txt", b"ciao", "a.txt", "text/plain"),
            ("../../etc/passwd", b"%PDF-1.7 x", "passwd", "application/pdf"),
            ("bomba.zip", zip, "bomba.zip", "application/zip"),
            ("perch\u{e9} no.txt", b"s\xc3\xac", "perch\u{e9} no.txt", "text/plain"),
        ] {
            attach(&office, "anna", &ticket, name, bytes, None).await.expect(201);
            let file = files(&office, "anna", &ticket).await.pop().unwrap();
            assert_eq!((file["name"].as_str(), file["size"].as_u64()), (Some(kept), Some(bytes.len() as u64)), "{name}");
            assert_eq!(file["media_type"], json!(kind), "{name}");
            let answer = office.get("anna", &format!("{ticket}/attachments/{}", file["id"].as_str().unwrap())).await;
            assert_eq!(answer.bytes, bytes, "{name}");
            assert_eq!(answer.header("content-type"), Some("application/octet-stream"), "{name}");
        }
    }

    async fn a_file_that_is_too_large_is_refused_and_nothing_of_it_is_kept(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let before = office.events().await;
        let bytes = vec![b'x'; ATTACHMENT_LIMIT as usize + 1];
        let (code, _) = attach(&office, "anna", &ticket, "troppo.bin", &bytes, None).await.problem(413);
        assert_eq!(code, "attachment_too_large");
        assert_eq!((office.events().await, files(&office, "anna", &ticket).await.len()), (before, 0));
        let kept = walk(&db.data.path().join("attachments"));
        assert!(kept.is_empty(), "{kept:?}");
    }

    async fn what_is_no_file_is_named(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let path = format!("{ticket}/attachments");
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        for (kind, body) in [
            ("application/json", "{}".to_owned()),
            (&kind, String::new()),
            (&kind, format!("--{BOUNDARY}--\r\n")),
            (&kind, format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf")),
            (&kind, format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--{BOUNDARY}--\r\n")),
            ("multipart/form-data", "x".to_owned()),
        ] {
            let (code, fields) = office.send("anna", "POST", &path, &[("content-type", kind)], body.clone()).await.problem(422);
            assert!(fields == ["file"] || code == "body_unreadable", "{kind} {body}: {code} {fields:?}");
        }
        for (name, bytes) in [("", &b"x"[..]), ("vuoto.txt", b""), (&"n".repeat(201), b"x")] {
            let (_, fields) = attach(&office, "anna", &ticket, name, bytes, None).await.problem(422);
            assert_eq!(fields, ["file"], "{name}");
        }
        let (_, fields) = attach(&office, "anna", &ticket, "a.txt", b"x", Some("secret")).await.problem(422);
        assert_eq!(fields, ["visibility"]);
    }

    async fn a_file_that_is_refused_leaves_no_bytes_unless_they_are_kept_elsewhere(db: Backend) {
        let office = Office::open(&db).await;
        let (ticket, other) = (office.ticket("PER").await, office.ticket("PER").await);
        let kept = || walk(&db.data.path().join("attachments")).len();
        let long = "n".repeat(201);
        attach(&office, "rosa", &ticket, "nota.txt", b"rifiutato", Some("internal")).await.problem(403);
        attach(&office, "revisore", &ticket, "a.txt", b"rifiutato", None).await.problem(403);
        attach(&office, "anna", &ticket, &long, b"rifiutato", None).await.problem(422);
        attach(&office, "anna", &ticket, "vuoto.txt", b"", None).await.problem(422);
        office.act("anna", &ticket, "cancellation", json!({"reason": "doppio"})).await;
        attach(&office, "anna", &ticket, "tardi.txt", b"rifiutato", None).await.problem(409);
        assert_eq!(kept(), 0, "nothing of what was refused");
        attach(&office, "anna", &other, "a.txt", b"accolto", None).await.expect(201);
        attach(&office, "anna", &ticket, "a.txt", b"accolto", None).await.problem(409);
        assert_eq!(kept(), 1, "the same bytes belong to another ticket");
        let file = files(&office, "anna", &other).await.remove(0);
        let read = office.get("anna", &format!("{other}/attachments/{}", file["id"].as_str().unwrap())).await;
        assert_eq!(read.bytes, b"accolto");
    }

    async fn the_same_bytes_accepted_and_refused_at_once_are_kept(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        for round in 0..6 {
            let bytes = format!("insieme {round}").into_bytes();
            let (accepted, refused, again) = tokio::join!(
                attach(&office, "anna", &ticket, "a.txt", &bytes, None),
                attach(&office, "rosa", &ticket, "b.txt", &bytes, Some("internal")),
                attach(&office, "rosa", &ticket, "c.txt", &bytes, Some("internal")),
            );
            accepted.expect(201);
            refused.problem(403);
            again.problem(403);
        }
        for file in files(&office, "anna", &ticket).await {
            let read = office.get("anna", &format!("{ticket}/attachments/{}", file["id"].as_str().unwrap())).await;
            assert_eq!(read.status.as_u16(), 200, "{file}");
        }
    }

    async fn a_file_sent_again_under_the_same_key_is_attached_once(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        let send = async |boundary: &str, name: &str, bytes: &str| {
            let form = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{bytes}\r\n--{boundary}--\r\n");
            let kind = format!("multipart/form-data; boundary={boundary}");
            let headers = [("content-type", kind.as_str()), ("idempotency-key", "una-volta")];
            office.send("anna", "POST", &format!("{ticket}/attachments"), &headers, form).await
        };
        let first = send("uno", "a.txt", "ciao").await.expect(201);
        let events = office.events().await;
        assert_eq!(send("due", "a.txt", "ciao").await.expect(201), first, "another boundary is the same file");
        for (name, bytes) in [("a.txt", "altro"), ("b.txt", "ciao")] {
            let (code, _) = send("tre", name, bytes).await.problem(422);
            assert_eq!(code, "idempotency_key_reused");
        }
        assert_eq!((office.events().await, files(&office, "anna", &ticket).await.len()), (events, 1));
        assert_eq!(walk(&db.data.path().join("attachments")).len(), 1);
        let file = files(&office, "anna", &ticket).await.remove(0);
        assert_eq!(office.get("anna", &format!("{ticket}/attachments/{}", file["id"].as_str().unwrap())).await.bytes, b"ciao");
    }

    async fn an_internal_file_does_not_exist_for_the_requester(db: Backend) {
        let office = Office::open(&db).await;
        let ticket = office.ticket("PER").await;
        attach(&office, "anna", &ticket, "interno.txt", b"riservato", Some("internal")).await.expect(201);
        attach(&office, "anna", &ticket, "pubblico.txt", b"aperto", None).await.expect(201);
        let all = files(&office, "anna", &ticket).await;
        let seen = files(&office, "rosa", &ticket).await;
        assert_eq!((all.len(), seen.len()), (2, 1));
        let internal = all.iter().find(|file| file["internal"] == json!(true)).unwrap()["id"].as_str().unwrap();
        office.get("rosa", &format!("{ticket}/attachments/{internal}")).await.problem(404);
        assert_eq!(attach(&office, "rosa", &ticket, "mio.txt", b"x", None).await.status.as_u16(), 201);
        attach(&office, "rosa", &ticket, "mio.txt", b"x", Some("internal")).await.problem(403);
    }
}

/// All files under a folder.
fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(walk(&path))
        } else {
            found.push(path)
        }
    }
    found
}
