//! Following the journal: what sets rules off, in its order, each event once.
//!
//! How far it was read stands in a row; moving on and queueing the work is one transaction, so that a node that dies, or two
//! that read at the same time, neither lose nor double anything. What a rule did sets no rule off: rules cannot chase one
//! another.

use crate::run::{self, Run};
use crate::{AutomationRule, AutomationText, Happening};
use host::Scheduled;
use kernel::{Instant, Outcome, Uuid};
use people::Door;
use service_level::ServiceCalendar;
use std::collections::{BTreeMap, HashMap};
use store::{Lane, Loaded, Sql, Store, StoredEvent};
use ticket::domain::TicketEvent;
use web::App;

/// Events that are read at once.
const AT_ONCE: i64 = 500;
/// Most rounds of one look: what is left is read by the next.
const ROUNDS: usize = 20;

/// Looks each second for what happened.
pub(crate) const fn watch() -> Scheduled {
    Scheduled {
        name: "automation.journal",
        every: 1,
        run: |app| Box::pin(look(app)),
    }
}

async fn look(app: App) -> Outcome<()> {
    for _ in 0..ROUNDS {
        if read_on(&app.store).await? < AT_ONCE as usize {
            break;
        }
    }
    Ok(())
}

/// Reads on in the journal; answers how many events were read.
///
/// # Errors
/// When the database is away; nothing is lost then.
pub async fn read_on(store: &Store) -> Outcome<usize> {
    let (after, end) = (position(store).await?, store.position().await?);
    let rules = store.all::<AutomationRule>().await?;
    let mut active: Vec<&Loaded<AutomationRule>> = rules.iter().filter(|rule| rule.state.active).collect();
    if active.is_empty() {
        // What happens while there are no rules sets nothing off, however much it is.
        if end > after {
            move_on(store, after, end, Vec::new()).await?;
        }
        return Ok(0);
    }
    active.sort_by_key(|rule| (rule.state.text().place, rule.id));
    let events = store.events_after(after, AT_ONCE).await?;
    let Some(last) = events.last().map(|event| event.seq) else {
        return Ok(0);
    };
    let runs = set_off(store, &active, &events).await?;
    move_on(store, after, last, runs).await?;
    Ok(events.len())
}

async fn position(store: &Store) -> Outcome<i64> {
    let sql = "SELECT seq FROM automation_reader WHERE name = 'rules'";
    let row = store.read().row(sql, vec![]).await?;
    row.map_or(Ok(0), |row| row.get(0))
}

async fn move_on(store: &Store, after: i64, last: i64, runs: Vec<(Run, Instant)>) -> Outcome<()> {
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move {
                let sql = "UPDATE automation_reader SET seq = $1 WHERE name = 'rules' AND seq = $2";
                if tx.run(sql, vec![last.into(), after.into()]).await? == 1 {
                    for (run, at) in runs {
                        run::queue(tx, &run, at).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}

/// What an event may set off: never what a rule did, nor what was imported.
fn happening(event: &StoredEvent) -> Option<Happening> {
    if event.author.via == Door::Rule.code() || event.author.via == "import" || !event.name.starts_with("ticket.") {
        return None;
    }
    Happening::of(&serde_json::from_str::<TicketEvent>(&event.payload).ok()?)
}

/// The rules that some events set off, with the instant at which each is to act.
async fn set_off(
    store: &Store,
    active: &[&Loaded<AutomationRule>],
    events: &[StoredEvent],
) -> Outcome<Vec<(Run, Instant)>> {
    let mut happened: Vec<(&StoredEvent, Happening)> = Vec::new();
    for event in events {
        let wanted = |on: Happening| active.iter().any(|rule| rule.state.text().on == on);
        happened.extend(happening(event).filter(|on| wanted(*on)).map(|on| (event, on)));
    }
    let areas = areas(store, &happened).await?;
    let calendars = store.all::<ServiceCalendar>().await?;
    let mut runs = Vec::new();
    for (event, on) in happened {
        let Some(area) = areas.get(&event.record) else {
            continue;
        };
        // What is to be done at one instant is one piece of work: the rules act one after the other.
        let mut by_instant: BTreeMap<Instant, Vec<Uuid>> = BTreeMap::new();
        for rule in active.iter().filter(|rule| is_set_off(rule, *area, event, on)) {
            if let Some(at) = acts_at(rule.state.text(), &calendars, event.occurred_at) {
                by_instant.entry(at).or_default().push(rule.id);
            }
        }
        let (ticket, cause) = (event.record, event.position);
        runs.extend(
            by_instant
                .into_iter()
                .map(|(at, rules)| (Run { rules, ticket, cause }, at)),
        );
    }
    Ok(runs)
}

/// Whether an event sets a rule off: what happened before the rule was in use does not.
fn is_set_off(rule: &Loaded<AutomationRule>, area: Uuid, event: &StoredEvent, on: Happening) -> bool {
    rule.state.area == area && rule.state.text().on == on && event.recorded_at >= rule.state.since
}

/// The areas in which some tickets are.
async fn areas(store: &Store, happened: &[(&StoredEvent, Happening)]) -> Outcome<HashMap<Uuid, Uuid>> {
    let mut records: Vec<Uuid> = happened.iter().map(|(event, _)| event.record).collect();
    records.sort_unstable();
    records.dedup();
    let cards = store.read().cards(&records).await?;
    Ok(cards.into_iter().map(|card| (card.id, card.area)).collect())
}

/// The instant at which a rule acts on what happened; nothing where the hours it waits in never come.
pub(crate) fn acts_at(
    text: &AutomationText,
    calendars: &[Loaded<ServiceCalendar>],
    happened_at: Instant,
) -> Option<Instant> {
    let seconds = text.after_minutes * 60;
    let calendar = text
        .hours
        .and_then(|hours| calendars.iter().find(|one| one.id == hours));
    match calendar {
        Some(calendar) => {
            let hours = calendar::Hours::new(calendar.state.text().calendar(), happened_at.year());
            hours.after(happened_at, seconds)
        }
        None => Some(happened_at.plus_seconds(seconds)),
    }
}
