//! Mail out: texts in the area's own words, what is on its way, and what a ticket shows of it.

use anyhow::ensure;

use crate::people::{BEATRICE, LUCIA, PAOLO};
use crate::requester::asks_briefly;
use crate::visit::Visit;

everywhere! {
    mail_is_seen_where_it_belongs:

    async fn a_text_is_tried_on_a_ticket_and_said_in_the_areas_own_words(visit: &Visit) -> anyhow::Result<()> {
        let number = asked(visit, "Da confermare").await?;
        visit.sign_in(BEATRICE).await?;
        visit.go("/administration/texts").await?;
        visit.look("area-texts").await?;
        // Each window has a text and an area of its own: whoever comes second would be told that somebody was quicker.
        let key = visit.either("apertura.chiedi_dettagli", "promessa.aggiornamento");
        visit.go(&format!("/administration/texts/{key}/it_lei")).await?;
        visit.look("area-text").await?;
        visit.write("body", "Gentile {{ nome }},\nci serve {{ cosa }}").await?;
        visit.send().await?;
        visit.look_at_refusal("area-text-refused", 422).await?;
        ensure!(visit.page_says("2: cosa").await?, "the line and the variable are named");
        visit.write("body", "Gentile {{ nome }}, ci serve un’immagine.").await?;
        visit.write("ticket", &number).await?;
        visit.press("button[name=do]").await?;
        ensure!(visit.page_says("Gentile Paolo Greco, ci serve").await?, "the preview reads otherwise");
        visit.look("area-text-preview").await?;
        visit.send().await?;
        visit.see("form[action$=agreement]").await?;
        visit.look("area-text-own").await?;
        visit.press("form[action$=default] button").await?;
        visit.see_none("form[action$=agreement]").await
    }

    async fn an_area_says_how_it_writes(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(BEATRICE).await?;
        visit.go("/administration/senders").await?;
        visit.look("senders").await?;
        visit
            .press(visit.either("tbody tr:first-child a", "tbody tr:last-child a"))
            .await?;
        visit.look("sender").await?;
        visit.write("address", "personale@ente.example").await?;
        visit.send().await?;
        visit.see_words("tbody", "personale@ente.example").await
    }

    async fn without_a_mail_server_mail_is_kept_and_seen(visit: &Visit) -> anyhow::Result<()> {
        let number = asked(visit, "Senza server").await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        for _ in 0..200 {
            if visit.page_says(visit.either("Posta: Non inviato", "Mail: Not sent")).await? {
                break;
            }
            visit.go(&format!("/tickets/{number}")).await?;
        }
        ensure!(visit.page_says(visit.either("Posta: Non inviato", "Mail: Not sent")).await?, "no mark at the receipt");
        visit.look("ticket-with-mail").await?;
        visit.go(&format!("/tickets/{number}/mail")).await?;
        visit.look("ticket-mail").await?;
        visit.sign_in(BEATRICE).await?;
        visit.go("/administration/mail").await?;
        visit.see_words("tbody", &number).await?;
        visit.look("outbox").await
    }
}

/// What Paolo asked for in the portal: its number.
async fn asked(visit: &Visit, subject: &str) -> anyhow::Result<String> {
    visit.sign_in(PAOLO).await?;
    asks_briefly(visit, &visit.own_words(subject)).await
}
