//! What is done with outages: told, told anew, ended.

use crate::outage::Telling;
use crate::row::{self, Words};
use crate::{Outage, OutageEvent, OutageState};
use configuration::Area;
use kernel::{Checks, Instant, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Idempotency, Lane, Loaded, NewContent, Recorded, Store, Tx};
use web::IfMatch;

const TITLE: Limit = Limit::line(160);
const MEANING: Limit = Limit::text(4_000);
const PLACES: Limit = Limit::line(400);

/// What somebody tells of an outage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What is out of order.
    pub title: String,
    /// What it means for people.
    pub meaning: String,
    /// Offices or services it touches.
    pub places: Option<String>,
    /// When it should work again.
    pub restore_at: Option<Instant>,
}

/// A new outage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOutage {
    /// What is told of it.
    pub told: Told,
    /// Area by identity, code or name; nothing for all.
    pub area: Option<String>,
    /// The ticket it is worked on in, by number.
    pub ticket: Option<String>,
}

/// Which outage, and its version after a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The outage.
    pub id: Uuid,
    /// Its version.
    pub version: i64,
}

impl Told {
    fn checked(&self, checks: &mut Checks) -> Words {
        Words {
            title: checks.required("title", Some(&self.title), TITLE),
            meaning: checks.required("meaning", Some(&self.meaning), MEANING),
            places: checks.optional("places", self.places.as_deref(), PLACES),
        }
    }
}

/// What events hold of the words, and the contents they refer to.
fn telling(words: &Words, restore_at: Option<Instant>) -> (Telling, Vec<NewContent>) {
    let (title, meaning) = (NewContent::new(&words.title), NewContent::new(&words.meaning));
    let places = words.places.as_ref().map(NewContent::new);
    let telling = Telling {
        title: title.reference(),
        meaning: meaning.reference(),
        places: places.as_ref().map(NewContent::reference),
        restore_at,
    };
    (telling, [title, meaning].into_iter().chain(places).collect())
}

/// Tells of an outage.
///
/// # Errors
/// A refusal 403, or 422 that names the fields.
pub async fn open(store: &Store, actor: &Arc<Actor>, new: NewOutage, once: Option<Idempotency>) -> Outcome<Done> {
    actor.allow_any(Act::TellOutages)?;
    let mut checks = Checks::new();
    let words = new.told.checked(&mut checks);
    let area = Area::noted(store, &mut checks, new.area.as_deref()).await?;
    let ticket = checks.optional("ticket", new.ticket.as_deref(), Limit::line(40));
    checks.done()?;
    actor.allow_over(Act::TellOutages, area)?;
    let ticket = match ticket {
        Some(number) => Some(ticket_number(store, actor, &number).await?),
        None => None,
    };
    let (author, restore_at) = (actor.author(), new.told.restore_at);
    let open = store.write_once(Lane::People, once, move |tx| {
        Box::pin(async move {
            let (telling, contents) = telling(&words, restore_at);
            let mut outage = tx.fresh::<Outage>(Uuid::now_v7());
            let opened = at(tx, OutageEvent::Opened { area, ticket, telling });
            tx.save(&mut outage, &author, vec![opened], &contents).await?;
            row::write(tx, &outage, &words).await?;
            Ok(done(&outage))
        })
    });
    let opened = open.await?;
    store.note_listed_change();
    Ok(opened)
}

/// Tells what is known by now.
///
/// # Errors
/// A refusal 403, 404, 409 when it is over, 412 when it has changed, 422 that names the fields.
pub async fn update(store: &Store, actor: &Arc<Actor>, id: Uuid, told: Told, if_match: IfMatch) -> Outcome<Done> {
    let mut checks = Checks::new();
    let words = told.checked(&mut checks);
    checks.done()?;
    let actor = actor.clone();
    let update = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut outage = allowed(tx, &actor, id).await?;
            if_match.check(outage.version, || serde_json::json!({ "version": outage.version }))?;
            still_active(&outage)?;
            let (telling, contents) = telling(&words, told.restore_at);
            let updated = at(tx, OutageEvent::Updated { telling });
            tx.save(&mut outage, &actor.author(), vec![updated], &contents).await?;
            row::write(tx, &outage, &words).await?;
            Ok(done(&outage))
        })
    });
    let updated = update.await?;
    store.note_listed_change();
    Ok(updated)
}

/// Says that an outage is over.
///
/// # Errors
/// A refusal 403, 404, 409 when it is over already, 412 when it has changed.
pub async fn end(store: &Store, actor: &Arc<Actor>, id: Uuid, if_match: IfMatch) -> Outcome<Done> {
    let actor = actor.clone();
    let end = store.write(Lane::People, move |tx| {
        Box::pin(async move {
            let mut outage = allowed(tx, &actor, id).await?;
            if_match.check(outage.version, || serde_json::json!({ "version": outage.version }))?;
            still_active(&outage)?;
            let ended = at(tx, OutageEvent::Ended);
            tx.save(&mut outage, &actor.author(), vec![ended], &[]).await?;
            row::write_end(tx, &outage).await?;
            Ok(done(&outage))
        })
    });
    let ended = end.await?;
    store.note_listed_change();
    Ok(ended)
}

/// An outage that the actor may change.
async fn allowed(tx: &Tx, actor: &Actor, id: Uuid) -> Outcome<Loaded<Outage>> {
    let outage = tx.load::<Outage>(id).await?;
    let area = outage.state.area;
    if !(actor.works_in(area) || actor.is_served_by(area)) {
        return Err(Refusal::not_found().into());
    }
    actor.allow_over(Act::TellOutages, area)?;
    Ok(outage)
}

fn still_active(outage: &Loaded<Outage>) -> Outcome<()> {
    match outage.state.state {
        OutageState::Active => Ok(()),
        OutageState::Over => Err(Refusal::rule("outage_over", "outage-refusal-over").into()),
    }
}

fn at(tx: &Tx, event: OutageEvent) -> Recorded<OutageEvent> {
    Recorded {
        event,
        occurred_at: tx.now(),
    }
}

fn done(outage: &Loaded<Outage>) -> Done {
    Done {
        id: outage.id,
        version: outage.version,
    }
}

/// The number of a ticket that the actor may see.
async fn ticket_number(store: &Store, actor: &Actor, key: &str) -> Outcome<String> {
    match record::card(store.read(), actor, Act::View, key).await {
        Ok(card) => Ok(card.number),
        Err(error) if error.refusal().is_some() => Err(Refusal::field("ticket", "field-not-found").into()),
        Err(error) => Err(error),
    }
}
