//! The session, the server or the network goes away under whoever is writing: nothing typed is lost, nothing is done twice, and
//! what happens is said in words.

use anyhow::ensure;
use serde_json::json;

use crate::live::writes_a_note;
use crate::own_desk::OwnDesk;
use crate::people::{DAVIDE, LUCIA, PAOLO, ticket_of_a_guest};
use crate::requester::asks_briefly;
use crate::visit::Visit;

const SEND: &str = ".composer button[type=submit]";

/// What the bar at the foot says.
async fn bar_says(visit: &Visit, italian: &str, english: &str) -> anyhow::Result<()> {
    let words = visit.either(italian, english);
    let bar = "document.querySelector('[data-line-state]:not([hidden])')";
    visit.until(&format!("{bar}?.innerText.includes('{words}')")).await
}

async fn bar_is_gone(visit: &Visit) -> anyhow::Result<()> {
    visit.until("document.querySelector('[data-line-state]').hidden").await
}

async fn field_holds(visit: &Visit, css: &str, words: &str) -> anyhow::Result<()> {
    visit
        .until(&format!("document.querySelector(\"{css}\")?.value === '{words}'"))
        .await
}

everywhere! {
    what_goes_away_takes_no_word_along:

    async fn an_answer_in_the_portal_waits_for_whoever_signs_in_again(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        let number = asks_briefly(visit, &visit.own_words("Sessione scaduta")).await?;
        let words = visit.own_words("Aggiungo una cosa importante");
        visit.write("body", &words).await?;
        visit.browser.delete_all_cookies().await?;
        visit.send().await?;
        visit.sign_in_again(PAOLO).await?;
        ensure!(visit.path().await? == format!("/portal/requests/{number}"), "{}", visit.path().await?);
        field_holds(visit, "[name=body]", &words).await?;
        visit.look("words-kept").await?;
        visit.send().await?;
        visit.said_times(&words, 1).await?;
        visit.see_none(".kept-words").await
    }

    async fn a_new_request_waits_for_whoever_signs_in_again(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        visit.go("/portal/new").await?;
        visit.pick("area", "Servizi Tecnologici").await?;
        let subject = visit.own_words("Sessione scaduta mentre chiedo");
        visit.write("subject", &subject).await?;
        visit.write("description", "Tre righe che nessuno vuole riscrivere.").await?;
        visit.browser.delete_all_cookies().await?;
        visit.send().await?;
        visit.sign_in_again(PAOLO).await?;
        ensure!(visit.path().await? == "/portal/new", "{}", visit.path().await?);
        field_holds(visit, "#subject", &subject).await?;
        field_holds(visit, "#description", "Tre righe che nessuno vuole riscrivere.").await?;
        ensure!(visit.ask("document.querySelector('#area').selectedOptions[0].text").await? == "Servizi Tecnologici", "the area is lost");
        visit.look("new-request-kept").await?;
        visit.send().await?;
        visit.see_words("h1", &subject).await
    }

    async fn a_page_that_proposes_while_one_types_takes_no_page_for_signing_in(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        visit.go("/portal/new").await?;
        visit.browser.delete_all_cookies().await?;
        visit.write("subject", "La stampante non va").await?;
        bar_says(visit, "La sessione è scaduta", "Your session has ended").await?;
        visit.look("session-over-portal").await?;
        visit.see_none("[type=password]").await?;
        visit.press("[data-line-state] a").await?;
        visit.sign_in_again(PAOLO).await?;
        field_holds(visit, "#subject", "La stampante non va").await
    }

    async fn signing_in_before_the_script_is_there_loses_no_word(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        visit.go("/portal/new").await?;
        visit.write("subject", "Più svelto dello script").await?;
        visit.browser.delete_all_cookies().await?;
        visit.browser.withhold(&["*sportello*.js"]).await?;
        visit.send().await?;
        visit.see("form[action^='/sign-in']").await?;
        visit.browser.withhold(&[]).await?;
        visit.sign_in_again(PAOLO).await?;
        field_holds(visit, "#subject", "Più svelto dello script").await
    }

    async fn the_words_of_an_act_wait_and_are_shown_to_nobody_else(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Atto a metà")).await?;
        visit.sign_in(LUCIA).await?;
        let form = format!("/tickets/{number}/cancel");
        for person in [DAVIDE, LUCIA] {
            visit.go(&form).await?;
            visit.write("reason", "Aperto per sbaglio, parola per parola").await?;
            visit.browser.delete_all_cookies().await?;
            visit.send().await?;
            visit.sign_in_again(person).await?;
            ensure!(visit.path().await? == form, "{}", visit.path().await?);
            let kept = visit.ask("document.querySelector('[name=reason]').value.length > 0").await?;
            ensure!(kept == (person.email == LUCIA.email), "{} finds words: {kept}", person.name);
            visit.sign_in(LUCIA).await?;
        }
        Ok(())
    }

    async fn a_server_that_was_started_again_is_found_again(visit: &Visit) -> anyhow::Result<()> {
        let mut desk = OwnDesk::open(visit).await?;
        let number = desk.ticket(&visit.own_words("Riavvio")).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Una risposta a cavallo").await?;
        desk.server.kill().await?;
        bar_says(visit, "Senza collegamento", "No connection").await?;
        visit.touch(SEND).await?;
        bar_says(visit, "Non inviato", "Not sent").await?;
        visit.look_despite("server-away", "net::ERR_").await?;
        desk.server.restart().await?;
        bar_is_gone(visit).await?;
        field_holds(visit, "#composer-text", "Una risposta a cavallo").await?;
        let path = format!("/api/v1/tickets/{number}/messages");
        desk.client.post(&path, &json!({"body": "Parole di altri", "visibility": "internal"})).await?.expect(200)?;
        visit.until("document.querySelector('#flow').textContent.includes('Parole di altri')").await?;
        visit.said_times("Parole di altri", 1).await?;
        visit.press(SEND).await?;
        visit.see(".outgoing").await?;
        // On its way it survives the server too, and is given once.
        desk.server.kill().await?;
        desk.server.restart().await?;
        visit.until("document.querySelector('#flow').textContent.includes('Una risposta a cavallo')").await?;
        visit.said_times("Una risposta a cavallo", 1).await?;
        visit.said_times("Parole di altri", 1).await?;
        visit.browser.complaints().await.map(drop)
    }
}

