//! The first page of the portal: one question, what is frequent, one's own requests.

use crate::standing::{RequestRow, rows};
use crate::suggestions::{self, Suggested};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Offering;
use kernel::Outcome;
use people::{Actor, Guest, Visit};
use record::{Filter, Sort};
use serde::Deserialize;
use store::{Card, Store};
use ui::{Frame, Link};
use web::{App, PageError, PageQuery, html};

/// Requests on the first page.
const SHOWN: usize = 10;
/// Tiles on the first page.
const TILES: usize = 8;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    frame: Frame,
    suggested: Suggested,
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
    /// The drawing beside it.
    pub icon: &'static str,
}

#[derive(Deserialize)]
pub(super) struct HomeQuery {
    #[serde(default)]
    q: String,
}

pub(super) async fn home(
    State(app): State<App>,
    visit: Visit,
    PageQuery(query): PageQuery<HomeQuery>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let title = frame.t("portal-title");
    let frame = frame.titled(title);
    let (cards, more) = own(&app.store, &actor).await?;
    let page = Home {
        suggested: suggestions::for_need(&app, &actor, &frame, &query.q).await?,
        tiles: tiles(&app.store).await?,
        requests: rows(&app.store, &frame, &cards).await?,
        more,
        frame,
    };
    Ok(html(&page))
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

/// A tile for each of the first offerings, in the order in which they were made.
async fn tiles(store: &Store) -> Outcome<Vec<Tile>> {
    let offerings = store.all::<Offering>().await?;
    let open = offerings.iter().filter(|offering| !offering.state.closed);
    let tile = |offering: &store::Loaded<Offering>| Tile {
        link: Link::new(
            format!("/portal/new?offering={}", offering.id),
            &offering.state.offer.name,
        ),
        text: offering.state.offer.line.clone(),
        icon: offering.state.offer.icon.code(),
    };
    Ok(open.take(TILES).map(tile).collect())
}

#[derive(Template)]
#[template(path = "portal/accessibility.html")]
struct Accessibility {
    frame: Frame,
    /// Who hears of a barrier by mail; may be empty.
    contact: String,
    /// True for somebody who can open a request.
    signed: bool,
}

/// The statement on accessibility: for everybody, signed in or not.
pub(super) async fn accessibility(
    State(app): State<App>,
    visit: Result<Visit, Response>,
    Guest(guest): Guest,
) -> Result<Response, PageError> {
    let signed = visit.is_ok();
    let frame = visit.map_or(guest, |visit| visit.frame);
    let title = frame.t("ui-accessibility");
    Ok(html(&Accessibility {
        contact: configuration::Accessibility::now(&app.store).await?.contact,
        signed,
        frame: frame.titled(title),
    }))
}
