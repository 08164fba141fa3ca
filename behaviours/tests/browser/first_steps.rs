//! Somebody new at the desk is given three hints, and each of them once; everybody finds whom to tell of a barrier.

use anyhow::{Context, ensure};

use crate::own_desk::OwnDesk;
use crate::people::{BEATRICE, PAOLO, PASSWORD};
use crate::visit::Visit;

everywhere! {
    whoever_is_new_finds_the_way:

    async fn three_hints_are_given_and_each_of_them_once(visit: &Visit) -> anyhow::Result<()> {
        let email = format!("nuova.{}.{}@ente.example", visit.language, visit.screen.width());
        let fields = [("name", "Nora Nuova"), ("email", &email), ("role", "operator"), ("area", "all"), ("password", PASSWORD)];
        BEATRICE.elsewhere().await?.submit("/people/new", &fields).await?.expect(303)?;
        visit.go("/sign-in").await?;
        visit.write("email", &email).await?;
        visit.write("password", PASSWORD).await?;
        visit.press("main button[type=submit]").await?;
        for count in 1..=3 {
            visit.see_words(".hint", &format!("{count} {} 3", visit.either("di", "of"))).await?;
            stands_in_nobodys_way(visit).await?;
            visit.look(&format!("hint-{count}")).await?;
            visit.press(".hint button").await?;
        }
        visit.see_none(".hint").await?;
        visit.go("/tickets?view=mine").await?;
        visit.see_none(".hint").await
    }

    async fn a_barrier_can_be_told_and_the_declaration_is_at_the_foot(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        visit.go("/accessibility").await?;
        visit.press("main ul a").await?;
        ensure!(visit.path().await? == "/portal/new", "{}", visit.path().await?);
        let desk = OwnDesk::open(visit).await?;
        visit.go("/administration/accessibility").await?;
        visit.look("accessibility-settings").await?;
        visit.write("declaration", "http://form.agid.gov.it").await?;
        visit.send().await?;
        visit.look_at_refusal("accessibility-settings-refused", 422).await?;
        visit.write("declaration", "https://form.agid.gov.it/view/prova").await?;
        visit.write("contact", "accessibilita@ente.example").await?;
        visit.send().await?;
        visit.see(".console-foot a[href^='https://form.agid']").await?;
        visit.look("accessibility-settings-kept").await?;
        visit.go("/accessibility").await?;
        visit.look("accessibility-declared").await?;
        let mail = visit.see("main a[href^='mailto:']").await?.attr("href").await?.context("no address")?;
        ensure!(mail.starts_with("mailto:accessibilita@ente.example?subject="), "{mail}");
        visit.see("footer a[href^='https://form.agid']").await?;
        visit.browser.delete_all_cookies().await?;
        visit.go("/sign-in").await?;
        visit.see("footer a[href^='https://form.agid']").await?;
        visit.look("sign-in-declared").await?;
        drop(desk);
        Ok(())
    }
}

/// The hint lies over nothing: whatever is in its place is itself.
async fn stands_in_nobodys_way(visit: &Visit) -> anyhow::Result<()> {
    let over = "(box => [...document.querySelectorAll('.queue-head *, .row')].some(one => { const other = one.getBoundingClientRect(); return other.width > 0 && other.top < box.bottom - 1 && other.bottom > box.top + 1; }))(document.querySelector('.hint').getBoundingClientRect())";
    ensure!(visit.ask(over).await? == false, "the hint lies over something");
    Ok(())
}
