//! A service level agreement as a record: for which tickets, how much time for what, and when time stands still.

use crate::{CalendarText, Metric, ServiceCalendar, add_calendar};
use configuration::{NAME, Standing, record, refuse_taken, same_menus, same_name};
use jiff::civil::Date;
use kernel::{Author, Checks, Instant, NIL, Outcome, Refusal, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Tx};

identity!(
    /// An agreement.
    AgreementId
);

/// The longest target: ten years.
const LONGEST: i64 = 10 * 366 * 86_400;

/// Within how much time a clock must stop, for tickets of one priority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// What is measured.
    pub metric: Metric,
    /// 1 (critical) to 5 (planned).
    pub priority: i64,
    /// Seconds.
    pub seconds: i64,
    /// True when all time counts, false when only the calendar's does.
    pub elapsed: bool,
}

/// What an agreement says, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementText {
    /// Name as people read it.
    pub name: String,
    /// The calendar; none where all targets count all time.
    pub calendar: Option<Uuid>,
    /// Kinds of tickets it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Categories it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Uuid>,
    /// Channels it is for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
    /// Services whose categories it is for, by name; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<String>,
    /// Categories of requesters it is for; all when empty, those without a category among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requesters: Vec<String>,
    /// Groups whose parts its targets for groups are for; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Uuid>,
    /// The targets, at most one for each metric and priority.
    pub targets: Vec<Target>,
    /// Reasons of waiting for which clocks stand still (SD-076).
    pub pausing: Vec<String>,
    /// Whether clocks stand still while a solution was thought to be one (process sheet §8b).
    #[serde(default)]
    pub pauses_while_solved: bool,
    /// Shares of a target, in hundredths, at which attention is called (IM-016, SD-100).
    pub attention: Vec<i64>,
    /// Whether it holds only for tickets for which no other does.
    #[serde(default)]
    pub fallback: bool,
    /// The first day on which tickets come under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
}

/// What of a ticket decides which agreements hold for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its area.
    pub area: Uuid,
    /// Its kind, `unknown` before classification.
    pub kind: String,
    /// Its category.
    pub category: Option<Uuid>,
    /// The channel by which it came.
    pub channel: String,
    /// The category of whoever asked.
    pub requester: Option<String>,
    /// When it was received.
    pub received_on: Instant,
}

impl AgreementText {
    /// The defaults of IM-012 on one calendar: every priority runs in its hours.
    pub fn usual(name: String, calendar: Uuid) -> Self {
        const HOUR: i64 = 3600;
        let hours: [(i64, i64, i64); 5] = [
            (1, HOUR / 4, 4 * HOUR),
            (2, HOUR, 8 * HOUR),
            (3, 4 * HOUR, 24 * HOUR),
            (4, 8 * HOUR, 72 * HOUR),
            (5, 16 * HOUR, 160 * HOUR),
        ];
        let target = |metric, priority, seconds| Target {
            metric,
            priority,
            seconds,
            elapsed: false,
        };
        let of_priority = |(priority, response, resolution): (i64, i64, i64)| {
            [
                target(Metric::TakingCharge, priority, response),
                target(Metric::FirstReply, priority, response),
                target(Metric::Resolution, priority, resolution),
            ]
        };
        Self {
            name,
            calendar: Some(calendar),
            targets: hours.into_iter().flat_map(of_priority).collect(),
            pausing: vec!["requester".to_owned()],
            attention: vec![75],
            fallback: true,
            ..Self::default()
        }
    }

    /// The target of a metric at a priority.
    pub fn target(&self, metric: Metric, priority: i64) -> Option<Target> {
        let mut targets = self.targets.iter().copied();
        targets.find(|target| target.metric == metric && target.priority == priority)
    }

    /// Whether it has targets for tickets or, where a group is named, for the parts of that group.
    pub fn measures(&self, group: Option<Uuid>) -> bool {
        let is_for = group.is_none_or(|group| self.groups.is_empty() || self.groups.contains(&group));
        is_for
            && self
                .targets
                .iter()
                .any(|target| target.metric.is_of_part() == group.is_some())
    }

    /// Whether it holds for a ticket of an area it is for, received on a day of its calendar; `service` is that of the
    /// ticket's category.
    pub fn covers(&self, facts: &Facts, service: Option<&str>, received_on: Date) -> bool {
        let has_begun = self.valid_from.is_none_or(|from| from <= received_on);
        let goes_on = self.valid_until.is_none_or(|until| received_on <= until);
        self.is_for(facts, service) && has_begun && goes_on
    }

