//! What may help somebody who says what they need: everything that capabilities propose, what can be asked for, and their
//! own requests.
//!
//! The list is the same beside the field while one types, on the page the field leads to, and under the subject of a new
//! request.

use crate::standing::{self, href};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::{Category, Offering};
use kernel::Outcome;
use people::{Actor, Visit, query_value};
use record::{Filter, NEAR, Sort, Sought, Suggestion, closeness};
use serde::Deserialize;
use std::sync::Arc;
use store::{Card, Store, tokens};
use ticket::domain::State as TicketState;
use ui::Frame;
use web::{App, PageError, PageQuery, html};

/// Longest text that is looked at.
const LONGEST: usize = 240;
/// Offerings and own requests that are proposed at once.
const MOST: usize = 3;
/// One's own newest requests that are looked through.
const OWN: usize = 50;

/// Suggestions with what is said of them.
#[derive(Clone, Debug, Default)]
pub struct Suggested {
    /// What was typed.
    pub words: String,
    /// What may help.
    pub all: Vec<Suggestion>,
    /// Where a request with these words is opened; empty where one is being opened already.
    pub open: String,
}

#[derive(Template)]
#[template(path = "portal/suggestions.html")]
struct Fragment {
    frame: Frame,
    suggested: Suggested,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    /// Typed into the field of the first page.
    q: String,
    /// Typed as the subject of a request.
    subject: String,
}

impl Suggested {
    /// Whether anything is to be shown.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.open.is_empty()
    }

    /// Whether it stands beside a request that is being written: links then open beside it.
    pub fn is_beside(&self) -> bool {
        self.open.is_empty()
    }
}

/// The list alone, while somebody types.
pub(super) async fn while_typing(
    State(app): State<App>,
    visit: Visit,
    PageQuery(typed): PageQuery<Typed>,
) -> Result<Response, PageError> {
    let Visit { actor, frame } = visit;
    let suggested = if typed.subject.trim().is_empty() {
        for_need(&app, &actor, &frame, &typed.q).await?
    } else {
        for_subject(&app, &actor, &frame, &typed.subject).await?
    };
    Ok(html(&Fragment { frame, suggested }))
}

/// What may help with a need, and the way to ask for it; nothing while nothing is typed.
pub(super) async fn for_need(app: &App, actor: &Arc<Actor>, frame: &Frame, typed: &str) -> Outcome<Suggested> {
    let mut suggested = found(app, actor, frame, typed).await?;
    if !suggested.words.is_empty() {
        suggested.open = format!("/portal/new?subject={}", query_value(&suggested.words));
    }
    Ok(suggested)
}

/// What may help before a request with this subject is sent.
pub(super) async fn for_subject(app: &App, actor: &Arc<Actor>, frame: &Frame, typed: &str) -> Outcome<Suggested> {
    let mut suggested = found(app, actor, frame, typed).await?;
    suggested.all.retain(|one| !one.href.starts_with("/portal/new"));
    Ok(suggested)
}

async fn found(app: &App, actor: &Arc<Actor>, frame: &Frame, typed: &str) -> Outcome<Suggested> {
    let words: String = typed.trim().chars().take(LONGEST).collect();
    // One letter says nothing yet.
    if words.chars().count() < 2 {
        return Ok(Suggested {
            words,
            ..Suggested::default()
        });
    }
    let sought = Sought {
        actor: actor.clone(),
        words: words.clone(),
        frame: frame.clone(),
        desk: false,
    };
    let mut all = record::suggestions(app, &sought).await;
    all.extend(offerings(&app.store, frame, &words).await?);
    all.extend(own(&app.store, actor, frame, &words).await?);
    Ok(Suggested {
        words,
        all,
        open: String::new(),
    })
}

/// What can be asked for.
async fn offerings(store: &Store, frame: &Frame, words: &str) -> Outcome<Vec<Suggestion>> {
    let (offerings, categories) = (store.all::<Offering>().await?, store.all::<Category>().await?);
    let category = |offering: &Offering| {
        let id = offering.offer.category;
        let found = id.and_then(|id| categories.iter().find(|category| category.id == id));
        found.map(|category| category.state.full_name()).unwrap_or_default()
    };
    let open = offerings.iter().filter(|offering| !offering.state.closed);
    let near = open.map(|offering| {
        let offer = &offering.state.offer;
        let text = format!("{} {}", offer.line, category(&offering.state));
        (closeness(words, &offer.name, &text), offering)
    });
    let suggestion = |offering: &store::Loaded<Offering>| Suggestion {
        href: format!("/portal/new?offering={}&subject={}", offering.id, query_value(words)),
        title: frame.t1("portal-found-offering", "name", &offering.state.offer.name),
        note: frame.t("portal-found-offering-note"),
        icon: offering.state.offer.icon.code(),
    };
    Ok(nearest(near, NEAR).into_iter().map(suggestion).collect())
}

/// The nearest few that are at least so near.
fn nearest<T>(all: impl Iterator<Item = (i64, T)>, least: i64) -> Vec<T> {
    let mut near: Vec<(i64, T)> = all.filter(|(near, _)| *near >= least).collect();
    near.sort_by_key(|(near, _)| -near);
    near.into_iter().take(MOST).map(|(_, one)| one).collect()
}

/// One's own requests: the newest that come near, then older ones that hold all the words.
async fn own(store: &Store, actor: &Actor, frame: &Frame, words: &str) -> Outcome<Vec<Suggestion>> {
    let filter = Filter {
        requester: Some(actor.person),
        ..Filter::default()
    };
    let newest = record::list(store, actor, &filter, Sort::Newest, OWN, None).await?;
    let near = |card: Card| {
        let number = if words.eq_ignore_ascii_case(&card.number) {
            NEAR * 100
        } else {
            0
        };
        (closeness(words, &card.subject, "") + number, card)
    };
    // A sentence shares a word with many requests; with the one that is meant it shares more.
    let words_typed = i64::try_from(tokens(words).len()).unwrap_or(1);
    let mut cards = nearest(newest.cards.into_iter().map(near), NEAR * words_typed.max(1));
    if cards.len() < MOST && newest.next.is_some() {
        let older = record::search(store, actor, words, &filter, MOST, None).await?.cards;
        let known: Vec<_> = cards.iter().map(|card| card.id).collect();
        cards.extend(older.into_iter().filter(|card| !known.contains(&card.id)));
        cards.truncate(MOST);
    }
    let suggestion = |card: Card| {
        let state = TicketState::from_code(&card.state).unwrap_or(TicketState::New);
        let label = standing::Standing::of(frame, state, false).label;
        Suggestion {
            href: href(&card.number),
            note: frame.t1("portal-found-own", "standing", label),
            title: card.subject,
            icon: "request",
        }
    };
    Ok(cards.into_iter().map(suggestion).collect())
}
