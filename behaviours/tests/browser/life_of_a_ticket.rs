//! A request from the first contact to the confirmed close and back: requester, desk, second level, control.

use anyhow::ensure;

use crate::people::{GIORGIO, LUCIA, PAOLO, ROBERTO};
use crate::requester::asks_briefly;
use crate::visit::Visit;

everywhere! {
    a_ticket_is_handled_from_first_contact_to_close:

    async fn a_request_is_taken_understood_solved_confirmed_and_reopened(visit: &Visit) -> anyhow::Result<()> {
        let number = the_desk_understands(visit).await?;
        the_second_level_does_its_part(visit, &number).await?;
        the_desk_hears_that_it_is_not_enough(visit, &number).await?;
        control_solves(visit, &number).await?;
        the_requester_confirms_and_reopens(visit, &number).await
    }

    async fn the_counter_opens_a_ticket_for_somebody_on_the_telephone(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(LUCIA).await?;
        visit.go("/tickets/new").await?;
        visit.look("counter").await?;
        visit.write("who", "Greco").await?;
        visit.touch("#callers [role=option]").await?;
        visit.see("#caller h2").await?;
        visit.look("counter-found").await?;
        let subject = visit.own_words("Telefono muto");
        visit.write("subject", &subject).await?;
        visit.touch("details:has(> .form #area) > summary").await?;
        visit.pick("area", "Servizi Tecnologici").await?;
        visit.send().await?;
        visit.look("counter-opened").await?;
        visit.press("main .form-foot .btn--primary").await?;
        visit.see_words("h1", &subject).await
    }
}

/// The desk finds the request in the list, takes it and finds out what it is about. Told without script too.
pub async fn the_desk_understands(visit: &Visit) -> anyhow::Result<String> {
    let subject = visit.own_words("Collegamento remoto perso");
    visit.sign_in(PAOLO).await?;
    let number = asks_briefly(visit, &subject).await?;
    visit.sign_in(LUCIA).await?;
    assert_eq!(visit.path().await?, "/tickets");
    visit.look("queue").await?;
    filters(visit, &subject).await?;
    visit.press(&format!("#row-{number} a")).await?;
    visit.see_words("h1", &subject).await?;
    visit.look("ticket-new").await?;
    visit.press(".acts [formaction*='/take']").await?;
    visit
        .until(&format!(
            "document.querySelector('.facts').textContent.includes('{}')",
            LUCIA.name
        ))
        .await?;
    identifies(visit).await?;
    says(
        visit,
        "register",
        "reason",
        "La VPN cade ogni dieci minuti dal pomeriggio di ieri",
    )
    .await?;
    says(
        visit,
        "diagnose",
        "diagnosis",
        "Il client è aggiornato; cade anche da cellulare",
    )
    .await?;
    classifies(visit).await?;
    writes(visit, "reply", "Ci stiamo lavorando: ti scriviamo entro oggi.").await?;
    writes(visit, "note", "Già visto la settimana scorsa sul concentratore 2.").await?;
    visit.see_words(".message--note", "concentratore 2").await?;
    visit.look("ticket-understood").await?;
    Ok(number)
}

async fn filters(visit: &Visit, subject: &str) -> anyhow::Result<()> {
    visit.touch(".queue-filters summary").await?;
    visit.see("#by-q").await?.send_keys(subject).await?;
    visit.look("queue-filters").await?;
    visit.press(".queue-filters .btn--primary").await?;
    visit.touch(".queue-condition summary").await?;
    visit.touch(".queue-condition a[href*='field=phase']").await?;
    visit.press(".values a:nth-of-type(1)").await?;
    visit.look("queue-filtered").await?;
    assert_eq!(visit.ask("document.querySelectorAll('[data-row]').length").await?, 1);
    Ok(())
}

/// Opens the form of an act, wherever the page offers it.
async fn act(visit: &Visit, code: &str) -> anyhow::Result<()> {
    let offered = format!(".acts a[href*='/{code}']");
    let link = visit.browser.find(thirtyfour::By::Css(&offered)).await?;
    if !link.is_displayed().await? {
        visit.touch(".acts .menu > summary").await?;
    }
    visit.press(&offered).await
}

async fn says(visit: &Visit, code: &str, field: &str, words: &str) -> anyhow::Result<()> {
    act(visit, code).await?;
    visit.look(&format!("act-{code}")).await?;
    visit.write(field, words).await?;
    visit.send().await?;
    ensure!(visit.page_says(words).await?, "{words:?} is not on the ticket");
    Ok(())
}

