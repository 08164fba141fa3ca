//! What stands beside the journal (row, card, files) against what the journal folds to.

use crate::Finding;
use crate::chain::{attached_by, check_chain, check_contents, erased_by};
use kernel::Uuid;
use people::{Person, PersonRow};
use record::Attachment;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use store::span::RecordRow;
use store::{Aggregate, Card, CardFold, Content, HandRow, RecordKind, Refolded, StoredEvent, hand_rows};

/// A record and everything that belongs to it, as read.
pub(crate) struct Standing<'s> {
    pub(crate) row: &'s RecordRow,
    pub(crate) events: &'s [StoredEvent],
    pub(crate) contents: &'s HashMap<Uuid, Content>,
    pub(crate) card: Option<&'s Card>,
    pub(crate) hands: &'s [HandRow],
    pub(crate) attachments: &'s [Attachment],
    pub(crate) person: Option<&'s PersonRow>,
}

impl Standing<'_> {
    /// Everything that does not hold.
    pub(crate) fn check(&self, kinds: &[RecordKind], folds: &[CardFold]) -> Vec<Finding> {
        let (Some(first), Some(last)) = (self.events.first(), self.events.last()) else {
            return vec![Finding::at(self.row.ordinal, "audit-record-without-events")];
        };
        let mut findings: Vec<Finding> = check_chain(self.events)
            .or_else(|| self.check_count(first, last))
            .into_iter()
            .collect();
        findings.extend(check_contents(self.events, self.contents));
        if findings.iter().any(|finding| finding.key.starts_with("audit-event")) {
            return findings;
        }
        let Some(kind) = kinds.iter().find(|kind| kind.kind == self.row.kind) else {
            findings.push(Finding::at(first.seq, "audit-record-kind").with("kind", &self.row.kind));
            return findings;
        };
        match (kind.refold)(self.events, folds) {
            Ok(refolded) => {
                findings.extend(self.check_row(kind, first, last, &refolded));
                findings.extend(self.check_card(last.seq, refolded));
                findings.extend(self.check_person(last.seq));
            }
            Err(cause) => findings.push(Finding::at(last.seq, "audit-record-unreadable").with("cause", cause)),
        }
        findings.extend(self.check_attachments());
        findings
    }

    /// As many events as the row counts.
    fn check_count(&self, first: &StoredEvent, last: &StoredEvent) -> Option<Finding> {
        let count = self.events.len() as i64;
        if self.row.version > count {
            return Some(Finding::at(last.seq, "audit-events-cut"));
        }
        let beyond = usize::try_from(self.row.version)
            .ok()
            .and_then(|version| self.events.get(version));
        (self.row.version < count)
            .then(|| Finding::at(beyond.map_or(first.seq, |event| event.seq), "audit-event-inserted"))
    }

    fn check_row(
        &self,
        kind: &RecordKind,
        first: &StoredEvent,
        last: &StoredEvent,
        refolded: &Refolded,
    ) -> Option<Finding> {
        let row = self.row;
        if row.head != refolded.head {
            return Some(Finding::at(last.seq, "audit-record-head"));
        }
        if row.ordinal != first.seq {
            return Some(Finding::at(first.seq, "audit-record-ordinal"));
        }
        if row.recorded_at != first.recorded_at || row.listed != kind.listed {
            return Some(Finding::at(first.seq, "audit-record-row"));
        }
        (!same_json(&row.state, &refolded.state)).then(|| Finding::at(last.seq, "audit-record-state"))
    }

    fn check_card(&self, last: i64, refolded: Refolded) -> Option<Finding> {
        let subject = refolded.subject.and_then(|id| self.contents.get(&id));
        match (self.card, refolded.card) {
            (None, None) => None,
            (None, Some(_)) => Some(Finding::at(last, "audit-card-missing")),
            (Some(_), None) => Some(Finding::at(last, "audit-card-superfluous")),
            (Some(card), Some(mut due)) => {
                due.subject = subject.map(|content| content.body.clone()).unwrap_or_default();
                if same_json(&card.badges, &due.badges) {
                    due.badges.clone_from(&card.badges);
                }
                let as_due = *card == due && self.hands == hand_rows(&due);
                (!as_due).then(|| Finding::at(last, "audit-card-altered"))
            }
        }
    }

    /// The row by which a person is found says what the journal and its text say; of who was erased there is none.
    fn check_person(&self, last: i64) -> Option<Finding> {
        if self.row.kind != Person::KIND {
            return None;
        }
        // A state that does not hold was found as such.
        let person: Person = serde_json::from_str(&self.row.state).ok()?;
        let identity = person
            .identity
            .as_ref()
            .map(|identity| self.contents.get(&identity.content));
        match (self.person, identity) {
            (None, None) => None,
            (Some(_), None) => Some(Finding::at(last, "audit-person-back")),
            (None, Some(_)) => Some(Finding::at(last, "audit-person-missing")),
            // The text is missing, and that was found.
            (Some(_), Some(None)) => None,
            (Some(row), Some(Some(text))) => {
                (!row.is_as(&person, &text.body, self.row.ordinal)).then(|| Finding::at(last, "audit-person-altered"))
            }
        }
    }

    /// Rows of files: each is what its event says, unless its name was erased, and then it is gone.
    fn check_attachments(&self) -> Vec<Finding> {
        let erased: HashSet<Uuid> = self.events.iter().flat_map(erased_by).collect();
        let rows: HashMap<Uuid, &Attachment> = self.attachments.iter().map(|file| (file.id, file)).collect();
        let (mut findings, mut known) = (Vec::new(), HashSet::new());
        for (seq, file) in self
            .events
            .iter()
            .filter_map(|event| Some((event.seq, attached_by(event)?)))
        {
            known.insert(file.attachment);
            let gone = erased.contains(&file.name.content);
            let Some(row) = rows.get(&file.attachment) else {
                if !gone {
                    findings.push(Finding::at(seq, "audit-attachment-missing"));
                }
                continue;
            };
            let name = self
                .contents
                .get(&file.name.content)
                .map_or("", |content| content.body.as_str());
            let as_recorded = row.sha256 == file.sha256
                && (row.size, row.media_type.as_str()) == (file.size, file.media_type.as_str())
                && row.internal == (file.visibility == "internal")
                && row.name == name;
            if gone || !as_recorded {
                findings.push(Finding::at(seq, "audit-attachment-altered"));
            }
        }
        if self.attachments.iter().any(|file| !known.contains(&file.id)) {
            let last = self.events.last().map_or(0, |event| event.seq);
            findings.push(Finding::at(last, "audit-attachment-superfluous"));
        }
        findings
    }
}

/// Two texts that say the same, however they were spaced or ordered.
fn same_json(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    match (serde_json::from_str::<Value>(one), serde_json::from_str::<Value>(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