// A window of its own: what the worker of the portal has in hand does not notice that the network is taken away from the page.
everywhere! {
    without_a_network_nothing_goes_astray:

    async fn without_a_network_nothing_is_sent_nothing_lost_and_nothing_doubled(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Senza rete")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Scritto in galleria").await?;
        visit.browser.network(false).await?;
        bar_says(visit, "Manca la rete", "There is no network").await?;
        visit.look_despite("offline-console", "net::ERR_").await?;
        for press in [SEND, ".acts [formaction*='/take']"] {
            visit.touch(press).await?;
            bar_says(visit, "Non inviato", "Not sent").await?;
        }
        field_holds(visit, "#composer-text", "Scritto in galleria").await?;
        visit.browser.network(true).await?;
        bar_is_gone(visit).await?;
        visit.press(".acts [formaction*='/take']").await?;
        field_holds(visit, "#composer-text", "Scritto in galleria").await?;
        visit.press(SEND).await?;
        visit.see_words(".outgoing", "Scritto in galleria").await?;
        ensure!(visit.ask("document.querySelectorAll('.outgoing').length").await? == 1, "it was sent twice");
        let timeline = DAVIDE.elsewhere().await?.get(&format!("/api/v1/tickets/{number}/timeline")).await?.expect(200)?;
        ensure!(timeline.text().matches("\"ticket.taken\"").count() == 1, "{}", timeline.text());
        visit.browser.complaints().await.map(drop)
    }
}

/// The page holds the line to the server itself, its clock is the test's, so that nobody waits five minutes, and it counts how
/// often it tried to open the line.
const OWN_CLOCK: &str = r#"
delete window.SharedWorker;
Object.assign(window, { later: 0, lines: 0 });
const now = Date.now;
Date.now = () => now() + window.later;
window.EventSource = class extends EventSource { constructor(address) { super(address); window.line = this; window.lines++; } };
"#;

everywhere! {
    five_minutes_without_a_network_cost_nothing:

    async fn what_was_missed_is_told_once_and_what_was_typed_stays(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Cinque minuti in galleria")).await?;
        visit.sign_in(LUCIA).await?;
        visit.browser.watch_with(OWN_CLOCK).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Cominciato prima della galleria").await?;
        writes_a_note(&davide, &number, "Detto prima.").await?;
        visit.until("document.querySelector('#flow').textContent.includes('Detto prima.')").await?;
        visit.browser.network(false).await?;
        bar_says(visit, "Manca la rete", "There is no network").await?;
        // The driver takes away the network of what is asked from now on; a line that stands dies as in a tunnel, without a word.
        visit.ask("window.line.close()").await?;
        for words in ["Detto al primo minuto.", "Detto al terzo minuto.", "Detto al quinto minuto."] {
            writes_a_note(&davide, &number, words).await?;
        }
        davide.submit(&format!("/tickets/{number}/take"), &[]).await?.expect(303)?;
        let lines = visit.ask("(window.later = 300_000, window.lines)").await?;
        // In its next look the page finds the line dead for minutes, and goes on trying.
        visit.until(&format!("window.lines > {lines}")).await?;
        ensure!(!visit.page_says("Detto al primo minuto.").await?, "the network was not away");
        visit.browser.network(true).await?;
        bar_is_gone(visit).await?;
        visit.until("document.querySelector('#flow').textContent.includes('Detto al quinto minuto.')").await?;
        for words in ["Detto prima.", "Detto al primo minuto.", "Detto al terzo minuto.", "Detto al quinto minuto."] {
            visit.said_times(words, 1).await?;
        }
        visit.until(&format!("document.querySelector('#facts').textContent.includes('{}')", DAVIDE.name)).await?;
        field_holds(visit, "#composer-text", "Cominciato prima della galleria").await?;
        writes_a_note(&davide, &number, "Detto dopo.").await?;
        visit.until("document.querySelector('#flow').textContent.includes('Detto dopo.')").await?;
        visit.browser.complaints().await.map(drop)
    }
}
