//! Finding: the search page, its conditions and their completion, and the dialog over everything behind `Ctrl K`.

use anyhow::ensure;
use thirtyfour::Key;

use crate::people::{DAVIDE, LUCIA, ticket_of_a_guest};
use crate::visit::Visit;

/// The text of the option the arrows are at.
const CHOSEN: &str = "document.getElementById(document.querySelector('[role=combobox][aria-activedescendant]')?.getAttribute('aria-activedescendant'))?.innerText ?? ''";
/// True while the palette is open with something to choose.
const OFFERS: &str = "document.querySelector('#palette[open] [role=option]')";

everywhere! {
    everything_is_found_from_the_keyboard:

    async fn what_was_looked_for_is_marked(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(LUCIA).await?;
        visit.go("/search?q=stampanti").await?;
        visit.see("tbody mark").await?;
        let marked = visit.ask("[...document.querySelectorAll('tbody mark')].map(hit => hit.textContent.toLowerCase())").await?;
        let marked: Vec<String> = serde_json::from_value(marked)?;
        ensure!(marked.iter().all(|hit| hit.starts_with("stampant")), "{marked:?}");
        visit.look("search-marked").await
    }

    async fn what_is_not_understood_is_told_with_a_way_on(visit: &Visit) -> anyhow::Result<()> {
        visit.go("/search?q=gruppo:sistmi%20vpn").await?;
        visit.see_words(".told", "sistmi").await?;
        visit.look("search-unclear").await?;
        visit.press(".told a").await?;
        visit.see_none(".told").await?;
        visit.see("tbody tr").await?;
        visit.go("/search?q=stanpante").await?;
        visit.see_words(".told a", "stampante").await?;
        visit.see("tbody tr").await?;
        visit.look("search-corrected").await
    }

    async fn a_condition_completes_itself_while_it_is_typed(visit: &Visit) -> anyhow::Result<()> {
        visit.go("/search").await?;
        let field = visit.see("main [name=q]").await?;
        field.send_keys(visit.either("vpn gruppo:sis", "vpn group:sis")).await?;
        visit.until("document.querySelector('main .find-list:not([hidden]) [role=option]')").await?;
        visit.look("search-completion").await?;
        field.send_keys(Key::Down + "").await?;
        visit.until(&format!("({CHOSEN}).includes('Sistemi e reti')")).await?;
        field.send_keys(Key::Enter + "").await?;
        let whole = visit.either("vpn gruppo:\"Sistemi e reti\" ", "vpn group:\"Sistemi e reti\" ");
        visit.until(&format!("document.querySelector('main [name=q]').value === '{whole}'")).await?;
        visit.leaving(async { Ok(field.send_keys(Key::Enter + "").await?) }).await?;
        visit.see("tbody tr").await.map(drop)
    }

    async fn the_palette_leads_everywhere_and_gives_the_focus_back(visit: &Visit) -> anyhow::Result<()> {
        let subject = visit.own_words("Zampogna scordata");
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &subject).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.see(".acts .btn").await?;
        visit.ask("document.querySelector('.acts .btn').focus()").await?;
        calls(visit).await?;
        visit.until(OFFERS).await?;
        visit.until(&format!("({CHOSEN}).includes('{number}')")).await?;
        visit.look("palette").await?;
        strikes(visit, Key::Escape).await?;
        visit.until("!document.querySelector('#palette').open").await?;
        visit.until("document.activeElement.matches('.acts .btn')").await?;
        visit.go("/tickets").await?;
        calls(visit).await?;
        types(visit, "zampogna").await?;
        visit.until(&format!("({CHOSEN}).includes('{subject}')")).await?;
        visit.look("palette-found").await?;
        visit.leaving(strikes(visit, Key::Enter)).await?;
        assert_eq!(visit.path().await?, format!("/tickets/{number}"));
        Ok(())
    }

    async fn every_act_of_a_ticket_stands_in_the_palette_with_its_key(visit: &Visit) -> anyhow::Result<()> {
        calls(visit).await?;
        visit.until(OFFERS).await?;
        let keys = visit.ask("[...document.querySelectorAll('#palette kbd')].map(key => key.textContent)").await?;
        let keys: Vec<String> = serde_json::from_value(keys)?;
        for key in ["t", "u", "r", "?", "g q"] {
            ensure!(keys.iter().any(|one| one == key), "{key} is not among {keys:?}");
        }
        types(visit, "identif").await?;
        visit.until(&format!("/^identif/i.test({CHOSEN})")).await?;
        visit.look("palette-acts").await?;
        visit.leaving(strikes(visit, Key::Enter)).await?;
        ensure!(visit.path().await?.ends_with("/identify"), "it does not identify");
        Ok(())
    }

    async fn a_guide_is_opened_from_the_palette(visit: &Visit) -> anyhow::Result<()> {
        visit.go("/tickets").await?;
        calls(visit).await?;
        types(visit, "riavviare la coda di stampa").await?;
        visit.until("document.querySelector('#palette[open] [data-href^=\"/knowledge/KB-\"]')").await?;
        visit.look("palette-guides").await?;
        visit.press("#palette [data-href^='/knowledge/KB-']").await?;
        visit.see_words("h1", "Riavviare la coda di stampa").await
    }
}

async fn calls(visit: &Visit) -> anyhow::Result<()> {
    let keys = visit
        .browser
        .action_chain()
        .key_down(Key::Control)
        .send_keys("k")
        .key_up(Key::Control);
    keys.perform().await?;
    visit.until("document.querySelector('#palette').open").await
}

async fn types(visit: &Visit, words: &str) -> anyhow::Result<()> {
    Ok(visit.browser.action_chain().send_keys(words).perform().await?)
}

async fn strikes(visit: &Visit, key: Key) -> anyhow::Result<()> {
    let key: char = key.into();
    Ok(visit
        .browser
        .action_chain()
        .send_keys(key.to_string())
        .perform()
        .await?)
}
