//! A ticket as its events say.

use super::{
    Assignment, Channel, Check, ClosedReason, Handed, LinkKind, Notice, Promise, Rating, State, TicketEvent,
    TicketKind, TicketRef, WaitingReason,
};
use kernel::{Author, Instant, Uuid};
use people::PersonCategory;
use serde::{Deserialize, Serialize};
use service_level::{Clock, Interruptions};
use store::{Aggregate, Card, ContentRef, Hand, Stake};
use utoipa::ToSchema;

/// What has been recorded, and when it first was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Facts {
    /// Taken in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub taken_at: Option<Instant>,
    /// Requester identified or linked to a guest.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub identified_at: Option<Instant>,
    /// Reason registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub registered_at: Option<Instant>,
    /// Diagnosis recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub diagnosed_at: Option<Instant>,
    /// Classified.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub classified_at: Option<Instant>,
    /// First message by a person of the desk to the requester.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub first_reply_at: Option<Instant>,
    /// Solved: erased by a refusal or a reopening.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub solved_at: Option<Instant>,
    /// The requester's answer to the solution.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub confirmed_at: Option<Instant>,
    /// Ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub closed_at: Option<Instant>,
}

/// Why and until when a ticket waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Why.
    pub reason: WaitingReason,
    /// When to look again.
    pub wake_at: Option<Instant>,
    /// Where it was.
    pub before: State,
}

/// Another ticket that has to do with this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// How.
    pub kind: LinkKind,
    /// The other.
    pub to: Uuid,
    /// Its number.
    pub number: String,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its number.
    pub number: String,
    /// Area.
    pub area: Uuid,
    /// Channel of arrival.
    pub channel: Channel,
    /// Where it waits.
    pub state: State,
    /// What it turned out to be.
    pub kind: TicketKind,
    /// Category.
    pub category: Option<Uuid>,
    /// Impact 1–3, once classified.
    pub impact: Option<i64>,
    /// Urgency 1–3, once classified.
    pub urgency: Option<i64>,
    /// Priority 1–5.
    pub priority: i64,
    /// True when the priority is not the matrix's.
    pub priority_overridden: bool,
    /// Who asked.
    pub requester: Option<Uuid>,
    /// Who was thought to ask, where two turned out to be one, the first to be thought of first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed: Vec<Handed>,
    /// What they were to those who promise times when they were named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester_category: Option<PersonCategory>,
    /// True when the requester's identity is proven or verified.
    pub verified: bool,
    /// What registries said of them when they were last asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Check>,
    /// What they were told of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// Owner group.
    pub group: Option<Uuid>,
    /// Who works on it.
    pub operator: Option<Uuid>,
    /// True while the house has given it to its operator, who has yet to take it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub given: bool,
    /// Subject.
    pub subject: Option<ContentRef>,
    /// Description.
    pub description: Option<ContentRef>,
    /// Solution last given.
    pub solution: Option<ContentRef>,
    /// What has been recorded.
    pub facts: Facts,
    /// Second-level assignments.
    pub assignments: Vec<Assignment>,
    /// Other tickets.
    pub links: Vec<Link>,
    /// Why it waits, while it does.
    pub waiting: Option<Waiting>,
    /// Where it was before it was linked to a parent.
    pub before_link: Option<State>,
    /// Why it was closed.
    pub closed_reason: Option<ClosedReason>,
    /// The ticket it goes on in, once it is merged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<TicketRef>,
    /// Calls without an answer since the last solution.
    pub attempts: i64,
    /// When the requester was last called.
    pub last_attempt_at: Option<Instant>,
    /// How often it was rerouted.
    pub reroutes: i64,
    /// How often it was classified again.
    pub reclassifications: i64,
    /// True while a part that came back from the second level waits for the others.
    #[serde(default)]
    pub part_returned: bool,
    /// How often it was opened again.
    pub reopenings: i64,
    /// What the requester says of the service, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<Rating>,
    /// Key in the system it came from.
    pub external_ref: Option<String>,
    /// When it was opened.
    pub opened_at: Instant,
    /// When something last happened.
    pub updated_at: Instant,
    /// The other product's version of the last imported row.
    pub imported_version: Option<i64>,
    /// Its clocks, as they were last told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// What was promised to the requester and is neither kept nor withdrawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promise>,
    /// The next instant at which something is to be told about them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarm: Option<Instant>,
    /// When it waited, and when it was thought to be solved.
    #[serde(default, skip_serializing_if = "Interruptions::is_empty")]
    pub interruptions: Interruptions,
}

