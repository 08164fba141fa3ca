//! Two operators meet at one ticket.

use anyhow::ensure;

use crate::people::{DAVIDE, LUCIA, ticket_of_a_guest};

everywhere! {
    two_operators_do_not_overwrite_each_other:

    async fn whoever_takes_a_taken_ticket_is_told_who_has_it(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Due mani, un ticket")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        davide.submit(&format!("/tickets/{number}/take"), &[]).await?.expect(303)?;
        // Who looks sees it at once; who was quicker with the key than the news is told.
        visit.until("!document.querySelector(\".acts [formaction*='/take']\")").await?;
        visit.until(&format!("document.querySelector('#facts').innerText.includes('{}')", DAVIDE.name)).await?;
        visit.look("taken-by-another").await?;
        let told = LUCIA.elsewhere().await?.submit(&format!("/tickets/{number}/take"), &[]).await?.expect(409)?;
        ensure!(told.text().contains(DAVIDE.name), "it is not told who has it");
        Ok(())
    }

    async fn a_field_that_both_changed_comes_back_with_every_typed_word(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Due parole, un campo")).await?;
        davide.submit(&format!("/tickets/{number}/take"), &[]).await?.expect(303)?;
        let mine = visit.own_words("Oggetto di Lucia");
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}/subject")).await?;
        visit.write("subject", &mine).await?;
        let theirs = [("subject", "Oggetto di Davide")];
        davide.submit(&format!("/tickets/{number}/subject"), &theirs).await?.expect(303)?;
        visit.send().await?;
        visit.look_at_refusal("conflict", 409).await?;
        visit.see_words(".dispute", "Oggetto di Davide").await?;
        visit.see_words(".dispute", &mine).await?;
        visit.choose("subject", &mine).await?;
        visit.send().await?;
        visit.see_words("h1", &mine).await
    }

    async fn a_reply_is_kept_when_the_ticket_closed_meanwhile(visit: &Visit) -> anyhow::Result<()> {
        let davide = DAVIDE.elsewhere().await?;
        let number = ticket_of_a_guest(&davide, &visit.own_words("Una risposta tardi")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        let words = "Una risposta lunga che nessuno vuole riscrivere.";
        visit.write("text", words).await?;
        davide.submit(&format!("/tickets/{number}/cancel"), &[("reason", "Aperto per sbaglio")]).await?.expect(303)?;
        visit.press(".composer button[type=submit]").await?;
        visit.look_at_refusal("reply-refused", 409).await?;
        let kept = visit.see("#composer-text").await?.prop("value").await?;
        ensure!(kept.as_deref() == Some(words), "the composer holds {kept:?}");
        Ok(())
    }
}
