//! The queue: the tickets of a view, the way to narrow it, and what to do where it is empty.

use super::asked::{Asked, View};
use super::names::{Names, term, terms};
use super::saved::Pin;
use super::told::{Told, told};
use crate::domain::{Channel, Phase};
use crate::search::{self, Asker, Sought, Wish};
use askama::Template;
use i18n::Language;
use kernel::{Instant, Outcome, Uuid};
use people::Actor;
use record::{Filter, Listing, Sort};
use store::{Card, Store};
use ui::{Choice, Frame, Link};
use web::Cursor;

/// Tickets on a page of the queue.
const PAGE: usize = 50;

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
    pub(super) set: Vec<Link>,
    pub(super) filters: Filters,
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
    /// Its query, by which it is watched.
    pub(super) query: String,
}

/// A view one can look at.
pub(super) struct Tab {
    pub(super) href: String,
    pub(super) label: String,
    pub(super) active: bool,
    pub(super) key: &'static str,
}

/// A view that was saved.
pub(super) struct Saved {
    pub(super) href: String,
    pub(super) label: String,
    /// Whom it is shared with.
    pub(super) group: String,
    pub(super) active: bool,
    /// Where it is removed; empty for who may not.
    pub(super) remove: String,
}

/// The form that narrows the queue.
pub(super) struct Filters {
    pub(super) view: &'static str,
    pub(super) words: String,
    pub(super) phases: Vec<Choice>,
    pub(super) priorities: Vec<Choice>,
    pub(super) groups: Vec<Choice>,
    pub(super) areas: Vec<Choice>,
    pub(super) channels: Vec<Choice>,
    pub(super) requester: String,
    pub(super) clear: String,
}

/// Tickets of one priority, or all of them under no name.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) rows: Vec<Line>,
}

/// A ticket in the queue.
pub(super) struct Line {
    pub(super) href: String,
    /// The record behind it, by which the row is found again.
    pub(super) record: Uuid,
    pub(super) level: u8,
    pub(super) subject: String,
    pub(super) number: String,
    pub(super) who: String,
    pub(super) opened_at: Instant,
    pub(super) age: String,
    pub(super) mark: String,
    pub(super) tone: &'static str,
    pub(super) operator: String,
    pub(super) open: bool,
}

/// A row by itself, as it is told to those who watch.
#[derive(Template)]
#[template(path = "ticket/_row.html")]
pub(super) struct Row<'f> {
    pub(super) frame: &'f Frame,
    pub(super) row: Line,
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
        let filter = asked.conditions(actor);
        let (sought, next) = page(store, actor, frame, asked, &filter).await?;
        let cards = &sought.listing.cards;
        let people = cards.iter().flat_map(|card| [card.requester, card.operator]).flatten();
        let people: Vec<_> = people.chain(filter.requester).collect();
        let names = Names::of(store, people).await?;
        let counted = asked.view.is_open() && asked.words.is_empty();
        let count = if counted {
            Some(record::count_open(store, actor, &filter).await?)
        } else {
            None
        };
        let all_shown = asked.after.is_empty() && count.is_some_and(|count| count <= cards.len() as i64);
        Ok(Self {
            title: title(frame, asked),
            note: note(frame, asked, count),
            views: views(store, actor, frame, asked).await?,
            saved: saved(store, actor, &names, asked).await?,
            share: share(&names, actor),
            pins: super::saved::pins(store, actor, asked, open).await?,
            set: set(frame, &names, asked),
            filters: filters(frame, &names, asked),
            empty: cards.is_empty().then(|| empty(frame, asked)),
            told: told(frame, &asked.words, &sought, |words| asked.asking(words).list()),
            groups: parts(frame, &names, asked, cards, open),
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
            bulk: super::bulk::choices(frame),
        })
    }
}

/// Open tickets by priority and then by age, ended ones newest first, found ones best first.
async fn page(
    store: &Store,
    actor: &Actor,
    frame: &Frame,
    asked: &Asked,
    filter: &Filter,
) -> Outcome<(Sought, Option<String>)> {
    let after = Cursor::decode(&asked.after).ok();
    let sought = if !asked.words.is_empty() {
        let wish = Wish {
            limit: PAGE,
            after,
            forgiving: true,
        };
        search::find(store, &Asker::of(actor, frame), &asked.words, filter, wish).await?
    } else if asked.view.is_open() {
        let (cards, next) = by_priority(store, actor, filter, &asked.after).await?;
        let listing = Listing { cards, next: None };
        return Ok((Sought::listed(listing), next));
    } else {
        Sought::listed(record::list(store, actor, filter, Sort::Newest, PAGE, after).await?)
    };
    let next = sought.listing.next.map(Cursor::encode);
    Ok((sought, next))
}

/// One walk for each priority until the page is full; the cursor says in which of them to go on: `3.1f-1f`.
async fn by_priority(
    store: &Store,
    actor: &Actor,
    filter: &Filter,
    after: &str,
) -> Outcome<(Vec<Card>, Option<String>)> {
    let (begun, place) = after.split_once('.').unwrap_or(("1", ""));
    let begun = begun.parse::<i64>().unwrap_or(1).clamp(1, 5);
    let mut cursor = Cursor::decode(place).ok();
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
        let found = record::list(store, actor, &filter, Sort::Oldest, PAGE - cards.len(), after).await?;
        cards.extend(found.cards);
        if let Some(next) = found.next {
            return Ok((cards, Some(format!("{priority}.{}", next.encode()))));
        }
    }
    Ok((cards, None))
}