async fn identifies(visit: &Visit) -> anyhow::Result<()> {
    act(visit, "identify").await?;
    visit.write("who", PAOLO.email).await?;
    if visit.script {
        visit.touch(".callers-one").await?;
    } else {
        visit.press("main button[value=search]").await?;
        visit.touch("main input[name=person]").await?;
    }
    visit.touch("main [name=verified]").await?;
    visit.look("act-identify").await?;
    visit.send().await
}

/// Impact and urgency give the priority: 2 and 1 make 2.
async fn classifies(visit: &Visit) -> anyhow::Result<()> {
    act(visit, "classify").await?;
    visit.pick_value("kind", "incident").await?;
    visit.pick("category", "Rete › VPN").await?;
    visit.choose("impact", "2").await?;
    visit.choose("urgency", "1").await?;
    visit.look("act-classify").await?;
    visit.send().await?;
    visit.see("h1 .priority--2").await?;
    Ok(())
}

/// Writes in the composer: a reply, an internal note or a solution.
async fn writes(visit: &Visit, kind: &str, words: &str) -> anyhow::Result<()> {
    visit.touch(&format!(".composer .tab:has([value={kind}])")).await?;
    visit.write("text", words).await?;
    visit.press(".composer button[type=submit]").await?;
    ensure!(visit.page_says(words).await?, "{words:?} is not on the ticket");
    Ok(())
}

/// The second level takes its part and is done with it. Told without script too.
pub async fn the_second_level_does_its_part(visit: &Visit, number: &str) -> anyhow::Result<()> {
    act(visit, "second-level").await?;
    visit.pick("group", "Sistemi e reti").await?;
    visit.write("note", "Per favore guardate il concentratore 2.").await?;
    visit.look("act-second-level").await?;
    visit.send().await?;
    visit.look("ticket-second-level").await?;
    visit.sign_in(ROBERTO).await?;
    visit.look("queue-second-level").await?;
    visit.go(&format!("/tickets/{number}")).await?;
    visit.press(".acts [formaction*='/accept']").await?;
    visit.look("ticket-accepted").await?;
    act(visit, "technical-closure").await?;
    visit
        .write("activity", "Riavviato il concentratore 2, sessioni stabili da un’ora.")
        .await?;
    visit.choose("outcome", "solved").await?;
    visit.look("act-technical-closure").await?;
    visit.send().await?;
    // Whoever has done a part may read the ticket from then on (ADR 6).
    assert_eq!(visit.path().await?, format!("/tickets/{number}"));
    visit.look("ticket-part-done").await?;
    Ok(())
}

/// The requester, on the telephone, says that it is not enough: what happens next is not the desk's to decide (SD-108).
pub async fn the_desk_hears_that_it_is_not_enough(visit: &Visit, number: &str) -> anyhow::Result<()> {
    visit.sign_in(LUCIA).await?;
    visit.go(&format!("/tickets/{number}")).await?;
    visit.look("ticket-technically-closed").await?;
    act(visit, "outcome").await?;
    visit.choose("answer", "refused").await?;
    visit.write("note", "Cade ancora, ma meno spesso.").await?;
    visit.look("act-outcome").await?;
    visit.send().await?;
    visit.look("ticket-under-control").await?;
    visit.see_none(".acts a[href*='/second-level']").await
}

/// Whoever watches over what went wrong gives a solution.
pub async fn control_solves(visit: &Visit, number: &str) -> anyhow::Result<()> {
    visit.sign_in(GIORGIO).await?;
    visit.go(&format!("/tickets/{number}")).await?;
    writes(
        visit,
        "solution",
        "Abbiamo spostato la tua utenza sul concentratore 1: ora è stabile.",
    )
    .await?;
    visit.look("ticket-solved").await?;
    visit.go(&format!("/tickets/{number}/times")).await?;
    visit.look("ticket-times").await
}

/// Satisfied, and the day after no more. Told without script too.
pub async fn the_requester_confirms_and_reopens(visit: &Visit, number: &str) -> anyhow::Result<()> {
    visit.sign_in(PAOLO).await?;
    visit.look("portal-asks").await?;
    visit.go(&format!("/portal/requests/{number}")).await?;
    visit.look("request-solved").await?;
    ensure!(
        visit.page_says("ti scriviamo entro oggi").await?,
        "the reply is missing"
    );
    ensure!(!visit.page_says("concentratore 2").await?, "the internal note shows");
    visit.press(".ask [value=yes]").await?;
    visit.look("request-closed").await?;
    visit
        .see_words(".request-about", visit.either("Chiusa", "Closed"))
        .await?;
    visit.write("reason", "Stamattina è caduta di nuovo.").await?;
    visit.press("form[action$='/reopening'] .btn--primary").await?;
    visit.look("request-reopened").await?;
    visit
        .see_words(".request-about", visit.either("In lavorazione", "In progress"))
        .await
}
