//! A calendar as a record: the hours of a service, in editions. A clock that runs keeps the edition it was planned with.

use calendar::{Calendar, Closure, DayHours, Feast, Opening, WeekError, Weekly, national, patron};
use configuration::{NAME, Standing, record, refuse_taken, same_menus, same_name};
use jiff::tz::TimeZone;
use kernel::{Author, Checks, Instant, Limit, NIL, Outcome, Refusal, Uuid, identity};
use serde::{Deserialize, Serialize};
use store::{Aggregate, Loaded, Tx};

identity!(
    /// A calendar.
    CalendarId
);

/// Most feasts, closures and openings of one calendar, of each.
pub const MOST_DAYS: usize = 2000;

/// What a calendar says, whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarText {
    /// Name as people read it.
    pub name: String,
    /// The zone whose wall clock the hours are told by, `Europe/Rome`.
    pub zone: String,
    /// The week as it repeats.
    pub weekly: Weekly,
    /// Whether Italy's public holidays are closed.
    pub national: bool,
    /// The municipality whose patron saint's day is closed (WT-404).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patron: Option<String>,
    /// Other days of each year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub feasts: Vec<Feast>,
    /// Closed days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
    /// Hours that are open all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub openings: Vec<Opening>,
}

impl CalendarText {
    /// Monday to Friday, nine to six in Italy, without its public holidays.
    pub fn office(name: String) -> Self {
        Self {
            name,
            zone: "Europe/Rome".to_owned(),
            weekly: Weekly::weekdays(&[DayHours::hours(9, 18)]),
            national: true,
            ..Self::default()
        }
    }

    /// The calendar that it describes; a zone that nobody knows any more counts as UTC.
    pub fn calendar(&self) -> Calendar {
        let mut feasts = if self.national { national() } else { Vec::new() };
        feasts.extend(self.patron.as_deref().and_then(patron).map(|patron| Feast {
            name: "patron".to_owned(),
            rule: patron.rule,
            from_year: None,
            until_year: None,
            source: String::new(),
        }));
        feasts.extend(self.feasts.iter().cloned());
        Calendar {
            zone: TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC),
            weekly: self.weekly.clone(),
            feasts,
            closures: self.closures.clone(),
            openings: self.openings.clone(),
        }
    }

    /// The text with its name trimmed.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be.
    pub fn checked(mut self) -> Outcome<Self> {
        let mut checks = Checks::new();
        self.name = checks.required("name", Some(&self.name), NAME);
        if TimeZone::get(&self.zone).is_err() {
            checks.wrong("zone", "service-level-field-zone");
        }
        if let Err(why) = Weekly::new(self.weekly.days().clone()) {
            checks.wrong("weekly", week_key(why));
        }
        if self.patron.as_deref().is_some_and(|place| patron(place).is_none()) {
            checks.wrong("patron", "service-level-field-patron");
        }
        let days = [self.feasts.len(), self.closures.len(), self.openings.len()];
        if days.into_iter().any(|count| count > MOST_DAYS) {
            checks.wrong_with("closures", "service-level-field-too-many-days", "most", MOST_DAYS);
        }
        if self.closures.iter().any(|closure| closure.until < closure.from) {
            checks.wrong("closures", "service-level-field-backwards");
        }
        let names = self.closures.iter_mut().map(|one| &mut one.name);
        let names = names.chain(self.openings.iter_mut().map(|one| &mut one.name));
        for name in names.chain(self.feasts.iter_mut().map(|one| &mut one.name)) {
            *name = checks
                .optional("closures", Some(name), Limit::line(200))
                .unwrap_or_default();
        }
        checks.done()?;
        Ok(self)
    }
}

/// The words for a week that cannot be.
pub const fn week_key(why: WeekError) -> &'static str {
    match why {
        WeekError::Backwards(_) => "service-level-field-week-backwards",
        WeekError::Overlap(_) => "service-level-field-week-overlap",
        WeekError::Empty => "service-level-field-week-empty",
    }
}

/// A calendar with all its editions, the present one last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ServiceCalendar {
    /// The area, or none for a calendar of all.
    pub area: Option<Uuid>,
    /// What it said, edition by edition.
    pub editions: Vec<CalendarText>,
    /// True once it is offered no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub closed: bool,
}

impl ServiceCalendar {
    /// What it says now.
    pub fn text(&self) -> &CalendarText {
        static EMPTY: std::sync::LazyLock<CalendarText> = std::sync::LazyLock::new(CalendarText::default);
        self.editions.last().unwrap_or(&EMPTY)
    }

