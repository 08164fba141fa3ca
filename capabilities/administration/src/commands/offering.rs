//! Adding an offering, changing it, closing it.

use super::{Kept, current, kept};
use crate::staff::allow_configure;
use crate::views::OfferingView;
use catalogue::{Offer, Offering, change_offering};
use kernel::{Outcome, Uuid};
use people::Actor;
use store::{Idempotency, Lane, Store};
use web::IfMatch;

/// Adds an offering.
///
/// # Errors
/// A refusal 403, or 422 that names what is wrong.
pub async fn add_offering(
    store: &Store,
    actor: &Actor,
    offer: Offer,
    once: Option<Idempotency>,
) -> Outcome<Kept<Offering>> {
    allow_configure(actor, offer.area)?;
    let author = actor.author();
    let add = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let id = catalogue::add_offering(tx, &author, offer).await?;
            kept(tx, id).await
        })
    });
    add.await
}

/// Changes an offering, closes it or opens it again; requests that came by it stay as they are.
///
/// # Errors
/// A refusal 403, 404, 412 when it has changed, 422 that names what is wrong.
pub async fn alter_offering(
    store: &Store,
    actor: &Actor,
    id: Uuid,
    offer: Option<Offer>,
    active: Option<bool>,
    if_match: IfMatch,
) -> Outcome<Kept<Offering>> {
    let actor = actor.clone();
    let alter = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut offering = tx.load::<Offering>(id).await?;
            allow_configure(&actor, offering.state.offer.area)?;
            if let Some(offer) = &offer {
                allow_configure(&actor, offer.area)?;
            }
            if_match.check(offering.version, || current(OfferingView::of(&Kept::of(&offering))))?;
            change_offering(tx, &actor.author(), &mut offering, offer, active).await?;
            Ok(Kept::of(&offering))
        })
    });
    alter.await
}
