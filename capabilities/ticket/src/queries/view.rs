//! A ticket as programs and pages see it.

use crate::domain::{
    AssignmentState, Channel, ClosedReason, Facts, LinkKind, Phase, Promise, State, TechnicalOutcome, Ticket,
    TicketKind, TicketRef, WaitingReason,
};
use catalogue::Category;
use configuration::Area;
use kernel::{Instant, Outcome, Refusal, Uuid};
use people::{Act, Actor, Group};
use serde::{Deserialize, Serialize};
use store::{Card, Loaded, Store};
use utoipa::ToSchema;

/// Children that a view names.
const CHILDREN: i64 = 100;

/// Somebody or something with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// Identity.
    pub id: Uuid,
    /// Name; nothing where it was not looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A second-level assignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AssignmentView {
    /// Identity.
    pub id: Uuid,
    /// Group.
    pub group: Party,
    /// Who accepted it.
    pub operator: Option<Party>,
    /// Where it stands.
    pub state: AssignmentState,
    /// Whether the second level asks for a call; nothing before it is done.
    pub callback_required: Option<bool>,
    /// How it ended; nothing before it is done, and where an older closure said it in free words (the timeline has them).
    pub outcome: Option<TechnicalOutcome>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Instant,
}

/// Another ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LinkView {
    /// How.
    pub kind: LinkKind,
    /// The other.
    pub id: Uuid,
    /// Its number.
    pub number: String,
}

/// A clock of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClockView {
    /// The agreement it belongs to, and which edition of it.
    pub agreement: Uuid,
    /// The edition, from one.
    pub edition: i64,
    /// What it measures: `taking_charge`, `first_reply`, `resolution`; of a part, `group_taking_charge`, `group_work`.
    pub metric: String,
    /// The assignment that it measures; nothing for a clock of the ticket.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignment: Option<Uuid>,
    /// The group that was given the assignment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Party>,
    /// How it stands: `running`, `paused`, `met`, `breached`, `void`.
    pub standing: String,
    /// Seconds of open time within which it must stop.
    pub target: i64,
    /// When it is due; nothing while it stands still.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Instant>,
    /// When it stopped.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub stopped_at: Option<Instant>,
}

/// A ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TicketView {
    /// Identity.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Version: what `ETag` carries.
    pub version: i64,
    /// Subject.
    pub subject: String,
    /// Description; nothing in lists and answers to acts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Area.
    pub area: Party,
    /// Where it waits.
    pub state: State,
    /// The phase people see.
    pub phase: Phase,
    /// What it turned out to be.
    pub kind: TicketKind,
    /// Category.
    pub category: Option<Party>,
    /// Impact 1–3.
    pub impact: Option<i64>,
    /// Urgency 1–3.
    pub urgency: Option<i64>,
    /// Priority 1–5.
    pub priority: i64,
    /// True when the priority is not the matrix's.
    pub priority_overridden: bool,
    /// Channel of arrival.
    pub channel: Channel,
    /// Who asked.
    pub requester: Option<Party>,
    /// True when the requester's identity is proven or verified.
    pub verified: bool,
    /// The requester's data that do not agree with a registry of the area.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discrepancies: Vec<String>,
    /// Owner group.
    pub group: Option<Party>,
    /// Who works on it.
    pub operator: Option<Party>,
    /// What has been recorded.
    pub facts: Facts,
    /// Second-level assignments.
    pub assignments: Vec<AssignmentView>,
    /// Other tickets.
    pub links: Vec<LinkView>,
    /// Tickets that hang on this one, the first hundred by number; nothing in lists and answers to acts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<TicketRef>,
    /// How many hang on it; nothing in lists and answers to acts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub children_count: Option<i64>,
    /// The ticket it goes on in, once it is merged; nothing where that one may not be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<TicketRef>,
    /// Why it waits.
    pub waiting_reason: Option<WaitingReason>,
    /// When to look again.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub wake_at: Option<Instant>,
    /// Why it was closed.
    pub closed_reason: Option<ClosedReason>,
    /// Calls without an answer since the last solution.
    pub contact_attempts: i64,
    /// How often it was opened again.
    pub reopenings: i64,
    /// What the requester says of the service: one (bad) to five (good).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rating: Option<i64>,
    /// Its clocks; nothing for requesters.
    #[serde(default)]
    pub clocks: Vec<ClockView>,
    /// What was promised to the requester and is still to be kept; nothing for requesters.
    #[serde(default)]
    pub promises: Vec<PromiseView>,
    /// Key in the system it came from.
    pub external_ref: Option<String>,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Instant,
    /// When something last happened.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Instant,
}

