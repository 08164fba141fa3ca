//! Ten jobs of a day, counted in keys: `docs/daily-use.md` holds the table. The first, a call that is solved at once, is
//! counted in `calls`.

use anyhow::ensure;
use thirtyfour::Key;

use crate::hands::Hands;
use crate::people::{DAVIDE, LUCIA, ticket_of_a_guest};
use crate::visit::Visit;

/// A ticket of a guest that Davide has opened, open before Lucia.
async fn before_lucia(visit: &Visit, subject: &str) -> anyhow::Result<String> {
    let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words(subject)).await?;
    visit.sign_in(LUCIA).await?;
    visit.go(&format!("/tickets/{number}")).await?;
    visit.see("#composer-text").await?;
    Ok(number)
}

/// The same, taken.
async fn taken(visit: &Visit, subject: &str) -> anyhow::Result<String> {
    let number = before_lucia(visit, subject).await?;
    let lucia = LUCIA.elsewhere().await?;
    lucia
        .submit(&format!("/tickets/{number}/take"), &[])
        .await?
        .expect(303)?;
    visit.go(&format!("/tickets/{number}")).await?;
    visit.see("#composer-text").await?;
    Ok(number)
}

everywhere! {
    jobs_of_a_day_take_few_keys:

    async fn the_next_ticket_and_take_it(visit: &Visit) -> anyhow::Result<()> {
        before_lucia(visit, "Da prendere").await?;
        let mut hands = Hands::on(visit);
        hands.go("t").await?;
        visit.until(&format!("document.querySelector('#facts').textContent.includes('{}')", LUCIA.name)).await?;
        hands.go("n").await?;
        ensure!(visit.path().await?.starts_with("/tickets/SR-"), "n leads to {}", visit.path().await?);
        hands.told("take, and the next ticket", 2)
    }

    async fn who_is_calling(visit: &Visit) -> anyhow::Result<()> {
        taken(visit, "Di chi è").await?;
        let mut hands = Hands::on(visit);
        hands.go("u").await?;
        hands.focus_is("#who").await?;
        hands.words("greco paolo").await?;
        visit.see(".callers-one").await?;
        hands.strike(Key::Enter).await?;
        hands.focus_is("#verified").await?;
        hands.strike(' ').await?;
        hands.send().await?;
        visit.until("document.querySelector('#facts').textContent.includes('Paolo Greco')").await?;
        hands.told("identify", 5)
    }

    async fn what_it_is_about(visit: &Visit) -> anyhow::Result<()> {
        taken(visit, "Che cos’è").await?;
        let mut hands = Hands::on(visit);
        hands.go("c").await?;
        hands.focus_is("[name=kind]").await?;
        hands.words("Inc").await?;
        hands.strike(Key::Tab).await?;
        hands.strike(Key::Tab).await?;
        hands.strike(Key::Down).await?;
        hands.strike(Key::Tab).await?;
        hands.strike(Key::Down).await?;
        hands.send().await?;
        visit.until("/P[1-5]|[1-5]/.test(document.querySelector('#facts').textContent)").await?;
        ensure!(!visit.path().await?.ends_with("/classify"), "it was not classified");
        hands.told("classify", 8)
    }

    async fn an_answer(visit: &Visit) -> anyhow::Result<()> {
        taken(visit, "Da rispondere").await?;
        let mut hands = Hands::on(visit);
        hands.strike('r').await?;
        hands.focus_is("#composer-text").await?;
        hands.words("Buongiorno, stiamo verificando e la richiamiamo entro le undici.").await?;
        hands.send().await?;
        visit.see_words(".outgoing", "entro le undici").await?;
        hands.told("answer", 3)
    }

    async fn a_note_to_a_colleague(visit: &Visit) -> anyhow::Result<()> {
        taken(visit, "Da annotare").await?;
        let mut hands = Hands::on(visit);
        hands.strike('i').await?;
        hands.focus_is("#composer-text").await?;
        hands.words("Vedi anche la stanza 214.").await?;
        hands.send().await?;
        visit.see_words(".message--note", "stanza 214").await?;
        hands.told("note to a colleague", 3)
    }

    async fn two_tickets_that_are_one(visit: &Visit) -> anyhow::Result<()> {
        let other = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Quello che resta")).await?;
        let number = taken(visit, "Quello doppio").await?;
        let mut hands = Hands::on(visit);
        hands.chord('k').await?;
        visit.see("#palette[open]").await?;
        let act = visit.either("unisci", "merge");
        hands.words(act).await?;
        visit.until(&format!("document.querySelector('#palette[open] [role=option]')?.innerText.toLowerCase().includes('{act}')")).await?;
        visit.leaving(hands.strike(Key::Enter)).await?;
        ensure!(visit.path().await?.ends_with("/merge"), "the palette leads to {}", visit.path().await?);
        hands.focus_is("[name=into]").await?;
        hands.words(&other).await?;
        hands.send().await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.until("document.querySelector('.phase--now:last-child')").await?;
        hands.told("merge", 6)
    }

    async fn the_last_request_of_a_person(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(LUCIA).await?;
        visit.go("/tickets").await?;
        visit.see("#queue .row").await?;
        let mut hands = Hands::on(visit);
        hands.chord('k').await?;
        visit.see("#palette[open]").await?;
        hands.words("paolo greco").await?;
        visit.until("[...document.querySelectorAll('#palette[open] [role=option]')].some(one => one.innerText.includes('Paolo Greco'))").await?;
        visit.leaving(hands.strike(Key::Enter)).await?;
        visit.until("document.body.innerText.includes('Paolo Greco')").await?;
        hands.told("find a person's last request", 4)
    }

    async fn several_at_once(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let words = format!("doppione{}{}", visit.language, visit.screen.width());
        for which in ["primo", "secondo"] {
            ticket_of_a_guest(&davide, &format!("{words} {which}")).await?;
        }
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets?q={words}")).await?;
        visit.until("document.querySelectorAll('#queue .row').length === 2").await?;
        let mut hands = Hands::on(visit);
        for key in ['j', 'x', 'j', 'x'] {
            hands.strike(key).await?;
        }
        visit.until("document.querySelectorAll('#queue .row-pick:checked').length === 2").await?;
        visit.look("queue-ticked").await?;
        hands.go("bx").await?;
        hands.focus_is("[name=reason]").await?;
        hands.words("Aperti due volte").await?;
        hands.send().await?;
        visit.see(".bulk-line .tag--success").await?;
        visit.look("bulk-preview").await?;
        hands.send().await?;
        visit.see("#bulk [data-key=z]").await?;
        visit.look("bulk-waiting").await?;
        hands.told("cancel two at once", 10)?;
        hands.go("z").await?;
        visit.see_words(".bulk-summary", visit.either("non è cambiato nulla", "nothing has changed")).await
    }

    async fn somebody_else_goes_on(visit: &Visit) -> anyhow::Result<()> {
        let number = taken(visit, "Da passare").await?;
        let mut hands = Hands::on(visit);
        hands.go("h").await?;
        hands.focus_is("[name=group]").await?;
        hands.strike(Key::Tab).await?;
        hands.words("Davide").await?;
        hands.send().await?;
        visit.go(&format!("/tickets/{number}")).await?;
        visit.until(&format!("document.querySelector('#facts').textContent.includes('{}')", DAVIDE.name)).await?;
        hands.told("hand over", 4)
    }
}