impl Default for Ticket {
    fn default() -> Self {
        Self {
            number: String::new(),
            area: kernel::NIL,
            channel: Channel::Api,
            state: State::New,
            kind: TicketKind::Unknown,
            category: None,
            impact: None,
            urgency: None,
            priority: 4,
            priority_overridden: false,
            requester: None,
            handed: Vec::new(),
            requester_category: None,
            verified: false,
            check: None,
            notices: Vec::new(),
            group: None,
            operator: None,
            given: false,
            subject: None,
            description: None,
            solution: None,
            facts: Facts::default(),
            assignments: Vec::new(),
            links: Vec::new(),
            waiting: None,
            before_link: None,
            closed_reason: None,
            merged_into: None,
            attempts: 0,
            last_attempt_at: None,
            reroutes: 0,
            reclassifications: 0,
            part_returned: false,
            reopenings: 0,
            rating: None,
            external_ref: None,
            opened_at: Instant::default(),
            updated_at: Instant::default(),
            imported_version: None,
            clocks: Vec::new(),
            promises: Vec::new(),
            alarm: None,
            interruptions: Interruptions::default(),
        }
    }
}

impl Aggregate for Ticket {
    const KIND: &'static str = "ticket";
    const HAS_CARD: bool = true;
    type Event = TicketEvent;

    fn name(event: &TicketEvent) -> &'static str {
        event.name()
    }

    fn apply(&mut self, event: &TicketEvent, at: Instant, author: &Author) {
        let first_reply_at = self.facts.first_reply_at;
        let before = (
            self.waiting.as_ref().map(|waiting| waiting.reason),
            self.facts.solved_at,
        );
        self.fold(event, at);
        if author.person.is_none() && matches!(event, TicketEvent::MessageAdded { .. }) {
            // A first reply is a person's: what a rule writes is none.
            self.facts.first_reply_at = first_reply_at;
        }
        self.note_interruptions(before, at);
        // Late mail and imports tell the past: "updated" never goes back.
        self.updated_at = self.updated_at.max(at);
    }

    fn project(&self, card: &mut Card) {
        card.number.clone_from(&self.number);
        card.area = self.area;
        card.group = self.open_assignment().map(|assignment| assignment.group).or(self.group);
        card.operator = self
            .open_assignment()
            .map_or(self.operator, |assignment| assignment.operator);
        card.hands = self.hands();
        card.requester = self.requester;
        card.phase = self.state.phase().code().to_owned();
        card.state = self.state.code().to_owned();
        card.open = self.state.is_open();
        card.priority = self.priority;
        card.ticket_kind = self.kind.code().to_owned();
        card.category = self.category;
        card.channel = self.channel.code().to_owned();
        card.opened_at = self.opened_at;
        card.due_at = self.next_due().min(self.next_promise());
        card.alarm_at = self.alarm.unwrap_or(Instant::NEVER);
        card.updated_at = self.updated_at;
    }

    fn subject(&self) -> Option<Uuid> {
        self.subject.as_ref().map(|subject| subject.content)
    }
}

impl Ticket {
    /// The assignment that is being worked on, if any.
    pub fn open_assignment(&self) -> Option<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.state.is_open())
    }

    /// Groups beside the card's own (ADR 6): those with a part of the work, the owner while others work, and those that
    /// once had a part.
    fn hands(&self) -> Vec<Hand> {
        let mut parts = self.assignments.iter().filter(|part| part.state.is_open());
        let on_card = parts.next().map(|part| part.group).or(self.group);
        let mut hands: Vec<Hand> = parts
            .map(|part| Hand {
                group: part.group,
                operator: part.operator,
                stake: Stake::Part,
            })
            .collect();
        let past = self.assignments.iter().map(|part| (part.group, Stake::Past));
        for (group, stake) in self.group.map(|owner| (owner, Stake::Owner)).into_iter().chain(past) {
            if on_card != Some(group) && !hands.iter().any(|hand| hand.group == group) {
                hands.push(Hand {
                    group,
                    operator: None,
                    stake,
                });
            }
        }
        hands
    }

    /// One of its assignments.
    pub fn assignment(&self, id: Uuid) -> Option<&Assignment> {
        self.assignments.iter().find(|assignment| assignment.id == id)
    }

    /// Where it stands apart from waiting: there it goes back to.
    pub fn stands(&self) -> State {
        self.waiting.as_ref().map_or(self.state, |waiting| waiting.before)
    }

    /// The ticket this one hangs on.
    pub fn parent(&self) -> Option<&Link> {
        self.links.iter().find(|link| link.kind == LinkKind::Parent)
    }
}
