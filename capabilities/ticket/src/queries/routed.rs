//! Why a ticket lies with its group: which rule decided when it came into its area, and what the ones before it missed.

use crate::domain::{Overflow, Route, Ticket, TicketEvent};
use kernel::{Instant, Outcome, Uuid};
use routing::{Facts, Miss, RoutingRule, Trial};
use serde::Serialize;
use store::{Aggregate, ContentRef, Store, StoredEvent};
use utoipa::ToSchema;

/// How the group of a ticket was chosen when it last came into an area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Routed {
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Instant,
    /// The area.
    pub area: Uuid,
    /// The group that took it; none where the area has none.
    pub group: Option<Uuid>,
    /// The rule that decided; none where no rule held and the area's default group took it (SD-018).
    pub rule: Option<Uuid>,
    /// The group that was meant and could not take it, where it flowed over.
    pub overflow: Option<Overflow>,
    /// The rules that were asked, in their order, as they stood then; the one that decided is the last of them.
    pub trials: Vec<RoutingTrial>,
}

/// What a rule said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RoutingTrial {
    /// The rule.
    pub rule: Uuid,
    /// The edition that stood then, from one.
    pub edition: i64,
    /// What it was called.
    pub name: String,
    /// The group it names.
    pub group: Uuid,
    /// The condition that did not hold; nothing when it decided.
    pub missed: Option<Miss>,
}

/// A decision as the journal tells it.
struct Decision {
    event: usize,
    area: Uuid,
    group: Option<Uuid>,
    route: Option<Route>,
    channel: String,
    subject: Option<ContentRef>,
}

/// How the present group's area got it; nothing of a ticket that has not been opened by the desk.
pub async fn routed(store: &Store, ticket: Uuid) -> Outcome<Option<Routed>> {
    let events = store.read().events_of(ticket, 0, 100_000).await?;
    let Some(decision) = last_decision(&events)? else {
        return Ok(None);
    };
    let event = &events[decision.event];
    let rules = store.all::<RoutingRule>().await?;
    let route = decision.route;
    let trials = match route {
        Some(route) => {
            let facts = Facts {
                channel: decision.channel,
                category: route.category,
                subject: said(store, ticket, decision.subject.as_ref()).await?,
                on: routing::day_of(event.occurred_at),
            };
            let standing = routing::standing_at(&rules, decision.area, event.recorded_at);
            routing::explained(&standing, &facts, route.rule)
        }
        None => Vec::new(),
    };
    let named = |trial: Trial| {
        let rule = rules.iter().find(|rule| rule.id == trial.rule);
        let text = rule.and_then(|rule| rule.state.at_edition(trial.edition));
        RoutingTrial {
            rule: trial.rule,
            edition: trial.edition,
            name: text.map(|text| text.name.clone()).unwrap_or_default(),
            group: trial.group,
            missed: trial.missed,
        }
    };
    Ok(Some(Routed {
        at: event.occurred_at,
        area: decision.area,
        group: decision.group,
        rule: route.and_then(|route| route.rule),
        overflow: route.and_then(|route| route.overflow),
        trials: trials.into_iter().map(named).collect(),
    }))
}

/// The last time it came into an area.
fn last_decision(events: &[StoredEvent]) -> Outcome<Option<Decision>> {
    let (mut ticket, mut last) = (Ticket::default(), None);
    for (place, event) in events.iter().enumerate() {
        if !event.name.starts_with("ticket.") {
            continue;
        }
        let told = serde_json::from_str::<TicketEvent>(&event.payload)?;
        let (area, group, route) = match &told {
            TicketEvent::Opened { opening } => (opening.area, opening.group, opening.route),
            TicketEvent::Rerouted { area, group, route, .. } => (*area, *group, *route),
            _ => {
                ticket.apply(&told, event.occurred_at, &event.author);
                continue;
            }
        };
        ticket.apply(&told, event.occurred_at, &event.author);
        last = Some(Decision {
            event: place,
            area,
            group,
            route,
            channel: ticket.channel.code().to_owned(),
            subject: ticket.subject.clone(),
        });
    }
    Ok(last)
}

/// What the subject said; nothing once it was erased.
async fn said(store: &Store, ticket: Uuid, subject: Option<&ContentRef>) -> Outcome<String> {
    let Some(subject) = subject else {
        return Ok(String::new());
    };
    let contents = store.read().contents_of(ticket).await?;
    let content = contents.get(&subject.content);
    Ok(content.map(|content| content.body.clone()).unwrap_or_default())
}
