//! Parents and children in the store: a link is a fact of the child alone, so that a parent finds its children by a row.

use super::directory::Directory;
use crate::domain::{State, Ticket, TicketRef, Working};
use crate::queries;
use kernel::{Outcome, Uuid};
use people::Actor;
use store::{Loaded, Sql, Tx};

/// All tickets that hang on one, by number.
pub(super) async fn children(tx: &Tx, parent: Uuid) -> Outcome<Vec<TicketRef>> {
    let (children, _) = queries::children(tx, parent, i64::MAX).await?;
    Ok(children)
}

/// What an act changed in the family of a ticket: the row of its own parent, and its children where it has ended.
pub(super) async fn go_on(
    tx: &Tx,
    directory: &Directory,
    actor: &Actor,
    before: &Ticket,
    after: &Loaded<Ticket>,
) -> Outcome<()> {
    note_parent(tx, after.id, before, &after.state).await?;
    if !before.state.is_open() || after.state.state.is_open() {
        return Ok(());
    }
    // What was solved is the children's solution too (SD-081): they wait for what becomes of it.
    let solved = after.state.state == State::Closed && after.state.facts.solved_at.is_some();
    if solved {
        return Ok(());
    }
    for child in children(tx, after.id).await? {
        let mut loaded = tx.load::<Ticket>(child.id).await?;
        let was = loaded.state.clone();
        let parameters = directory.parameters(was.area);
        let mut working = Working::on(was.clone(), parameters, tx.now(), actor.author());
        match &after.state.merged_into {
            Some(into) => working.follow_parent(after.id, into),
            None => working.lose_parent(after.id),
        }
        if working.events.is_empty() {
            continue;
        }
        working.reckon_clocks(directory.book());
        tx.save(&mut loaded, &actor.author(), working.events, &[]).await?;
        note_parent(tx, loaded.id, &was, &loaded.state).await?;
    }
    Ok(())
}

/// Keeps the row that says on which ticket another hangs.
async fn note_parent(tx: &Tx, ticket: Uuid, before: &Ticket, after: &Ticket) -> Outcome<()> {
    let parent = |ticket: &Ticket| ticket.parent().map(|link| link.to);
    if parent(before) == parent(after) {
        return Ok(());
    }
    tx.run("DELETE FROM child WHERE ticket_id = $1", vec![ticket.into()])
        .await?;
    if let Some(parent) = parent(after) {
        let sql = "INSERT INTO child (ticket_id, parent_id) VALUES ($1, $2)";
        tx.run(sql, vec![ticket.into(), parent.into()]).await?;
    }
    Ok(())
}
