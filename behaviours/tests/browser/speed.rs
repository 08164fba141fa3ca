//! On a machine four times slower than this one each key, tap and letter is answered within a tenth of a second, and nothing
//! jumps: neither while a page arrives nor when others change what it shows.
//!
//! The lists are those of the demonstration. A list shows the same number of rows whatever stands behind it, so a million tickets
//! would cost the server more, and the browser nothing.

use testkit::browser::Screen;

use crate::gauge::Gauge;
use crate::people::{DAVIDE, LUCIA, PAOLO, ticket_of_a_guest};
use crate::requester::asks_briefly;
use crate::visit::Visit;

/// Strikes keys wherever the focus is.
async fn strike(visit: &Visit, keys: &str) -> anyhow::Result<()> {
    Ok(visit.browser.action_chain().send_keys(keys).perform().await?)
}

/// The same, as hands do it: each key when what the one before it does is on screen.
async fn one_by_one(gauge: &Gauge<'_>, visit: &Visit, keys: &str) -> anyhow::Result<()> {
    for key in keys.chars() {
        strike(visit, &key.to_string()).await?;
        gauge.shown().await?;
    }
    Ok(())
}

/// Touches something that opens, and again to close it.
async fn opens_and_closes(visit: &Visit, css: &str) -> anyhow::Result<()> {
    visit.touch(css).await?;
    visit.touch(css).await
}

everywhere! {
    #[ignore = "measures the machine it runs on; told by name, when nothing else runs there"]
    a_slow_machine_answers_promptly:

    async fn in_the_queue(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(LUCIA).await?;
        let gauge = Gauge::on(visit).await?;
        visit.go("/tickets?view=all").await?;
        gauge.is_true().await?;
        visit.go("/tickets?view=all").await?;
        if visit.screen == Screen::Desk {
            gauge.is_prompt("j, down the queue", async || strike(visit, "j").await).await?;
            gauge.is_prompt("k, up the queue", async || strike(visit, "k").await).await?;
            gauge.is_prompt("x, a row is ticked", async || strike(visit, "x").await).await?;
            gauge.is_prompt("?, the keys of the page", async || one_by_one(&gauge, visit, "?\u{e00c}").await).await?;
        }
        gauge.is_prompt("the menu of orders", async || opens_and_closes(visit, ".queue-order summary").await).await?;
        gauge.is_prompt("the menu of conditions", async || opens_and_closes(visit, ".queue-condition summary").await).await?;
        gauge.is_prompt("the values of a condition", async || {
            visit.touch(".queue-condition summary").await?;
            visit.touch(".queue-condition a[href*='field=priority']").await?;
            visit.see(".queue-condition .values").await?;
            visit.touch(".queue-condition summary").await
        }).await?;
        visit.touch(".queue-filters summary").await?;
        visit.touch("#by-q").await?;
        gauge.is_prompt("letters in the filter", async || strike(visit, "stampa ").await).await
    }

    async fn in_a_ticket(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Macchina lenta")).await?;
        visit.sign_in(LUCIA).await?;
        let gauge = Gauge::on(visit).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        if visit.screen == Screen::Desk {
            visit.touch("#composer-text").await?;
            gauge.is_prompt("a text by ::", async || one_by_one(&gauge, visit, " ::\u{e003}\u{e003}\u{e003}").await).await?;
            strike(visit, "\u{e00c}").await?;
            gauge.is_prompt("j, beside a ticket", async || strike(visit, "j").await).await?;
            gauge.is_prompt("Ctrl K, letters and back", async || {
                strike(visit, "\u{e009}k\u{e009}").await?;
                visit.see("dialog[open] input").await?;
                strike(visit, "stam").await?;
                strike(visit, "\u{e00c}").await
            }).await?;
        }
        gauge.is_prompt("the menu of acts", async || opens_and_closes(visit, ".acts .menu summary").await).await?;
        visit.touch("#composer-text").await?;
        gauge.is_prompt("letters in the composer", async || strike(visit, "Gentile utente, ").await).await?;
        gauge.is_prompt("from reply to note and back", async || {
            visit.touch(".composer .tab:has(input[value=note])").await?;
            visit.touch(".composer .tab:has(input[value=reply])").await
        }).await
    }

    async fn in_the_portal(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        let gauge = Gauge::on(visit).await?;
        visit.go("/portal").await?;
        visit.touch("main input[type=search]").await?;
        gauge.is_prompt("letters in the one question", async || strike(visit, "stampante ").await).await?;
        visit.go("/portal/new").await?;
        visit.touch("#description").await?;
        gauge.is_prompt("letters in a request", async || strike(visit, "non stampa ").await).await
    }
}

