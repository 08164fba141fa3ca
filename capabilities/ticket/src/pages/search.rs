//! `GET /search?q=`: tickets and people; a number goes straight to its ticket.

use super::asked::{Asked, encoded};
use super::show;
use super::staff::Staff;
use super::submit::whole_number;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use kernel::{Instant, Outcome};
use people::{Act, Named};
use record::Filter;
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
    tickets: Vec<Hit>,
    people: Vec<Known>,
    more: String,
}

struct Hit {
    href: String,
    number: String,
    subject: String,
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
    let (tickets, more) = tickets(&app, &staff, &asked).await?;
    let people = people(&app, &staff, &asked.words).await?;
    let title = staff.frame.t("ticket-page-search");
    Ok(web::html(&Found {
        frame: staff.frame.titled(title),
        words: asked.words,
        tickets,
        people,
        more,
    }))
}

async fn tickets(app: &App, staff: &Staff, asked: &Asked) -> Outcome<(Vec<Hit>, String)> {
    if asked.words.is_empty() {
        return Ok((Vec::new(), String::new()));
    }
    let found = record::search(&app.store, &staff.actor, &asked.words, &Filter::default(), FOUND, None).await?;
    let more = if found.next.is_some() {
        format!("/tickets?view=all&q={}", encoded(&asked.words))
    } else {
        String::new()
    };
    let names = people::names(app.store.read(), found.cards.iter().filter_map(|card| card.requester)).await?;
    let hit = |card: store::Card| Hit {
        href: format!("/tickets/{}", card.number),
        phase: super::queue::phase_name(staff.frame.language, &card.phase),
        level: u8::try_from(card.priority).unwrap_or(5).clamp(1, 5),
        who: card
            .requester
            .and_then(|id| names.get(&id).cloned())
            .unwrap_or_default(),
        number: card.number,
        subject: card.subject,
        opened_at: card.opened_at,
    };
    Ok((found.cards.into_iter().map(hit).collect(), more))
}

async fn people(app: &App, staff: &Staff, words: &str) -> Outcome<Vec<Known>> {
    if words.is_empty() || staff.actor.scope(Act::ViewPeople).is_nothing() {
        return Ok(Vec::new());
    }
    let found = people::find_people(app.store.read(), words, FOUND as i64).await?;
    Ok(found.into_iter().map(known).collect())
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
