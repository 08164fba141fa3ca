//! The ledger: every second of a ticket's life, in which state and in whose hands. The spans add up to the whole.

use crate::domain::{State, Ticket, TicketEvent};
use kernel::{Instant, Outcome, Uuid};
use serde::Serialize;
use store::{Aggregate, Store, StoredEvent};
use utoipa::ToSchema;

/// A span of a ticket's life in which nothing of this changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LedgerSpan {
    /// From when.
    #[schema(value_type = String, format = DateTime)]
    pub from: Instant,
    /// Until when; of the last span of an open ticket, now.
    #[schema(value_type = String, format = DateTime)]
    pub to: Instant,
    /// Seconds between the two, elapsed.
    pub seconds: i64,
    /// State.
    pub state: State,
    /// The group in whose hands it was.
    pub group: Option<Uuid>,
    /// The person in whose hands it was.
    pub operator: Option<Uuid>,
}

/// The ledger of a ticket.
pub async fn ledger(store: &Store, ticket: Uuid) -> Outcome<Vec<LedgerSpan>> {
    let mut events = store.read().events_of(ticket, 0, 100_000).await?;
    events.sort_by_key(|event| (event.occurred_at, event.seq));
    spans(&events, store.clock().now())
}

/// The spans that events tell, in the order in which they occurred; the last one ends now while the ticket is open.
pub fn spans(events: &[StoredEvent], now: Instant) -> Outcome<Vec<LedgerSpan>> {
    let mut ticket = Ticket::default();
    let mut spans: Vec<LedgerSpan> = Vec::new();
    let mut since: Option<Instant> = None;
    for event in events {
        let before = (ticket.state, hands(&ticket));
        if let Some(from) = since
            && event.occurred_at > from
            && before.0.is_open()
        {
            push(&mut spans, from, event.occurred_at, before);
        }
        if event.name.starts_with("ticket.") {
            ticket.apply(
                &serde_json::from_str::<TicketEvent>(&event.payload)?,
                event.occurred_at,
                &event.author,
            );
        }
        since = Some(event.occurred_at);
    }
    if let Some(from) = since
        && ticket.state.is_open()
        && now > from
    {
        push(&mut spans, from, now, (ticket.state, hands(&ticket)));
    }
    Ok(spans)
}

type Hands = (Option<Uuid>, Option<Uuid>);

fn hands(ticket: &Ticket) -> Hands {
    match ticket.open_assignment() {
        Some(assignment) => (Some(assignment.group), assignment.operator),
        None => (ticket.group, ticket.operator),
    }
}

fn push(spans: &mut Vec<LedgerSpan>, from: Instant, to: Instant, (state, (group, operator)): (State, Hands)) {
    if let Some(last) = spans.last_mut()
        && last.to == from
        && (last.state, last.group, last.operator) == (state, group, operator)
    {
        last.to = to;
        last.seconds = to.seconds_since(last.from);
        return;
    }
    spans.push(LedgerSpan {
        from,
        to,
        seconds: to.seconds_since(from),
        state,
        group,
        operator,
    });
}