everywhere! {
    nothing_jumps:

    async fn while_a_page_arrives(visit: &Visit) -> anyhow::Result<()> {
        let gauge = Gauge::on(visit).await?;
        // Nothing is kept yet of what pages share: no style, no letters.
        visit.go("/sign-in").await?;
        gauge.stands_still("signing in, for the first time").await?;
        visit.sign_in(LUCIA).await?;
        gauge.stands_still("the console, for the first time").await?;
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Niente salta")).await?;
        for page in ["/tickets?view=all", "/tickets/new", "/search?q=stampante", "/knowledge"] {
            visit.go(page).await?;
            gauge.stands_still(page).await?;
        }
        visit.go(&format!("/tickets/{number}")).await?;
        gauge.stands_still("a ticket").await?;
        visit.sign_in(PAOLO).await?;
        gauge.stands_still("the portal, for the first time").await?;
        let mine = asks_briefly(visit, &visit.own_words("Niente salta nel portale")).await?;
        for page in ["/portal", "/portal/new", "/portal/requests", &format!("/portal/requests/{mine}")] {
            visit.go(page).await?;
            gauge.stands_still(page).await?;
        }
        Ok(())
    }

    async fn when_others_change_what_is_shown(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Cambia sotto gli occhi")).await?;
        visit.sign_in(LUCIA).await?;
        let gauge = Gauge::on(visit).await?;
        visit.go("/tickets?sort=newest").await?;
        visit.until(&format!("document.getElementById('row-{number}')")).await?;
        let words = visit.own_words("Ora con un oggetto assai più lungo di prima, che prende tutta la riga");
        davide.submit(&format!("/tickets/{number}/subject"), &[("subject", &words)]).await?.expect(303)?;
        visit.until(&format!("document.querySelector('#row-{number}').textContent.includes('{words}')")).await?;
        gauge.stands_still("a row changes").await?;
        ticket_of_a_guest(&davide, &visit.own_words("Arriva mentre guardo")).await?;
        visit.see_words("[data-arrivals]", visit.either(": mostra", ": show")).await?;
        gauge.stands_still("a ticket arrives").await?;
        visit.go(&format!("/tickets/{number}")).await?;
        crate::live::writes_a_note(&davide, &number, "Ci guardo io.").await?;
        visit.until("document.querySelector('#flow').textContent.includes('Ci guardo io')").await?;
        gauge.stands_still("a message arrives").await?;
        davide.submit(&format!("/tickets/{number}/take"), &[]).await?.expect(303)?;
        visit.until(&format!("document.querySelector('#facts').textContent.includes('{}')", DAVIDE.name)).await?;
        gauge.stands_still("a ticket is taken").await?;
        visit.sign_in(PAOLO).await?;
        let mine = asks_briefly(visit, &visit.own_words("Guardo che cosa succede")).await?;
        visit.go(&format!("/portal/requests/{mine}")).await?;
        davide.submit(&format!("/tickets/{mine}/take"), &[]).await?.expect(303)?;
        let words = visit.either("In lavorazione", "In progress");
        visit.until(&format!("document.querySelector('.request-about').textContent.includes('{words}')")).await?;
        gauge.stands_still("a request is taken").await
    }
}
