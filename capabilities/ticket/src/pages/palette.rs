//! `GET /palette?q=`: everything one may want to go to, for the dialog behind `Ctrl K`.
//!
//! Tickets, people, articles, outages and places; values while a condition is being typed. The acts of the page are put in by the browser, which
//! knows them with their keys. Without words the tickets opened lately, which the browser names by number, since it alone
//! knows them; whoever may not see one any more does not get it back.

use super::asked::Asked;
use super::complete::{Completion, completions};
use super::staff::Staff;
use super::told::search_address;
use crate::search::{self, Asker, Wish};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::Outcome;
use people::Act;
use record::{Filter, Piece, Question, Sort, marked};
use store::{Card, folded};
use ui::Frame;
use web::{App, PageError};

/// Tickets in the palette.
const TICKETS: usize = 7;
/// People in the palette.
const PEOPLE: usize = 4;

/// What can be gone to.
#[derive(Template)]
#[template(path = "ticket/palette.html")]
struct Palette {
    parts: Vec<Section>,
}

/// A part under its name.
struct Section {
    id: &'static str,
    title: String,
    entries: Vec<Entry>,
}

/// Something to choose: an address to go to, or a question to go on with.
struct Entry {
    href: String,
    fill: String,
    label: Vec<Piece>,
    note: String,
    key: &'static str,
}

pub(super) async fn palette(State(app): State<App>, staff: Staff, asked: Asked) -> Result<Response, PageError> {
    let asker = Asker::of(&staff.actor, &staff.frame);
    let text = asked.typed.trim();
    let mut parts = Vec::new();
    if text.is_empty() {
        parts.push(lately(&app, &staff, &asked).await?);
    } else {
        staff.note(&app, "search", None);
        parts.push(filters(
            &staff.frame,
            completions(&app.store, &asker, &asked.typed).await?,
            text,
        ));
        parts.push(tickets(&app, &staff, &asker, text).await?);
        parts.push(people(&app, &staff, text).await?);
        parts.push(helps(&app, &staff, text).await);
    }
    parts.push(places(&staff.frame, text));
    if !text.is_empty() {
        parts.push(everything(&staff.frame, text));
    }
    parts.retain(|part| !part.entries.is_empty());
    Ok(web::html(&Palette { parts }))
}

/// Tickets opened lately in this browser, or else those that lie with the person.
async fn lately(app: &App, staff: &Staff, asked: &Asked) -> Outcome<Section> {
    let mut cards = Vec::new();
    for number in asked.recent.iter().take(TICKETS) {
        match record::card(app.store.read(), &staff.actor, Act::View, number).await {
            Ok(card) => cards.push(card),
            Err(kernel::Error::Refused(_)) => {}
            Err(why) => return Err(why),
        }
    }
    let mut title = "ticket-page-palette-recent";
    if cards.is_empty() {
        title = "ticket-page-palette-mine";
        let mine = Filter {
            operator: Some(staff.actor.person),
            open: Some(true),
            ..Filter::default()
        };
        cards = record::list(&app.store, &staff.actor, &mine, Sort::Newest, TICKETS, None)
            .await?
            .cards;
    }
    Ok(Section {
        id: "recent",
        title: staff.frame.t(title),
        entries: cards.into_iter().map(|card| ticket(&staff.frame, card, "")).collect(),
    })
}

/// Values of the condition being typed; names of conditions only when something of the name was typed.
fn filters(frame: &Frame, completions: Vec<Completion>, text: &str) -> Section {
    let typing = Question::read(text).has_conditions() || text.chars().count() > 1;
    let entry = |completion: Completion| Entry {
        href: String::new(),
        fill: completion.fill,
        label: marked(&completion.label, ""),
        note: completion.note,
        key: "",
    };
    Section {
        id: "filters",
        title: frame.t("ticket-page-palette-filters"),
        entries: completions.into_iter().filter(|_| typing).take(6).map(entry).collect(),
    }
}

async fn tickets(app: &App, staff: &Staff, asker: &Asker<'_>, text: &str) -> Outcome<Section> {
    let wish = Wish {
        limit: TICKETS,
        after: None,
        forgiving: true,
    };
    let sought = search::find(&app.store, asker, text, &Filter::default(), wish).await?;
    let words = sought.words;
    Ok(Section {
        id: "tickets",
        title: staff.frame.t("ticket-page-place"),
        entries: sought
            .listing
            .cards
            .into_iter()
            .map(|card| ticket(&staff.frame, card, &words))
            .collect(),
    })
}

fn ticket(frame: &Frame, card: Card, words: &str) -> Entry {
    Entry {
        href: format!("/tickets/{}", card.number),
        fill: String::new(),
        label: marked(&card.subject, words),
        note: format!(
            "{} · {}",
            card.number,
            super::queue::phase_name(frame.language, &card.phase)
        ),
        key: "",
    }
}

async fn people(app: &App, staff: &Staff, text: &str) -> Outcome<Section> {
    let words = Question::read(text).words();
    let found = search::people(&app.store, &staff.actor, text, PEOPLE).await?;
    let entry = |person: people::Named| Entry {
        href: format!("/tickets?view=all&requester={}", person.id),
        fill: String::new(),
        label: marked(&person.identity.name, &words),
        note: person.identity.office.unwrap_or_default(),
        key: "",
    };
    let entries = found.into_iter().map(entry).collect();
    Ok(Section {
        id: "people",
        title: staff.frame.t("ticket-page-people"),
        entries,
    })
}

/// Articles and outages that may help.
async fn helps(app: &App, staff: &Staff, text: &str) -> Section {
    let words = Question::read(text).words();
    let sought = record::Sought {
        actor: staff.actor.clone(),
        words: words.clone(),
        frame: staff.frame.clone(),
        desk: true,
    };
    let mut entries = Vec::new();
    if !words.is_empty() {
        let found = record::suggestions(app, &sought).await;
        entries.extend(found.into_iter().map(|one| Entry {
            href: one.href,
            fill: String::new(),
            label: marked(&one.title, &words),
            note: one.note,
            key: "",
        }));
    }
    Section {
        id: "helps",
        title: staff.frame.t("ticket-page-palette-helps"),
        entries,
    }
}

/// Places the person may go to, those with such a word in their name.
fn places(frame: &Frame, text: &str) -> Section {
    let typed = folded(text);
    let counter = Some((frame.t("ticket-page-new-ticket"), frame.paths.counter.clone(), "g n"));
    let counter = counter.filter(|(_, href, _)| !href.is_empty());
    let is_meant = |label: &str| folded(label).contains(&typed);
    let entries = frame
        .navigation
        .iter()
        .map(|item| (item.label.clone(), item.href.clone(), item.key))
        .chain(counter)
        .filter(|(label, ..)| is_meant(label))
        .map(|(label, href, key)| Entry {
            href,
            fill: String::new(),
            label: marked(&label, ""),
            note: String::new(),
            key,
        })
        .collect();
    Section {
        id: "places",
        title: frame.t("ticket-page-palette-places"),
        entries,
    }
}

fn everything(frame: &Frame, text: &str) -> Section {
    let label = frame.t1("ticket-page-palette-everything", "words", text);
    Section {
        id: "everything",
        title: frame.t("ui-search"),
        entries: vec![Entry {
            href: search_address(text),
            fill: String::new(),
            label: marked(&label, ""),
            note: String::new(),
            key: "",
        }],
    }
}
