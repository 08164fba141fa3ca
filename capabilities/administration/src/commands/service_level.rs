//! Calendars and agreements: adding one, giving it another edition, closing it, and seeing before what would move.

use super::{Kept, current};
use crate::staff::allow_configure;
use kernel::{Outcome, Uuid};
use people::Actor;
use service_level::{Agreement, AgreementText, CalendarText, Draft, ServiceCalendar};
use store::{Idempotency, Lane, Store};
use web::IfMatch;

/// Another edition of a calendar or an agreement.
#[derive(Clone, Debug, Default)]
pub struct Edition<T> {
    /// What it says from now on.
    pub text: Option<T>,
    /// Whether it is offered.
    pub active: Option<bool>,
    /// Whether the clocks of open tickets move to it; else they keep what they began with (IM-028).
    pub replan: bool,
}

/// Adds a calendar to an area, or to all.
///
/// # Errors
/// A refusal 403, or 422 that names what is wrong.
pub async fn add_calendar(
    store: &Store,
    actor: &Actor,
    area: Option<Uuid>,
    text: CalendarText,
    once: Option<Idempotency>,
) -> Outcome<Kept<ServiceCalendar>> {
    allow_configure(actor, area)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let calendar = service_level::add_calendar(tx, &author, area, text).await?;
            Ok(Kept::of(&calendar))
        })
    });
    add.await
}

/// Gives a calendar another edition, closes it or opens it again.
///
/// # Errors
/// A refusal 403, 404, 409 while an agreement needs it, 412 when it has changed, 422 that names what is wrong.
pub async fn alter_calendar(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    edition: Edition<CalendarText>,
    if_match: IfMatch,
) -> Outcome<Kept<ServiceCalendar>> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut calendar = tx.load::<ServiceCalendar>(id).await?;
            allow_configure(&actor, calendar.state.area)?;
            if_match.check(calendar.version, || current(calendar.state.text()))?;
            let author = actor.author();
            service_level::change_calendar(tx, &author, &mut calendar, edition.text, edition.active).await?;
            if edition.replan {
                ticket::ask_replanning(tx, &actor, &calendar.state.text().name).await?;
            }
            Ok(Kept::of(&calendar))
        })
    });
    alter.await
}

/// Adds an agreement to an area, or to all.
///
/// # Errors
/// A refusal 403, or 422 that names what is wrong.
pub async fn add_agreement(
    store: &Store,
    actor: &Actor,
    area: Option<Uuid>,
    text: AgreementText,
    once: Option<Idempotency>,
) -> Outcome<Kept<Agreement>> {
    allow_configure(actor, area)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let agreement = service_level::add_agreement(tx, &author, area, text).await?;
            Ok(Kept::of(&agreement))
        })
    });
    add.await
}

/// Gives an agreement another edition, closes it or opens it again.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names what is wrong.
pub async fn alter_agreement(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    edition: Edition<AgreementText>,
    if_match: IfMatch,
) -> Outcome<Kept<Agreement>> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut agreement = tx.load::<Agreement>(id).await?;
            allow_configure(&actor, agreement.state.area)?;
            if_match.check(agreement.version, || current(agreement.state.text()))?;
            let author = actor.author();
            service_level::change_agreement(tx, &author, &mut agreement, edition.text, edition.active).await?;
            if edition.replan {
                ticket::ask_replanning(tx, &actor, &agreement.state.text().name).await?;
            }
            Ok(Kept::of(&agreement))
        })
    });
    alter.await
}

/// What would move if open tickets came under a draft of an area, or of all; what is wrong with the draft is told as when it is
/// saved.
///
/// # Errors
/// A refusal 403, or 422 that names what is wrong.
pub async fn preview(store: &Store, actor: &Actor, area: Option<Uuid>, draft: Draft) -> Outcome<ticket::Preview> {
    allow_configure(actor, area)?;
    let draft = match draft {
        Draft::Agreement(id, text) => Draft::Agreement(id, Box::new(text.checked()?)),
        Draft::Calendar(id, text) => Draft::Calendar(id, Box::new(text.checked()?)),
    };
    ticket::preview_replanning(store, &draft).await
}
