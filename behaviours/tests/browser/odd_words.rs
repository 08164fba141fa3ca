//! Words that strain a page: a very long conversation, a word without end, writing from right to left, pictures in names.

use anyhow::{Context, ensure};
use serde_json::json;
use testkit::http::Client;

use crate::people::{DAVIDE, LUCIA, PAOLO};
use crate::requester::asks_briefly;
use crate::visit::Visit;

/// Messages of the long conversation.
const MANY: usize = 300;
/// Letters of the word without end.
const LETTERS: usize = 20_000;
const ARABIC: &str = "الطابعة في الطابق الثاني لا تعمل 🖨️";

/// A ticket of a guest, whatever the words.
async fn ticket(client: &Client, guest: &str, subject: &str, description: &str) -> anyhow::Result<String> {
    let body = json!({"area": "Servizi Tecnologici", "subject": subject, "description": description, "requester": {"name": guest}});
    let made = client.post("/api/v1/tickets", &body).await?.expect(201)?.json()?;
    Ok(made["number"].as_str().context("no number")?.to_owned())
}

async fn says(client: &Client, number: &str, words: &str) -> anyhow::Result<()> {
    let path = format!("/api/v1/tickets/{number}/messages");
    let body = json!({"body": words, "visibility": "public"});
    client.post(&path, &body).await?.expect(200).map(drop)
}

everywhere! {
    odd_words_break_no_page:

    async fn a_ticket_of_three_hundred_messages_is_read_like_any_other(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket(&davide, "Rita Galasso", &visit.own_words("Una storia lunga"), "Il principio").await?;
        for count in 1..=MANY {
            says(&davide, &number, &format!("Messaggio numero {count} di una storia lunga.")).await?;
        }
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.until(&format!("document.querySelectorAll('#flow > .message').length === {}", MANY + 1)).await?;
        let took = visit.ask("Math.round(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd)").await?;
        println!("a ticket of {MANY} messages is on screen after {took} ms");
        visit.look("long-ticket").await?;
        let place = visit.ask("document.querySelectorAll('#flow > .message')[150].id").await?;
        let place = place.as_str().context("no place")?;
        visit.go("/tickets").await?;
        visit.go(&format!("/tickets/{number}#{place}")).await?;
        let seen = format!("(box => box.top >= 0 && box.bottom <= innerHeight)(document.getElementById('{place}').getBoundingClientRect())");
        visit.until(&seen).await?;
        ensure!(visit.ask(&format!("document.getElementById('{place}').innerText.includes('numero 150 ')")).await? == true, "another message");
        visit.look("long-ticket-message-150").await?;
        visit.touch(".flow-kinds [value=facts]").await?;
        visit.until("[...document.querySelectorAll('#flow > .message')].every(one => !one.checkVisibility())").await?;
        visit.touch(".flow-kinds [value=all]").await?;
        visit.see("#within").await?.send_keys("numero 299").await?;
        visit.until("document.querySelector('[data-within-count]').textContent === '1/1'").await
    }

    async fn a_word_without_end_breaks_no_page(visit: &Visit) -> anyhow::Result<()> {
        let endless = "W".repeat(LETTERS);
        let subject = format!("{}{}", visit.own_words("Infinito").replace(' ', ""), &endless[..200]);
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket(&davide, &endless[..150], &subject, &endless).await?;
        says(&davide, &number, &endless).await?;
        let refused = json!({"area": "Servizi Tecnologici", "subject": endless, "requester": {"name": "Rita"}});
        davide.post("/api/v1/tickets", &refused).await?.expect(422)?;
        visit.sign_in(LUCIA).await?;
        visit.go("/tickets").await?;
        visit.look("endless-queue").await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.look("endless-ticket").await?;
        for page in ["/cancel", "/times", "/opened"] {
            visit.go(&format!("/tickets/{number}{page}")).await?;
            visit.look(&format!("endless{}", page.replace('/', "-"))).await?;
        }
        visit.go(&format!("/search?q={number}")).await?;
        visit.look("endless-search").await?;
        visit.sign_in(PAOLO).await?;
        let mine = asks_briefly(visit, &subject).await?;
        says(&davide, &mine, &endless).await?;
        visit.go(&format!("/portal/requests/{mine}")).await?;
        visit.look("endless-request").await?;
        visit.go("/portal").await?;
        visit.look("endless-portal").await
    }

    async fn writing_from_right_to_left_and_pictures_stay_where_they_belong(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let subject = format!("{ARABIC} {}", visit.own_words("RTL"));
        let number = ticket(&davide, "ليلى حداد 🎉", &subject, ARABIC).await?;
        says(&davide, &number, "שלום ליילה, ההזמנה 2026-17 בדרך 👩🏽‍💻 (entro le 17:00).").await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets?q={number}")).await?;
        reads_from_the_right(visit, &format!("#row-{number} .row-subject")).await?;
        visit.look("rtl-queue").await?;
        visit.go(&format!("/tickets/{number}")).await?;
        reads_from_the_right(visit, "h1 bdi").await?;
        ensure!(visit.ask("document.querySelectorAll('#flow .message-head strong bdi').length > 0").await? == true, "names are not set apart");
        visit.look("rtl-ticket").await?;
        visit.sign_in(PAOLO).await?;
        let mine = asks_briefly(visit, &subject).await?;
        says(&davide, &mine, ARABIC).await?;
        visit.go(&format!("/portal/requests/{mine}")).await?;
        reads_from_the_right(visit, "h1").await?;
        visit.look("rtl-request").await?;
        visit.go("/portal").await?;
        visit.look("rtl-portal").await
    }
}

/// The element's words begin at the right.
async fn reads_from_the_right(visit: &Visit, css: &str) -> anyhow::Result<()> {
    visit.see(css).await?;
    let direction = visit
        .ask(&format!("getComputedStyle(document.querySelector('{css}')).direction"))
        .await?;
    ensure!(direction == "rtl", "{css} reads {direction}");
    Ok(())
}
