//! Somebody needs something and asks for it at the portal.

use std::path::PathBuf;

use anyhow::ensure;

use crate::people::{DAVIDE, PAOLO, ticket_of_a_guest};
use crate::visit::Visit;

everywhere! {
    requesters_ask_and_follow_what_is_theirs:

    async fn a_requester_asks_with_an_attachment_and_replies(visit: &Visit) -> anyhow::Result<()> {
        asks_and_replies(visit).await
    }

    async fn a_requester_sees_only_what_is_theirs(visit: &Visit) -> anyhow::Result<()> {
        let subject = visit.own_words("Richiesta di un’altra persona");
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &subject).await?;
        visit.sign_in(PAOLO).await?;
        visit.go("/portal/requests").await?;
        visit.look("own-requests").await?;
        ensure!(!visit.page_says(&subject).await?, "it is in the list");
        visit.go(&format!("/portal/requests/{number}")).await?;
        visit.look_at_refusal("not-mine", 404).await?;
        ensure!(!visit.page_says(&subject).await?, "the refusal tells it");
        visit.go(&format!("/tickets/{number}")).await?;
        visit.look_at_refusal("not-mine-in-the-console", 404).await?;
        ensure!(!visit.page_says(&subject).await?, "the console shows it");
        Ok(())
    }

    async fn a_reader_changes_the_language_and_stays_where_they_are(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        visit.go("/portal/new").await?;
        let (here, other) = (visit.either("it", "en"), visit.either("en", "it"));
        visit.press(&format!(".slim-links a[hreflang={other}]")).await?;
        assert_eq!(visit.path().await?, "/portal/new");
        assert_eq!(visit.ask("document.documentElement.lang").await?, other);
        visit.press(&format!(".slim-links a[hreflang={here}]")).await?;
        assert_eq!(visit.ask("document.documentElement.lang").await?, here);
        visit.go("/profile").await?;
        visit.look("profile-of-a-requester").await?;
        visit.go("/accessibility").await?;
        visit.look("accessibility").await
    }
}

/// The whole journey; it is told without script too.
pub async fn asks_and_replies(visit: &Visit) -> anyhow::Result<()> {
    visit.sign_in(PAOLO).await?;
    assert_eq!(visit.path().await?, "/portal");
    visit.look("portal").await?;
    let subject = visit.own_words("Il monitor resta spento");
    searches_before_asking(visit, &subject).await?;
    let number = asks(visit, &subject).await?;
    visit.look("request-opened").await?;
    visit.see_words(".alert", &number).await?;
    visit.see_words("main", "foto-del-monitor.txt").await?;
    visit.write("body", "Aggiungo che la spia è arancione.").await?;
    visit.send().await?;
    visit.see_words(".flow", "Aggiungo che la spia è arancione.").await?;
    visit.look("request-answered").await?;
    visit.go("/portal").await?;
    visit.see_words(".requests", &subject).await
}

async fn searches_before_asking(visit: &Visit, subject: &str) -> anyhow::Result<()> {
    visit.write("q", subject).await?;
    visit.press("main form[role=search] button").await?;
    visit.look("portal-search").await?;
    visit.press(".suggestions li:last-child a").await?;
    assert_eq!(visit.path().await?, "/portal/new");
    Ok(())
}

/// Fills in the form, whose subject is there already, and sends it: the number of the request.
async fn asks(visit: &Visit, subject: &str) -> anyhow::Result<String> {
    assert_eq!(
        visit.see("#subject").await?.prop("value").await?.as_deref(),
        Some(subject)
    );
    visit.pick("area", "Servizi Tecnologici").await?;
    visit
        .write(
            "description",
            "Stamattina si accende la spia, ma lo schermo resta nero.",
        )
        .await?;
    visit
        .see("#file")
        .await?
        .send_keys(attachment()?.to_string_lossy())
        .await?;
    visit.look("new-request").await?;
    visit.send().await?;
    number_of(&visit.path().await?)
}

/// Asks for something at the portal, in few words: the number of the request.
pub async fn asks_briefly(visit: &Visit, subject: &str) -> anyhow::Result<String> {
    visit.go("/portal/new").await?;
    visit.pick("area", "Servizi Tecnologici").await?;
    visit.write("subject", subject).await?;
    visit
        .write("description", "Da ieri pomeriggio la VPN cade ogni dieci minuti.")
        .await?;
    // What is proposed under the subject pushes the button down when it comes.
    if visit.script {
        visit
            .until("document.querySelector('#suggested').textContent !== ''")
            .await?;
    }
    visit.send().await?;
    number_of(&visit.path().await?)
}

fn number_of(path: &str) -> anyhow::Result<String> {
    let number = path.rsplit('/').next().unwrap_or_default();
    ensure!(number.starts_with("SR-"), "{path} is not a request");
    Ok(number.to_owned())
}

fn attachment() -> anyhow::Result<PathBuf> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("foto-del-monitor.txt");
    if !path.exists() {
        std::fs::write(&path, "Una fotografia, per così dire.\n")?;
    }
    Ok(path)
}