/// Something that was promised to the requester; its words stand in the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PromiseView {
    /// Identity.
    pub id: Uuid,
    /// Until when.
    #[schema(value_type = String, format = DateTime)]
    pub due_at: Instant,
    /// True once that has passed.
    pub missed: bool,
}

impl Party {
    fn unnamed(id: Uuid) -> Self {
        Self { id, name: None }
    }
}

impl TicketView {
    /// The view of a ticket, without names of others.
    pub fn of(loaded: &Loaded<Ticket>) -> Self {
        let ticket = &loaded.state;
        Self {
            id: loaded.id,
            number: ticket.number.clone(),
            version: loaded.version,
            subject: loaded
                .card
                .as_ref()
                .map(|card| card.subject.clone())
                .unwrap_or_default(),
            description: None,
            area: Party::unnamed(ticket.area),
            state: ticket.state,
            phase: ticket.state.phase(),
            kind: ticket.kind,
            category: ticket.category.map(Party::unnamed),
            impact: ticket.impact,
            urgency: ticket.urgency,
            priority: ticket.priority,
            priority_overridden: ticket.priority_overridden,
            channel: ticket.channel,
            requester: ticket.requester.map(Party::unnamed),
            verified: ticket.verified,
            discrepancies: ticket.discrepant(),
            group: ticket.group.map(Party::unnamed),
            operator: ticket.operator.map(Party::unnamed),
            facts: ticket.facts.clone(),
            assignments: assignments(ticket),
            links: links(ticket),
            children: Vec::new(),
            children_count: None,
            merged_into: ticket.merged_into.clone(),
            waiting_reason: ticket.waiting.as_ref().map(|waiting| waiting.reason),
            wake_at: ticket.waiting.as_ref().and_then(|waiting| waiting.wake_at),
            closed_reason: ticket.closed_reason,
            contact_attempts: ticket.attempts,
            reopenings: ticket.reopenings,
            rating: ticket.rating.map(|rating| rating.score),
            clocks: ticket.clocks.iter().map(clock).collect(),
            promises: ticket.promises.iter().map(promise).collect(),
            external_ref: ticket.external_ref.clone(),
            opened_at: ticket.opened_at,
            updated_at: ticket.updated_at,
        }
    }

    /// Puts names to areas, groups, categories (from memory) and people (one look-up).
    pub async fn named(mut self, store: &Store) -> Outcome<Self> {
        let (areas, groups) = (store.all::<Area>().await?, store.all::<Group>().await?);
        let categories = store.all::<Category>().await?;
        let group_name = |id: Uuid| {
            groups
                .iter()
                .find(|group| group.id == id)
                .map(|group| group.state.name.clone())
        };
        self.area.name = areas
            .iter()
            .find(|area| area.id == self.area.id)
            .map(|area| area.state.name.clone());
        let of_clocks = self.clocks.iter_mut().filter_map(|clock| clock.group.as_mut());
        for group in self.group.iter_mut().chain(of_clocks) {
            group.name = group_name(group.id);
        }
        if let Some(category) = &mut self.category {
            category.name = categories
                .iter()
                .find(|c| c.id == category.id)
                .map(|c| c.state.full_name());
        }
        let wanted: Vec<Uuid> = [&self.requester, &self.operator]
            .into_iter()
            .flatten()
            .chain(
                self.assignments
                    .iter()
                    .filter_map(|assignment| assignment.operator.as_ref()),
            )
            .map(|party| party.id)
            .collect();
        let names = people::names(store.read(), wanted).await?;
        for party in [&mut self.requester, &mut self.operator].into_iter().flatten() {
            party.name = names.get(&party.id).cloned();
        }
        for assignment in &mut self.assignments {
            assignment.group.name = group_name(assignment.group.id);
            if let Some(operator) = &mut assignment.operator {
                operator.name = names.get(&operator.id).cloned();
            }
        }
        Ok(self)
    }

