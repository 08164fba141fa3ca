//! The keyboard alone is enough: order, focus that shows, and the keys.

use anyhow::ensure;
use serde_json::Value;
use thirtyfour::Key;

use crate::people::{DAVIDE, LUCIA, PAOLO, ticket_of_a_guest};
use crate::visit::Visit;

/// What has the focus: where it stands in the document, whether one sees it and its ring (which a field's
/// frame or a whole tile may bear), what it is.
const FOCUSED: &str = r#"(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const ringed = one => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) >= 1 || one.boxShadow !== 'none';
  const bearers = [element, element.closest('label'), element.parentElement, element.parentElement?.parentElement].filter(Boolean);
  return {
    what: element.outerHTML.slice(0, 120),
    visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    ring: bearers.some(one => ringed(getComputedStyle(one)) || ringed(getComputedStyle(one, '::after'))),
    place: [...document.querySelectorAll('*')].indexOf(element),
  };
})()"#;

everywhere! {
    the_keyboard_is_enough:

    async fn the_first_tab_skips_to_the_content(visit: &Visit) -> anyhow::Result<()> {
        visit.sign_in(PAOLO).await?;
        strikes(visit, Key::Tab).await?;
        visit.until("document.activeElement.closest('.skip')").await?;
        visit.look("skip-link").await?;
        strikes(visit, Key::Enter).await?;
        visit.until("document.activeElement.id === 'main'").await
    }

    async fn tab_goes_through_a_page_in_order_with_its_focus_in_sight(visit: &Visit) -> anyhow::Result<()> {
        visit.go("/sign-in").await?;
        walks_through(visit).await?;
        visit.sign_in(PAOLO).await?;
        walks_through(visit).await?;
        visit.go("/portal/new").await?;
        walks_through(visit).await?;
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Da tastiera")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}/classify")).await?;
        walks_through(visit).await?;
        visit.go(&format!("/tickets/{number}?q=tastiera")).await?;
        walks_through(visit).await
    }

    async fn an_operator_works_through_a_ticket_by_keys(visit: &Visit) -> anyhow::Result<()> {
        let subject = visit.own_words("Tutto da tastiera");
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &subject).await?;
        visit.sign_in(LUCIA).await?;
        finds_and_opens(visit, &number, &subject).await?;
        visit.leaving(strikes(visit, 't')).await?;
        visit.until(&format!("document.querySelector('.facts').textContent.includes('{}')", LUCIA.name)).await?;
        visit.leaving(strikes(visit, 'c')).await?;
        ensure!(visit.path().await?.ends_with("/classify"), "c does not classify");
        visit.browser.back().await?;
        replies(visit).await?;
        visit.leaving(goes(visit, 'q')).await?;
        assert_eq!(visit.path().await?, "/tickets");
        strikes(visit, '?').await?;
        visit.see("#keys[open]").await?;
        visit.look("keys").await?;
        strikes(visit, Key::Escape).await?;
        visit.until("!document.querySelector('#keys').open").await
    }

    async fn letters_are_letters_while_one_writes(visit: &Visit) -> anyhow::Result<()> {
        let number = ticket_of_a_guest(&DAVIDE.elsewhere().await?, &visit.own_words("Solo lettere")).await?;
        visit.sign_in(LUCIA).await?;
        visit.go(&format!("/tickets/{number}")).await?;
        let (all, path) = ("tcrisawhnjkq/?g", visit.path().await?);
        for css in ["#composer-text", "main [name=text]"] {
            let field = visit.see(css).await?;
            field.clear().await?;
            field.send_keys(all).await?;
            assert_eq!(field.prop("value").await?.as_deref(), Some(all));
        }
        assert_eq!(visit.path().await?, path);
        visit.see_none("#keys[open]").await?;
        strikes(visit, Key::Escape).await?;
        visit.until("document.activeElement === document.body").await?;
        visit.leaving(strikes(visit, 't')).await
    }
}

/// Strikes a key wherever the focus is.
async fn strikes(visit: &Visit, key: impl Into<char>) -> anyhow::Result<()> {
    let key: char = key.into();
    Ok(visit
        .browser
        .action_chain()
        .send_keys(key.to_string())
        .perform()
        .await?)
}

/// The two strokes that lead to a place.
async fn goes(visit: &Visit, place: char) -> anyhow::Result<()> {
    Ok(visit
        .browser
        .action_chain()
        .send_keys(format!("g{place}"))
        .perform()
        .await?)
}

/// Tab by tab from where the focus is until it comes round: each stop is in sight, shows its ring and lies further on.
async fn walks_through(visit: &Visit) -> anyhow::Result<()> {
    const MOST: usize = 150;
    let (mut last, mut stops, page) = (-1, 0, visit.path().await?);
    while stops < MOST {
        strikes(visit, Key::Tab).await?;
        let stop = visit.ask(FOCUSED).await?;
        let place = stop["place"].as_i64().unwrap_or(-1);
        if place <= last {
            break;
        }
        for (fault, holds) in [("out of sight", &stop["visible"]), ("without a ring", &stop["ring"])] {
            if *holds != Value::Bool(true) {
                visit.find(&page, format!("the focus is {fault}: {}", stop["what"]));
            }
        }
        (last, stops) = (place, stops + 1);
    }
    ensure!((3..MOST).contains(&stops), "{stops} stops on {page}");
    Ok(())
}

async fn finds_and_opens(visit: &Visit, number: &str, subject: &str) -> anyhow::Result<()> {
    strikes(visit, '/').await?;
    visit.until("document.activeElement.id === 'by-q'").await?;
    visit.browser.action_chain().send_keys(subject).perform().await?;
    visit.leaving(strikes(visit, Key::Enter)).await?;
    strikes(visit, 'j').await?;
    visit.until("document.activeElement.closest('[data-row]')").await?;
    visit.leaving(strikes(visit, Key::Enter)).await?;
    assert_eq!(visit.path().await?, format!("/tickets/{number}"));
    Ok(())
}

async fn replies(visit: &Visit) -> anyhow::Result<()> {
    visit
        .until("document.readyState === 'complete' && document.querySelector('#composer-text')")
        .await?;
    strikes(visit, 'r').await?;
    visit.until("document.activeElement.id === 'composer-text'").await?;
    let words = "Tutto chiaro: ti richiamo quando torna la collega.";
    visit.browser.action_chain().send_keys(words).perform().await?;
    let chord = visit
        .browser
        .action_chain()
        .key_down(Key::Control)
        .send_keys(Key::Enter)
        .key_up(Key::Control);
    visit.leaving(async { Ok(chord.perform().await?) }).await?;
    ensure!(visit.page_says(words).await?, "the reply is not on the ticket");
    Ok(())
}
