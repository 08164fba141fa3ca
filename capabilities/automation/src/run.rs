//! Carrying out a rule that was set off, as a job: the ticket's own commands do what it says, in one transaction.

use crate::row::{self, RunOutcome, RunRow};
use crate::{AutomationRule, AutomationText, Facts, Happening, missed};
use host::JobHandler;
use kernel::{Error, Instant, Outcome, Uuid};
use people::{Actor, Group};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{Lane, Loaded, NewJob, Store, StoredEvent, Tx};
use ticket::domain::{Ticket, TicketEvent, Visibility};
use ticket::{Conditions, TicketAct, pass_to, perform};
use web::App;

const KIND: &str = "automation.run";
/// How often one rule may act on one ticket within an hour: two programs that answer each other come to rest.
const MOST_AN_HOUR: i64 = 3;
/// Events of a ticket that are looked at.
const EVENTS: i64 = 100_000;

/// Rules that one event set off, to act at one instant, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    pub(crate) rules: Vec<Uuid>,
    pub(crate) ticket: Uuid,
    /// The place in the ticket's history of what set it off.
    pub(crate) cause: i64,
}

/// Queues it for an instant.
pub(crate) async fn queue(tx: &Tx, run: &Run, at: Instant) -> Outcome<()> {
    tx.enqueue(NewJob {
        kind: KIND,
        payload: serde_json::to_string(run)?,
        run_at: at,
        unique_key: Some(format!("{KIND}:{}:{}:{}", run.ticket, run.cause, at.as_millis())),
    })
    .await
}

/// The job. A rule that was closed, or says something else of another happening by then, does nothing.
pub(crate) const fn job() -> JobHandler {
    JobHandler {
        kind: KIND,
        run: |app, payload| Box::pin(run(app, payload)),
    }
}

async fn run(app: App, payload: String) -> Outcome<()> {
    let run: Run = serde_json::from_str(&payload)?;
    let rules = app.store.all::<AutomationRule>().await?;
    for id in &run.rules {
        if let Some(rule) = rules.iter().find(|rule| rule.id == *id && rule.state.active) {
            run_one(&app.store, rule, &run).await?;
        }
    }
    Ok(())
}

/// One rule, on the ticket as those before it left it.
async fn run_one(store: &Store, rule: &Loaded<AutomationRule>, run: &Run) -> Outcome<()> {
    let Some(ticket) = store.read().state::<Ticket>(run.ticket).await? else {
        return Ok(());
    };
    let events = store.read().events_of(run.ticket, run.cause - 1, EVENTS).await?;
    let outcome = match verdict(store, rule, &ticket, &events).await? {
        Verdict::Nothing => return Ok(()),
        Verdict::Not(outcome) => (outcome, String::new()),
        Verdict::Act if has_acted(rule.id, run.cause, &events) => (RunOutcome::Done, String::new()),
        Verdict::Act => act(store, rule, &ticket, run).await?,
    };
    note(store, rule, run, outcome).await
}

/// Whether a rule is to act.
enum Verdict {
    Act,
    /// It does not, and that is told.
    Not(RunOutcome),
    /// It is not meant.
    Nothing,
}

/// The events are those of the ticket from the cause on.
async fn verdict(
    store: &Store,
    rule: &Loaded<AutomationRule>,
    ticket: &Loaded<Ticket>,
    events: &[StoredEvent],
) -> Outcome<Verdict> {
    let text = rule.state.text();
    let mut told = events.iter().filter_map(told);
    let cause = told.next().and_then(|event| Happening::of(&event));
    if rule.state.area != ticket.state.area || cause != Some(text.on) {
        return Ok(Verdict::Nothing);
    }
    if told
        .filter_map(|event| Happening::of(&event))
        .any(|one| text.unless.contains(&one))
    {
        return Ok(Verdict::Not(RunOutcome::Prevented));
    }
    if missed(text, &Facts::of(&ticket.state)).is_some() {
        return Ok(Verdict::Nothing);
    }
    let since = store.clock().now().plus_seconds(-3600);
    let acted = row::acted_since(store, (rule.id, ticket.id), since).await?;
    Ok(if acted >= MOST_AN_HOUR {
        Verdict::Not(RunOutcome::HeldBack)
    } else {
        Verdict::Act
    })
}

fn told(event: &StoredEvent) -> Option<TicketEvent> {
    serde_json::from_str(&event.payload).ok()
}

/// Whether it acted already, before its node died.
fn has_acted(by: Uuid, of: i64, events: &[StoredEvent]) -> bool {
    let by_this =
        |event: TicketEvent| matches!(event, TicketEvent::Automated { rule, cause, .. } if rule == by && cause == of);
    events.iter().filter_map(told).any(by_this)
}

async fn act(
    store: &Store,
    rule: &Loaded<AutomationRule>,
    ticket: &Loaded<Ticket>,
    run: &Run,
) -> Outcome<(RunOutcome, String)> {
    let groups = store.all::<Group>().await?;
    let acts = acts(rule, &ticket.state, &groups, run.cause);
    let actor = Arc::new(Actor::rule());
    match perform(store, &actor, run.ticket, acts, Conditions::default()).await {
        Ok(_) => Ok((RunOutcome::Done, String::new())),
        Err(Error::Refused(refusal)) => Ok((RunOutcome::Refused, refusal.code.into())),
        Err(failed) => Err(failed),
    }
}

/// What a rule does, as acts on the ticket. What is so already is left out.
pub(crate) fn acts(
    rule: &Loaded<AutomationRule>,
    ticket: &Ticket,
    groups: &[Loaded<Group>],
    cause: i64,
) -> Vec<TicketAct> {
    let text = rule.state.text();
    let mut acts = vec![TicketAct::Automate {
        rule: rule.id,
        edition: rule.state.edition(),
        name: text.name.clone(),
        cause,
    }];
    let deeds = &text.deeds;
    acts.extend(
        deeds
            .priority
            .filter(|wanted| *wanted != ticket.priority)
            .map(|priority| classify(text, priority)),
    );
    acts.extend(deeds.group.and_then(|group| pass_to(ticket, groups, group)));
    let says = [(&deeds.note, Visibility::Internal), (&deeds.reply, Visibility::Public)];
    for (body, visibility) in says {
        acts.extend(body.clone().map(|body| TicketAct::Say { visibility, body }));
    }
    acts
}

fn classify(text: &AutomationText, priority: i64) -> TicketAct {
    TicketAct::Classify {
        kind: None,
        category: None,
        impact: None,
        urgency: None,
        priority: Some(priority),
        reason: Some(text.name.clone()),
    }
}

async fn note(
    store: &Store,
    rule: &Loaded<AutomationRule>,
    run: &Run,
    (outcome, detail): (RunOutcome, String),
) -> Outcome<()> {
    let row = RunRow {
        id: Uuid::now_v7(),
        rule: rule.id,
        edition: rule.state.edition(),
        ticket: run.ticket,
        cause: run.cause,
        outcome,
        detail,
        at: store.clock().now(),
    };
    store
        .write(Lane::Background, move |tx| {
            Box::pin(async move { row::insert(tx, &row).await })
        })
        .await
}
