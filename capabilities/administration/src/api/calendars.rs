//! Calendars by the API.

use super::{area_named, made, one, told};
use crate::calendar_form::week_of;
use crate::commands::{self, Edition};
use crate::views::CalendarView;
use axum::Json;
use axum::extract::State;
use axum::response::Response;
use calendar::{Closure, DayHours, Opening, Weekly, closures_from_ics, day_of, hours_of};
use jiff::civil::Date;
use kernel::{Checks, Outcome, Refusal, Uuid};
use people::{Act, Signed};
use serde::{Deserialize, Serialize};
use service_level::{CalendarText, Draft, ServiceCalendar};
use ticket::Preview;
use utoipa::ToSchema;
use web::{ApiBody, ApiError, ApiPath, App, ChangeRefused, IdempotencyKey, IfMatch, Page, ReadRefused};

/// A closed day, or several.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClosureBody {
    /// The first day.
    #[schema(format = Date)]
    pub from: String,
    /// The last day; left out, the same.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// Why.
    #[schema(max_length = 200)]
    pub name: String,
    /// Where it is written: a resolution, a law; empty where nobody said.
    #[schema(max_length = 200)]
    pub source: String,
}

/// Hours that are open all the same.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OpeningBody {
    /// The day.
    #[schema(format = Date)]
    pub date: String,
    /// The hours, `09:00-13:00`.
    pub hours: String,
    /// Why.
    #[schema(max_length = 200)]
    pub name: String,
    /// Where it is written: a resolution, a law; empty where nobody said.
    #[schema(max_length = 200)]
    pub source: String,
}

/// What a calendar says; what is left out stays, or is as in office hours for a new one.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct CalendarBody {
    /// Name as people read it.
    #[schema(min_length = 1, max_length = 120)]
    name: Option<String>,
    /// Of a new one: the area by identity, code or name; left out, all.
    area: Option<String>,
    /// The zone whose wall clock the hours are told by, `Europe/Rome`.
    zone: Option<String>,
    /// The hours of each day of the week, Monday first: `09:00-13:00, 14:00-18:00`; past midnight as `22:00-06:00`; empty
    /// where closed.
    #[schema(min_items = 7, max_items = 7)]
    weekly: Option<Vec<String>>,
    /// Whether Italy's public holidays are closed.
    national: Option<bool>,
    /// The municipality whose patron saint's day is closed; empty for none.
    patron: Option<String>,
    /// Closed days.
    closures: Option<Vec<ClosureBody>>,
    /// Extra openings.
    openings: Option<Vec<OpeningBody>>,
    /// An iCalendar file whose all-day events are closed too.
    ics: Option<String>,
    /// Whether it is offered.
    active: Option<bool>,
    /// Whether the clocks of open tickets move to it; else they keep what they began with.
    replan: bool,
}

impl CalendarBody {
    fn says_nothing(&self) -> bool {
        let texts = self.name.is_none() && self.zone.is_none() && self.patron.is_none() && self.ics.is_none();
        let lists = self.weekly.is_none() && self.closures.is_none() && self.openings.is_none();
        texts && lists && self.national.is_none()
    }

    /// The text with what is said here.
    fn over(self, mut text: CalendarText) -> Outcome<CalendarText> {
        let mut checks = Checks::new();
        if let Some(weekly) = self.weekly {
            text.weekly = week(&mut checks, weekly);
        }
        if let Some(closures) = self.closures {
            text.closures = closures.iter().map(|one| closure(&mut checks, one)).collect();
        }
        if let Some(openings) = self.openings {
            text.openings = openings.iter().map(|one| opening(&mut checks, one)).collect();
        }
        if let Some(ics) = &self.ics {
            let (closures, feasts, wrong) = closures_from_ics(ics);
            if !wrong.is_empty() {
                checks.wrong("ics", "admin-calendar-file-partly");
            }
            text.closures.extend(closures);
            text.feasts.extend(feasts);
        }
        checks.done()?;
        text.name = self.name.unwrap_or(text.name);
        text.zone = self.zone.unwrap_or(text.zone);
        text.national = self.national.unwrap_or(text.national);
        if let Some(patron) = self.patron {
            text.patron = Some(patron).filter(|patron| !patron.trim().is_empty());
        }
        Ok(text)
    }
}

fn week(checks: &mut Checks, weekly: Vec<String>) -> Weekly {
    match weekly.try_into() {
        Ok(days) => week_of(checks, ["weekly"; 7], &days),
        Err(_) => {
            checks.wrong("weekly", "admin-calendar-seven-days");
            Weekly::default()
        }
    }
}

fn date(checks: &mut Checks, field: &'static str, typed: &str) -> Date {
    day_of(typed).unwrap_or_else(|| {
        checks.wrong(field, "admin-agreement-bad-day");
        Date::default()
    })
}

