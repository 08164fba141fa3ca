//! How a queue is walked: what narrows it, in which order, page by page.

use super::asked::Asked;
use super::names::term;
use super::order::Order;
use super::risk::Risk;
use crate::search::{self, Asker, Sought, Wish};
use kernel::{Error, Outcome, Refusal};
use people::Actor;
use record::{Filter, Listing, Sort};
use store::{Card, Store};
use ui::{Choice, Frame};
use web::Cursor;

/// Tickets on a page of the queue.
const PAGE: usize = 50;

/// How the list is walked.
pub(super) struct Way {
    pub(super) filter: Filter,
    /// The order; nothing where words are looked for and the best come first.
    pub(super) order: Option<Order>,
    /// True where only open tickets stand.
    pub(super) open: bool,
}

impl Way {
    /// Conditions alone, in the address or in the question, make a list; with words, or a condition that is not understood,
    /// it is a search.
    pub(super) async fn of(store: &Store, actor: &Actor, frame: &Frame, asked: &Asked) -> Outcome<Self> {
        let filter = asked.conditions(actor);
        let narrowed = search::narrowed(store, &Asker::of(actor, frame), &asked.words, &filter).await?;
        let open = narrowed.as_ref().unwrap_or(&filter).open == Some(true);
        let promised = !service_level::book(store).await?.is_empty();
        Ok(Self {
            order: narrowed.is_some().then(|| Order::of(asked.order, open, promised)),
            filter: narrowed.unwrap_or(filter),
            open,
        })
    }

    /// The orders to choose from.
    pub(super) fn orders(&self, frame: &Frame, asked: &Asked) -> Vec<Choice> {
        let Some(current) = self.order else {
            return Vec::new();
        };
        let choice = |order: Order| Choice {
            chosen: order == current,
            ..Choice::new(asked.ordered(order).list(), frame.t(order.label()), "")
        };
        Order::offered(self.open).map(choice).collect()
    }

    /// The name of the part of the list in which a ticket stands; the same one where the list is not divided.
    pub(super) fn part_of(&self, frame: &Frame, card: &Card) -> String {
        match self.order {
            Some(Order::Priority) => term(frame.language, "priority", &card.priority.to_string()),
            Some(Order::Due) => {
                let risk = Risk::of(card, frame.now, &frame.zone);
                frame.t(&format!("ticket-page-risk-{}", risk.code()))
            }
            _ => String::new(),
        }
    }
}

/// A page of a list.
pub(super) struct Walked {
    pub(super) sought: Sought,
    /// Where it goes on.
    pub(super) next: Option<String>,
    /// True where the place that was asked for is none of this list, so that this is its beginning.
    pub(super) is_lost: bool,
}

/// A page in the order that was asked for; of a search the best ones first.
pub(super) async fn page(store: &Store, actor: &Actor, frame: &Frame, asked: &Asked, way: &Way) -> Outcome<Walked> {
    let walked = walk(store, actor, frame, asked, way).await;
    let is_lost =
        matches!(&walked, Err(Error::Refused(refusal)) if refusal.fields.iter().any(|field| field.field == "cursor"));
    let (sought, next) = if is_lost {
        walk(store, actor, frame, &asked.further(String::new()), way).await?
    } else {
        walked?
    };
    Ok(Walked { sought, next, is_lost })
}

async fn walk(
    store: &Store,
    actor: &Actor,
    frame: &Frame,
    asked: &Asked,
    way: &Way,
) -> Outcome<(Sought, Option<String>)> {
    if way.order == Some(Order::Priority) {
        let (cards, next) = by_priority(store, actor, &way.filter, &asked.after).await?;
        let listing = Listing { cards, next: None };
        return Ok((Sought::listed(listing), next));
    }
    let after = place(&asked.after)?;
    let sought = match way.order {
        None => {
            let wish = Wish {
                limit: PAGE,
                after,
                forgiving: true,
            };
            search::find(store, &Asker::of(actor, frame), &asked.words, &way.filter, wish).await?
        }
        Some(order) => Sought::listed(record::list(store, actor, &way.filter, order.sort(), PAGE, after).await?),
    };
    let next = sought.listing.next.map(Cursor::encode);
    Ok((sought, next))
}

/// A place in a list; nothing is its beginning.
fn place(text: &str) -> Outcome<Option<Cursor>> {
    (!text.is_empty()).then(|| Cursor::decode(text)).transpose()
}

/// One walk for each priority until the page is full; the cursor says in which of them to go on: `3.d.1f-1f`.
async fn by_priority(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    after: &str,
) -> Outcome<(Vec<Card>, Option<String>)> {
    let (begun, rest) = after
        .split_once('.')
        .unwrap_or((if after.is_empty() { "1" } else { after }, ""));
    let begun = begun.parse::<i64>().ok().filter(|begun| (1..=5).contains(begun));
    let begun = begun.ok_or_else(|| Refusal::field("cursor", "field-bad-cursor"))?;
    let mut cursor = place(rest)?;
    let mut cards: Vec<Card> = Vec::new();
    for priority in begun..=5 {
        let after = cursor.take();
        if filter.priority.is_some_and(|wanted| wanted != priority) {
            continue;
        }
        if cards.len() >= PAGE {
            return Ok((cards, Some(format!("{priority}."))));
        }
        let filter = Filter {
            priority: Some(priority),
            ..filter.clone()
        };
        let found = record::list(store, actor, &filter, Sort::Due, PAGE - cards.len(), after).await?;
        cards.extend(found.cards);
        if let Some(next) = found.next {
            return Ok((cards, Some(format!("{priority}.{}", next.encode()))));
        }
    }
    Ok((cards, None))
}
