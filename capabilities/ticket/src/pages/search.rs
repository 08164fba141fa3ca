//! `GET /search?q=`: tickets and people; a number goes straight to its ticket.

use super::asked::{Asked, encoded};
use super::show;
use super::staff::Staff;
use super::submit::whole_number;
use super::told::{Told, search_address, told};
use crate::search::{self, Asker, Sought, Wish};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Instant, Outcome};
use people::Named;
use record::{Filter, Piece, excerpt, marked};
use ui::Frame;
use web::{App, PageError};

/// Results of each kind on the page.
const FOUND: usize = 20;

/// What was found.
#[derive(Template)]
#[template(path = "ticket/search.html")]
struct Found {
    frame: Frame,
    words: String,
    told: Vec<Told>,
    tickets: Vec<Hit>,
    people: Vec<Known>,
    more: String,
}

struct Hit {
    href: String,
    number: String,
    subject: Vec<Piece>,
    excerpt: Vec<Piece>,
    phase: String,
    level: u8,
    who: String,
    opened_at: Instant,
}

struct Known {
    href: String,
    name: String,
    office: String,
    contacts: String,
    guest: bool,
}

pub(super) async fn search(State(app): State<App>, staff: Staff, asked: Asked) -> Result<Response, PageError> {
    if let Some(number) = whole_number(&asked.words, &staff.frame)
        && let Ok(card) = show::card(&app, &staff, &number).await
    {
        return Ok(web::see_other(&format!("/tickets/{}", card.number)));
    }
    staff.note(&app, "search", None);
    let sought = sought(&app, &staff, &asked.words).await?;
    let told = told(&staff.frame, &asked.words, &sought, search_address);
    let more = if sought.listing.next.is_some() {
        let question = sought.corrected.as_ref().unwrap_or(&asked.words);
        format!("/tickets?view=all&q={}", encoded(question))
    } else {
        String::new()
    };
    let tickets = hits(&app, &staff, &sought).await?;
    let people = search::people(&app.store, &staff.actor, &asked.words, FOUND).await?;
    let title = staff.frame.t("ticket-page-search");
    Ok(web::html(&Found {
        frame: staff.frame.titled(title),
        words: asked.words,
        told,
        tickets,
        people: people.into_iter().map(known).collect(),
        more,
    }))
}

async fn sought(app: &App, staff: &Staff, words: &str) -> Outcome<Sought> {
    let wish = Wish {
        limit: FOUND,
        after: None,
        forgiving: true,
    };
    let asker = Asker::of(&staff.actor, &staff.frame);
    search::find(&app.store, &asker, words, &Filter::default(), wish).await
}

/// The tickets with what was looked for marked in subject and texts, as far as the person reads them.
async fn hits(app: &App, staff: &Staff, sought: &Sought) -> Outcome<Vec<Hit>> {
    let cards = &sought.listing.cards;
    let names = people::names(app.store.read(), cards.iter().filter_map(|card| card.requester)).await?;
    let texts = search::texts(&app.store, &staff.actor, cards).await?;
    let hit = |card: &store::Card| {
        let own = texts.get(&card.id).into_iter().flatten();
        let others = own.filter(|text| **text != card.subject && **text != card.number);
        Hit {
            href: format!("/tickets/{}", card.number),
            number: card.number.clone(),
            subject: marked(&card.subject, &sought.words),
            excerpt: excerpt(others.map(String::as_str), &sought.words).unwrap_or_default(),
            phase: super::queue::phase_name(staff.frame.language, &card.phase),
            level: u8::try_from(card.priority).unwrap_or(5).clamp(1, 5),
            who: card
                .requester
                .and_then(|id| names.get(&id).cloned())
                .unwrap_or_default(),
            opened_at: card.opened_at,
        }
    };
    Ok(cards.iter().map(hit).collect())
}

fn known(person: Named) -> Known {
    let identity = person.identity;
    let contacts = [&identity.email, &identity.phone, &identity.pin];
    Known {
        href: format!("/tickets?view=all&requester={}", person.id),
        contacts: contacts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" · "),
        name: identity.name,
        office: identity.office.unwrap_or_default(),
        guest: person.guest,
    }
}
