//! Complaints: one about the desk is not handled by the person concerned (SD-109).
//!
//! A complaint concerns whoever worked on the tickets it is linked to. They may pass it on and write notes, and nothing else.

use super::TicketAct;
use crate::domain::{TicketKind, Working};
use kernel::{Outcome, Uuid};
use people::{Act, Actor};
use store::Sql;

/// Refuses what the person concerned would do to a complaint, or would be given to do.
///
/// # Errors
/// SD-109 where that is so.
pub(super) async fn keep_away(sql: &impl Sql, actor: &Actor, working: &Working<'_>, act: &TicketAct) -> Outcome<()> {
    let ticket = &working.ticket;
    if ticket.kind != TicketKind::Complaint || ticket.links.is_empty() {
        return Ok(());
    }
    let handler = match act {
        TicketAct::Take => Some(actor.person),
        TicketAct::Assign { operator, .. } => *operator,
        act if ticket.requester == Some(actor.person) || !is_handling(act) => None,
        _ => Some(actor.person),
    };
    let about: Vec<Uuid> = ticket.links.iter().map(|link| link.to).collect();
    match handler {
        Some(person) if concerns(sql, &about, person).await? => {
            Err(working.refused("SD-109", "ticket-refusal-complaint").into())
        }
        _ => Ok(()),
    }
}

/// What moves a complaint on, or answers it.
fn is_handling(act: &TicketAct) -> bool {
    matches!(
        act.permission(),
        Act::Handle | Act::Solve | Act::Reply | Act::Close | Act::Cancel | Act::Reopen
    )
}

/// True when somebody worked on one of some tickets.
pub(super) async fn concerns(sql: &impl Sql, tickets: &[Uuid], person: Uuid) -> Outcome<bool> {
    const WORKED: &str = "SELECT 1 FROM event WHERE record_id = $1 AND actor_id = $2 AND name IN ('ticket.taken', \
        'ticket.diagnosis_recorded', 'ticket.classified', 'ticket.solution_given', 'ticket.assignment_accepted', \
        'ticket.assignment_technically_closed', 'ticket.closed') LIMIT 1";
    for ticket in tickets {
        if sql.row(WORKED, vec![(*ticket).into(), person.into()]).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
