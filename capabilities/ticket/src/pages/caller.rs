//! Who asks: people found while one types, and what is known of the one who was chosen.

use super::requester::described;
use super::staff::Staff;
use crate::queries;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Refusal, Uuid};
use people::Act;
use serde::Deserialize;
use store::Card;
use ui::Frame;
use web::{App, PageError, PageQuery};

/// People offered at once.
const OFFERED: i64 = 8;
/// Letters from which on people are looked for.
const LEAST: usize = 3;
/// Tickets of the caller that are shown.
const RECENT: usize = 8;

/// The people that some letters find.
#[derive(Template)]
#[template(path = "ticket/_callers.html")]
struct Callers {
    frame: Frame,
    people: Vec<Offered>,
    looked: bool,
}

/// Somebody to choose.
struct Offered {
    id: String,
    name: String,
    more: String,
}

/// What is known of a caller.
#[derive(Template)]
#[template(path = "ticket/_caller.html")]
struct CallerPage {
    frame: Frame,
    panel: Option<Panel>,
}

/// The same, as the form shows it.
pub(super) struct Panel {
    pub(super) name: String,
    pub(super) office: String,
    pub(super) contacts: Vec<(String, String)>,
    pub(super) proof: String,
    pub(super) tone: &'static str,
    pub(super) open: Vec<Mention>,
    pub(super) ended: Vec<Mention>,
    pub(super) history: String,
}

/// A ticket of the caller.
pub(super) struct Mention {
    pub(super) href: String,
    pub(super) number: String,
    pub(super) subject: String,
    pub(super) when: String,
}

#[derive(Deserialize)]
pub(super) struct Letters {
    #[serde(default)]
    who: String,
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    person: Uuid,
}

pub(super) async fn find(
    State(app): State<App>,
    staff: Staff,
    PageQuery(letters): PageQuery<Letters>,
) -> Result<Response, PageError> {
    // Also whoever opens no tickets for others says whose one is.
    staff.actor.allow_any(Act::ViewPeople)?;
    let who = letters.who.trim();
    let looked = who.chars().filter(|c| c.is_alphanumeric()).count() >= LEAST;
    let mut people = Vec::new();
    if looked {
        staff.note(&app, "search", None);
        people = people::find_people(app.store.read(), who, OFFERED).await?;
    }
    let offered = people.iter().map(|person| {
        let line = described(&staff.frame, person);
        Offered {
            id: person.id.to_string(),
            name: person.identity.name.clone(),
            more: line
                .split_once(" · ")
                .map(|(_, more)| more.to_owned())
                .unwrap_or_default(),
        }
    });
    let people = offered.collect();
    let frame = staff.frame;
    Ok(web::html(&Callers { frame, people, looked }))
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PageQuery(chosen): PageQuery<Chosen>,
) -> Result<Response, PageError> {
    staff.allow_counter()?;
    staff.actor.allow_any(Act::ViewPeople)?;
    let panel = panel(&app, &staff, chosen.person).await?;
    panel.as_ref().ok_or_else(Refusal::not_found)?;
    let frame = staff.frame;
    Ok(web::html(&CallerPage { frame, panel }))
}

/// What is known of a person, with their last tickets as far as the reader may see them.
pub(super) async fn panel(app: &App, staff: &Staff, person: Uuid) -> Outcome<Option<Panel>> {
    if staff.actor.scope(Act::ViewPeople).is_nothing() {
        return Ok(None);
    }
    let Some(known) = people::person_row(app.store.read(), person).await? else {
        return Ok(None);
    };
    staff.note(app, "person", Some(person));
    let frame = &staff.frame;
    let cards = queries::recent_of(&app.store, &staff.actor, person, RECENT).await?;
    let (open, ended): (Vec<&Card>, Vec<&Card>) = cards.iter().partition(|card| card.open);
    let mentions = |cards: Vec<&Card>| cards.into_iter().map(|card| mention(frame, card)).collect();
    let identity = known.identity;
    let (proof, tone) = if known.guest {
        ("ticket-page-caller-guest", "warning")
    } else {
        ("ticket-page-caller-known", "success")
    };
    let contacts = [
        ("pin", identity.pin),
        ("phone", identity.phone),
        ("email", identity.email),
    ];
    let contacts = contacts
        .into_iter()
        .filter_map(|(which, contact)| Some((frame.t(&format!("ticket-page-{which}")), contact?)));
    Ok(Some(Panel {
        name: identity.name,
        office: identity.office.unwrap_or_default(),
        contacts: contacts.collect(),
        proof: frame.t(proof),
        tone,
        open: mentions(open),
        ended: mentions(ended),
        history: format!("/tickets?view=all&requester={person}"),
    }))
}

fn mention(frame: &Frame, card: &Card) -> Mention {
    Mention {
        href: format!("/tickets/{}", card.number),
        number: card.number.clone(),
        subject: card.subject.clone(),
        when: frame.when(&card.opened_at),
    }
}
