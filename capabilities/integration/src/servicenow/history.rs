//! From rows of an incident to the history of a ticket.
//!
//! | There | Here |
//! |---|---|
//! | New | `new`, or `taken` where somebody is assigned |
//! | Active | `level2_work` where a group is set (groups of the log are second-level groups here), else `level1_work` |
//! | Awaiting User Info | `waiting` for the requester |
//! | Awaiting Vendor | `waiting` for the supplier |
//! | Awaiting Problem, Awaiting Evidence | `waiting` for a change, for the requester |
//! | Resolved | `solution_given` |
//! | Closed | `closed` |
//! | unknown (`?`, `-100`) | where it stood before |
//!
//! The log writes `resolved_at` on every row of an incident, also on those before it was resolved, and on the last of some
//! that were never: it counts on rows that are resolved or closed. What lies with a group is a part of the work of its own,
//! from the instant of the first row that says so, so that it is gone on with here.

use super::ground::Ground;
use super::incidents::Incidents;
use super::row::{LogState, Row, Word};
use i18n::Language;
use kernel::Uuid;
use ticket::domain::{Channel, State, TicketEvent, WaitingReason};
use ticket::{Import, ImportedStep};

/// One incident.
pub(crate) struct Incident {
    pub(crate) number: Word,
    /// Rows of the file that tell of it, with those that say the same twice.
    pub(crate) accepted: usize,
    pub(crate) rows: Vec<Row>,
}

/// The place of a row in its incident's history: later rows have a higher one, also in a file that goes on.
pub(crate) fn version(row: &Row) -> i64 {
    row.updated_at.as_millis() / 1000 * 100_000 + row.count
}

impl Incident {
    pub(crate) fn new(number: Word) -> Self {
        Self {
            number,
            accepted: 0,
            rows: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, row: Row) {
        self.accepted += 1;
        self.rows.push(row);
    }

    /// Puts the rows in order and lets those alike be one.
    pub(crate) fn order(&mut self) {
        self.rows.sort_by_key(|row| (row.updated_at, row.count, row.line));
        self.rows.dedup_by_key(|row| (row.updated_at, row.count, row.digest));
        let mut before = LogState::New;
        for row in &mut self.rows {
            if row.state == LogState::Unknown {
                row.state = before;
            }
            before = row.state;
        }
    }

    /// The final state.
    pub(crate) fn last(&self) -> Option<&Row> {
        self.rows.last()
    }

    /// The command that brings it in.
    pub(crate) fn import(&self, incidents: &Incidents, ground: &Ground, language: Language) -> Import {
        let first = self.rows.first();
        let text = |word: Option<Word>| word.map_or("?", |word| incidents.word(word));
        let number = incidents.word(self.number);
        let subject = match first.and_then(|row| row.category) {
            Some(category) => {
                let more = first
                    .and_then(|row| row.subcategory)
                    .map(|more| format!(" › {}", incidents.word(more)));
                format!("{number}: {}{}", incidents.word(category), more.unwrap_or_default())
            }
            None => number.to_owned(),
        };
        let description = first.map(|row| {
            let args = [
                ("number", number.into()),
                ("contact", text(row.contact).into()),
                ("location", text(row.location).into()),
                ("symptom", text(row.symptom).into()),
                ("item", text(row.item).into()),
            ];
            language.text_with("integration-description", &args)
        });
        Import {
            external_ref: number.to_owned(),
            area: ground.area,
            channel: Channel::Import,
            requester: first.and_then(|row| ground.person(row.caller?)),
            subject: subject.chars().take(240).collect(),
            description,
            opened_at: first.map(|row| row.opened_at).unwrap_or_default(),
            steps: self.steps(ground),
        }
    }

    fn steps(&self, ground: &Ground) -> Vec<ImportedStep> {
        self.rows.iter().map(|row| step(row, ground)).collect()
    }
}

fn step(row: &Row, ground: &Ground) -> ImportedStep {
    let (state, waiting) = state(row);
    let over = matches!(row.state, LogState::Resolved | LogState::Closed);
    let lies_with_group = row.group.is_some() && matches!(state, State::Level2Work | State::Waiting);
    let event = TicketEvent::Imported {
        state,
        assignment: lies_with_group.then(Uuid::now_v7),
        waiting,
        priority: row.priority,
        impact: row.impact,
        urgency: row.urgency,
        category: ground.category(row.category, row.subcategory),
        group: row.group.and_then(|group| ground.group(group)),
        operator: row.operator.and_then(|operator| ground.person(operator)),
        reopenings: row.reopenings,
        solved_at: row.resolved_at.filter(|_| over),
        closed_at: (row.state == LogState::Closed).then(|| row.closed_at.unwrap_or(row.updated_at)),
        version: version(row),
    };
    ImportedStep {
        at: row.updated_at,
        event,
        version: version(row),
    }
}

fn state(row: &Row) -> (State, Option<WaitingReason>) {
    match row.state {
        LogState::New | LogState::Unknown if row.operator.is_some() => (State::Taken, None),
        LogState::New | LogState::Unknown => (State::New, None),
        LogState::Active if row.group.is_some() => (State::Level2Work, None),
        LogState::Active => (State::Level1Work, None),
        LogState::AwaitingUserInfo | LogState::AwaitingEvidence => (State::Waiting, Some(WaitingReason::Requester)),
        LogState::AwaitingProblem => (State::Waiting, Some(WaitingReason::Change)),
        LogState::AwaitingVendor => (State::Waiting, Some(WaitingReason::Supplier)),
        LogState::Resolved => (State::SolutionGiven, None),
        LogState::Closed => (State::Closed, None),
    }
}
