//! Opening a ticket: the same command for a page, a program, a mail or a call.

use super::act::{MESSAGE, SUBJECT};
use super::directory::Directory;
use super::perform::{Conditions, apply, hold_family};
use super::{EarlierFacts, TicketAct, family, reported};
use crate::domain::{Channel, Opening, Ticket, Working};
use crate::queries::TicketView;
use crate::words;
use catalogue::{Offer, Offering, offered};
use kernel::{Checks, Instant, Limit, Outcome, Refusal, Uuid};
use people::{Act, Actor, PersonCategory, RequesterRef};
use routing::Facts;
use std::sync::Arc;
use store::{Lane, Store, Tx};

/// A ticket as asked for.
#[derive(Clone, Debug, Default)]
pub struct CreateTicket {
    /// Area by identity, code or name; the first one where none is named.
    pub area: Option<String>,
    /// Subject.
    pub subject: String,
    /// Description.
    pub description: Option<String>,
    /// Who asks; nobody means the actor.
    pub requester: Option<RequesterRef>,
    /// Channel of arrival.
    pub channel: Option<Channel>,
    /// Key in another system.
    pub external_ref: Option<String>,
    /// What was chosen of the catalogue: it says which area answers and what the request is about.
    pub offering: Option<Uuid>,
    /// When the contact began, where that was before now: a call is answered first and typed then.
    pub began: Option<Instant>,
    /// Facts that are known already.
    pub facts: EarlierFacts,
}

/// Opens a ticket.
///
/// # Errors
/// The refusal that names the fields, or the rule that an earlier fact does not meet.
pub async fn create(
    store: &Store,
    actor: &Arc<Actor>,
    asked: CreateTicket,
    conditions: Conditions,
) -> Outcome<TicketView> {
    let directory = Directory::of(store).await?;
    let offerings = store.all::<Offering>().await?;
    let offer = asked.offering.map(|id| offered(&offerings, id)).transpose()?;
    let asked = checked(actor, &directory, asked, offer)?;
    let actor = actor.clone();
    store
        .write_once(Lane::People, conditions.idempotency, move |tx| {
            Box::pin(async move { create_in(tx, &directory, &actor, asked).await })
        })
        .await
}

struct Checked {
    area: Uuid,
    subject: String,
    description: Option<String>,
    requester: Option<RequesterRef>,
    channel: Channel,
    external_ref: Option<String>,
    category: Option<Uuid>,
    began: Option<Instant>,
    acts: Vec<TicketAct>,
}

/// Seconds before which a contact that is told now cannot have begun.
const LONGEST_CONTACT: i64 = 86_400;

impl Checked {
    /// What a routing rule looks at.
    fn facts(&self, directory: &Directory, began: Instant) -> Facts {
        let told = self.acts.iter().find_map(|act| match act {
            TicketAct::Classify { category, .. } => category.as_deref(),
            _ => None,
        });
        let told = told.and_then(|named| directory.category(named, None).ok());
        Facts {
            channel: self.channel.code().to_owned(),
            category: told.or(self.category),
            subject: self.subject.clone(),
            on: routing::day_of(began),
        }
    }

    /// When the contact began: what lies ahead or too far back is not believed.
    fn began(&self, now: Instant) -> Instant {
        let earliest = now.plus_seconds(-LONGEST_CONTACT);
        self.began
            .filter(|began| *began >= earliest && *began <= now)
            .unwrap_or(now)
    }
}

