//! The queue: the tickets of a view, the way to narrow and to order it, and what to do where it is empty.

use super::asked::{Asked, View};
use super::conditions;
use super::heads::{Head, heads};
use super::line::Line;
use super::names::{Names, term};
use super::saved::Pin;
use super::shape::Shape;
use super::told::{Told, not_understood, told};
use super::way::{Walked, Way, page};
use i18n::Language;
use kernel::Outcome;
use people::Actor;
use store::{Card, Store};
use ui::{Choice, Frame, Link};

/// The queue as it is shown.
pub(super) struct Queue {
    pub(super) title: String,
    pub(super) note: String,
    pub(super) views: Vec<Tab>,
    /// Views that were saved.
    pub(super) saved: Vec<Saved>,
    /// Groups that a view can be shared with.
    pub(super) share: Vec<Choice>,
    /// Tickets that are kept at hand.
    pub(super) pins: Vec<Pin>,
    /// Conditions in force, each with the list without it.
    pub(super) set: Vec<Link>,
    /// Fields by which it can be narrowed further.
    pub(super) fields: Vec<Link>,
    pub(super) filters: Filters,
    /// The orders, each with its list; none where what was found stands by rank.
    pub(super) orders: Vec<Choice>,
    /// The words of the one in force.
    pub(super) order: String,
    pub(super) shape: Shape,
    /// The heads of its table.
    pub(super) heads: Vec<Head>,
    /// What the search has to say: something not understood, words put right.
    pub(super) told: Vec<Told>,
    pub(super) groups: Vec<Part>,
    pub(super) first: String,
    pub(super) next: String,
    pub(super) empty: Option<Empty>,
    /// The address of the list itself.
    pub(super) list: String,
    /// Acts that the ticked ones can be given.
    pub(super) bulk: Vec<Choice>,
    /// Its query.
    pub(super) query: String,
    /// The query by which it is watched.
    pub(super) watched: String,
}

/// A view one can look at.
pub(super) struct Tab {
    pub(super) href: String,
    pub(super) label: String,
    /// The name under which its count is told; empty for one that is not counted.
    pub(super) counted: &'static str,
    pub(super) count: String,
    pub(super) active: bool,
    pub(super) key: &'static str,
}

/// A view that was saved.
pub(super) struct Saved {
    /// The name under which its count is told; empty for one that is not counted.
    pub(super) counted: String,
    pub(super) href: String,
    pub(super) label: String,
    /// Whom it is shared with.
    pub(super) group: String,
    pub(super) active: bool,
    /// Where it is removed; empty for who may not.
    pub(super) remove: String,
}

/// The form that asks for words.
pub(super) struct Filters {
    /// What else the list is asked for.
    pub(super) kept: Vec<(&'static str, String)>,
    pub(super) words: String,
    pub(super) clear: String,
}

/// Tickets of one priority or risk, or all of them under no name.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) rows: Vec<Line>,
}

/// Nothing to show, and what one can do.
pub(super) struct Empty {
    pub(super) title: String,
    pub(super) text: String,
    pub(super) way: Option<Link>,
}

impl Queue {
    /// The queue that was asked for, with the ticket that is open marked in it.
    pub(super) async fn load(
        store: &Store,
        actor: &Actor,
        frame: &Frame,
        asked: &Asked,
        open: Option<&str>,
    ) -> Outcome<Self> {
        let way = Way::of(store, actor, frame, asked).await?;
        let Walked { sought, next, is_lost } = page(store, actor, frame, asked, &way).await?;
        let cards = &sought.listing.cards;
        let people = cards.iter().flat_map(|card| [card.requester, card.operator]).flatten();
        let people: Vec<_> = people.chain(way.filter.requester).collect();
        let names = Names::of(store, people).await?;
        let count = if way.order.is_some() && way.open {
            Some(record::count_open(store, actor, &way.filter).await?)
        } else {
            None
        };
        let shape = if open.is_some() {
            Shape::Rows
        } else {
            Shape::preferred(store, actor.person).await?
        };
        let all_shown = asked.after.is_empty() && count.is_some_and(|count| count <= cards.len() as i64);
        Ok(Self {
            title: title(frame, asked, &way),
            note: count.map_or_else(String::new, |count| frame.language.count(count.unsigned_abs())),
            views: views(store, actor, frame, asked).await?,
            saved: saved(store, actor, &names, asked).await?,
            share: share(&names, actor),
            pins: super::saved::pins(store, actor, asked, open).await?,
            set: conditions::in_force(frame, &names, asked),
            fields: conditions::fields(frame, asked),
            filters: filters(asked),
            orders: way.orders(frame, asked),
            order: way.order.map_or_else(String::new, |order| frame.t(order.label())),
            heads: heads(frame, asked, way.order, way.open),
            shape,
            empty: cards.is_empty().then(|| empty(frame, asked)),
            told: not_understood(frame, asked, is_lost)
                .into_iter()
                .chain(told(frame, &asked.words, &sought, |words| asked.asking(words).list()))
                .collect(),
            groups: parts(frame, &names, asked, &way, cards, open),
            first: if asked.after.is_empty() {
                String::new()
            } else {
                asked.further(String::new()).list()
            },
            next: next
                .filter(|_| !all_shown)
                .map(|next| asked.further(next).list())
                .unwrap_or_default(),
            list: asked.list(),
            query: asked.query(),
            watched: watched(asked, shape),
            bulk: super::bulk::choices(frame),
        })
    }
}

