//! The first page of the portal: one question, what is frequent, one's own requests.

use crate::standing::{RequestRow, rows};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use catalogue::Category;
use configuration::Area;
use kernel::Outcome;
use people::{Actor, Guest, Visit};
use record::{Filter, Sort};
use serde::Deserialize;
use store::{Card, Store};
use ui::{Frame, Link};
use web::{App, PageError, html};

/// Requests on the first page.
const SHOWN: usize = 10;
/// Tiles on the first page.
const TILES: usize = 8;
/// Requests that a search proposes.
const FOUND: usize = 5;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    frame: Frame,
    words: String,
    found: Vec<RequestRow>,
    open_with_words: String,
    tiles: Vec<Tile>,
    requests: Vec<RequestRow>,
    more: bool,
}

/// Something that is asked for often.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Where it is asked for.
    pub link: Link,
    /// What belongs to it.
    pub text: String,
}

#[derive(Deserialize)]
pub(super) struct HomeQuery {
    #[serde(default)]
    q: String,
}

pub(super) async fn home(
    State(app): State<App>,
    visit: Visit,
    Query(query): Query<HomeQuery>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let title = frame.t("portal-title");
    let frame = frame.titled(title);
    let words: String = query.q.trim().chars().take(240).collect();
    let found = if words.is_empty() {
        Vec::new()
    } else {
        found(&app.store, &actor, &words).await?
    };
    let (cards, more) = own(&app.store, &actor).await?;
    let page = Home {
        found: rows(&app.store, &frame, &found).await?,
        open_with_words: format!("/portal/new?subject={}", escape(&words)),
        tiles: tiles(&app.store).await?,
        requests: rows(&app.store, &frame, &cards).await?,
        more,
        words,
        frame,
    };
    Ok(html(&page))
}

async fn found(store: &Store, actor: &Actor, words: &str) -> Outcome<Vec<Card>> {
    let filter = Filter {
        requester: Some(actor.person),
        ..Filter::default()
    };
    Ok(record::search(store, actor, words, &filter, FOUND, None).await?.cards)
}

/// One's own requests: what asks for an answer first, then what is open, then what has ended.
async fn own(store: &Store, actor: &Actor) -> Outcome<(Vec<Card>, bool)> {
    let filter = Filter {
        requester: Some(actor.person),
        ..Filter::default()
    };
    let listing = record::list(store, actor, &filter, Sort::Newest, SHOWN, None).await?;
    let mut cards = listing.cards;
    cards.sort_by_key(|card| match card.state.as_str() {
        "solution_given" => 0,
        "waiting" => 1,
        _ if card.open => 2,
        _ => 3,
    });
    Ok((cards, listing.next.is_some()))
}

/// A tile for each service of each area; areas without services stand for themselves.
async fn tiles(store: &Store) -> Outcome<Vec<Tile>> {
    let (areas, categories) = (store.all::<Area>().await?, store.all::<Category>().await?);
    let mut tiles = Vec::new();
    for area in areas.iter().filter(|area| area.state.active) {
        let own: Vec<&Category> = categories
            .iter()
            .map(|category| &category.state)
            .filter(|category| category.area == Some(area.id) && !category.closed)
            .collect();
        let mut services: Vec<&str> = Vec::new();
        for category in &own {
            if !category.service.is_empty() && !services.contains(&category.service.as_str()) {
                services.push(&category.service);
            }
        }
        let address = |subject: &str| format!("/portal/new?area={}&subject={}", area.id, escape(subject));
        if services.is_empty() {
            let names: Vec<&str> = own.iter().take(4).map(|category| category.name.as_str()).collect();
            tiles.push(Tile {
                link: Link::new(address(""), &area.state.name),
                text: names.join(", "),
            });
        }
        for service in services {
            let names: Vec<&str> = own
                .iter()
                .filter(|category| category.service == service)
                .take(4)
                .map(|category| category.name.as_str())
                .collect();
            tiles.push(Tile {
                link: Link::new(address(&format!("{service}: ")), service),
                text: names.join(", "),
            });
        }
    }
    tiles.truncate(TILES);
    Ok(tiles)
}

/// Words as a value of an address.
fn escape(words: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    words
        .bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

#[derive(Template)]
#[template(path = "portal/accessibility.html")]
struct Accessibility {
    frame: Frame,
}

/// The statement on accessibility: for everybody, signed in or not.
pub(super) async fn accessibility(visit: Result<Visit, Response>, Guest(guest): Guest) -> Response {
    let frame = visit.map_or(guest, |visit| visit.frame);
    let title = frame.t("ui-accessibility");
    html(&Accessibility {
        frame: frame.titled(title),
    })
}
