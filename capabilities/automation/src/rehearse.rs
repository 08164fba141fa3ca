//! A draft tried on tickets of the past: on which it would have acted, before anybody saves it.

use crate::commands::LONGEST;
use crate::follow::acts_at;
use crate::{AutomationText, Facts, Happening, missed};
use kernel::{Checks, Instant, Outcome, Uuid};
use people::{Act, Actor, Door};
use record::{Filter, Sort};
use serde::Serialize;
use service_level::ServiceCalendar;
use store::{Aggregate, Card, Loaded, Store, StoredEvent};
use ticket::domain::{Ticket, TicketEvent};
use utoipa::ToSchema;

/// Tickets that a rehearsal looks at, the newest.
const LOOKED_AT: usize = 500;
/// Cards read at once.
const AT_ONCE: usize = 100;
/// Events of a ticket that are looked at.
const EVENTS: i64 = 2_000;
/// Tickets that are named.
const NAMED: usize = 10;

/// A rule that nobody has saved yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The area.
    pub area: Uuid,
    /// What it is to say.
    pub text: AutomationText,
}

/// What would have happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AutomationRehearsal)]
pub struct Rehearsal {
    /// Tickets that were looked at: the newest of the area.
    pub tickets: i64,
    /// How often the draft would have been set off.
    pub set_off: i64,
    /// How often what it waits for in vain happened after all.
    pub prevented: i64,
    /// How often a condition did not hold when it was to act.
    pub missed: i64,
    /// How often it would have acted.
    pub acted: i64,
    /// Some of the tickets on which it would have acted, the newest first.
    pub examples: Vec<Example>,
}

/// A ticket on which it would have acted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AutomationExample)]
pub struct Example {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// When it would first have acted.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
}

/// Tries a draft on the newest tickets of an area that the actor may see, as they were at each moment.
///
/// # Errors
/// A refusal 403, or 422 when it would wait longer than a rule may.
pub async fn rehearse(store: &Store, actor: &Actor, draft: &Draft) -> Outcome<Rehearsal> {
    actor.allow_in(Act::Configure, draft.area)?;
    let mut checks = Checks::new();
    checks.within("after_minutes", Some(draft.text.after_minutes), 0, LONGEST);
    checks.done()?;
    let calendars = store.all::<ServiceCalendar>().await?;
    let mut rehearsal = Rehearsal::default();
    for card in newest(store, actor, draft.area).await? {
        let events = store.read().events_of(card.id, 0, EVENTS).await?;
        let stage = Stage {
            text: &draft.text,
            calendars: &calendars,
            now: store.clock().now(),
        };
        rehearsal.tickets += 1;
        let first = rehearsal.try_on(&stage, &events);
        if let Some(at) = first.filter(|_| rehearsal.examples.len() < NAMED) {
            rehearsal.examples.push(Example {
                number: card.number,
                subject: card.subject,
                at,
            });
        }
    }
    Ok(rehearsal)
}

/// What a ticket's history is held against.
struct Stage<'d> {
    text: &'d AutomationText,
    calendars: &'d [Loaded<ServiceCalendar>],
    now: Instant,
}

/// The draft waiting to act on a ticket.
struct Pending {
    at: Instant,
    prevented: bool,
}

impl Rehearsal {
    /// Goes through the history of a ticket; the instant at which the draft would first have acted.
    fn try_on(&mut self, stage: &Stage<'_>, events: &[StoredEvent]) -> Option<Instant> {
        let (mut ticket, mut pending, mut first) = (Ticket::default(), Vec::<Pending>::new(), None);
        for event in events {
            let Ok(told) = serde_json::from_str::<TicketEvent>(&event.payload) else {
                continue;
            };
            // What was to be done before this happened, was done on the ticket as it stood.
            let due = pending.extract_if(.., |one| one.at < event.occurred_at).collect();
            self.act(stage, &ticket, due, &mut first);
            ticket.apply(&told, event.occurred_at, &event.author);
            let Some(happening) = Happening::of(&told) else {
                continue;
            };
            if stage.text.unless.contains(&happening) {
                pending.iter_mut().for_each(|one| one.prevented = true);
            }
            let by_people = event.author.via != Door::Rule.code() && event.author.via != "import";
            if happening == stage.text.on && by_people {
                self.set_off += 1;
                let at = acts_at(stage.text, stage.calendars, event.occurred_at);
                pending.extend(at.map(|at| Pending { at, prevented: false }));
            }
        }
        pending.retain(|one| one.at <= stage.now);
        self.act(stage, &ticket, pending, &mut first);
        first
    }

    fn act(&mut self, stage: &Stage<'_>, ticket: &Ticket, due: Vec<Pending>, first: &mut Option<Instant>) {
        for one in due {
            if one.prevented {
                self.prevented += 1;
            } else if missed(stage.text, &Facts::of(ticket)).is_some() {
                self.missed += 1;
            } else {
                self.acted += 1;
                first.get_or_insert(one.at);
            }
        }
    }
}

async fn newest(store: &Store, actor: &Actor, area: Uuid) -> Outcome<Vec<Card>> {
    let filter = Filter {
        record_kind: Some("ticket".to_owned()),
        area: Some(area),
        ..Filter::default()
    };
    let (mut cards, mut after) = (Vec::new(), None);
    while cards.len() < LOOKED_AT {
        let page = record::list(store, actor, &filter, Sort::Newest, AT_ONCE, after).await?;
        cards.extend(page.cards);
        match page.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(cards)
}
