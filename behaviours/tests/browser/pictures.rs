//! Pictures of every page at four widths, in both languages, light and dark, to be looked at by somebody; what a script can tell
//! of a page it tells here too.

use anyhow::{Context, ensure};
use testkit::browser::Screen;

use crate::people::{BEATRICE, LUCIA, PAOLO, Person, ROBERTO};
use crate::visit::Visit;

/// Every page; a test of the administration finds the one that is missing.
const PAGES: &str = include_str!("pages.txt");
/// A desk, an old laptop, a tablet held upright, a telephone.
const SIZES: [(u64, u64); 4] = [(1440, 900), (1024, 768), (800, 1100), (390, 844)];
/// A picture is as high as the page, but no higher than this.
const HIGHEST: u64 = 5000;

/// A line of the list.
struct Page {
    who: &'static str,
    address: &'static str,
    /// A page that links to one like it.
    from: Option<&'static str>,
}

fn pages() -> Vec<Page> {
    let lines = PAGES.lines().filter(|line| !line.starts_with(['#', '-']));
    let page = |line: &'static str| {
        let mut words = line.split_whitespace();
        Some(Page {
            who: words.next()?,
            address: words.next()?,
            from: words.next(),
        })
    };
    lines.filter_map(page).collect()
}

fn person(who: &str) -> anyhow::Result<Option<Person>> {
    Ok(match who {
        "nobody" => None,
        "requester" => Some(PAOLO),
        "operator" => Some(LUCIA),
        "second_level" => Some(ROBERTO),
        "administrator" => Some(BEATRICE),
        other => anyhow::bail!("nobody of the demonstration is {other}"),
    })
}

/// The address with its place filled in by the first link that fits.
async fn found(visit: &Visit, page: &Page) -> anyhow::Result<String> {
    let Some((before, rest)) = page.address.split_once('{') else {
        return Ok(page.address.to_owned());
    };
    let after = rest.split_once('}').context("a place without an end")?.1;
    visit
        .go(page
            .from
            .with_context(|| format!("nothing links to {}", page.address))?)
        .await?;
    let links = visit
        .ask(
            "[...document.querySelectorAll('main a[href], .queue a[href]')].map((link) => new URL(link.href).pathname)",
        )
        .await?;
    let links = links
        .as_array()
        .context("no links")?
        .iter()
        .filter_map(|link| link.as_str()?.strip_prefix(before));
    let mut names = links
        .filter_map(|link| link.split('/').next())
        .filter(|name| name.contains(|one: char| one.is_ascii_digit()));
    let name = names
        .next()
        .with_context(|| format!("{:?} links to nothing like {}", page.from, page.address))?;
    Ok(format!("{before}{name}{after}"))
}

/// `/tickets/{number}/classify` as `tickets-number-classify`.
fn name_of(page: &Page) -> String {
    let plain = |one: char| if one.is_ascii_alphanumeric() { one } else { '-' };
    let name: String = page.address.chars().map(plain).collect();
    let name: Vec<&str> = name.split('-').filter(|part| !part.is_empty()).collect();
    format!("page-{}-{}", page.who, name.join("-"))
}

async fn takes_pictures(visit: &Visit) -> anyhow::Result<()> {
    let mut signed_in = "nobody";
    visit.browser.hide_scroll_bars().await?;
    for page in pages() {
        if page.who != signed_in {
            visit.browser.delete_all_cookies().await?;
            if let Some(person) = person(page.who)? {
                visit.sign_in(person).await?;
            }
            signed_in = page.who;
        }
        let address = found(visit, &page).await?;
        let name = name_of(&page);
        for (width, height) in SIZES {
            visit.browser.resize(width, height).await?;
            visit.go(&address).await?;
            ensure!(
                visit.path().await? == address.split('?').next().unwrap_or_default(),
                "{address} leads to {}",
                visit.path().await?
            );
            let whole = visit
                .ask("document.documentElement.scrollHeight")
                .await?
                .as_u64()
                .unwrap_or(height);
            visit.browser.resize(width, whole.clamp(height, HIGHEST)).await?;
            visit.question(&name, width).await?;
            for theme in ["light", "dark"] {
                visit.wear(theme).await?;
                visit
                    .browser
                    .picture(&format!("{name}-{}-{width}-{theme}", visit.language))
                    .await?;
            }
        }
    }
    // Acts that are not due are refused here and there; what the browser says of that is no complaint about the page.
    visit.browser.complaints().await.map(drop)
}

#[test]
#[ignore = "some thousand pictures take a quarter of an hour; `cargo test -p behaviours --test browser pictures -- --ignored` takes them"]
fn in_italian() -> anyhow::Result<()> {
    crate::everywhere::tell("pictures", Screen::Desk, "it", takes_pictures)
}

#[test]
#[ignore = "some thousand pictures take a quarter of an hour; `cargo test -p behaviours --test browser pictures -- --ignored` takes them"]
fn in_english() -> anyhow::Result<()> {
    crate::everywhere::tell("pictures", Screen::Desk, "en", takes_pictures)
}
