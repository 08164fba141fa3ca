//! Calendars and agreements: adding one, giving it another edition, closing it.

use super::{Kept, current};
use crate::staff::allow_configure;
use kernel::{Outcome, Uuid};
use people::Actor;
use service_level::{Agreement, AgreementText, CalendarText, ServiceCalendar};
use store::{Idempotency, Lane, Store};
use web::IfMatch;

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

/// Gives a calendar another edition, closes it or opens it again. Clocks that run keep the edition they began with.
///
/// # Errors
/// A refusal 403, 404, 409 while an agreement needs it, 412 when it has changed, 422 that names what is wrong.
pub async fn alter_calendar(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    (text, active): (Option<CalendarText>, Option<bool>),
    if_match: IfMatch,
) -> Outcome<Kept<ServiceCalendar>> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut calendar = tx.load::<ServiceCalendar>(id).await?;
            allow_configure(&actor, calendar.state.area)?;
            if_match.check(calendar.version, || current(calendar.state.text()))?;
            service_level::change_calendar(tx, &actor.author(), &mut calendar, text, active).await?;
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

/// Gives an agreement another edition, closes it or opens it again. Clocks that run keep the edition they began with (IM-028).
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names what is wrong.
pub async fn alter_agreement(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    (text, active): (Option<AgreementText>, Option<bool>),
    if_match: IfMatch,
) -> Outcome<Kept<Agreement>> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut agreement = tx.load::<Agreement>(id).await?;
            allow_configure(&actor, agreement.state.area)?;
            if_match.check(agreement.version, || current(agreement.state.text()))?;
            service_level::change_agreement(tx, &actor.author(), &mut agreement, text, active).await?;
            Ok(Kept::of(&agreement))
        })
    });
    alter.await
}
