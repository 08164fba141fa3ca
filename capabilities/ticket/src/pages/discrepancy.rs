//! `POST /tickets/{number}/discrepancy-notice`: the requester is told which data do not agree.

use super::asked::Asked;
use super::show::card;
use super::staff::Staff;
use crate::commands::{Conditions, TicketAct, perform};
use axum::extract::State;
use axum::response::Response;
use web::{App, PageError, PagePath, see_other};

pub(super) async fn tell(
    State(app): State<App>,
    staff: Staff,
    asked: Asked,
    PagePath(number): PagePath<String>,
) -> Result<Response, PageError> {
    let card = card(&app, &staff, &number).await?;
    let acts = vec![TicketAct::TellDiscrepancy];
    perform(&app.store, &staff.actor, card.id, acts, Conditions::default()).await?;
    Ok(see_other(&asked.ticket(&card.number, "")))
}
