//! The second step of signing in: it counts once confirmed, a code works once, and wrong ones cost time.

use crate::office::{Answer, Office, done};
use crate::profile::{send, session};
use serde_json::json;
use testkit::Backend;

const PASSWORD: &str = "una frase lunga";

/// What stands in the page as a secret: the key, or recovery codes.
fn secrets(page: &str) -> Vec<String> {
    let parts = page.split("<code class=\"secret\">").skip(1);
    parts
        .filter_map(|part| part.split('<').next())
        .map(str::to_owned)
        .collect()
}

/// The code a telephone shows for a key, a number of half minutes from now.
fn shown(key: &str, later: i64) -> String {
    let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new()
        .with_secret(secret.as_bytes().to_vec())
        .build()
        .unwrap();
    let seconds = kernel::Clock::wall_now().as_millis() / 1000 + later * 30;
    totp.generate(u64::try_from(seconds).unwrap()).to_string()
}

/// Anna, who has a password and the second step: her key and her recovery codes.
async fn with_second_step(office: &Office) -> (String, Vec<String>) {
    done(people::set_password(&office.store, office.people["anna"], "anna@ente.example", PASSWORD).await);
    let anna = session(office, "anna").await;
    let offered = send(office, &anna, "POST", "/profile/second-factor", "").await.text();
    let key = secrets(&offered).remove(0);
    let code = format!("code={}", shown(&key, -1));
    let confirmed = send(office, &anna, "POST", "/profile/second-factor/confirm", &code).await;
    assert_eq!(confirmed.status.as_u16(), 200, "{}", confirmed.text());
    (key, secrets(&confirmed.text()))
}

/// The password, right: the cookie on the way to the code.
async fn half_way(office: &Office) -> String {
    let form = "email=anna%40ente.example&password=una+frase+lunga&to=%2Ftickets";
    let answer = send(office, "", "POST", "/sign-in", form).await;
    assert_eq!(answer.header("location"), Some("/sign-in/code?to=/tickets"));
    answer
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned()
}

async fn enter(office: &Office, step: &str, code: &str) -> Answer {
    send(
        office,
        step,
        "POST",
        "/sign-in/code",
        &format!("code={code}&to=%2Ftickets"),
    )
    .await
}

