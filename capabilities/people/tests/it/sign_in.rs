//! Signing in: what a wrong try costs, and that it tells nobody who has an account.

use crate::office::{Answer, Office, done};
use testkit::Backend;

const PASSWORD: &str = "una frase lunga";

/// An office where Anna has a password.
async fn office(db: &Backend) -> Office {
    let office = Office::open(db).await;
    let set = people::set_password(&office.store, office.people["anna"], "anna@ente.example", PASSWORD).await;
    done(set);
    office
}

async fn enter(office: &Office, email: &str, password: &str) -> Answer {
    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("sec-fetch-site", "same-origin"),
    ];
    let form = format!("email={email}&password={}", password.replace(' ', "+"));
    office.send("", "POST", "/sign-in", &headers, form).await
}

/// What a try told: the status, and the seconds to wait.
async fn told(office: &Office, email: &str, password: &str) -> (u16, Option<String>) {
    let answer = enter(office, email, password).await;
    (answer.status.as_u16(), answer.header("retry-after").map(str::to_owned))
}

testkit::both_backends! {
    async fn the_delay_tells_nobody_who_has_an_account(db: Backend) {
        let office = office(&db).await;
        let logins = ["anna@ente.example", "nessuno@ente.example", "BRUNO@ente.example", "", "%00", "a%00b%40c.example"];
        let mut waits = Vec::new();
        for login in logins {
            let mut answers = Vec::new();
            for _ in 0..4 {
                answers.push(told(&office, login, "sbagliata davvero").await);
            }
            answers.push(told(&office, login, "sbagliata davvero").await);
            office.clock.advance(3);
            answers.push(told(&office, login, "sbagliata davvero").await);
            answers.push(told(&office, login, PASSWORD).await);
            waits.push(answers);
        }
        let wrong = (401, None);
        let wait = |seconds: &str| (429, Some(seconds.to_owned()));
        let expected = [wrong.clone(), wrong.clone(), wrong.clone(), wrong.clone(), wait("2"), wrong, wait("4")];
        for (login, answers) in logins.iter().zip(waits) {
            assert_eq!(answers, expected, "{login}");
        }
    }

    async fn the_right_password_after_the_delay_begins_anew(db: Backend) {
        let office = office(&db).await;
        for _ in 0..4 {
            enter(&office, "anna@ente.example", "sbagliata davvero").await;
        }
        let early = enter(&office, "anna@ente.example", PASSWORD).await;
        assert_eq!(early.status.as_u16(), 429, "the right one is not told apart while the delay lasts");
        assert!(early.text().contains("riprova tra 2 secondi"), "{}", early.text());
        office.clock.advance(3);
        let entered = enter(&office, " ANNA@ente.example ", PASSWORD).await;
        assert_eq!((entered.status.as_u16(), entered.header("location")), (303, Some("/")));
        for _ in 0..3 {
            assert_eq!(told(&office, "anna@ente.example", "sbagliata davvero").await, (401, None));
        }
        assert_eq!(enter(&office, "anna@ente.example", PASSWORD).await.status.as_u16(), 303);
    }

    async fn two_nodes_count_together(db: Backend) {
        let one = office(&db).await;
        let other = one.beside(&db, Vec::new()).await;
        for email in ["anna@ente.example", "nessuno@ente.example"] {
            for node in [&one, &other, &one, &other] {
                assert_eq!(told(node, email, "sbagliata davvero").await.0, 401);
            }
            for node in [&one, &other] {
                assert_eq!(told(node, email, "sbagliata davvero").await, (429, Some("2".to_owned())));
            }
        }
    }

    async fn tries_at_the_same_time_are_counted_before_they_are_looked_at(db: Backend) {
        let office = office(&db).await;
        let tries = (0..12).map(|_| enter(&office, "anna@ente.example", "sbagliata davvero"));
        let answers = futures_util::future::join_all(tries).await;
        let looked_at = answers.iter().filter(|answer| answer.status.as_u16() == 401).count();
        assert_eq!(looked_at, 4, "three free tries and the one that begins the delay");
    }

    async fn the_delay_grows_to_a_quarter_of_an_hour_and_is_forgotten_in_a_day(db: Backend) {
        let office = office(&db).await;
        let mut longest = 0;
        for _ in 0..16 {
            enter(&office, "nessuno@ente.example", "sbagliata davvero").await;
            let (_, wait) = told(&office, "nessuno@ente.example", "sbagliata davvero").await;
            let wait: i64 = wait.map_or(0, |seconds| seconds.parse().unwrap());
            assert!(wait >= longest && wait <= 900, "{wait} after {longest}");
            longest = wait;
            office.clock.advance(wait + 1);
        }
        assert_eq!(longest, 900);
        office.clock.advance(86_401);
        done(people::forget_tries(&office.store, 10).await);
        assert_eq!(told(&office, "nessuno@ente.example", "sbagliata davvero").await, (401, None));
    }

    async fn many_addresses_leave_few_rows(db: Backend) {
        let office = office(&db).await;
        for n in 0..8 {
            enter(&office, &format!("a{n}@ente.example"), "sbagliata davvero").await;
            office.clock.advance(1);
        }
        done(people::forget_tries(&office.store, 5).await);
        let sql = "SELECT COUNT(*) FROM sign_in_try";
        let rows = done(store::Sql::row(office.store.read(), sql, vec![]).await).unwrap();
        assert_eq!(done(rows.get::<i64>(0)), 5);
        for _ in 0..3 {
            assert_eq!(told(&office, "a7@ente.example", "sbagliata davvero").await.0, 401);
        }
        assert_eq!(told(&office, "a7@ente.example", "sbagliata davvero").await.0, 429, "the newest are remembered");
    }
}