fn closure(checks: &mut Checks, body: &ClosureBody) -> Closure {
    let from = date(checks, "closures", &body.from);
    Closure {
        from,
        until: body
            .until
            .as_ref()
            .map_or(from, |until| date(checks, "closures", until)),
        name: body.name.clone(),
        source: body.source.clone(),
    }
}

fn opening(checks: &mut Checks, body: &OpeningBody) -> Opening {
    let hours = hours_of(&body.hours).ok().and_then(|hours| hours.first().copied());
    Opening {
        date: date(checks, "openings", &body.date),
        hours: hours.unwrap_or_else(|| {
            checks.wrong_with("openings", "admin-calendar-bad-hours", "part", body.hours.clone());
            DayHours::hours(0, 24)
        }),
        name: body.name.clone(),
        source: body.source.clone(),
    }
}

/// All calendars.
#[utoipa::path(
    get, path = "/calendars", tag = "administration",
    responses((status = 200, description = "All of them", body = Page<CalendarView>), ReadRefused)
)]
pub(super) async fn list_calendars(
    State(app): State<App>,
    Signed(actor): Signed,
) -> Result<Json<Page<CalendarView>>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let calendars = app.store.all::<ServiceCalendar>().await?;
    let view = |calendar| CalendarView::of(&commands::Kept::of(calendar));
    let items = calendars.iter().map(view).collect();
    Ok(Json(Page { items, next: None }))
}

/// Adds a calendar.
#[utoipa::path(
    post, path = "/calendars", tag = "administration", request_body = CalendarBody, params(IdempotencyKey),
    responses((status = 201, description = "Added", body = CalendarView), ChangeRefused)
)]
pub(super) async fn new_calendar(
    State(app): State<App>,
    Signed(actor): Signed,
    key: IdempotencyKey,
    body: ApiBody<CalendarBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let once = key.bound(actor.person, &[b"calendars", &body.raw]);
    let area = area_named(&app.store, body.value.area.as_deref()).await?;
    let text = body.value.over(CalendarText::office(String::new()))?;
    let calendar = commands::add_calendar(&app.store, &actor, area, text, once).await?;
    Ok(made(
        "calendars",
        calendar.id,
        calendar.version,
        &CalendarView::of(&calendar),
    ))
}

/// One calendar, with its version.
#[utoipa::path(
    get, path = "/calendars/{calendar}", tag = "administration",
    params(("calendar" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "The calendar", body = CalendarView), ReadRefused)
)]
pub(super) async fn get_calendar(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let calendar = one::<ServiceCalendar>(&app.store, id).await?;
    Ok(told(calendar.version, &CalendarView::of(&calendar)))
}

/// Gives a calendar another edition, closes it or opens it again.
#[utoipa::path(
    patch, path = "/calendars/{calendar}", tag = "administration", request_body = CalendarBody,
    params(("calendar" = Uuid, Path, description = "Identity"),
        ("If-Match" = Option<String>, Header, description = "The version that is meant")),
    responses((status = 200, description = "Done: the calendar as it is now", body = CalendarView), ChangeRefused)
)]
pub(super) async fn change_calendar(
    State(app): State<App>,
    Signed(actor): Signed,
    if_match: IfMatch,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<CalendarBody>,
) -> Result<Response, ApiError> {
    actor.allow_any(Act::Configure)?;
    let change = body.value;
    let (nothing, active, replan) = (change.says_nothing(), change.active, change.replan);
    if nothing && active.is_none() && !replan {
        return Err(Refusal::field("name", "field-required").into());
    }
    let before = one::<ServiceCalendar>(&app.store, id).await?;
    let meant = if_match.or_only(before.version);
    let text = if nothing {
        None
    } else {
        Some(change.over(before.state.text().clone())?)
    };
    let edition = Edition { text, active, replan };
    let calendar = commands::alter_calendar(&app.store, &actor, id, edition, meant).await?;
    Ok(told(calendar.version, &CalendarView::of(&calendar)))
}

/// What another edition would move, without changing anything.
#[utoipa::path(
    post, path = "/calendars/{calendar}/preview", tag = "administration", request_body = CalendarBody,
    params(("calendar" = Uuid, Path, description = "Identity")),
    responses((status = 200, description = "What would move", body = Preview), ChangeRefused)
)]
pub(super) async fn preview_calendar(
    State(app): State<App>,
    Signed(actor): Signed,
    ApiPath(id): ApiPath<Uuid>,
    body: ApiBody<CalendarBody>,
) -> Result<Json<Preview>, ApiError> {
    actor.allow_any(Act::Configure)?;
    let before = one::<ServiceCalendar>(&app.store, id).await?;
    let text = body.value.over(before.state.text().clone())?;
    let draft = Draft::Calendar(id, Box::new(text));
    Ok(Json(
        commands::preview(&app.store, &actor, before.state.area, draft).await?,
    ))
}
