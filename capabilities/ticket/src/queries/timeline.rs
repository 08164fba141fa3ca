//! The timeline: the journal of a ticket, with its words put back and cut to what the reader may see.

use crate::domain::{TicketEvent, Visibility};
use kernel::{Instant, Outcome, Uuid};
use people::{Act, Actor};
use serde::Serialize;
use serde_json::Value;
use std::collections::HashMap;
use store::{Card, Content, Reader, Store, StoredEvent};
use utoipa::ToSchema;

use super::Party;

/// One entry of the timeline.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Entry {
    /// Place in the journal.
    pub seq: i64,
    /// Place in the ticket's own history, from one.
    pub position: i64,
    /// What happened: `ticket.solution_given`.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub occurred_at: Instant,
    /// When it was recorded.
    #[schema(value_type = String, format = DateTime)]
    pub recorded_at: Instant,
    /// Who did it; nobody means the service itself.
    pub actor: Option<Party>,
    /// Through which door.
    pub via: String,
    /// `public` where the requester sees it too.
    pub visibility: String,
    /// The facts, with texts in the place of their references; an erased text is `null`.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// The entries of a ticket after a position, oldest first, at most `limit`.
pub async fn entries(store: &Store, actor: &Actor, card: &Card, after: i64, limit: i64) -> Outcome<Vec<Entry>> {
    let reader = store.read();
    let events = reader.events_of(card.id, after, limit).await?;
    let contents = reader.contents_of(card.id).await?;
    let internal = actor.may(Act::ViewInternal, card);
    let mut entries: Vec<Entry> = events
        .iter()
        .filter_map(|event| entry(event, &contents).transpose())
        .filter(|entry| internal || entry.as_ref().is_ok_and(|entry| entry.visibility == "public"))
        .collect::<Outcome<_>>()?;
    if !internal {
        entries.iter_mut().for_each(without_reasoning);
        without_others(reader, actor, &mut entries).await?;
    }
    let names = people::names(
        reader,
        entries
            .iter()
            .filter_map(|entry| entry.actor.as_ref().map(|actor| actor.id)),
    )
    .await?;
    for actor in entries.iter_mut().filter_map(|entry| entry.actor.as_mut()) {
        actor.name = names.get(&actor.id).cloned();
    }
    Ok(entries)
}

fn entry(event: &StoredEvent, contents: &HashMap<Uuid, Content>) -> Outcome<Option<Entry>> {
    let mut data: Value = serde_json::from_str(&event.payload)?;
    put_texts_back(&mut data, contents);
    if let Some(fields) = data.as_object_mut() {
        fields.remove("type");
    }
    Ok(Some(Entry {
        seq: event.seq,
        position: event.position,
        kind: event.name.clone(),
        occurred_at: event.occurred_at,
        recorded_at: event.recorded_at,
        actor: event.author.person.map(|id| Party { id, name: None }),
        via: event.author.via.clone(),
        visibility: if is_public(event) { "public" } else { "internal" }.to_owned(),
        data,
    }))
}

/// Wherever an event refers to a text, the text itself is shown.
fn put_texts_back(value: &mut Value, contents: &HashMap<Uuid, Content>) {
    match value {
        Value::Object(fields) => {
            let reference = fields
                .get("content")
                .and_then(Value::as_str)
                .and_then(|id| id.parse::<Uuid>().ok());
            if let Some(id) = reference.filter(|_| fields.contains_key("digest")) {
                *value = contents
                    .get(&id)
                    .map_or(Value::Null, |content| Value::String(content.body.clone()));
                return;
            }
            fields.values_mut().for_each(|field| put_texts_back(field, contents));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put_texts_back(item, contents)),
        _ => {}
    }
}

/// A step may be the requester's to know while what the desk thought of it is not: the coded reason stays, words written
/// for colleagues go.
fn without_reasoning(entry: &mut Entry) {
    let field = match entry.kind.as_str() {
        "ticket.paused" => "note",
        "ticket.rerouted" => "reason",
        _ => return,
    };
    if let Some(fields) = entry.data.as_object_mut() {
        fields.remove(field);
    }
}

/// Another's request is not the requester's to know of: that theirs goes on elsewhere stays, where does not.
async fn without_others(reader: &Reader, actor: &Actor, entries: &mut [Entry]) -> Outcome<()> {
    let into = |entry: &Entry| -> Option<Uuid> {
        let merged = entry.kind == "ticket.merged_into";
        entry.data["to"].as_str().filter(|_| merged)?.parse().ok()
    };
    let others: Vec<Uuid> = entries.iter().filter_map(into).collect();
    let seen = super::others::seen(reader, actor, &others).await?;
    for entry in entries {
        let hidden = into(entry).is_some_and(|other| !seen.contains(&other));
        if let Some(fields) = entry.data.as_object_mut().filter(|_| hidden) {
            fields.remove("to");
            fields.remove("number");
        }
    }
    Ok(())
}

/// What the requester sees: the words addressed to them and the steps of their request.
fn is_public(event: &StoredEvent) -> bool {
    let Ok(event) = serde_json::from_str::<TicketEvent>(&event.payload) else {
        return false;
    };
    match event {
        TicketEvent::MessageAdded { visibility, .. } | TicketEvent::AttachmentAdded { visibility, .. } => {
            visibility == Visibility::Public
        }
        TicketEvent::Opened { .. }
        | TicketEvent::Taken { .. }
        | TicketEvent::Rerouted { .. }
        | TicketEvent::Paused { .. }
        | TicketEvent::Resumed
        | TicketEvent::Woken { .. }
        | TicketEvent::SolutionGiven { .. }
        | TicketEvent::SolutionAccepted
        | TicketEvent::SolutionRefused { .. }
        | TicketEvent::Closed { .. }
        | TicketEvent::Reopened { .. }
        | TicketEvent::Rated { .. }
        | TicketEvent::Cancelled { .. }
        | TicketEvent::MergedInto { .. }
        | TicketEvent::SubjectChanged { .. } => true,
        _ => false,
    }
}
