//! `GET /tickets/next`: the ticket to work on now.
//!
//! The one that is mine or nobody's, where the desk has something to do, and whose clock runs out first; where no clock runs, the most
//! urgent and of those the oldest. What a colleague is looking at is theirs for the moment. Whoever asks again is led on and not back to
//! what they have just looked at: the browser remembers for a while where it was led. What is new and more urgent comes first all the
//! same, and when everything was looked at, it begins anew.

use super::asked::Asked;
use super::staff::Staff;
use super::used::ticket_after;
use crate::commands;
use crate::domain::State as TicketState;
use axum::extract::State;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use kernel::{Instant, Outcome, Uuid};
use record::{Filter, Sort};
use std::collections::HashSet;
use store::Card;
use web::{App, PageError};

/// Phases in which the desk itself has something to do.
pub const TO_DO: [&str; 3] = ["new", "working", "closing"];
/// What the browser remembers, tickets at the most, and seconds.
const PASSED: &str = "passed";
const MOST: usize = 40;
const REMEMBERED: i64 = 1800;
/// Cards of a priority among which the next one is looked for: more than can have been passed by.
const LOOKED_AT: usize = 4 * MOST;

pub(super) async fn next(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let mut passed = passed(&headers);
    passed.extend(just_done(&app, &staff, asked.did).await?);
    let mut found = most_urgent(&app, &staff, &passed).await?;
    if found.is_none() {
        // All were looked at: from the beginning, but for the one that is on screen.
        passed.drain(..passed.len().saturating_sub(1));
        found = most_urgent(&app, &staff, &passed).await?;
    }
    let Some(card) = found else {
        let told = asked.did.map(|did| format!("/tickets/bulk/{did}"));
        return Ok(web::see_other(told.as_deref().unwrap_or("/tickets")));
    };
    passed.push(card.number.clone());
    let mut response = web::see_other(&match asked.did {
        Some(did) => ticket_after(&card.number, did),
        None => format!("/tickets/{}", card.number),
    });
    if let Some(cookie) = remembering(&passed, app.settings.secure) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The tickets that something was just asked for on: it is done there in a moment, and they are looked at.
async fn just_done(app: &App, staff: &Staff, did: Option<Uuid>) -> Outcome<Vec<String>> {
    let Some(did) = did else { return Ok(Vec::new()) };
    let bulk = commands::bulk_of(&app.store, &staff.actor, did).await;
    let tickets = bulk.map_or_else(|_| Vec::new(), |bulk| bulk.tickets);
    let cards = app.store.read().cards(&tickets).await?;
    Ok(cards.into_iter().map(|card| card.number).collect())
}

/// Where the browser was led lately, the last one last.
fn passed(headers: &HeaderMap) -> Vec<String> {
    let all = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let value = pairs.find(|(name, _)| *name == PASSED).map_or("", |(_, value)| value);
    value.split('.').filter_map(record::number_of).take(MOST).collect()
}

fn remembering(passed: &[String], secure: bool) -> Option<HeaderValue> {
    let last = &passed[passed.len().saturating_sub(MOST)..];
    let secure = if secure { "; Secure" } else { "" };
    let cookie = format!(
        "{PASSED}={}; Path=/tickets/next; Max-Age={REMEMBERED}; HttpOnly; SameSite=Lax{secure}",
        last.join(".")
    );
    cookie.parse().ok()
}

/// What is not next, whatever its clock says.
struct LeftOut<'p> {
    passed: &'p [String],
    at_by_others: HashSet<Uuid>,
}

impl LeftOut<'_> {
    /// Whether the desk has something to do there: a solution that was given is for the requester to answer.
    fn lets(&self, card: &Card) -> bool {
        card.state != TicketState::SolutionGiven.code()
            && !self.passed.contains(&card.number)
            && !self.at_by_others.contains(&card.id)
    }
}

async fn most_urgent(app: &App, staff: &Staff, passed: &[String]) -> Outcome<Option<Card>> {
    let left_out = LeftOut {
        passed,
        at_by_others: app.live.at_by_others(staff.actor.person),
    };
    let first = first_of(app, staff, (None, Sort::Due), &left_out).await?;
    if first.as_ref().is_some_and(|card| card.due_at < Instant::NEVER) {
        return Ok(first);
    }
    for priority in 1..=5 {
        let found = first_of(app, staff, (Some(priority), Sort::Oldest), &left_out).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// The first in an order that is mine or nobody's, and is not left out.
async fn first_of(
    app: &App,
    staff: &Staff,
    (priority, sort): (Option<i64>, Sort),
    left_out: &LeftOut<'_>,
) -> Outcome<Option<Card>> {
    let open = Filter {
        open: Some(true),
        priority,
        phases: TO_DO.map(str::to_owned).into(),
        ..Filter::default()
    };
    let mine = Filter {
        operator: Some(staff.actor.person),
        ..open.clone()
    };
    let free = Filter {
        unassigned: true,
        ..open
    };
    let mut found: Option<Card> = None;
    for filter in [mine, free] {
        let listing = record::list(&app.store, &staff.actor, &filter, sort, LOOKED_AT, None).await?;
        let due = listing.cards.into_iter().filter(|card| left_out.lets(card));
        let place = |card: &Card| match sort {
            Sort::Due => (card.due_at, card.ordinal),
            _ => (Instant::NEVER, card.ordinal),
        };
        found = found.into_iter().chain(due).min_by_key(place);
    }
    Ok(found)
}
