//! Signing in by two steps: switched on, used, replaced by a recovery code, taken away by who manages people, switched off.

use anyhow::{Context, ensure};

use crate::people::{BEATRICE, PASSWORD};
use crate::visit::Visit;

/// The code that a telephone shows for a key, half minutes from now.
///
/// One half minute either way is taken, each code once: a journey uses this one first and the next one after, both good
/// for at least half a minute more, however slow the machine is.
fn shown(key: &str, later: i64) -> anyhow::Result<String> {
    let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).map_err(|cause| anyhow::anyhow!("{cause}"))?;
    let totp = totp_rs::Builder::new().with_secret(secret.as_bytes().to_vec()).build();
    let totp = totp.map_err(|cause| anyhow::anyhow!("{cause}"))?;
    let seconds = kernel::Clock::wall_now().as_millis() / 1000 + later * 30;
    Ok(totp.generate(u64::try_from(seconds)?).to_string())
}

/// Somebody with an account of their own: their address, and their page in the administration.
async fn somebody(visit: &Visit) -> anyhow::Result<(String, String)> {
    let email = format!("telefono.{}.{}@ente.example", visit.language, visit.screen.width());
    let fields = [
        ("name", "Tina Telefono"),
        ("email", &email),
        ("role", "operator"),
        ("area", "all"),
        ("password", PASSWORD),
    ];
    let made = BEATRICE
        .elsewhere()
        .await?
        .submit("/people/new", &fields)
        .await?
        .expect(303)?;
    let page = made.header("location").context("no page")?.to_owned();
    Ok((email, page))
}

async fn enters(visit: &Visit, email: &str) -> anyhow::Result<()> {
    visit.browser.delete_all_cookies().await?;
    visit.go("/sign-in").await?;
    visit.write("email", email).await?;
    visit.write("password", PASSWORD).await?;
    visit.press("main button[type=submit]").await
}

/// Switches it on: the recovery codes.
async fn switches_on(visit: &Visit) -> anyhow::Result<(String, Vec<String>)> {
    visit.go("/profile/second-factor").await?;
    visit.press("main form[action='/profile/second-factor'] button").await?;
    let key = visit.read(".secret").await?;
    visit.look("second-scan").await?;
    visit.write("code", "12345").await?;
    visit.press("main form[action$='/confirm'] button").await?;
    visit.look_at_refusal("second-refused", 422).await?;
    ensure!(visit.read(".secret").await? == key, "the key has changed");
    visit.write("code", &shown(&key, 0)?).await?;
    visit.press("main form[action$='/confirm'] button").await?;
    let codes = visit
        .ask("[...document.querySelectorAll('.recovery-codes code')].map(one => one.innerText)")
        .await?;
    let codes: Vec<String> = serde_json::from_value(codes)?;
    ensure!(codes.len() == 10, "{codes:?}");
    Ok((key, codes))
}

everywhere! {
    a_telephone_is_the_second_step_of_signing_in:

    async fn it_is_switched_on_used_and_switched_off(visit: &Visit) -> anyhow::Result<()> {
        let (email, page) = somebody(visit).await?;
        enters(visit, &email).await?;
        visit.go("/profile/second-factor").await?;
        visit.look("second-off").await?;
        let (key, codes) = switches_on(visit).await?;
        visit.look("second-codes").await?;
        enters(visit, &email).await?;
        ensure!(visit.path().await? == "/sign-in/code", "{}", visit.path().await?);
        visit.look("second-code").await?;
        visit.write("code", "000000").await?;
        visit.press("main button[type=submit]").await?;
        visit.look_at_refusal("second-code-refused", 401).await?;
        visit.write("code", &shown(&key, 1)?).await?;
        visit.press("main button[type=submit]").await?;
        ensure!(visit.path().await? == "/tickets", "{}", visit.path().await?);
        enters(visit, &email).await?;
        visit.write("code", &codes[0]).await?;
        visit.press("main button[type=submit]").await?;
        ensure!(visit.path().await? == "/tickets", "{}", visit.path().await?);
        visit.go("/profile/second-factor").await?;
        visit.see_words("main", visit.either("Restano 9", "9 recovery")).await?;
        visit.look("second-on").await?;
        visit.write("code", &codes[1]).await?;
        visit.press("main button[formaction$='/off']").await?;
        enters(visit, &email).await?;
        ensure!(visit.path().await? == "/tickets", "{}", visit.path().await?);
        a_lost_telephone_is_helped(visit, &email, &page).await
    }
}

/// Telephone and codes are lost: an administrator takes the step away, and the person is told.
async fn a_lost_telephone_is_helped(visit: &Visit, email: &str, page: &str) -> anyhow::Result<()> {
    switches_on(visit).await?;
    visit.sign_in(BEATRICE).await?;
    visit.go(page).await?;
    visit.look("person-with-second-step").await?;
    visit.write("reason", "Telefono perso in treno").await?;
    visit.press("main form[action$='/second-factor/taken'] button").await?;
    visit.see_none("main form[action$='/second-factor/taken']").await?;
    enters(visit, email).await?;
    ensure!(visit.path().await? == "/tickets", "{}", visit.path().await?);
    visit.go("/profile").await?;
    visit
        .see_words("main .alert--warning", "Telefono perso in treno")
        .await?;
    visit.see_words("main .alert--warning", BEATRICE.name).await?;
    visit.look("profile-second-taken").await
}
