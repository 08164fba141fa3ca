//! The words by which a ticket is found: one rule for commands, imports and rebuilding.
//!
//! The requester finds it by its number and keys, subject, description, public messages, solutions and public files; the
//! desk also by notes, diagnoses and internal files.

use crate::domain::{Ticket, TicketEvent, Visibility};
use kernel::{Outcome, Uuid};
use std::collections::HashMap;
use store::{Aggregate, Content, ContentRef, FoundBy, NewContent, StoredEvent};

/// The words of a whole ticket, from its journal and the texts that are still there.
pub(crate) fn of_journal(events: &[StoredEvent], contents: &HashMap<Uuid, Content>) -> Outcome<FoundBy> {
    let mut found = FoundBy::default();
    for event in events.iter().filter(|event| event.name.starts_with(Ticket::KIND)) {
        let event: TicketEvent = serde_json::from_str(&event.payload)?;
        add(&mut found, &event, |text| {
            contents.get(&text.content).map(|content| content.body.as_str())
        });
    }
    Ok(found)
}

/// The words that a command's events bring along.
pub(crate) fn of_events<'e>(events: impl Iterator<Item = &'e TicketEvent>, contents: &[NewContent]) -> FoundBy {
    let mut found = FoundBy::default();
    for event in events {
        add(&mut found, event, |text| {
            contents
                .iter()
                .find(|content| content.id == text.content)
                .map(|content| content.body.as_str())
        });
    }
    found
}

fn add<'b>(found: &mut FoundBy, event: &TicketEvent, body: impl Fn(&ContentRef) -> Option<&'b str>) {
    let (texts, references): (_, [Option<&ContentRef>; 2]) = match event {
        TicketEvent::Opened { opening } => {
            found.public.push(opening.number.clone());
            found.public.extend(opening.external_ref.clone());
            (
                &mut found.public,
                [Some(&opening.subject), opening.description.as_ref()],
            )
        }
        TicketEvent::SubjectChanged { subject } => (&mut found.public, [Some(subject), None]),
        TicketEvent::MessageAdded { visibility, body, .. } => (side(found, *visibility), [Some(body), None]),
        TicketEvent::AttachmentAdded { visibility, name, .. } => (side(found, *visibility), [Some(name), None]),
        TicketEvent::SolutionGiven { solution } => (&mut found.public, [Some(solution), None]),
        TicketEvent::DiagnosisRecorded { diagnosis } => (&mut found.internal, [Some(diagnosis), None]),
        _ => return,
    };
    texts.extend(references.into_iter().flatten().filter_map(body).map(str::to_owned));
}

fn side(found: &mut FoundBy, visibility: Visibility) -> &mut Vec<String> {
    match visibility {
        Visibility::Public => &mut found.public,
        Visibility::Internal => &mut found.internal,
    }
}
