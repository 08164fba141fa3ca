//! The same thing twice: two tabs, a double click, the way back, a ticket that became another, rights that were taken away while
//! one reads.

use anyhow::{Context, ensure};

use crate::people::{BEATRICE, DAVIDE, LUCIA, PAOLO, PASSWORD, ticket_of_a_guest};
use crate::requester::asks_briefly;
use crate::visit::Visit;

const SEND: &str = ".composer button[type=submit]";
const TEXT: &str = "document.querySelector('#composer-text').value";

/// Presses twice, as a trembling or impatient hand does.
async fn presses_twice(visit: &Visit, css: &str) -> anyhow::Result<()> {
    let button = visit.see(css).await?;
    button.scroll_into_view().await?;
    visit
        .leaving(async {
            Ok(visit
                .browser
                .action_chain()
                .double_click_element(&button)
                .perform()
                .await?)
        })
        .await
}

async fn opened(visit: &Visit, subject: &str) -> anyhow::Result<String> {
    let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words(subject)).await?;
    visit.sign_in(LUCIA).await?;
    visit.go(&format!("/tickets/{number}")).await?;
    Ok(number)
}

/// How often something has happened to a ticket.
async fn happened(number: &str, event: &str) -> anyhow::Result<usize> {
    let path = format!("/api/v1/tickets/{number}/timeline");
    let told = DAVIDE.elsewhere().await?.get(&path).await?.expect(200)?.json()?;
    let items = told["items"].as_array().context("no timeline")?;
    Ok(items.iter().filter(|item| item["type"] == event).count())
}

