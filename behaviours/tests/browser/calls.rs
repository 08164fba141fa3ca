//! A call in fifteen seconds: keys and milliseconds are counted, the call before it waits, and nothing typed is lost.

use anyhow::ensure;
use serde_json::json;
use thirtyfour::Key;

use crate::hands::Hands;
use crate::people::{DAVIDE, LUCIA, PAOLO, Person, ticket_of_a_guest};
use crate::visit::Visit;

/// Drops two files on the composer.
const DROPS: &str = r#"
const transfer = new DataTransfer();
for (const name of ['errata.txt', 'guida.txt']) transfer.items.add(new File(['parole'], name, { type: 'text/plain' }));
document.querySelector('#composer').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
"#;

/// Whoever takes the calls of a visit: calls that wait are theirs alone, and visits run side by side.
fn operator(visit: &Visit) -> Person {
    if visit.language == "it" { LUCIA } else { DAVIDE }
}

/// Begins a call by its key and finds a known caller.
async fn known_caller<'v>(visit: &'v Visit) -> anyhow::Result<Hands<'v>> {
    visit.sign_in(operator(visit)).await?;
    visit.go("/tickets").await?;
    visit.see(".rail").await?;
    let mut hands = Hands::on(visit);
    hands.go("+").await?;
    hands.focus_is("#who").await?;
    hands.words("greco p").await?;
    visit.see("#callers [role=option]").await?;
    hands.strike(Key::Enter).await?;
    hands.focus_is("#subject").await?;
    Ok(hands)
}

async fn number_on_screen(visit: &Visit) -> anyhow::Result<()> {
    visit
        .until("/^SR-\\d{4}-\\d{6,}$/.test(document.querySelector('.aloud-number')?.textContent ?? '')")
        .await
}

