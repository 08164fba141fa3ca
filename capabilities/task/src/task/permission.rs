//! Who may do what with a task: whoever handles its ticket everything, whoever it is for may tick it, whoever reads the
//! ticket's inside may read it. For all others there is none.

use super::{TaskView, row};
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor};
use store::{Card, Sql, Store, Tx};

/// What somebody is to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// They may read it.
    Reads,
    /// It is theirs to do.
    Does,
    /// They handle the ticket.
    Handles,
}

impl Standing {
    /// # Errors
    /// A refusal 403.
    pub(crate) fn must_reach(self, needed: Standing) -> Outcome<()> {
        if self >= needed {
            Ok(())
        } else {
            Err(Refusal::forbidden().into())
        }
    }
}

/// What somebody is to a ticket's task that this group or person is to do.
///
/// # Errors
/// A refusal 404 for those who may not read it.
pub(crate) fn standing(actor: &Actor, card: &Card, group: Option<Uuid>, operator: Option<Uuid>) -> Outcome<Standing> {
    let reads = actor.may(Act::ViewInternal, card);
    let is_theirs = operator == Some(actor.person) || group.is_some_and(|group| actor.groups.contains(&group));
    let does = actor.is_staff() && is_theirs && actor.allow_own_change().is_ok();
    if reads && actor.may(Act::Handle, card) {
        Ok(Standing::Handles)
    } else if does {
        Ok(Standing::Does)
    } else if reads || (actor.is_staff() && is_theirs) {
        Ok(Standing::Reads)
    } else {
        Err(Refusal::not_found().into())
    }
}

/// The card of a ticket that has a page at the desk for somebody.
///
/// # Errors
/// A refusal 404: a requester's own request is seen in the portal.
pub(crate) async fn seen_ticket(store: &Store, actor: &Actor, key: &str) -> Outcome<Card> {
    let card = record::card(store.read(), actor, Act::View, key).await?;
    if actor.may(Act::ViewInternal, &card) {
        Ok(card)
    } else {
        Err(Refusal::not_found().into())
    }
}

/// A task, and what somebody is to it.
///
/// # Errors
/// A refusal 404.
pub(crate) async fn task(store: &Store, actor: &Actor, id: Uuid) -> Outcome<(TaskView, Card, Standing)> {
    let found = row::row(store.read(), id).await?.ok_or_else(Refusal::not_found)?;
    let card = card(store.read(), found.ticket).await?;
    let standing = standing(actor, &card, found.group, found.operator)?;
    Ok((found, card, standing))
}

/// The card of a ticket.
pub(crate) async fn card(sql: &impl Sql, ticket: Uuid) -> Outcome<Card> {
    let text = format!("SELECT {} FROM card c WHERE c.id = $1", Card::columns("c"));
    let row = sql
        .row(&text, vec![ticket.into()])
        .await?
        .ok_or_else(Refusal::not_found)?;
    Card::from_row(&row, 0)
}

/// The card of a ticket that stays as it is until the command ends.
pub(crate) async fn held(tx: &Tx, ticket: Uuid) -> Outcome<Card> {
    tx.hold_all(&[ticket]).await?;
    card(tx, ticket).await
}
