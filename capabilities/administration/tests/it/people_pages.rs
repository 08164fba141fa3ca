//! People on their pages: added, corrected, given roles and a password; what is wrong is told and nothing is written.

use crate::office::Office;
use crate::visitor::Visitors;
use testkit::Backend;

async fn office(db: &Backend) -> (Office, Visitors) {
    let office = Office::with(db, vec![administration::capability()]).await;
    let visitors = Visitors::of(&office).await;
    (office, visitors)
}

testkit::both_backends! {
    async fn a_person_is_added_corrected_and_signs_in(db: Backend) {
        let (office, visitors) = office(&db).await;
        let form = "name=Mario+Rossi&email=M.Rossi%40ente.example&role=operator&area=all&password=una+frase+lunga";
        let added = visitors.send(&office, "admin", "POST", "/people/new", form).await;
        let page = added.header("location").unwrap().to_owned();
        let enter = "email=m.rossi%40ente.example&password=una+frase+lunga";
        assert_eq!(visitors.send(&office, "", "POST", "/sign-in", enter).await.header("location"), Some("/"));
        let corrected = visitors.send(&office, "admin", "POST", &format!("{page}/edit"), "name=Mario+Bianchi&phone=06+1").await;
        assert_eq!(corrected.header("location"), Some(page.as_str()));
        assert!(visitors.send(&office, "anna", "GET", &page, "").await.text().contains("Mario Bianchi"));
        let found = visitors.send(&office, "anna", "GET", "/people?q=bianchi", "").await;
        assert!(found.text().contains("Mario Bianchi"));
        let taken = visitors.send(&office, "admin", "POST", &format!("{page}/roles/taken"), "role=operator&area=all").await;
        assert_eq!(taken.status.as_u16(), 303);
        assert!(!visitors.send(&office, "admin", "GET", &page, "").await.text().contains("operatore · tutti"));
    }

    async fn what_is_wrong_with_a_person_is_told_and_nothing_is_written(db: Backend) {
        let (office, visitors) = office(&db).await;
        let before = office.events().await;
        let long = |most: usize| "a".repeat(most + 1);
        let anna = format!("/people/{}", office.people["anna"]);
        for (path, form) in [
            ("/people/new".to_owned(), "role=operator&area=all".to_owned()),
            ("/people/new".to_owned(), format!("name={}&role=operator", long(160))),
            ("/people/new".to_owned(), "name=a%00b&role=operator".to_owned()),
            ("/people/new".to_owned(), "name=x&role=boss".to_owned()),
            ("/people/new".to_owned(), "name=x&role=operator&area=nowhere".to_owned()),
            ("/people/new".to_owned(), "name=x&role=operator&email=no".to_owned()),
            ("/people/new".to_owned(), "name=x&role=operator&email=anna%40ente.example".to_owned()),
            ("/people/new".to_owned(), "name=x&role=operator&email=x%40y.example&password=short".to_owned()),
            ("/people/new".to_owned(), "name=x&role=operator&password=una+frase+lunga".to_owned()),
            (format!("{anna}/edit"), "name=".to_owned()),
            (format!("{anna}/edit"), format!("name=x&pin={}", long(40))),
            (format!("{anna}/edit"), format!("name=x&office={}", long(200))),
            (format!("{anna}/edit"), format!("name=x&external_id={}", long(120))),
            (format!("{anna}/edit"), "name=x&phone=abc".to_owned()),
            (format!("{anna}/edit"), "name=x&email=bruno%40ente.example".to_owned()),
            (format!("{anna}/roles"), "role=&area=all".to_owned()),
            (format!("{anna}/roles"), "role=operator&area=%00".to_owned()),
            (format!("{anna}/password"), "password=short".to_owned()),
            (format!("/people/{}/roles/taken", office.people["admin"]), "role=administrator&area=all".to_owned()),
        ] {
            let answer = visitors.send(&office, "admin", "POST", &path, &form).await;
            assert_eq!(answer.status.as_u16(), 422, "{path} {form}");
        }
        assert_eq!(office.events().await, before);
    }

    async fn who_is_not_there_is_not_found_and_any_words_may_be_looked_for(db: Backend) {
        let (office, visitors) = office(&db).await;
        let nobody = "/people/00000000-0000-7000-8000-000000000000";
        for (method, path) in [("GET", nobody.to_owned()), ("GET", format!("{nobody}/edit")), ("POST", format!("{nobody}/edit")),
            ("POST", format!("{nobody}/password")), ("POST", format!("{nobody}/roles"))] {
            let answer = visitors.send(&office, "admin", method, &path, "name=x&role=operator&area=all&password=una+frase+lunga").await;
            assert_eq!(answer.status.as_u16(), 404, "{method} {path}");
        }
        for words in ["%00", "%27%22--", "%E2%80%AE", "a%00b", &"w".repeat(3000)] {
            assert_eq!(visitors.send(&office, "anna", "GET", &format!("/people?q={words}"), "").await.status.as_u16(), 200, "{words:.20}");
        }
        assert_eq!(visitors.send(&office, "anna", "GET", "/people?cursor=zz", "").await.status.as_u16(), 422);
    }
}
