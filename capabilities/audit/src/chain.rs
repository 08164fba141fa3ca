//! A record's chain and the texts its events speak of: checks that need nothing but what they are given.

use crate::Finding;
use kernel::Uuid;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use store::{Content, StoredEvent, chain_hash, digest_of, erased_event_kind};

/// The first place at which a record's chain does not hold. Events come by position.
pub(crate) fn check_chain(events: &[StoredEvent]) -> Option<Finding> {
    let (mut head, mut last_seq) = (vec![0_u8; 32], 0);
    for (place, event) in events.iter().enumerate() {
        let due = place as i64 + 1;
        if event.position != due {
            return Some(Finding::at(event.seq, "audit-event-missing").with("position", due));
        }
        if chain_hash(&head, event) != event.hash {
            return Some(Finding::at(event.seq, "audit-event-altered"));
        }
        if event.seq <= last_seq {
            return Some(Finding::at(event.seq, "audit-event-moved"));
        }
        head.clone_from(&event.hash);
        last_seq = event.seq;
    }
    None
}

/// A text that an event refers to.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Reference {
    pub(crate) content: Uuid,
    pub(crate) digest: String,
}

#[derive(Deserialize)]
struct Erased {
    contents: Vec<Uuid>,
}

/// The texts that an event says were erased.
pub(crate) fn erased_by(event: &StoredEvent) -> Vec<Uuid> {
    if event.name != erased_event_kind() {
        return Vec::new();
    }
    serde_json::from_str::<Erased>(&event.payload)
        .map(|erased| erased.contents)
        .unwrap_or_default()
}

/// The texts that an event refers to, wherever in it they stand.
pub(crate) fn references(event: &StoredEvent) -> Vec<Reference> {
    let mut found = Vec::new();
    if event.payload.contains("\"digest\"")
        && let Ok(payload) = serde_json::from_str(&event.payload)
    {
        collect(&payload, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut Vec<Reference>) {
    match value {
        Value::Object(fields) => {
            if fields.contains_key("content")
                && fields.contains_key("digest")
                && let Ok(reference) = serde_json::from_value(value.clone())
            {
                found.push(reference);
            }
            fields.values().for_each(|value| collect(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

/// A file that an event put on a record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct AttachedFile {
    pub(crate) attachment: Uuid,
    pub(crate) name: NameReference,
    pub(crate) sha256: String,
    pub(crate) size: i64,
    pub(crate) media_type: String,
    pub(crate) visibility: String,
}

/// The reference of a file's name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct NameReference {
    pub(crate) content: Uuid,
}

/// The file that an event attached, if it did.
pub(crate) fn attached_by(event: &StoredEvent) -> Option<AttachedFile> {
    if !event.payload.contains("\"sha256\"") {
        return None;
    }
    serde_json::from_str(&event.payload).ok()
}

/// Checks one text against its reference.
pub(crate) fn check_content(
    seq: i64,
    reference: &Reference,
    content: Option<&Content>,
    erased: bool,
) -> Option<Finding> {
    match content {
        Some(_) if erased => Some(Finding::at(seq, "audit-content-back")),
        Some(content) if digest_of(&content.salt, &content.body) != reference.digest => {
            Some(Finding::at(seq, "audit-content-altered"))
        }
        None if !erased => Some(Finding::at(seq, "audit-content-missing")),
        _ => None,
    }
}

/// Checks all texts of a record: those referred to, and that there are no others.
pub(crate) fn check_contents(events: &[StoredEvent], contents: &HashMap<Uuid, Content>) -> Vec<Finding> {
    let erased: HashSet<Uuid> = events.iter().flat_map(erased_by).collect();
    let (mut findings, mut known) = (Vec::new(), HashSet::new());
    for event in events {
        for reference in references(event) {
            let is_erased = erased.contains(&reference.content);
            findings.extend(check_content(
                event.seq,
                &reference,
                contents.get(&reference.content),
                is_erased,
            ));
            known.insert(reference.content);
        }
    }
    if contents.keys().any(|id| !known.contains(id)) {
        let last = events.last().map_or(0, |event| event.seq);
        findings.push(Finding::at(last, "audit-content-superfluous"));
    }
    findings
}
