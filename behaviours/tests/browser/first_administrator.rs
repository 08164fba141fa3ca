//! An empty installation becomes a service desk.

use crate::service;
use crate::visit::Visit;

everywhere! {
    an_empty_installation_asks_for_its_first_administrator:

    async fn whoever_read_the_code_becomes_the_first_administrator(visit: &Visit) -> anyhow::Result<()> {
        let server = service::empty().await?;
        visit.visit_server(&server);
        visit.go("/").await?;
        assert_eq!(visit.path().await?, "/setup");
        visit.look("setup").await?;
        let code = printed_code(&server.output());
        fill(visit, &code, "corta").await?;
        visit.look_at_refusal("setup-refused", 422).await?;
        assert_eq!(visit.see("[name=organisation]").await?.prop("value").await?.as_deref(), Some("Comune di Prova"));
        fill(visit, &code, "una frase lunga per cominciare").await?;
        assert_eq!(visit.path().await?, "/tickets");
        visit.look("first-queue").await?;
        visit.see_words(".account", "AB").await?;
        sign_out_and_in(visit).await
    }

    async fn a_wrong_code_sets_up_nothing(visit: &Visit) -> anyhow::Result<()> {
        let server = service::empty().await?;
        visit.visit_server(&server);
        visit.go("/sign-in").await?;
        assert_eq!(visit.path().await?, "/setup");
        fill(visit, "AAAA-AAAA-AAAA", "una frase lunga per cominciare").await?;
        visit.look_at_refusal("setup-wrong-code", 422).await?;
        visit.see("#code[aria-invalid=true]").await?;
        visit.go("/").await?;
        assert_eq!(visit.path().await?, "/setup");
        Ok(())
    }
}

/// The code as the server printed it: the last word with dashes.
fn printed_code(output: &str) -> String {
    let line = output.lines().find(|line| line.contains("/setup")).unwrap_or_default();
    let mut words = line
        .split_whitespace()
        .filter(|word| word.contains('-') && !word.contains("://"));
    words
        .next_back()
        .unwrap_or_default()
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

async fn fill(visit: &Visit, code: &str, password: &str) -> anyhow::Result<()> {
    for (name, words) in [
        ("code", code),
        ("organisation", "Comune di Prova"),
        ("name", "Anna Bianchi"),
        ("email", "anna@ente.example"),
        ("password", password),
    ] {
        visit.write(name, words).await?;
    }
    visit.send().await
}

async fn sign_out_and_in(visit: &Visit) -> anyhow::Result<()> {
    visit.touch(".account summary").await?;
    visit.look("account-menu").await?;
    visit.press("form[action='/sign-out'] button").await?;
    assert_eq!(visit.path().await?, "/sign-in");
    visit.look("sign-in").await?;
    visit.write("email", "anna@ente.example").await?;
    visit.write("password", "sbagliata").await?;
    visit.send().await?;
    visit.look_at_refusal("sign-in-refused", 401).await?;
    visit.write("password", "una frase lunga per cominciare").await?;
    visit.send().await?;
    assert_eq!(visit.path().await?, "/tickets");
    Ok(())
}
