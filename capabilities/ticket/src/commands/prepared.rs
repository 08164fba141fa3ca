//! Acts that somebody prepared under a name, for one gesture: a macro is a list of them. Who keeps them hands over a source;
//! what they come to on a ticket is found when they are done there.

use super::TicketAct;
use super::bulk::{BulkAct, BulkOrder, plan, rehearse};
use crate::domain::{Assignment, Ticket};
use futures_util::future::BoxFuture;
use i18n::Language;
use kernel::{Outcome, Refusal, Uuid};
use people::{Actor, Group};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Card, Idempotency, Loaded};
use web::App;

/// Acts that were prepared, in one of their editions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// Identity.
    pub id: Uuid,
    /// The edition that was chosen.
    pub version: i64,
    /// What it is called.
    pub name: String,
}

/// Something that a source is still looking for.
type Coming<T> = BoxFuture<'static, Outcome<Vec<T>>>;

/// Where prepared acts come from.
#[derive(Clone, Copy)]
pub struct ActSource {
    /// Those that somebody may use somewhere, by name.
    pub offers: fn(App, Arc<Actor>) -> Coming<Prepared>,
    /// What one of them comes to on a ticket now, in its order; what is so already is left out. A refusal 404 for one that
    /// this source does not keep, 409 for one that is another by now or does not fit.
    pub acts: fn(App, Arc<Actor>, Prepared, Card) -> Coming<TicketAct>,
}

/// Passing a ticket on to a group: of the desk by handing it over, of the second level as a part of the work. Nothing where
/// the group has it already.
pub fn pass_to(ticket: &Ticket, groups: &[Loaded<Group>], wanted: Uuid) -> Option<TicketAct> {
    let group = groups.iter().find(|group| group.id == wanted)?;
    let has_part = |part: &Assignment| part.group == wanted && part.state.is_open();
    if group.state.kind.is_first_level() {
        let elsewhere = ticket.group != Some(wanted);
        return elsewhere.then(|| TicketAct::Assign {
            group: Some(wanted.to_string()),
            operator: None,
        });
    }
    let is_new_to_it = !ticket.assignments.iter().any(has_part);
    is_new_to_it.then(|| TicketAct::SendToSecondLevel {
        group: wanted.to_string(),
        note: None,
    })
}

/// All that somebody may use somewhere.
pub(crate) async fn offers(app: &App, actor: &Arc<Actor>) -> Outcome<Vec<Prepared>> {
    let mut all = Vec::new();
    for source in app.slots.of::<ActSource>() {
        all.extend((source.offers)(app.clone(), actor.clone()).await?);
    }
    Ok(all)
}

/// What some prepared acts come to on a ticket.
///
/// # Errors
/// The refusal of their source; 404 where nobody keeps them.
pub(super) async fn acts(app: &App, actor: &Arc<Actor>, prepared: Prepared, ticket: Uuid) -> Outcome<Vec<TicketAct>> {
    let cards = app.store.read().cards(&[ticket]).await?;
    let card = cards.into_iter().next().ok_or_else(Refusal::not_found)?;
    for source in app.slots.of::<ActSource>() {
        let offers = (source.offers)(app.clone(), actor.clone()).await?;
        if offers.iter().any(|one| one.id == prepared.id) {
            let acts = (source.acts)(app.clone(), actor.clone(), prepared, card).await?;
            return acts.into_iter().map(TicketAct::checked).collect();
        }
    }
    Err(Refusal::not_found().into())
}

/// Asks for prepared acts on one ticket. They are done after ten seconds in which they can be taken back; what they would
/// meet there is told at once.
///
/// # Errors
/// The refusal that the first of them would meet.
pub async fn use_prepared(
    app: &App,
    actor: &Arc<Actor>,
    ticket: Uuid,
    prepared: Prepared,
    (language, once): (Language, Option<Idempotency>),
) -> Outcome<Uuid> {
    let act = BulkAct::Prepared(prepared);
    let refused = rehearse(app, actor, &[ticket], &act).await?;
    if let Some(refusal) = refused.into_iter().flatten().next() {
        return Err(refusal.into());
    }
    let order = BulkOrder {
        tickets: vec![ticket],
        act,
        language,
        once,
    };
    plan(&app.store, actor, order).await
}