fn title(frame: &Frame, asked: &Asked) -> String {
    if asked.words.is_empty() {
        term(frame.language, "view", asked.view.code())
    } else {
        frame.t("ticket-page-found")
    }
}

fn note(frame: &Frame, asked: &Asked, count: Option<i64>) -> String {
    match count {
        Some(count) => frame.tn("ticket-page-by-priority", count),
        None if asked.words.is_empty() => frame.t("ticket-page-newest-first"),
        None => format!("«{}»", asked.words),
    }
}

async fn views(store: &Store, actor: &Actor, frame: &Frame, asked: &Asked) -> Outcome<Vec<Tab>> {
    let mut tabs = Vec::new();
    for view in View::ALL {
        let plain = Asked::default().viewing(view);
        let mut label = term(frame.language, "view", view.code());
        if view.is_open() {
            let count = record::count_open(store, actor, &plain.conditions(actor)).await?;
            label = format!("{label} {}", frame.language.count(count.unsigned_abs()));
        }
        let key = if view == View::Mine { "g m" } else { "" };
        tabs.push(Tab {
            href: asked.viewing(view).list(),
            label,
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

/// Filters that are set, each as a link that takes it away.
fn set(frame: &Frame, names: &Names, asked: &Asked) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    if !asked.words.is_empty() {
        links.push(Link::new(asked.without("q").list(), format!("«{}»", asked.words)));
    }
    for (name, value) in &asked.filters {
        let id = value.parse().unwrap_or_default();
        let label = match *name {
            "phase" => phase_name(frame.language, value),
            "channel" => term(frame.language, "channel", value),
            "priority" => term(frame.language, "priority", value),
            "group" => names.group(id),
            "area" => names.area(id),
            _ => names.person(id),
        };
        links.push(Link::new(asked.without(name).list(), label));
    }
    links
}

/// The name of a phase that people see.
pub(super) fn phase_name(language: Language, code: &str) -> String {
    ui::Phase::from_code(code)
        .map(|phase| language.text(phase.text_key()))
        .unwrap_or_default()
}

fn filters(frame: &Frame, names: &Names, asked: &Asked) -> Filters {
    let language = frame.language;
    let phase = |phase: &Phase| Choice::new(phase.code(), phase_name(language, phase.code()), asked.filter("phase"));
    let channels = Channel::ALL.iter().map(|channel| channel.code());
    Filters {
        view: asked.view.code(),
        words: asked.words.clone(),
        phases: Phase::ALL.iter().map(phase).collect(),
        priorities: terms(
            language,
            "priority",
            ["1", "2", "3", "4", "5"],
            asked.filter("priority"),
        ),
        groups: names.group_choices(asked.filter("group"), |_| true),
        areas: names.area_choices(asked.filter("area")),
        channels: terms(language, "channel", channels, asked.filter("channel")),
        requester: asked.filter("requester").to_owned(),
        clear: if asked.is_narrowed() {
            Asked::default().viewing(asked.view).list()
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

fn parts(frame: &Frame, names: &Names, asked: &Asked, cards: &[Card], open: Option<&str>) -> Vec<Part> {
    let grouped = asked.view.is_open() && asked.words.is_empty();
    let mut parts: Vec<Part> = Vec::new();
    let mut last = 0;
    for card in cards {
        if parts.is_empty() || (grouped && card.priority != last) {
            let name = if grouped {
                term(frame.language, "priority", &card.priority.to_string())
            } else {
                String::new()
            };
            parts.push(Part { name, rows: Vec::new() });
            last = card.priority;
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

impl Line {
    /// A card as a row; `of_new` where everything is new and nothing needs to say so. Its address leads to the ticket
    /// without the list around it.
    pub(super) fn of(frame: &Frame, names: &Names, card: &Card, of_new: bool) -> Self {
        let language = frame.language;
        let requester = card
            .requester
            .map(|id| names.person(id))
            .filter(|name| !name.is_empty());
        let requester = requester.unwrap_or_else(|| frame.t("ticket-page-nobody-yet"));
        let (mark, tone) = mark(language, card, of_new);
        let age = frame.now.as_millis() - card.opened_at.as_millis();
        Self {
            href: format!("/tickets/{}", card.number),
            record: card.id,
            level: u8::try_from(card.priority).unwrap_or(5).clamp(1, 5),
            subject: card.subject.clone(),
            number: card.number.clone(),
            who: format!("{requester} · {}", term(language, "channel", &card.channel)),
            opened_at: card.opened_at,
            age: if card.phase == "waiting" || !card.open {
                String::new()
            } else {
                language.duration(age.max(0))
            },
            mark,
            tone,
            operator: card.operator.map(|id| names.person(id)).unwrap_or_default(),
            open: false,
        }
    }
}

/// What the row says beside its words, and how loud.
fn mark(language: Language, card: &Card, of_new: bool) -> (String, &'static str) {
    match card.phase.as_str() {
        "new" if !of_new => (phase_name(language, "new"), "info"),
        "second_level" | "closing" => (phase_name(language, &card.phase), "neutral"),
        "waiting" => (phase_name(language, "waiting"), "warning"),
        "closed" => (term(language, "state", &card.state), "neutral"),
        _ => (String::new(), "neutral"),
    }
}