    /// What a requester does not see is left out.
    pub(crate) fn for_requester(mut self) -> Self {
        self.external_ref = None;
        self.discrepancies.clear();
        self.assignments.clear();
        self.clocks.clear();
        self.promises.clear();
        self.children.clear();
        self.children_count = None;
        self.links.clear();
        self.merged_into = None;
        self
    }
}

fn promise(promise: &Promise) -> PromiseView {
    PromiseView {
        id: promise.id,
        due_at: promise.due_at,
        missed: promise.missed,
    }
}

fn clock(clock: &service_level::Clock) -> ClockView {
    ClockView {
        agreement: clock.agreement,
        edition: clock.edition,
        metric: clock.metric.code().to_owned(),
        assignment: clock.part.map(|part| part.id),
        group: clock.part.map(|part| Party::unnamed(part.group)),
        standing: clock.standing.code().to_owned(),
        target: clock.target,
        due_at: clock.due,
        stopped_at: clock.stopped,
    }
}

fn assignments(ticket: &Ticket) -> Vec<AssignmentView> {
    let view = |assignment: &crate::domain::Assignment| AssignmentView {
        id: assignment.id,
        group: Party::unnamed(assignment.group),
        operator: assignment.operator.map(Party::unnamed),
        state: assignment.state,
        callback_required: assignment.closure.as_ref().map(|closure| closure.callback_required),
        outcome: assignment.closure.as_ref().and_then(|closure| closure.outcome.coded()),
        created_at: assignment.created_at,
    };
    ticket.assignments.iter().map(view).collect()
}

fn links(ticket: &Ticket) -> Vec<LinkView> {
    ticket
        .links
        .iter()
        .map(|link| LinkView {
            kind: link.kind,
            id: link.to,
            number: link.number.clone(),
        })
        .collect()
}

/// A ticket by identity or number, with names and description.
///
/// # Errors
/// A refusal 404 when it is not there or may not be seen.
pub async fn view(store: &Store, actor: &Actor, key: &str) -> Outcome<TicketView> {
    let reader = store.read();
    let card = record::card(reader, actor, Act::View, key).await?;
    let loaded = reader.state::<Ticket>(card.id).await?.ok_or_else(Refusal::not_found)?;
    let mut view = TicketView::of(&loaded);
    if let Some(description) = &loaded.state.description {
        let contents = reader.contents_of(card.id).await?;
        view.description = contents.get(&description.content).map(|content| content.body.clone());
    }
    let internal = actor.may(Act::ViewInternal, &card);
    if internal {
        let (children, count) = super::children(reader, card.id, CHILDREN).await?;
        (view.children, view.children_count) = (children, Some(count));
    }
    let view = view.named(store).await?;
    if internal {
        return Ok(view);
    }
    let (links, merged_into) = (view.links.clone(), view.merged_into.clone());
    let others: Vec<Uuid> = links
        .iter()
        .map(|link| link.id)
        .chain(merged_into.iter().map(|into| into.id))
        .collect();
    let seen = super::others::seen(reader, actor, &others).await?;
    let mut view = view.for_requester();
    view.links = links.into_iter().filter(|link| seen.contains(&link.id)).collect();
    view.merged_into = merged_into.filter(|into| seen.contains(&into.id));
    Ok(view)
}

/// The newest tickets of a requester that the actor may see, at most `limit`.
pub async fn recent_of(store: &Store, actor: &Actor, requester: Uuid, limit: usize) -> Outcome<Vec<Card>> {
    let filter = record::Filter {
        requester: Some(requester),
        ..record::Filter::default()
    };
    Ok(record::list(store, actor, &filter, record::Sort::Newest, limit, None)
        .await?
        .cards)
}
