//! One's own page: sessions, password, tokens. Nobody ends or sees what is another's.

use crate::office::{Answer, Office, done};
use testkit::Backend;

pub async fn send(office: &Office, cookie: &str, method: &str, path: &str, form: &str) -> Answer {
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let headers = [
        kind,
        ("cookie", cookie),
        ("sec-fetch-site", "same-origin"),
        ("accept", "text/html"),
    ];
    office.send("", method, path, &headers, form.to_owned()).await
}

pub async fn session(office: &Office, who: &str) -> String {
    let key = done(people::open_session(&office.store, office.people[who], "127.0.0.1", "test").await);
    format!("{}={key}", people::SESSION_COOKIE)
}

/// The token a page shows, once.
fn shown(page: &str) -> Option<String> {
    let start = page.find("sd_")?;
    Some(
        page[start..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect(),
    )
}

testkit::both_backends! {
    async fn a_token_is_shown_once_works_within_its_scope_and_ends_when_revoked(db: Backend) {
        let office = Office::open(&db).await;
        let admin = session(&office, "admin").await;
        let made = send(&office, &admin, "POST", "/profile/tokens", "name=lettura&scope=read&days=30").await;
        let token = shown(&made.text()).expect("a token");
        assert_eq!(shown(&send(&office, &admin, "GET", "/profile", "").await.text()), None, "shown once");
        let bearer = format!("Bearer {token}");
        let ask = async |method: &str, path: &str| office.send("", method, path, &[("authorization", &bearer)], "{\"name\":\"x\"}").await.status.as_u16();
        assert_eq!((ask("GET", "/api/v1/tickets").await, ask("POST", "/api/v1/people").await), (200, 403));
        let id = done(people::tokens_of(&office.store, office.people["admin"]).await)[0].id;
        let other = session(&office, "anna").await;
        assert_eq!(send(&office, &other, "POST", &format!("/profile/tokens/{id}/revoke"), "").await.status.as_u16(), 404);
        assert_eq!(send(&office, &admin, "POST", &format!("/profile/tokens/{id}/revoke"), "").await.status.as_u16(), 303);
        assert_eq!(ask("GET", "/api/v1/tickets").await, 401);
    }

    async fn a_session_is_ended_by_its_owner_alone(db: Backend) {
        let office = Office::open(&db).await;
        let (anna, bruno) = (session(&office, "anna").await, session(&office, "bruno").await);
        let handle = done(people::sessions_of(&office.store, office.people["anna"]).await)[0].handle.clone();
        let end = format!("/profile/sessions/{handle}/end");
        assert_eq!(send(&office, &bruno, "POST", &end, "").await.status.as_u16(), 404);
        assert_eq!(send(&office, &anna, "POST", &end, "").await.status.as_u16(), 303);
        assert!(send(&office, &anna, "GET", "/profile", "").await.header("location").unwrap().starts_with("/sign-in"));
        assert_eq!(send(&office, &bruno, "POST", "/sign-out", "").await.header("location"), Some("/sign-in"));
        assert!(send(&office, &bruno, "GET", "/profile", "").await.header("location").unwrap().starts_with("/sign-in"));
    }

    async fn what_is_wrong_on_ones_own_page_is_told(db: Backend) {
        let office = Office::open(&db).await;
        done(people::set_password(&office.store, office.people["anna"], "anna@ente.example", "una frase lunga").await);
        let anna = session(&office, "anna").await;
        let long = "n".repeat(81);
        for (path, form) in [
            ("tokens", "name=&scope=read&days=30".to_owned()), ("tokens", format!("name={long}&scope=read&days=30")),
            ("tokens", "name=a%00b&scope=read&days=30".to_owned()), ("tokens", "name=x&scope=all&days=30".to_owned()),
            ("tokens", "name=x&scope=&days=30".to_owned()), ("tokens", "name=x&scope=read&days=0".to_owned()),
            ("tokens", "name=x&scope=read&days=3651".to_owned()), ("tokens", "name=x&scope=read&days=x".to_owned()),
            ("password", "current=una+frase+lunga&password=short".to_owned()), ("password", "current=sbagliata&password=un%27altra+frase".to_owned()),
        ] {
            assert_eq!(send(&office, &anna, "POST", &format!("/profile/{path}"), &form).await.status.as_u16(), 422, "{path} {form}");
        }
        assert!(done(people::tokens_of(&office.store, office.people["anna"]).await).iter().all(|token| token.name == "test"));
        let changed = send(&office, &anna, "POST", "/profile/password", "current=una+frase+lunga&password=un%27altra+frase").await;
        assert_eq!(changed.status.as_u16(), 200);
        done(people::sign_in(&office.store, "anna@ente.example", "un'altra frase").await);
    }

    async fn a_changed_password_ends_the_other_sessions(db: Backend) {
        let office = Office::open(&db).await;
        done(people::set_password(&office.store, office.people["anna"], "anna@ente.example", "una frase lunga").await);
        let (here, elsewhere) = (session(&office, "anna").await, session(&office, "anna").await);
        let bruno = session(&office, "bruno").await;
        let asks = async |cookie: &str| send(&office, cookie, "GET", "/profile", "").await.status.as_u16();
        assert_eq!((asks(&here).await, asks(&elsewhere).await), (200, 200));
        let wrong = send(&office, &here, "POST", "/profile/password", "current=sbagliata&password=un%27altra+frase").await;
        assert_eq!((wrong.status.as_u16(), asks(&elsewhere).await), (422, 200), "nothing was changed");
        let changed = send(&office, &here, "POST", "/profile/password", "current=una+frase+lunga&password=un%27altra+frase").await;
        assert_eq!(changed.status.as_u16(), 200);
        assert_eq!((asks(&here).await, asks(&elsewhere).await, asks(&bruno).await), (200, 303, 200));
    }

    async fn a_password_set_by_another_ends_every_session(db: Backend) {
        let office = Office::open(&db).await;
        let (one, two) = (session(&office, "anna").await, session(&office, "anna").await);
        let admin = session(&office, "admin").await;
        let asks = async |cookie: &str| send(&office, cookie, "GET", "/profile", "").await.status.as_u16();
        assert_eq!((asks(&one).await, asks(&two).await), (200, 200));
        done(people::set_password(&office.store, office.people["anna"], "anna@ente.example", "una frase lunga").await);
        assert_eq!((asks(&one).await, asks(&two).await, asks(&admin).await), (303, 303, 200));
    }
}