fn checked(actor: &Actor, directory: &Directory, asked: CreateTicket, offer: Option<&Offer>) -> Outcome<Checked> {
    actor.allow_any(Act::Create)?;
    let mut checks = Checks::new();
    let subject = checks.required("subject", Some(&asked.subject), SUBJECT);
    let description = checks.optional("description", asked.description.as_deref(), MESSAGE);
    let external_ref = checks.optional("external_ref", asked.external_ref.as_deref(), Limit::line(120));
    checks.done()?;
    let requester = asked.requester.map(RequesterRef::checked).transpose()?;
    let scope = actor.scope(Act::Create);
    let offered_by = offer.and_then(|offer| offer.area).map(|area| area.to_string());
    let area = match asked.area.as_ref().or(offered_by.as_ref()) {
        Some(named) => directory.area(Some(named))?,
        None => directory
            .first_of(&scope.areas)
            .map_or_else(|| directory.area(None), Ok)?,
    };
    let for_others = requester.as_ref().is_some_and(|named| named.id != Some(actor.person));
    // People of the desk open tickets in their areas for anybody; requesters in any area, for themselves.
    if !(scope.all || scope.areas.contains(&area) || scope.own && !for_others) {
        return Err(Refusal::forbidden().into());
    }
    let acts = asked
        .facts
        .into_acts()
        .into_iter()
        .map(TicketAct::checked)
        .collect::<Outcome<Vec<_>>>()?;
    let channel = asked.channel.unwrap_or(match actor.door {
        people::Door::Console => Channel::Phone,
        people::Door::Portal => Channel::Web,
        _ => Channel::Api,
    });
    Ok(Checked {
        area,
        subject,
        description,
        requester,
        channel,
        external_ref,
        // Whoever asks another area than the one that offers it, asks for something else.
        category: offer
            .filter(|offer| offer.area.is_none_or(|own| own == area))
            .and_then(|offer| offer.category)
            // One that is offered no more says nothing.
            .filter(|category| directory.category(&category.to_string(), None).is_ok()),
        began: asked.began,
        acts,
    })
}

async fn create_in(tx: &Tx, directory: &Directory, actor: &Actor, asked: Checked) -> Outcome<TicketView> {
    let began = asked.began(tx.now());
    let (group, route) = directory.route(tx, asked.area, &asked.facts(directory, began)).await?;
    let (requester, requester_category, proven) = requester(tx, actor, asked.requester).await?;
    let number = tx.number("SR", tx.now().year()).await?;
    let mut loaded = tx.fresh::<Ticket>(Uuid::now_v7());
    hold_family(tx, loaded.id, &asked.acts).await?;
    let parameters = directory.parameters(asked.area);
    let mut working = Working::on(Ticket::default(), parameters, tx.now(), actor.author());
    let subject = working.text(asked.subject);
    let description = working.text_if(asked.description);
    let opening = Opening {
        number,
        area: asked.area,
        channel: asked.channel,
        requester,
        requester_category,
        proven,
        subject,
        description,
        group,
        external_ref: asked.external_ref,
        route,
    };
    working.open(opening, began);
    if let Some(category) = asked.category {
        working.say_what_about(category)?;
    }
    for act in asked.acts {
        actor.allow_in(act.permission(), asked.area)?;
        apply(tx, directory, actor, &mut working, &loaded, act).await?;
    }
    working.reckon_clocks(directory.book());
    let (events, contents) = (working.events, working.contents);
    let found_by = words::of_events(events.iter().map(|recorded| &recorded.event), &contents);
    tx.save(&mut loaded, &actor.author(), events, &contents).await?;
    if let Some(card) = &loaded.card {
        tx.index_anew(card, &found_by).await?;
    }
    let nothing = Ticket::default();
    family::go_on(tx, directory, actor, &nothing, &loaded).await?;
    reported::queue(tx, &nothing, &loaded, parameters).await?;
    Ok(TicketView::of(&loaded))
}

/// Who asks, of which category, and whether that is proven: whoever is signed in is who they are (SD-040).
async fn requester(
    tx: &Tx,
    actor: &Actor,
    named: Option<RequesterRef>,
) -> Outcome<(Option<Uuid>, Option<PersonCategory>, bool)> {
    match named {
        None if actor.person == kernel::NIL => Ok((None, None, false)),
        None => Ok((Some(actor.person), actor.category, true)),
        Some(named) => {
            let found = people::open_requester(tx, &actor.author(), &named).await?;
            let proven =
                found.person.0 == actor.person || named.id.is_some() || named.identity.pin.is_some() && found.known;
            Ok((Some(found.person.0), found.category, proven))
        }
    }
}