    /// The number of the present edition, from one.
    pub fn edition(&self) -> i64 {
        self.editions.len() as i64
    }

    /// What an edition said.
    pub fn at_edition(&self, edition: i64) -> Option<&CalendarText> {
        let place = usize::try_from(edition).ok()?.checked_sub(1)?;
        self.editions.get(place)
    }
}

/// What can happen to a calendar.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CalendarEvent {
    /// It was added: its first edition.
    CalendarAdded {
        /// Area.
        area: Option<Uuid>,
        /// What it says.
        text: Box<CalendarText>,
    },
    /// It says something else from now on: another edition.
    CalendarChanged {
        /// What it says.
        text: Box<CalendarText>,
    },
    /// It is offered no more.
    CalendarClosed,
    /// It is offered again.
    CalendarReopened,
}

impl Aggregate for ServiceCalendar {
    const KIND: &'static str = "calendar";
    const LISTED: bool = true;
    type Event = CalendarEvent;

    fn name(event: &CalendarEvent) -> &'static str {
        match event {
            CalendarEvent::CalendarAdded { .. } => "calendar.added",
            CalendarEvent::CalendarChanged { .. } => "calendar.changed",
            CalendarEvent::CalendarClosed => "calendar.closed",
            CalendarEvent::CalendarReopened => "calendar.reopened",
        }
    }

    fn apply(&mut self, event: &CalendarEvent, _at: Instant, _author: &Author) {
        match event {
            CalendarEvent::CalendarAdded { area, text } => {
                self.area = *area;
                self.editions = vec![(**text).clone()];
            }
            CalendarEvent::CalendarChanged { text } => self.editions.push((**text).clone()),
            CalendarEvent::CalendarClosed => self.closed = true,
            CalendarEvent::CalendarReopened => self.closed = false,
        }
    }
}

async fn refuse_namesake(tx: &Tx, but: Uuid, area: Option<Uuid>, name: &str) -> Outcome<()> {
    let is_same = |other: &ServiceCalendar| same_menus(other.area, area) && same_name(&other.text().name, name);
    refuse_taken(tx, but, "name", is_same).await
}

/// Adds a calendar to an area, or to all.
///
/// # Errors
/// A refusal that names what is wrong with it.
pub async fn add_calendar(
    tx: &Tx,
    author: &Author,
    area: Option<Uuid>,
    text: CalendarText,
) -> Outcome<Loaded<ServiceCalendar>> {
    let text = text.checked()?;
    refuse_namesake(tx, NIL, area, &text.name).await?;
    let mut calendar = tx.fresh::<ServiceCalendar>(CalendarId::fresh().0);
    let text = Box::new(text);
    record(
        tx,
        author,
        &mut calendar,
        vec![CalendarEvent::CalendarAdded { area, text }],
    )
    .await?;
    Ok(calendar)
}

/// Gives a calendar another edition, closes it or opens it again; what is left out stays.
///
/// # Errors
/// A refusal that names what is wrong with it.
pub async fn change_calendar(
    tx: &Tx,
    author: &Author,
    calendar: &mut Loaded<ServiceCalendar>,
    text: Option<CalendarText>,
    active: Option<bool>,
) -> Outcome<()> {
    let mut events = Vec::new();
    if let Some(text) = text {
        let text = text.checked()?;
        if text != *calendar.state.text() {
            refuse_namesake(tx, calendar.id, calendar.state.area, &text.name).await?;
            events.push(CalendarEvent::CalendarChanged { text: Box::new(text) });
        }
    }
    let standing = Standing::changed(!calendar.state.closed, active);
    if standing == Some(Standing::Closed) {
        refuse_in_use(tx, calendar.id).await?;
    }
    events.extend(standing.map(|standing| match standing {
        Standing::Closed => CalendarEvent::CalendarClosed,
        Standing::Reopened => CalendarEvent::CalendarReopened,
    }));
    record(tx, author, calendar, events).await
}

/// An agreement in force keeps its calendar.
async fn refuse_in_use(tx: &Tx, calendar: Uuid) -> Outcome<()> {
    let agreements = tx.all_alone::<crate::Agreement>().await?;
    let mut using = agreements
        .iter()
        .filter(|agreement| !agreement.state.closed && agreement.state.text().calendar == Some(calendar));
    match using.next() {
        Some(agreement) => Err(Refusal::rule("calendar_in_use", "service-level-calendar-in-use")
            .with("agreement", &agreement.state.text().name)
            .into()),
        None => Ok(()),
    }
}
