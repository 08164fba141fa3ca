//! The first page of an empty installation says everything that is to be mended, at once and by name.

use crate::office::Office;
use testkit::Backend;

async fn send(office: &Office, form: &str) -> crate::office::Answer {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
        ("accept-language", "it"),
    ];
    office.send("", "POST", "/setup", &headers, form.to_owned()).await
}

testkit::both_backends! {
    async fn every_wrong_field_is_named_with_a_link_and_what_was_typed_stays(db: Backend) {
        let office = Office::open(&db).await;
        let code = people::set_up_code(&office.store).await.unwrap_or_else(|why| panic!("{why}")).expect("a code");
        let wrong = send(&office, "code=AAAA-AAAA&organisation=&area=Sportello&name=Ada+Neri&email=ada&password=corta").await;
        assert_eq!(wrong.status.as_u16(), 422);
        let page = wrong.text();
        let summary = page.split("role=\"alert\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("a summary");
        for (field, label) in [("code", "Codice"), ("organisation", "Ente"), ("email", "E-mail"), ("password", "Password")] {
            assert!(summary.contains(&format!("<a href=\"#{field}\">{label}")), "{field} in {summary}");
        }
        assert!(!summary.contains("href=\"#name\"") && !summary.contains("href=\"#area\""), "{summary}");
        assert_eq!((page.matches("autofocus").count(), summary.contains("autofocus")), (1, true), "the summary has the focus");
        for typed in ["AAAA-AAAA", "Sportello", "Ada Neri", "value=\"ada\""] {
            assert!(page.contains(typed), "{typed}");
        }
        assert!(!page.contains("corta\""), "a password is not sent back");
        let short = send(&office, &format!("code={code}&organisation=Ente&area=Sportello&name=Ada+Neri&email=ada@ente.example&password=corta")).await.text();
        assert!(short.contains("<a href=\"#password\">Password: "), "{short}");
        assert!(!short.contains("<a href=\"#code\">"));
    }
}
