//! `GET /tickets/next`: the ticket to work on now.

use super::staff::Staff;
use axum::extract::State;
use axum::response::Response;
use kernel::Outcome;
use record::{Filter, Sort};
use store::Card;
use web::{App, PageError};

/// Phases in which the desk itself has something to do.
const TO_DO: [&str; 3] = ["new", "working", "closing"];

pub(super) async fn next(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    for priority in 1..=5 {
        if let Some(card) = oldest(&app, &staff, priority).await? {
            return Ok(web::see_other(&format!("/tickets/{}", card.number)));
        }
    }
    Ok(web::see_other("/tickets"))
}

/// The oldest of a priority that is mine or nobody's.
async fn oldest(app: &App, staff: &Staff, priority: i64) -> Outcome<Option<Card>> {
    let open = Filter {
        open: Some(true),
        priority: Some(priority),
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
        let listing = record::list(&app.store, &staff.actor, &filter, Sort::Oldest, 1, None).await?;
        found = found.into_iter().chain(listing.cards).min_by_key(|card| card.ordinal);
    }
    Ok(found)
}
