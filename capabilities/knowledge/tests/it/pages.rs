//! Articles by their pages: what the desk writes, what requesters read.

use crate::articles::{office, printing, published};
use crate::office::{Answer, Office, done};
use serde_json::json;
use testkit::Backend;

/// A page as somebody sees it, or the answer to a form.
async fn visit(office: &Office, who: &str, method: &str, path: &str, form: &str) -> Answer {
    let key = done(people::open_session(&office.store, office.people[who], "127.0.0.1", "test").await);
    let cookie = format!("{}={key}", people::SESSION_COOKIE);
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("accept", "text/html"),
    ];
    office.send("", method, path, &headers, form.to_owned()).await
}

testkit::both_backends! {
    async fn the_desk_writes_publishes_and_requesters_read(db: Backend) {
        let office = office(&db).await;
        let area = office.areas["PER"];
        let form = format!("title=Coda+ferma&body=1.+Apri+%3Cscript%3Ealert(1)%3C%2Fscript%3E&audience=public&area={area}&language=it&minutes=2");
        let written = visit(&office, "anna", "POST", "/knowledge/new", &form).await;
        assert_eq!(written.status.as_u16(), 303, "{}", written.text());
        let page = written.header("location").unwrap().to_owned();
        let number = page.rsplit('/').next().unwrap().to_owned();
        assert!(visit(&office, "anna", "GET", "/knowledge", "").await.text().contains("Coda ferma"));
        let guide = format!("/portal/guides/{number}");
        assert_eq!(visit(&office, "rosa", "GET", &guide, "").await.status.as_u16(), 404, "a draft is no guide");
        assert_eq!(visit(&office, "anna", "POST", &format!("{page}/publication"), "version=1").await.status.as_u16(), 403);
        assert_eq!(visit(&office, "capo", "POST", &format!("{page}/publication"), "version=9").await.status.as_u16(), 422);
        assert_eq!(visit(&office, "capo", "POST", &format!("{page}/publication"), "version=1").await.status.as_u16(), 303);
        let read = visit(&office, "rosa", "GET", &guide, "").await.text();
        assert!(read.contains("&#60;script&#62;") || read.contains("&lt;script&gt;"), "{read}");
        assert!(!read.contains("<script>alert"), "words never become markup");
        assert!(visit(&office, "rosa", "GET", "/portal/guides", "").await.text().contains("Coda ferma"));
        let thanked = visit(&office, "rosa", "POST", &format!("{guide}/voice"), "useful=yes").await;
        assert_eq!(thanked.status.as_u16(), 303);
        assert!(visit(&office, "anna", "GET", &page, "").await.text().contains("Utile per \u{2068}1\u{2069}") || visit(&office, "anna", "GET", &page, "").await.text().contains("Utile per 1"));
    }

    async fn what_was_typed_stays_when_it_is_refused_or_somebody_else_was_first(db: Backend) {
        let office = office(&db).await;
        let area = office.areas["PER"];
        let refused = visit(&office, "anna", "POST", "/knowledge/new", &format!("title=&body=Quello+che+ho+scritto&area={area}&minutes=x")).await;
        assert_eq!(refused.status.as_u16(), 422);
        assert!(refused.text().contains("Quello che ho scritto"));
        let written = office.post("anna", "/api/v1/articles", &printing()).await.expect(201);
        let edit = format!("/knowledge/{}/edit", written["number"].as_str().unwrap());
        let form = |version: i64, title: &str| format!("version={version}&title={title}&body=Testo+{title}&audience=public&area={area}&language=it&minutes=");
        assert_eq!(visit(&office, "anna", "POST", &edit, &form(1, "Uno")).await.status.as_u16(), 303);
        let late = visit(&office, "bruno", "POST", &edit, &form(1, "Due")).await;
        let text = late.text();
        assert_eq!(late.status.as_u16(), 422);
        assert!(text.contains("Testo Due") && text.contains("Testo Uno"), "one's own words and those saved meanwhile");
        assert!(text.contains("name=\"version\" value=\"2\""), "the next save is meant");
        assert_eq!(visit(&office, "bruno", "POST", &edit, &form(2, "Due")).await.status.as_u16(), 303);
    }

    async fn the_desks_pages_do_not_exist_for_requesters(db: Backend) {
        let office = office(&db).await;
        let path = published(&office, printing()).await;
        let number = path.rsplit('/').next().unwrap().to_owned();
        for page in ["/knowledge".to_owned(), "/knowledge/new".to_owned(), format!("/knowledge/{number}"), format!("/knowledge/{number}/edit")] {
            assert_eq!(visit(&office, "rosa", "GET", &page, "").await.status.as_u16(), 404, "{page}");
        }
        assert_eq!(visit(&office, "rosa", "POST", &format!("/knowledge/{number}/withdrawal"), "").await.status.as_u16(), 404);
        assert_eq!(visit(&office, "ugo", "GET", &format!("/portal/guides/{number}"), "").await.status.as_u16(), 404);
        assert!(!visit(&office, "ugo", "GET", "/portal/guides", "").await.text().contains("coda di stampa"));
        office.post("capo", &format!("{path}/withdrawal"), &json!({})).await.expect(200);
        assert_eq!(visit(&office, "anna", "GET", &format!("/portal/guides/{number}"), "").await.status.as_u16(), 404, "not even for the desk");
    }
}