    /// Whether it is for tickets like this, whenever they were received.
    pub fn is_for(&self, facts: &Facts, service: Option<&str>) -> bool {
        let among = |list: &[String], value: Option<&String>| {
            list.is_empty() || value.is_some_and(|value| list.contains(value))
        };
        let in_categories = self.categories.is_empty()
            || facts
                .category
                .is_some_and(|category| self.categories.contains(&category));
        let in_services = self.services.is_empty()
            || service.is_some_and(|service| self.services.iter().any(|one| same_name(one, service)));
        among(&self.kinds, Some(&facts.kind))
            && among(&self.channels, Some(&facts.channel))
            && among(&self.requesters, facts.requester.as_ref())
            && in_categories
            && in_services
    }

    /// The text with its name trimmed, and its lists in an order of their own: who says the same again says nothing new.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be.
    pub fn checked(mut self) -> Outcome<Self> {
        let mut checks = Checks::new();
        self.name = checks.required("name", Some(&self.name), NAME);
        for list in [&mut self.categories, &mut self.groups] {
            list.sort_unstable();
            list.dedup();
        }
        if self.targets.is_empty() {
            checks.wrong("targets", "service-level-field-no-target");
        }
        if self.calendar.is_none() && self.targets.iter().any(|target| !target.elapsed) {
            checks.wrong("calendar", "service-level-field-calendar");
        }
        let seconds = self.targets.iter().map(|target| target.seconds);
        checks.within("targets", seconds.clone().min(), 1, LONGEST);
        checks.within("targets", seconds.max(), 1, LONGEST);
        let priorities = self.targets.iter().map(|target| target.priority);
        let strange = priorities.clone().find(|priority| !(1..=5).contains(priority));
        checks.within("targets", strange, 1, 5);
        if self.has_doubles() {
            checks.wrong("targets", "service-level-field-doubled");
        }
        self.attention.sort_unstable();
        self.attention.dedup();
        let outside = self.attention.iter().copied().find(|share| !(1..100).contains(share));
        checks.within("attention", outside, 1, 99);
        if let (Some(from), Some(until)) = (self.valid_from, self.valid_until)
            && until < from
        {
            checks.wrong("valid_until", "service-level-field-backwards");
        }
        self.refuse_late_reply(&mut checks);
        checks.done()?;
        Ok(self)
    }

    fn has_doubles(&self) -> bool {
        let key = |target: &Target| (target.metric, target.priority);
        let mut keys: Vec<_> = self.targets.iter().map(key).collect();
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// A target that ends before the one that comes before it could never be what is meant.
    fn refuse_late_reply(&self, checks: &mut Checks) {
        const ORDER: [(Metric, Metric); 3] = [
            (Metric::TakingCharge, Metric::Resolution),
            (Metric::FirstReply, Metric::Resolution),
            (Metric::GroupTakingCharge, Metric::GroupWork),
        ];
        let is_late = |priority: i64, (before, last): (Metric, Metric)| {
            matches!((self.target(before, priority), self.target(last, priority)), (Some(before), Some(last))
                if before.elapsed == last.elapsed && before.seconds > last.seconds)
        };
        if (1..=5).any(|priority| ORDER.into_iter().any(|pair| is_late(priority, pair))) {
            checks.wrong("targets", "service-level-field-order");
        }
    }
}

/// An agreement with all its editions, the present one last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Agreement {
    /// The area, or none for an agreement of all.
    pub area: Option<Uuid>,
    /// What it said, edition by edition.
    pub editions: Vec<AgreementText>,
    /// True once no ticket comes under it any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

impl Agreement {
    /// What it says now.
    pub fn text(&self) -> &AgreementText {
        static EMPTY: std::sync::LazyLock<AgreementText> = std::sync::LazyLock::new(AgreementText::default);
        self.editions.last().unwrap_or(&EMPTY)
    }

    /// The number of the present edition, from one.
    pub fn edition(&self) -> i64 {
        self.editions.len() as i64
    }