/// A table is told of changes as rows of a table.
fn watched(asked: &Asked, shape: Shape) -> String {
    let query = asked.query();
    match shape {
        Shape::Rows => query,
        Shape::Table if query.is_empty() => format!("?shape={}", shape.code()),
        Shape::Table => format!("{query}&shape={}", shape.code()),
    }
}

fn title(frame: &Frame, asked: &Asked, way: &Way) -> String {
    if way.order.is_some() {
        term(frame.language, "view", asked.view.code())
    } else {
        frame.t("ticket-page-found")
    }
}

async fn views(store: &Store, actor: &Actor, frame: &Frame, asked: &Asked) -> Outcome<Vec<Tab>> {
    let mut tabs = Vec::new();
    for view in View::ALL {
        let plain = Asked::default().viewing(view);
        let (mut counted, mut count) = ("", String::new());
        if view.is_open() {
            let open = record::count_open(store, actor, &plain.conditions(actor)).await?;
            (counted, count) = (view.code(), frame.language.count(open.unsigned_abs()));
        }
        let key = if view == View::Mine { "g m" } else { "" };
        tabs.push(Tab {
            href: asked.viewing(view).list(),
            label: term(frame.language, "view", view.code()),
            counted,
            count,
            active: view == asked.view,
            key,
        });
    }
    Ok(tabs)
}

async fn saved(store: &Store, actor: &Actor, names: &Names, asked: &Asked) -> Outcome<Vec<Saved>> {
    let views = crate::saved::views_of(store, actor).await?;
    let here = asked.query();
    let saved = views.into_iter().map(|view| Saved {
        counted: if Asked::from_query(&view.query).is_counted() {
            view.id.to_string()
        } else {
            String::new()
        },
        active: view.query == here && !here.is_empty(),
        href: format!("/tickets{}", view.query),
        label: view.name,
        group: view.group.map(|group| names.group(group)).unwrap_or_default(),
        remove: if view.person == actor.person {
            format!("/tickets/views/{}/remove", view.id)
        } else {
            String::new()
        },
    });
    Ok(saved.collect())
}

/// One's own groups, to share a view with.
fn share(names: &Names, actor: &Actor) -> Vec<Choice> {
    let mine = actor.groups.iter().map(|group| (group, names.group(*group)));
    mine.filter(|(_, name)| !name.is_empty())
        .map(|(group, name)| Choice::new(group.to_string(), name, ""))
        .collect()
}

/// The name of a phase that people see.
pub(super) fn phase_name(language: Language, code: &str) -> String {
    ui::Phase::from_code(code)
        .map(|phase| language.text(phase.text_key()))
        .unwrap_or_default()
}

fn filters(asked: &Asked) -> Filters {
    let mut kept = asked.kept();
    kept.retain(|(name, _)| *name != "q");
    Filters {
        kept,
        words: asked.words.clone(),
        clear: if asked.is_narrowed() {
            Asked {
                order: asked.order,
                ..Asked::default().viewing(asked.view)
            }
            .list()
        } else {
            String::new()
        },
    }
}

fn empty(frame: &Frame, asked: &Asked) -> Empty {
    let plain = Asked::default().viewing(asked.view);
    let counter = || {
        let href = &frame.paths.counter;
        (!href.is_empty()).then(|| Link::new(href, frame.t("ticket-page-new-ticket")))
    };
    let (key, way) = if asked.is_narrowed() {
        (
            "narrowed",
            Some(Link::new(plain.list(), frame.t("ticket-page-clear-filters"))),
        )
    } else {
        match asked.view {
            View::Work => ("work", counter()),
            View::Mine => (
                "mine",
                Some(Link::new(
                    Asked::default().viewing(View::New).list(),
                    frame.t("ticket-page-see-new"),
                )),
            ),
            View::New => (
                "new",
                Some(Link::new(Asked::default().list(), frame.t("ticket-page-see-work"))),
            ),
            View::All => ("all", counter()),
            View::Closed => ("closed", None),
        }
    };
    Empty {
        title: frame.t(&format!("ticket-page-empty-{key}")),
        text: frame.t(&format!("ticket-page-empty-{key}-text")),
        way,
    }
}

fn parts(frame: &Frame, names: &Names, asked: &Asked, way: &Way, cards: &[Card], open: Option<&str>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for card in cards {
        let name = way.part_of(frame, card);
        if parts.last().is_none_or(|part| part.name != name) {
            parts.push(Part { name, rows: Vec::new() });
        }
        if let Some(part) = parts.last_mut() {
            let mut row = Line::of(frame, names, card, asked.view == View::New);
            row.href = asked.ticket(&card.number, "");
            row.open = open == Some(card.number.as_str());
            part.rows.push(row);
        }
    }
    parts
}
