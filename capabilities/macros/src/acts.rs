//! What a macro comes to on a ticket: acts of the ticket's own, in its order. What is so already is left out.

use crate::row::{self, MacroView, macros};
use crate::{Ending, Steps};
use kernel::{Outcome, Refusal, Uuid};
use people::{Actor, Group};
use std::sync::Arc;
use store::{Card, Store};
use ticket::domain::{State, Ticket, Visibility};
use ticket::{Prepared, TicketAct, pass_to};
use web::App;

/// A day, in seconds.
const DAY: i64 = 86_400;

/// The macros in use that somebody may use somewhere, by name.
pub(crate) async fn offers(app: App, actor: Arc<Actor>) -> Outcome<Vec<Prepared>> {
    let all = macros(&app.store, &actor).await?;
    Ok(all.into_iter().filter(|one| one.active).map(prepared).collect())
}

/// A macro as it is chosen.
pub(crate) fn prepared(one: MacroView) -> Prepared {
    Prepared {
        id: one.id,
        version: one.version,
        name: one.name,
    }
}

/// What a macro comes to on a ticket now.
///
/// # Errors
/// A refusal 404 where it is not for the ticket, 409 where it is another by now or names a text that is gone.
pub(crate) async fn acts(app: App, actor: Arc<Actor>, prepared: Prepared, card: Card) -> Outcome<Vec<TicketAct>> {
    let store = &app.store;
    let found = row::one(store.read(), &actor, prepared.id).await?;
    if found.version != prepared.version || !found.active {
        return Err(Refusal::rule("macro_changed", "macros-refusal-changed")
            .with("name", &prepared.name)
            .into());
    }
    if !found.fits(&card) {
        return Err(Refusal::rule("macro_elsewhere", "macros-refusal-elsewhere")
            .with("name", &prepared.name)
            .into());
    }
    let ticket = store
        .read()
        .state::<Ticket>(card.id)
        .await?
        .ok_or_else(Refusal::not_found)?;
    let steps = &found.steps;
    let mut acts = Vec::new();
    let is_theirs = ticket.state.operator == Some(actor.person) && ticket.state.state != State::New;
    acts.extend((steps.take && !is_theirs).then_some(TicketAct::Take));
    acts.extend(classify(steps, &ticket.state));
    if let Some(text) = steps.reply {
        let body = words(store, &actor, &card, text, &found).await?;
        acts.push(said(Visibility::Public, body));
    }
    if !found.note.is_empty() {
        acts.push(said(Visibility::Internal, found.note.clone()));
    }
    acts.extend(ending(store, &actor, (&found, &card), &ticket.state).await?);
    Ok(acts)
}

fn said(visibility: Visibility, body: String) -> TicketAct {
    TicketAct::Say { visibility, body }
}

fn classify(steps: &Steps, ticket: &Ticket) -> Option<TicketAct> {
    let is_so = steps.kind.is_none_or(|kind| kind == ticket.kind)
        && (steps.category.is_none() || steps.category == ticket.category)
        && (steps.impact.is_none() || steps.impact == ticket.impact)
        && (steps.urgency.is_none() || steps.urgency == ticket.urgency);
    (!is_so).then(|| TicketAct::Classify {
        kind: steps.kind,
        category: steps.category.map(|id| id.to_string()),
        impact: steps.impact,
        urgency: steps.urgency,
        priority: None,
        reason: None,
    })
}

/// A ready text as it is for this ticket, in the language of whoever asked.
async fn words(store: &Store, actor: &Actor, card: &Card, text: Uuid, one: &MacroView) -> Outcome<String> {
    let (now, zone) = (store.clock().now(), i18n::default_zone());
    let filled = ready_text::filled(store, (actor, card), text, now, &zone).await?;
    let gone = || Refusal::rule("macro_text_gone", "macros-refusal-text-gone").with("name", &one.name);
    Ok(filled.ok_or_else(gone)?)
}

async fn ending(
    store: &Store,
    actor: &Actor,
    (one, card): (&MacroView, &Card),
    ticket: &Ticket,
) -> Outcome<Option<TicketAct>> {
    Ok(match &one.steps.end {
        None => None,
        Some(Ending::HandOver { group }) => pass_to(ticket, &store.all::<Group>().await?, *group),
        Some(Ending::Wait { reason, days }) => Some(TicketAct::Pause {
            reason: *reason,
            wake_at: days.map(|days| store.clock().now().plus_seconds(days * DAY)),
            note: None,
        }),
        Some(Ending::Solve { text }) => Some(TicketAct::Solve {
            solution: words(store, actor, card, *text, one).await?,
        }),
    })
}