everywhere! {
    what_is_done_twice_happens_once:

    async fn a_double_click_sends_one_message_and_does_one_act(visit: &Visit) -> anyhow::Result<()> {
        let number = opened(visit, "Doppio clic").await?;
        presses_twice(visit, ".acts [formaction*='/take']").await?;
        ensure!(happened(&number, "ticket.taken").await? == 1, "it was not taken once");
        // On a slow machine the second click falls on what stands there by then: a form to open, and no act.
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Una volta sola").await?;
        presses_twice(visit, SEND).await?;
        visit.see(".outgoing").await?;
        ensure!(visit.ask("document.querySelectorAll('.outgoing').length").await? == 1, "two replies leave");
        visit.touch(".composer .tab:has(input[value=note])").await?;
        visit.write("text", "Nota, una volta sola").await?;
        presses_twice(visit, SEND).await?;
        visit.said_times("Nota, una volta sola", 1).await
    }

    async fn a_double_click_in_the_portal_gives_one_answer(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        asks_briefly(visit, &visit.own_words("Doppio clic di chi chiede")).await?;
        visit.write("body", "Rispondo una volta").await?;
        presses_twice(visit, "main form[action$='/messages'] .btn--primary").await?;
        visit.said_times("Rispondo una volta", 1).await
    }

    async fn the_way_back_after_sending_brings_nothing_back_to_send(visit: &Visit) -> anyhow::Result<()> {
        let number = opened(visit, "Indietro").await?;
        visit.write("text", "Mandato e non da rimandare").await?;
        visit.press(SEND).await?;
        visit.see(".outgoing").await?;
        visit.browser.back().await?;
        visit.until("document.readyState === 'complete' && document.querySelector('.outgoing')").await?;
        ensure!(visit.ask(TEXT).await? == "", "the words are back: {}", visit.ask(TEXT).await?);
        // The form of an act that is done: doing it again is refused in words.
        visit.go(&format!("/tickets/{number}/cancel")).await?;
        visit.write("reason", "Aperto per sbaglio").await?;
        visit.send().await?;
        visit.browser.back().await?;
        visit.until("document.readyState === 'complete' && document.querySelector('main [name=reason]')").await?;
        visit.write("reason", "Aperto per sbaglio").await?;
        visit.send().await?;
        visit.look_at_refusal("act-done-already", 409).await?;
        ensure!(happened(&number, "ticket.cancelled").await? == 1, "it was cancelled twice");
        Ok(())
    }

    async fn two_tabs_of_a_ticket_hold_the_same_words(visit: &Visit) -> anyhow::Result<()> {
        let number = opened(visit, "Due schede").await?;
        let first = visit.browser.window().await?;
        let second = visit.browser.new_tab().await?;
        visit.browser.switch_to_window(second).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Scritto di là").await?;
        visit.browser.switch_to_window(first.clone()).await?;
        visit.until(&format!("{TEXT} === 'Scritto di là'")).await?;
        visit.see_words("[data-draft-state]", visit.either("aggiornata", "updated")).await?;
        visit.press(".acts [formaction*='/take']").await?;
        visit.until(&format!("{TEXT} === 'Scritto di là'")).await?;
        visit.press(SEND).await?;
        visit.see(".outgoing").await?;
        let windows = visit.browser.windows().await?;
        let second = windows.into_iter().find(|window| *window != first).context("the tab is gone")?;
        visit.browser.switch_to_window(second).await?;
        visit.until(&format!("{TEXT} === ''")).await?;
        visit.until(&format!("document.querySelector('#facts').textContent.includes('{}')", LUCIA.name)).await?;
        visit.see_none(".acts [formaction*='/take']").await?;
        visit.browser.close_window().await?;
        visit.browser.switch_to_window(first).await?;
        Ok(())
    }

    async fn a_ticket_that_becomes_part_of_another_says_where_it_goes_on(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let other = ticket_of_a_guest(&davide, &visit.own_words("Quello che prosegue")).await?;
        let number = opened(visit, "Quello unito").await?;
        visit.write("text", "Parole scritte mentre altri uniscono").await?;
        davide.submit(&format!("/tickets/{number}/merge"), &[("into", &other)]).await?.expect(303)?;
        let words = visit.either("unito a un altro", "merged");
        visit.until(&format!("document.querySelector('#record-head').textContent.toLowerCase().includes('{words}')")).await?;
        visit.see(&format!("main a[href*='{other}']")).await?;
        visit.look("merged-while-open").await?;
        visit.press(SEND).await?;
        visit.look_at_refusal("merged-reply-refused", 409).await?;
        ensure!(visit.ask(TEXT).await? == "Parole scritte mentre altri uniscono", "the words are lost");
        Ok(())
    }

    async fn whoever_loses_a_right_while_reading_sees_it_at_once(visit: &Visit) -> anyhow::Result<()> {
        let (number, page) = (ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Diritti tolti")).await?, hired(visit).await?);
        visit.go(&format!("/tickets/{number}")).await?;
        visit.write("text", "Parole di chi non può più").await?;
        let grant = [("role", "operator"), ("area", "all")];
        BEATRICE.elsewhere().await?.submit(&format!("{page}/roles/taken"), &grant).await?.expect(303)?;
        visit.see("[data-gone-band]").await?;
        visit.until("document.querySelectorAll('#queue .row').length === 0").await?;
        ensure!(!visit.page_says("Telefonata").await?, "the conversation is still there");
        ensure!(visit.ask(TEXT).await? == "Parole di chi non può più", "the words are lost");
        visit.look_despite("rights-taken-away", "status of 404").await
    }
}

/// Somebody new at the desk signs in here; their page in the administration.
async fn hired(visit: &Visit) -> anyhow::Result<String> {
    let email = format!("passaggio.{}.{}@ente.example", visit.language, visit.screen.width());
    let fields = [
        ("name", "Pia Passaggio"),
        ("email", &email),
        ("role", "operator"),
        ("area", "all"),
        ("password", PASSWORD),
    ];
    let admin = BEATRICE.elsewhere().await?;
    let made = admin.submit("/people/new", &fields).await?.expect(303)?;
    visit.browser.delete_all_cookies().await?;
    visit.go("/sign-in").await?;
    visit.write("email", &email).await?;
    visit.write("password", PASSWORD).await?;
    visit.press("main button[type=submit]").await?;
    Ok(made.header("location").context("no page of the new person")?.to_owned())
}
