//! What pages weigh on their way: the first one with all that pages share, and each one after it.

use anyhow::ensure;

use crate::people::{DAVIDE, LUCIA, PAOLO, ticket_of_a_guest};
use crate::visit::Visit;

/// Bytes of the first page with its styles, scripts, letters and pictures.
const FIRST: u64 = 120_000;
/// Bytes of each page after it.
const NEXT: u64 = 15_000;
/// What came over the wire for this page, with what was said about it.
const WEIGHT: &str = "['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind)).reduce((sum, one) => sum + one.transferSize, 0)";

/// The same, one by one: size on the way, size when unpacked.
const PARTS: &str = "['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind)).filter((one) => one.transferSize).map((one) => [one.name, one.transferSize, one.decodedBodySize])";

async fn weighs(visit: &Visit, page: &str, most: u64) -> anyhow::Result<()> {
    visit.go(page).await?;
    visit
        .until("document.readyState === 'complete' && document.fonts.status === 'loaded' && document.querySelector('main')")
        .await?;
    let weight = visit.ask(WEIGHT).await?.as_u64().unwrap_or(u64::MAX);
    println!("{page}: {weight} bytes");
    if weight > most {
        let parts = visit.ask(PARTS).await?;
        visit.find(page, format!("{weight} bytes, not {most}: {parts}"));
    }
    Ok(())
}

everywhere! {
    pages_are_light:

    async fn whoever_comes_for_the_first_time(visit: &Visit) -> anyhow::Result<()> {
        visit.browser.pass_by_workers().await?;
        weighs(visit, "/sign-in", FIRST).await?;
        ensure!(visit.ask(WEIGHT).await?.as_u64() > Some(NEXT), "a first page that brings nothing along was not weighed");
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Quanto pesa")).await?;
        for (person, pages) in [(LUCIA, vec!["/tickets".to_owned(), format!("/tickets/{number}")]), (PAOLO, vec!["/portal".to_owned(), "/portal/new".to_owned()])] {
            visit.sign_in(person).await?;
            for page in pages {
                visit.browser.forget_files().await?;
                weighs(visit, &page, FIRST).await?;
            }
        }
        Ok(())
    }

    async fn whoever_goes_on(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Quanto pesa poi")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go("/tickets").await?;
        for page in ["/tickets?view=all", "/tickets/new", "/knowledge", "/search?q=stampante", "/outages", "/people", "/profile"] {
            weighs(visit, page, NEXT).await?;
        }
        for act in ["", "/classify", "/solution", "/times"] {
            weighs(visit, &format!("/tickets/{number}{act}"), NEXT).await?;
        }
        visit.sign_in(PAOLO).await?;
        visit.go("/portal").await?;
        for page in ["/portal", "/portal/new", "/portal/requests", "/portal/guides", "/portal/outages"] {
            weighs(visit, page, NEXT).await?;
        }
        Ok(())
    }
}
