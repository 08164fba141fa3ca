//! Tickets of another product, with their history at the original instants. No gate, message or breach follows.

use crate::domain::{Channel, Opening, Ticket, TicketEvent};
use crate::words;
use kernel::{Author, Instant, Outcome, Uuid};
use store::{NewContent, Recorded, Tx};

/// A ticket of another product.
#[derive(Clone, Debug)]
pub struct Import {
    /// Its key there.
    pub external_ref: String,
    /// Area here.
    pub area: Uuid,
    /// Channel of arrival.
    pub channel: Channel,
    /// Who asked.
    pub requester: Option<Uuid>,
    /// Subject.
    pub subject: String,
    /// Description.
    pub description: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// Its history, in order; rows already imported are left out by their version.
    pub steps: Vec<ImportedStep>,
}

/// One row of its history.
#[derive(Clone, Debug)]
pub struct ImportedStep {
    /// When.
    pub at: Instant,
    /// The state it was in, as a [`TicketEvent::Imported`].
    pub event: TicketEvent,
    /// The other product's version of the row.
    pub version: i64,
}

/// What an import did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// A new ticket.
    Created(Uuid),
    /// New history on a known one.
    Continued(Uuid),
    /// Nothing new.
    Unchanged(Uuid),
}

/// Imports one ticket; running it again changes nothing. `known` is the ticket with this key, if there is one.
pub async fn import(tx: &Tx, author: &Author, known: Option<Uuid>, asked: Import) -> Outcome<Imported> {
    match known {
        None => create(tx, author, asked).await.map(Imported::Created),
        Some(id) => go_on(tx, author, id, asked.steps).await,
    }
}

async fn create(tx: &Tx, author: &Author, asked: Import) -> Outcome<Uuid> {
    let number = tx.number("SR", tx.now().year()).await?;
    let subject = NewContent::new(asked.subject);
    let description = asked.description.map(NewContent::new);
    let opening = Opening {
        number,
        area: asked.area,
        channel: asked.channel,
        requester: asked.requester,
        requester_category: None,
        proven: false,
        subject: subject.reference(),
        description: description.as_ref().map(NewContent::reference),
        group: None,
        external_ref: Some(asked.external_ref),
        route: None,
    };
    let mut events = vec![Recorded {
        event: TicketEvent::Opened { opening },
        occurred_at: asked.opened_at,
    }];
    events.extend(asked.steps.into_iter().map(|step| Recorded {
        event: step.event,
        occurred_at: step.at,
    }));
    let contents: Vec<NewContent> = [Some(subject), description].into_iter().flatten().collect();
    let mut loaded = tx.fresh::<Ticket>(Uuid::now_v7());
    let found_by = words::of_events(events.iter().map(|recorded| &recorded.event), &contents);
    tx.save(&mut loaded, author, events, &contents).await?;
    if let Some(card) = &loaded.card {
        tx.index_anew(card, &found_by).await?;
    }
    Ok(loaded.id)
}

async fn go_on(tx: &Tx, author: &Author, id: Uuid, steps: Vec<ImportedStep>) -> Outcome<Imported> {
    let mut loaded = tx.load::<Ticket>(id).await?;
    let last = loaded.state.imported_version.unwrap_or(-1);
    let events: Vec<_> = steps
        .into_iter()
        .filter(|step| step.version > last)
        .map(|step| Recorded {
            event: step.event,
            occurred_at: step.at,
        })
        .collect();
    if events.is_empty() {
        return Ok(Imported::Unchanged(id));
    }
    tx.save(&mut loaded, author, events, &[]).await?;
    Ok(Imported::Continued(id))
}
