//! Other tickets, as whoever reads one may know of them: what may not be seen does not exist.

use kernel::{Outcome, Uuid};
use people::{Act, Actor};
use std::collections::HashSet;
use store::Reader;

/// Those of some tickets that somebody may see.
pub(super) async fn seen(reader: &Reader, actor: &Actor, tickets: &[Uuid]) -> Outcome<HashSet<Uuid>> {
    if tickets.is_empty() {
        return Ok(HashSet::new());
    }
    let cards = reader.cards(tickets).await?;
    let sight = actor.sight(Act::View);
    Ok(cards
        .iter()
        .filter(|card| sight.holds(card))
        .map(|card| card.id)
        .collect())
}
