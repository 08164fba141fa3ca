//! Replies on their way, as the ticket shows them, and the way back.

use super::asked::Asked;
use super::show;
use super::staff::Staff;
use crate::commands;
use axum::extract::State;
use axum::response::Response;
use kernel::{Outcome, Uuid};
use web::{App, PageError, PagePath};

/// A reply on its way.
pub(super) struct Leaving {
    pub(super) paragraphs: Vec<String>,
    pub(super) who: String,
    /// Where it is taken back; empty for others' replies.
    pub(super) back: String,
    /// Seconds until it is given.
    pub(super) seconds: i64,
}

/// The replies to a ticket that are on their way.
pub(super) async fn leaving(app: &App, staff: &Staff, ticket: Uuid, number: &str) -> Outcome<Vec<Leaving>> {
    let outgoing = commands::outgoing_of(app.store.read(), ticket).await?;
    let names = people::names(app.store.read(), outgoing.iter().map(|one| one.person)).await?;
    let leaving = outgoing.into_iter().map(|one| Leaving {
        paragraphs: one.body.split("\n\n").map(str::to_owned).collect(),
        who: names.get(&one.person).cloned().unwrap_or_default(),
        back: if one.person == staff.actor.person {
            format!("/tickets/{number}/outgoing/{}/taken-back", one.id)
        } else {
            String::new()
        },
        seconds: one.due_at.seconds_since(staff.frame.now).max(0),
    });
    Ok(leaving.collect())
}

pub(super) async fn take_back(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath((number, reply)): PagePath<(String, Uuid)>,
) -> Result<Response, PageError> {
    let card = show::card(&app, &staff, &number).await?;
    let body = commands::take_back(&app.store, &staff.actor, card.id, reply).await?;
    commands::draft_again(&app.store, staff.actor.person, &card.number, reply, body).await?;
    Ok(web::see_other(&format!("{}#composer", asked.ticket(&card.number, ""))))
}
