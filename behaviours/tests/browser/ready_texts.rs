//! What is written again and again is written once: two colons and a few letters put it into a message.

use anyhow::ensure;
use thirtyfour::Key;

use crate::hands::Hands;
use crate::people::{BEATRICE, LUCIA, ticket_of_a_guest};
use crate::visit::Visit;

/// The names that the open list offers.
const OFFERED: &str =
    "[...document.querySelectorAll('.inserts:not([hidden]) .insert strong')].map(one => one.textContent)";

everywhere! {
    ready_texts_are_inserted_while_one_writes:

    async fn a_text_is_found_by_letters_and_comes_filled_in(visit: &Visit) -> anyhow::Result<()> {
        let number = at_a_ticket(visit, "Da rispondere in fretta").await?;
        let field = visit.see("#composer-text").await?;
        field.send_keys("Ricevuto. ::").await?;
        visit.until(&format!("{OFFERED}.length === 3")).await?;
        visit.look("composer-ready-texts").await?;
        field.send_keys("inf").await?;
        visit.until(&format!("{OFFERED}.join() === 'Servono altre informazioni'")).await?;
        Hands::on(visit).strike(Key::Enter).await?;
        let written = field.prop("value").await?.unwrap_or_default();
        for words in ["Ricevuto. Buon", "Rita Galasso,\n", number.as_str(), "Grazie,\nLucia Bruni"] {
            ensure!(written.contains(words), "{words:?} is missing: {written}");
        }
        ensure!(!written.contains('{') && !written.contains("::"), "places were left: {written}");
        visit.until(&format!("{OFFERED}.length === 0")).await?;
        visit.look("composer-filled-in").await
    }

    async fn the_arrows_and_tab_choose_and_escape_leaves_the_words_alone(visit: &Visit) -> anyhow::Result<()> {
        at_a_ticket(visit, "Con le frecce").await?;
        let field = visit.see("#composer-text").await?;
        field.send_keys("::").await?;
        visit.until(&format!("{OFFERED}.length === 3")).await?;
        let mut hands = Hands::on(visit);
        hands.strike(Key::Escape).await?;
        visit.until(&format!("{OFFERED}.length === 0")).await?;
        ensure!(field.prop("value").await?.as_deref() == Some("::"), "Escape changed the words");
        hands.strike(Key::Backspace).await?;
        hands.strike(':').await?;
        visit.until(&format!("{OFFERED}.length === 3")).await?;
        let second = visit.ask(&format!("{OFFERED}[1]")).await?;
        hands.strike(Key::Down).await?;
        hands.strike(Key::Tab).await?;
        ensure!(second == "Riavvio della coda di stampa", "the second is {second}");
        visit.until("document.querySelector('#composer-text').value.includes('la coda di stampa')").await
    }

    async fn texts_are_set_up_where_the_rest_is(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(BEATRICE).await?;
        visit.go("/administration/ready-texts").await?;
        visit.look("ready-texts").await?;
        visit.go("/administration/ready-texts/new").await?;
        visit.look("ready-text-new").await?;
        let name = visit.own_words("Zeta");
        visit.write("name", &name).await?;
        visit.pick("area", visit.either("Altre applicazioni", "Altre applicazioni")).await?;
        visit.write("italian", "Ciao {nome}").await?;
        visit.send().await?;
        visit.look_at_refusal("ready-text-refused", 422).await?;
        visit.write("italian", "Ciao {richiedente}").await?;
        visit.send().await?;
        visit.see_words("tbody", &name).await?;
        visit.press("tbody tr:last-child a").await?;
        visit.look("ready-text").await?;
        visit.press("form[action$=standing] button").await?;
        visit.see("tbody .tag--warning").await.map(drop)
    }
}

/// Lucia at the ticket of somebody who called.
async fn at_a_ticket(visit: &Visit, subject: &str) -> anyhow::Result<String> {
    let number = ticket_of_a_guest(&LUCIA.elsewhere().await?, &visit.own_words(subject)).await?;
    visit.sign_in(LUCIA).await?;
    visit.go(&format!("/tickets/{number}")).await?;
    Ok(number)
}