    /// What an edition said.
    pub fn at_edition(&self, edition: i64) -> Option<&AgreementText> {
        let place = usize::try_from(edition).ok()?.checked_sub(1)?;
        self.editions.get(place)
    }
}

/// What can happen to an agreement.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgreementEvent {
    /// It was added: its first edition.
    AgreementAdded {
        /// Area.
        area: Option<Uuid>,
        /// What it says.
        text: Box<AgreementText>,
    },
    /// It says something else from now on: another edition.
    AgreementChanged {
        /// What it says.
        text: Box<AgreementText>,
    },
    /// No ticket comes under it any more; those under it stay.
    AgreementClosed,
    /// It is offered again.
    AgreementReopened,
}

impl Aggregate for Agreement {
    const KIND: &'static str = "agreement";
    const LISTED: bool = true;
    type Event = AgreementEvent;

    fn name(event: &AgreementEvent) -> &'static str {
        match event {
            AgreementEvent::AgreementAdded { .. } => "agreement.added",
            AgreementEvent::AgreementChanged { .. } => "agreement.changed",
            AgreementEvent::AgreementClosed => "agreement.closed",
            AgreementEvent::AgreementReopened => "agreement.reopened",
        }
    }

    fn apply(&mut self, event: &AgreementEvent, _at: Instant, _author: &Author) {
        match event {
            AgreementEvent::AgreementAdded { area, text } => {
                self.area = *area;
                self.editions = vec![(**text).clone()];
            }
            AgreementEvent::AgreementChanged { text } => self.editions.push((**text).clone()),
            AgreementEvent::AgreementClosed => self.closed = true,
            AgreementEvent::AgreementReopened => self.closed = false,
        }
    }
}

/// A calendar that an agreement names must be there.
async fn refuse_unknown(tx: &Tx, calendar: Option<Uuid>) -> Outcome<()> {
    let Some(calendar) = calendar else { return Ok(()) };
    match tx.find::<ServiceCalendar>(calendar).await? {
        Some(_) => Ok(()),
        None => Err(Refusal::field("calendar", "field-not-found").into()),
    }
}

async fn refuse_namesake(tx: &Tx, but: Uuid, area: Option<Uuid>, name: &str) -> Outcome<()> {
    let is_same = |other: &Agreement| same_menus(other.area, area) && same_name(&other.text().name, name);
    refuse_taken(tx, but, "name", is_same).await
}

/// Adds an agreement to an area, or to all.
///
/// # Errors
/// A refusal that names what is wrong with it.
pub async fn add_agreement(
    tx: &Tx,
    author: &Author,
    area: Option<Uuid>,
    text: AgreementText,
) -> Outcome<Loaded<Agreement>> {
    let text = text.checked()?;
    refuse_unknown(tx, text.calendar).await?;
    refuse_namesake(tx, NIL, area, &text.name).await?;
    let mut agreement = tx.fresh::<Agreement>(AgreementId::fresh().0);
    let text = Box::new(text);
    record(
        tx,
        author,
        &mut agreement,
        vec![AgreementEvent::AgreementAdded { area, text }],
    )
    .await?;
    Ok(agreement)
}

/// Gives an agreement another edition, closes it or opens it again; what is left out stays.
///
/// # Errors
/// A refusal that names what is wrong with it.
pub async fn change_agreement(
    tx: &Tx,
    author: &Author,
    agreement: &mut Loaded<Agreement>,
    text: Option<AgreementText>,
    active: Option<bool>,
) -> Outcome<()> {
    let mut events = Vec::new();
    if let Some(text) = text {
        let text = text.checked()?;
        if text != *agreement.state.text() {
            refuse_unknown(tx, text.calendar).await?;
            refuse_namesake(tx, agreement.id, agreement.state.area, &text.name).await?;
            events.push(AgreementEvent::AgreementChanged { text: Box::new(text) });
        }
    }
    let standing = Standing::changed(!agreement.state.closed, active);
    events.extend(standing.map(|standing| match standing {
        Standing::Closed => AgreementEvent::AgreementClosed,
        Standing::Reopened => AgreementEvent::AgreementReopened,
    }));
    record(tx, author, agreement, events).await
}

/// What a service begins with: office hours in Italy, and the usual targets in them (IM-012).
///
/// # Errors
/// A refusal when one of the names is taken.
pub async fn add_usual(
    tx: &Tx,
    author: &Author,
    area: Option<Uuid>,
    calendar: String,
    agreement: String,
) -> Outcome<Loaded<Agreement>> {
    let hours = CalendarText::office(calendar);
    let calendar = add_calendar(tx, author, area, hours).await?;
    add_agreement(tx, author, area, AgreementText::usual(agreement, calendar.id)).await
}
