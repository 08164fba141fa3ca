//! Somebody finds help before they ask, asks when it does not help, and says how it went.

use anyhow::ensure;

use crate::people::{BEATRICE, DAVIDE, PAOLO};
use crate::visit::Visit;

everywhere! {
    requesters_find_help_before_they_ask_and_say_how_it_went:

    async fn a_guide_is_found_while_typing_read_and_judged(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        visit.write("q", "la stampante non esce dalla coda").await?;
        visit.until("document.querySelector('#suggestions a[href^=\"/portal/guides/\"]')").await?;
        visit.until("document.querySelector('#suggested').innerText.length > 0").await?;
        visit.look("portal-suggestions").await?;
        ensure!(visit.ask("document.querySelector('#suggestions a').innerText").await? == "Stampa ferma", "the outage comes first");
        walks_by_arrows(visit).await?;
        visit.press("#suggestions a[href^='/portal/guides/']").await?;
        visit.see_words("h1", "Riavviare la coda di stampa").await?;
        visit.look("guide").await?;
        visit.press(".voice-acts button[value=no]").await?;
        visit.see(".voice .alert--success").await?;
        visit.look("guide-judged").await?;
        visit.go("/portal/guides").await?;
        visit.look("guides").await?;
        visit.go("/portal/outages").await?;
        visit.look("outages").await?;
        visit.press(".guides a").await?;
        visit.look("outage").await
    }

    async fn what_can_be_asked_for_is_a_tile_and_how_it_went_is_said_at_the_end(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        visit.press(".tile:nth-child(1) a").await?;
        let subject = visit.own_words("La VPN non si collega");
        visit.write("subject", &subject).await?;
        visit.until("document.querySelector('#suggestions a[target=_blank]')").await?;
        visit.look("new-request-with-help").await?;
        visit.send().await?;
        let page = visit.path().await?;
        visit.touch(".portal-withdraw summary").await?;
        visit.press(".portal-withdraw button").await?;
        visit.look("request-to-rate").await?;
        visit.choose("score", "4").await?;
        visit.write("rating_note", "Veloci e gentili").await?;
        visit.press("section.voice .btn--primary").await?;
        ensure!(visit.path().await? == page, "it leads elsewhere");
        visit.see_words(".flow", "Veloci e gentili").await?;
        visit.look("request-rated").await
    }

    async fn a_missing_network_is_told_calmly(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        let ready = "navigator.serviceWorker.controller";
        visit.until(ready).await?;
        let manifest = visit.ask("document.querySelector('link[rel=manifest]').href").await?;
        ensure!(manifest.as_str().is_some_and(|href| href.ends_with("/manifest.webmanifest")), "{manifest}");
        visit.go("/offline").await?;
        visit.look("offline").await
    }

    async fn the_desk_writes_a_guide_and_tells_of_an_outage(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(BEATRICE).await?;
        visit.go("/knowledge").await?;
        visit.look("knowledge").await?;
        visit.go("/knowledge/new").await?;
        visit.look("article-new").await?;
        let title = visit.own_words("Pulire il vetro dello scanner");
        visit.write("title", &title).await?;
        visit.write("body", "1. Spegni\n2. Passa un panno **asciutto**").await?;
        visit.send().await?;
        visit.see_words("h1", &title).await?;
        visit.look("article").await?;
        visit.press("form[action$=publication] button").await?;
        visit.look("article-published").await?;
        visit.go("/outages").await?;
        visit.look("desk-outages").await?;
        visit.go("/outages/new").await?;
        visit.look("desk-outage-new").await?;
        let title = visit.own_words("Ascensore fermo");
        visit.write("title", &title).await?;
        visit.write("meaning", "Si sale a piedi.").await?;
        visit.pick("area", visit.either("Altre applicazioni", "Altre applicazioni")).await?;
        visit.send().await?;
        visit.look("desk-outage").await?;
        visit.press("form[action$=end] button").await?;
        visit.look("desk-outage-over").await?;
        visit.go("/administration/offerings").await?;
        visit.look("offerings").await?;
        visit.press("tbody a").await?;
        visit.look("offering").await
    }

    async fn what_the_desk_keeps_to_itself_does_not_exist_for_requesters(visit: &Visit) -> anyhow::Result<()> {
        let client = DAVIDE.elsewhere().await?;
        let list = client.get("/knowledge?q=fornitore").await?.expect(200)?.text();
        let number = list.split("/knowledge/KB-").nth(1).and_then(|rest| rest.get(..11)).unwrap_or_default().to_owned();
        ensure!(!number.is_empty(), "no internal article");
        visit.sign_in(PAOLO).await?;
        visit.go(&format!("/portal/guides/KB-{number}")).await?;
        visit.look_at_refusal("guide-not-for-me", 404).await?;
        visit.go("/knowledge").await?;
        visit.look_at_refusal("knowledge-not-for-me", 404).await
    }
}

/// The arrows walk through the list, and back to the field.
async fn walks_by_arrows(visit: &Visit) -> anyhow::Result<()> {
    let field = visit.see("#need").await?;
    field.send_keys("\u{E015}").await?;
    visit
        .until("document.activeElement === document.querySelector('#suggestions a')")
        .await?;
    visit.see("#suggestions a").await?.send_keys("\u{E013}").await?;
    visit.until("document.activeElement.id === 'need'").await
}