testkit::both_backends! {
    async fn the_password_alone_opens_nothing_any_more(db: Backend) {
        let office = Office::open(&db).await;
        let (key, codes) = with_second_step(&office).await;
        assert_eq!(codes.len(), 10);
        let step = half_way(&office).await;
        let page = send(&office, &step, "GET", "/tickets", "").await;
        assert!(page.header("location").is_some_and(|to| to.starts_with("/sign-in")));
        assert_eq!(enter(&office, &step, "000000").await.status.as_u16(), 401);
        let entered = enter(&office, &step, &shown(&key, 0)).await;
        assert_eq!(entered.header("location"), Some("/tickets"));
        // The step is used up with it.
        assert_eq!(enter(&office, &step, &codes[0]).await.header("location"), Some("/sign-in"));
        assert_eq!(enter(&office, "", &codes[0]).await.header("location"), Some("/sign-in"));
    }

    async fn a_code_works_once(db: Backend) {
        let office = Office::open(&db).await;
        let (key, codes) = with_second_step(&office).await;
        let code = shown(&key, 0);
        let step = half_way(&office).await;
        assert_eq!(enter(&office, &step, &code).await.status.as_u16(), 303);
        let step = half_way(&office).await;
        assert_eq!(enter(&office, &step, &code).await.status.as_u16(), 401, "seen over a shoulder");
        // A recovery code, as people copy it, once too.
        let copied = codes[3].to_uppercase().replace('-', "+");
        assert_eq!(enter(&office, &step, &copied).await.status.as_u16(), 303);
        let step = half_way(&office).await;
        assert_eq!(enter(&office, &step, &codes[3]).await.status.as_u16(), 401);
        let stands = done(people::second_factor_of(&office.store, office.people["anna"]).await);
        assert_eq!((stands.on, stands.codes_left), (true, 9));
    }

    async fn wrong_codes_are_delayed(db: Backend) {
        let office = Office::open(&db).await;
        let (key, _) = with_second_step(&office).await;
        let step = half_way(&office).await;
        for _ in 0..4 {
            assert_eq!(enter(&office, &step, "123456").await.status.as_u16(), 401);
        }
        let late = enter(&office, &step, &shown(&key, 0)).await;
        assert_eq!((late.status.as_u16(), late.header("retry-after")), (429, Some("2")));
    }

    async fn it_is_switched_off_and_its_codes_renewed_with_a_code_only(db: Backend) {
        let office = Office::open(&db).await;
        let (key, codes) = with_second_step(&office).await;
        let anna = session(&office, "anna").await;
        let again = send(&office, &anna, "POST", "/profile/second-factor", "").await;
        assert_eq!(again.status.as_u16(), 409, "no new secret while one counts");
        for act in ["codes", "off"] {
            let path = format!("/profile/second-factor/{act}");
            assert_eq!(send(&office, &anna, "POST", &path, "code=111111").await.status.as_u16(), 422);
        }
        let code = format!("code={}", codes[0]);
        let renewed = secrets(&send(&office, &anna, "POST", "/profile/second-factor/codes", &code).await.text());
        assert_eq!(renewed.len(), 10);
        assert!(renewed.iter().all(|code| !codes.contains(code)));
        let code = format!("code={}", shown(&key, 0));
        assert_eq!(send(&office, &anna, "POST", "/profile/second-factor/off", &code).await.status.as_u16(), 200);
        let form = "email=anna%40ente.example&password=una+frase+lunga&to=";
        assert_eq!(send(&office, "", "POST", "/sign-in", form).await.header("location"), Some("/"));
    }

    async fn whoever_lost_telephone_and_codes_is_let_in_by_who_manages_people(db: Backend) {
        let office = Office::open(&db).await;
        with_second_step(&office).await;
        let (anna, admin) = (office.people["anna"], office.people["admin"]);
        let removal = |person| format!("/api/v1/people/{person}/second-factor-removal");
        let why = json!({"reason": "Telefono perso, riconosciuta di persona"});
        office.post("bruno", &removal(anna), &why).await.problem(403);
        office.post("admin", &removal(anna), &json!({"reason": " "})).await.problem(422);
        office.post("admin", &removal(admin), &why).await.problem(409);
        assert!(done(people::second_factor_of(&office.store, anna).await).on, "nothing has changed");
        assert_eq!(office.post("admin", &removal(anna), &why).await.status.as_u16(), 204);
        let form = "email=anna%40ente.example&password=una+frase+lunga&to=";
        assert_eq!(send(&office, "", "POST", "/sign-in", form).await.header("location"), Some("/"));
        let page = send(&office, &session(&office, "anna").await, "GET", "/profile", "").await.text();
        assert!(page.contains("Telefono perso, riconosciuta di persona"), "she is told why");
        office.post("admin", &removal(anna), &why).await.problem(409);
    }

    async fn an_unconfirmed_secret_asks_for_nothing(db: Backend) {
        let office = Office::open(&db).await;
        done(people::set_password(&office.store, office.people["anna"], "anna@ente.example", PASSWORD).await);
        let anna = session(&office, "anna").await;
        send(&office, &anna, "POST", "/profile/second-factor", "").await;
        let wrong = send(&office, &anna, "POST", "/profile/second-factor/confirm", "code=123456").await;
        assert_eq!(wrong.status.as_u16(), 422);
        assert_eq!(secrets(&wrong.text()).len(), 1, "the key is still there to be scanned");
        let form = "email=anna%40ente.example&password=una+frase+lunga&to=";
        assert_eq!(send(&office, "", "POST", "/sign-in", form).await.header("location"), Some("/"));
    }
}
