//! The queue as somebody likes it: another order, a table, conditions by mouse and by key.

use anyhow::ensure;
use testkit::browser::Screen;

use crate::hands::Hands;
use crate::people::{GIORGIO, LUCIA, VALENTINA};

everywhere! {
    the_queue_is_ordered_shaped_and_narrowed:

    async fn another_order_is_chosen_from_a_menu(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(LUCIA).await?;
        visit.go("/tickets").await?;
        visit.touch(".queue-order summary").await?;
        visit.look("queue-orders").await?;
        visit.press(".queue-order a[href*='sort=updated']").await?;
        visit.see_words(".queue-order summary", visit.either("Ultimo aggiornamento", "Last updated")).await?;
        visit.see_none(".queue-group").await?;
        visit.look("queue-by-update").await
    }

    async fn a_condition_is_added_and_taken_away(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(LUCIA).await?;
        visit.go("/tickets?view=all").await?;
        visit.touch(".queue-condition summary").await?;
        visit.look("queue-fields").await?;
        visit.touch(".queue-condition a[href*='field=priority']").await?;
        visit.see(".queue-condition .values").await?;
        visit.look("queue-values").await?;
        visit.press(".queue-condition .values a:nth-of-type(2)").await?;
        visit.see_words(".chips--set", visit.either("Priorità: alta", "Priority: high")).await?;
        visit.look("queue-narrowed").await?;
        ensure!(visit.ask("document.querySelectorAll('.row').length > 0 && document.querySelectorAll('.row .priority:not(.priority--2)').length === 0").await? == true, "others are shown");
        visit.leaving(Hands::on(visit).strike('-')).await?;
        visit.see_none(".chips--set").await?;
        visit.go("/tickets/condition?field=opened&view=all").await?;
        visit.look("condition").await
    }

    async fn the_queue_is_a_table_for_whoever_likes_it(visit: &Visit) -> anyhow::Result<()> {
        let person = if visit.screen == Screen::Desk { VALENTINA } else { GIORGIO };
        visit.sign_in(person).await?;
        visit.go("/tickets").await?;
        if visit.screen == Screen::Desk {
            visit.press(".queue-shape button").await?;
        } else {
            let table = [("shape", "table"), ("list", "")];
            person.elsewhere().await?.submit("/tickets/shape", &table).await?.expect(303)?;
            visit.go("/tickets").await?;
        }
        visit.see(".queue-table .cells").await?;
        visit.look("queue-table").await?;
        ensure!(visit.ask("document.querySelectorAll('.queue-table thead th').length").await? == 10, "ten columns");
        if visit.screen == Screen::Desk {
            visit.press(".queue-table thead .cell-opened a").await?;
            visit.see(".queue-table th[aria-sort=descending]").await?;
            visit.look("queue-table-newest").await?;
        }
        let number = visit.ask("document.querySelector('.cells').id").await?;
        visit.press(".cells a").await?;
        visit.see_none(".queue-table").await?;
        ensure!(number.as_str().is_some_and(|row| row.starts_with("row-SR-")), "{number}");
        Ok(())
    }

    async fn a_row_of_the_table_changes_in_its_place(visit: &Visit) -> anyhow::Result<()> {
        let person = if visit.screen == Screen::Desk { VALENTINA } else { GIORGIO };
        let elsewhere = person.elsewhere().await?;
        elsewhere.submit("/tickets/shape", &[("shape", "table"), ("list", "")]).await?.expect(303)?;
        let lucia = LUCIA.elsewhere().await?;
        let number = crate::people::ticket_of_a_guest(&lucia, &visit.own_words("Prima")).await?;
        visit.sign_in(person).await?;
        visit.go("/tickets?sort=newest").await?;
        let words = visit.own_words("Oggetto corretto");
        let subject = [("subject", words.as_str())];
        lucia.submit(&format!("/tickets/{number}/subject"), &subject).await?.expect(303)?;
        visit.until(&format!("document.querySelector('tr#row-{number}').innerText.includes('{words}')")).await
    }
}