everywhere! {
    a_call_takes_fifteen_seconds:

    async fn a_known_caller_has_a_number_after_a_few_keys(visit: &Visit) -> anyhow::Result<()> {
        let mut hands = known_caller(visit).await?;
        hands.words("Telefono del banco muto").await?;
        hands.send().await?;
        number_on_screen(visit).await?;
        hands.told("new call", 5)?;
        visit.look("call-opened").await
    }

    async fn a_call_is_solved_and_closed_in_the_same_act(visit: &Visit) -> anyhow::Result<()> {
        let mut hands = known_caller(visit).await?;
        hands.words("Password scaduta di Outlook").await?;
        hands.strike(Key::Tab).await?;
        hands.strike(Key::Tab).await?;
        hands.strike(Key::Enter).await?;
        hands.focus_is("#solution").await?;
        hands.words("Reimpostata al telefono").await?;
        hands.strike(Key::Tab).await?;
        hands.strike(' ').await?;
        visit.look("call-solved").await?;
        hands.focus_is("#confirmed").await?;
        hands.send().await?;
        number_on_screen(visit).await?;
        hands.told("new call solved at once", 12)?;
        visit.look("call-closed").await?;
        visit.press("main .form-foot .btn--primary").await?;
        visit.see(".phase--now:last-child").await?;
        Ok(())
    }

    async fn a_second_call_in_the_middle_keeps_the_first(visit: &Visit) -> anyhow::Result<()> {
        let mut hands = known_caller(visit).await?;
        visit.look("call-caller").await?;
        let first = visit.own_words("Stampante del primo");
        hands.words(&first).await?;
        hands.strike(Key::Escape).await?;
        hands.go("+").await?;
        visit.see_words(".waiting-calls", &first).await?;
        hands.focus_is("#who").await?;
        hands.words("nessuno così").await?;
        visit.see(".callers-none").await?;
        visit.look("call-second").await?;
        hands.strike(Key::Enter).await?;
        visit.press(".waiting-call").await?;
        let subject = visit.see("#subject").await?.prop("value").await?;
        ensure!(subject.as_deref() == Some(first.as_str()), "{subject:?}");
        ensure!(visit.ask("document.querySelector('[name=person]:checked') !== null").await? == true, "the caller is not chosen");
        visit.see(".caller").await?;
        throws_away_and_fetches_back(visit).await
    }

    async fn what_is_typed_follows_from_device_to_device(visit: &Visit) -> anyhow::Result<()> {
        let subject = visit.own_words("Bozza ovunque");
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &subject).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Dall'ufficio: la sostituiamo domani.").await?;
        let saved = visit.either("bozza salvata", "draft saved");
        visit.until(&format!("document.querySelector('[data-draft-state]').textContent.includes('{saved}')")).await?;
        let telephone = LUCIA.elsewhere().await?;
        let page = telephone.get(&format!("/tickets/{number}")).await?.expect(200)?.text();
        ensure!(page.contains("la sostituiamo domani."), "the draft is not on the other device");
        let other = json!({"writer": "telefono", "fields": {"kind": "reply", "text": "Dal telefono: arriviamo oggi."}});
        telephone.put(&format!("/drafts/message:{number}"), &other).await?.expect(200)?;
        visit.see("#composer-text").await?.send_keys(" Grazie.").await?;
        visit.see_words("[data-draft-other]", "Dal telefono").await?;
        visit.look("draft-other").await?;
        visit.touch("[data-draft-use]").await?;
        visit.until("document.querySelector('#composer-text').value === 'Dal telefono: arriviamo oggi.'").await?;
        visit.until("document.querySelector('[data-draft-other-text]').textContent.includes('Grazie.')").await?;
        visit.touch("[data-draft-leave]").await?;
        visit.press(".composer button[type=submit]").await?;
        visit.until("document.querySelector('#composer-text')?.value === ''").await?;
        visit.see_words(".outgoing", "arriviamo oggi.").await?;
        visit.look("reply-leaving").await?;
        let page = telephone.get(&format!("/tickets/{number}")).await?.expect(200)?.text();
        ensure!(!page.contains("Dal telefono: arriviamo oggi.</textarea>"), "what was sent is a draft still");
        Ok(())
    }

    async fn a_reply_is_taken_back_while_it_leaves(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Ripensamento")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Con un erore").await?;
        visit.press(".composer button[type=submit]").await?;
        visit.press(".outgoing button").await?;
        visit.see_none(".outgoing").await?;
        visit.until("document.querySelector('#composer-text').value === 'Con un erore'").await
    }

    async fn files_are_dropped_named_taken_away_and_sent(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Con file")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.until("document.querySelector('#composer [data-quote-last]:not([hidden])')").await?;
        visit.browser.execute(DROPS, vec![]).await?;
        visit.until("document.querySelectorAll('.composer-list li').length === 2").await?;
        visit.look("composer-files").await?;
        visit.touch(".composer-list li:first-child button").await?;
        visit.until("document.querySelector('#composer input[type=file]').files.length === 1").await?;
        visit.touch("#composer [data-quote-last]").await?;
        visit.until("document.querySelector('#composer-text').value.startsWith('> Telefonata')").await?;
        visit.see("#composer-text").await?.send_keys("Ecco la guida.").await?;
        visit.press(".composer button[type=submit]").await?;
        visit.see_words(".message--out .attachment", "guida.txt").await?;
        ensure!(!visit.page_says("errata.txt").await?, "a file that was taken away was sent");
        Ok(())
    }

    async fn a_session_that_ends_while_one_writes_loses_no_word(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Sessione finita")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.browser.delete_all_cookies().await?;
        let words = "Parole che nessuno vuole riscrivere.";
        visit.write("text", words).await?;
        visit.press(".composer button[type=submit]").await?;
        ensure!(visit.path().await? == "/sign-in", "{}", visit.path().await?);
        visit.write("email", LUCIA.email).await?;
        visit.write("password", crate::people::PASSWORD).await?;
        visit.press("main button[type=submit]").await?;
        ensure!(visit.path().await? == format!("/tickets/{number}"), "{}", visit.path().await?);
        visit.until(&format!("document.querySelector('#composer-text').value === '{words}'")).await?;
        // The browser tells of drafts that were refused while nobody was signed in.
        visit.browser.complaints().await.map(drop)
    }
}

async fn throws_away_and_fetches_back(visit: &Visit) -> anyhow::Result<()> {
    let waits = visit
        .ask("document.querySelectorAll('.waiting-calls li').length")
        .await?;
    ensure!(waits == 1, "{waits} calls wait");
    visit.press(".waiting-calls .icon-button").await?;
    visit.see(".waiting-thrown").await?;
    visit.look("call-thrown").await?;
    visit.press(".waiting-thrown button").await?;
    let who = visit.see("#who").await?.prop("value").await?;
    ensure!(
        who.as_deref().is_some_and(|who| who.ends_with("nessuno così")),
        "{who:?}"
    );
    visit.press(".waiting-call").await
}

/// The same without script: people are found by a button.
pub async fn takes_a_call(visit: &Visit) -> anyhow::Result<()> {
    visit.sign_in(LUCIA).await?;
    visit.go("/tickets/new").await?;
    visit.look("call").await?;
    visit.write("who", PAOLO.email).await?;
    visit.press("main button[value=search]").await?;
    visit.touch("main input[name=person]").await?;
    visit.look("call-found").await?;
    let subject = visit.own_words("Senza script");
    visit.write("subject", &subject).await?;
    visit.send().await?;
    visit.see(".aloud-number").await?;
    visit.press("main .form-foot .btn--primary").await?;
    visit.see_words("h1", &subject).await
}
