//! What others do is seen while one looks: rows, messages, faces. What one is writing stays as it is.

use anyhow::ensure;
use reqwest::Method;
use testkit::http::Client;

use crate::people::{DAVIDE, LUCIA, PAOLO, ticket_of_a_guest};
use crate::requester::asks_briefly;

everywhere! {
    what_others_do_is_seen_at_once:

    async fn a_new_ticket_is_counted_and_comes_when_asked_for(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(LUCIA).await?;
        visit.go("/tickets").await?;
        let first = visit.ask("document.querySelector('.row').id").await?;
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Arrivato adesso")).await?;
        // Others may open tickets at the same time; how many is not this story's.
        visit.see_words("[data-arrivals]", visit.either(": mostra", ": show")).await?;
        visit.look("queue-with-news").await?;
        // Nothing has moved by itself.
        ensure!(visit.ask("document.querySelector('.row').id").await? == first, "the list has moved");
        visit.see_none(&format!("#row-{number}")).await?;
        visit.touch("[data-arrivals]").await?;
        visit.until(&format!("document.getElementById('row-{number}')")).await?;
        visit.until("document.querySelector('[data-arrivals]').hidden").await
    }

    async fn the_counts_beside_the_views_follow(visit: &Visit) -> anyhow::Result<()> {
        visit.go("/tickets?view=new").await?;
        visit.touch(".queue-filters summary").await?;
        let name = format!("Nuovi {} {}", visit.language, visit.screen.width());
        visit.write("name", &name).await?;
        visit.press(".form--save .btn").await?;
        let counts = "[...document.querySelectorAll('[data-count=new], [aria-current] .chip-count, .queue-title [data-count]')].map(one => Number(one.textContent.replace(/\\D/g, '')))";
        // The saved view, the tab and the title tell the same, without the page being asked for again.
        visit.until(&format!("(counts => counts.length >= 3 && new Set(counts).size === 1 && counts[0] > 0)({counts})")).await?;
        let before = visit.ask(&format!("{counts}[0]")).await?.as_u64().unwrap_or_default();
        ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Uno di più")).await?;
        visit.until(&format!("(counts => new Set(counts).size === 1 && counts[0] > {before})({counts})")).await?;
        // Whoever comes from another page finds them at once.
        visit.go("/tickets").await?;
        visit.until("Number(document.querySelector('.saved .chip-count').textContent) > 0").await?;
        visit.look("queue-with-counts").await?;
        visit.go("/tickets?view=new").await?;
        visit.press(".saved:has([aria-current]) button").await
    }

    async fn a_row_changes_in_its_place(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        visit.go("/tickets").await?;
        visit.see("#queue .row").await?;
        // The two journeys that are told side by side each change a row of their own.
        let row = if visit.language == "it" { 3 } else { 5 };
        let order = "[...document.querySelectorAll('.row')].map(row => row.id).join()";
        let before = visit.ask(order).await?;
        let list = davide.get("/tickets").await?.expect(200)?.text();
        let number = list.split("id=\"row-").nth(row).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let words = visit.own_words("Oggetto corretto da altri");
        davide.submit(&format!("/tickets/{number}/subject"), &[("subject", &words)]).await?.expect(303)?;
        visit.until(&format!("document.querySelector('#row-{number}').textContent.includes('{words}')")).await?;
        ensure!(visit.ask(order).await? == before, "the rows have changed places");
        Ok(())
    }

    async fn a_message_arrives_beside_half_typed_words(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Scriviamo in due")).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        let words = "Gentile richiedente, stiamo";
        visit.write("text", words).await?;
        writes_a_note(&davide, &number, "Ci penso io, aspetta.").await?;
        visit.until("document.querySelector('#flow').textContent.includes('Ci penso io')").await?;
        visit.see_words("[data-arrived-band]", DAVIDE.name).await?;
        let writing = "document.activeElement.id === 'composer-text' && document.activeElement.value";
        ensure!(visit.ask(writing).await? == words, "focus or words were lost");
        visit.look("ticket-with-news").await?;
        visit.touch("[data-read-it]").await?;
        visit.until("document.querySelector('[data-arrived-band]').hidden").await
    }

    async fn whoever_asked_sees_that_somebody_works_on_it(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        let number = asks_briefly(visit, &visit.own_words("Si muove qualcosa")).await?;
        visit.write("body", "Aggiungo una parola").await?;
        let davide = DAVIDE.elsewhere().await?;
        davide.submit(&format!("/tickets/{number}/take"), &[]).await?.expect(303)?;
        let words = visit.either("In lavorazione", "In progress");
        visit.until(&format!("document.querySelector('.request-about').textContent.includes('{words}')")).await?;
        ensure!(visit.ask("document.querySelector('[name=body]').value").await? == "Aggiungo una parola", "words were lost");
        visit.look("request-live").await?;
        visit.sign_in(LUCIA).await
    }

    async fn colleagues_at_the_ticket_have_a_name(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Chi c’è qui")).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.see("#composer-text").await?;
        let look = |doing| [("page", "one"), ("ticket", number.as_str()), ("doing", doing)];
        davide.submit("/live/look", &look("note")).await?.expect(204)?;
        visit.see_words("[data-here]", DAVIDE.name).await?;
        visit.look("ticket-with-a-colleague").await?;
        davide.submit("/live/look", &look("gone")).await?.expect(204)?;
        visit.until("document.querySelector('[data-here]').textContent === ''").await
    }
}

/// A note from another desk, as its composer sends it.
pub async fn writes_a_note(client: &Client, number: &str, words: &str) -> anyhow::Result<()> {
    let fields = [("kind", "note"), ("text", words)];
    let part = |(name, value): &(&str, &str)| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body: String = fields.iter().map(part).chain(["--b--\r\n".to_owned()]).collect();
    let request = client.request(Method::POST, &format!("/tickets/{number}/messages"));
    let request = request
        .header("content-type", "multipart/form-data; boundary=b")
        .body(body);
    client.send(request).await?.expect(303).map(drop)
}
