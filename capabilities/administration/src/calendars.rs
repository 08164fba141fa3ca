//! Calendars: the hours of a service, the days on which it is closed, and what another edition would move.

use crate::calendar_form::{CalendarForm, DAYS};
use crate::commands::{Edition, add_calendar, alter_calendar};
use crate::editions::{Editable, refused, to_change};
use crate::groups::area_name;
use crate::ics_file::IcsFile;
use crate::replanning::{Progress, Shown, Would};
use crate::staff::{Staff, allow_configure, area_choices, area_of};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use calendar::{IcsError, PATRONS, closures_from_ics};
use configuration::Area;
use jiff::civil::Date;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, form_errors};
use service_level::{CalendarText, Draft, ServiceCalendar};
use store::Loaded;
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

const LIST: &str = "/administration/calendars";
/// Days ahead of which closures are told.
const AHEAD: usize = 400;
/// Closed days that are told.
const TOLD: usize = 14;

#[derive(Template)]
#[template(path = "administration/calendars.html")]
struct Calendars {
    frame: Frame,
    sections: Vec<Choice>,
    calendars: Vec<Row>,
    progress: Progress,
    areas: Vec<Choice>,
    form: CalendarForm,
    days: Vec<Day>,
    patrons: Vec<&'static str>,
    errors: Errors,
}

/// A closed day, why, and where that is written.
struct ClosedDay {
    day: String,
    why: String,
    source: String,
}

struct Row {
    href: String,
    name: String,
    week: String,
    area: String,
    edition: i64,
    active: bool,
}

#[derive(Template)]
#[template(path = "administration/calendar.html")]
pub(super) struct CalendarPage {
    frame: Frame,
    own: String,
    look: String,
    name: String,
    area: String,
    edition: i64,
    version: i64,
    active: bool,
    may_change: bool,
    would: Option<Would>,
    form: CalendarForm,
    days: Vec<Day>,
    patrons: Vec<&'static str>,
    closed: Vec<ClosedDay>,
    feasts: usize,
    errors: Errors,
}

/// The field of a day.
struct Day {
    name: &'static str,
    label: String,
    value: String,
    error: String,
}

fn days(frame: &Frame, form: &CalendarForm, errors: &Errors) -> Vec<Day> {
    let day = |(place, name): (usize, &'static str)| Day {
        name,
        label: frame.t(&format!("admin-day-{name}")),
        value: form.days[place].clone(),
        error: errors.of(name).to_owned(),
    };
    DAYS.into_iter().enumerate().map(day).collect()
}

fn patrons() -> Vec<&'static str> {
    PATRONS.iter().map(|patron| patron.municipality).collect()
}

/// The week in short: `lun–ven 09:00-18:00` where days are alike.
fn week(frame: &Frame, form: &CalendarForm) -> String {
    let mut told: Vec<(usize, usize)> = Vec::new();
    for place in 0..7 {
        match told.last_mut() {
            Some((_, last)) if *last + 1 == place && form.days[*last] == form.days[place] => *last = place,
            _ => told.push((place, place)),
        }
    }
    let short = |place: usize| frame.t(&format!("admin-day-short-{}", DAYS[place]));
    let part = |(first, last): (usize, usize)| {
        let days = if first == last {
            short(first)
        } else {
            format!("{}–{}", short(first), short(last))
        };
        format!("{days} {}", form.days[first])
    };
    let open = told.into_iter().filter(|(first, _)| !form.days[*first].is_empty());
    open.map(part).collect::<Vec<_>>().join("; ")
}

pub(super) async fn list(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    let form = CalendarForm::of(&CalendarText::office(String::new()));
    Ok(html(&list_page(&app, staff, form, "", Errors::default()).await?))
}

async fn list_page(app: &App, staff: Staff, form: CalendarForm, area: &str, errors: Errors) -> Outcome<Calendars> {
    staff.actor.allow_any(Act::Configure)?;
    let (calendars, areas) = (
        app.store.all::<ServiceCalendar>().await?,
        app.store.all::<Area>().await?,
    );
    let row = |calendar: &Loaded<ServiceCalendar>| Row {
        href: format!("{LIST}/{}", calendar.id),
        name: calendar.state.text().name.clone(),
        week: week(&staff.frame, &CalendarForm::of(calendar.state.text())),
        area: area_name(&staff.frame, &areas, calendar.state.area),
        edition: calendar.state.edition(),
        active: !calendar.state.closed,
    };
    let title = staff.frame.t("admin-calendars");
    Ok(Calendars {
        sections: staff.sections(app, LIST),
        calendars: calendars.iter().map(row).collect(),
        progress: Progress::of(app, &staff.frame, LIST).await?,
        areas: area_choices(app, area).await?,
        days: days(&staff.frame, &form, &errors),
        patrons: patrons(),
        form,
        errors,
        frame: staff.frame.titled(title),
    })
}

pub(super) async fn create(State(app): State<App>, staff: Staff, body: FormBody) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    let form = CalendarForm::typed(&body);
    let once = body.once(staff.actor.person, "calendar");
    let added = match new_calendar(&app, &staff, &form, body.text("area")).await {
        Ok((area, text)) => add_calendar(&app.store, &staff.actor, area, text, once).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let errors = form_errors(error, staff.frame.language)?;
            Ok(to_mend(&list_page(&app, staff, form, body.text("area"), errors).await?))
        }
    }
}

async fn new_calendar(
    app: &App,
    staff: &Staff,
    form: &CalendarForm,
    area: &str,
) -> Outcome<(Option<Uuid>, CalendarText)> {
    let area = area_of(app, area).await?;
    allow_configure(&staff.actor, area)?;
    Ok((area, form.text(&CalendarText::default())?))
}

impl Editable for ServiceCalendar {
    const LIST: &'static str = LIST;
    type Form = CalendarForm;
    type Text = CalendarText;
    type Page = CalendarPage;

    fn area(&self) -> Option<Uuid> {
        self.area
    }

    fn form(&self) -> CalendarForm {
        CalendarForm::of(self.text())
    }

    fn typed(body: &FormBody) -> CalendarForm {
        CalendarForm::typed(body)
    }

    fn said(&self, form: &CalendarForm) -> Outcome<CalendarText> {
        form.text(self.text())
    }

    fn draft(id: Uuid, text: CalendarText) -> Draft {
        Draft::Calendar(id, Box::new(text))
    }

    async fn alter(
        app: &App,
        staff: &Staff,
        id: Uuid,
        edition: Edition<CalendarText>,
        if_match: IfMatch,
    ) -> Outcome<()> {
        alter_calendar(&app.store, &staff.actor, id, edition, if_match)
            .await
            .map(drop)
    }

    async fn page(
        app: &App,
        staff: Staff,
        calendar: &Loaded<Self>,
        form: CalendarForm,
        shown: Shown,
    ) -> Outcome<CalendarPage> {
        let areas = app.store.all::<Area>().await?;
        let (frame, text) = (staff.frame, calendar.state.text());
        let today = text.calendar().date(app.store.clock().now());
        let typed = form.text(text).unwrap_or_else(|_| text.clone());
        Ok(CalendarPage {
            own: format!("{LIST}/{}", calendar.id),
            look: format!("{LIST}/{}/preview", calendar.id),
            name: text.name.clone(),
            area: area_name(&frame, &areas, calendar.state.area),
            edition: calendar.state.edition(),
            version: calendar.version,
            active: !calendar.state.closed,
            may_change: allow_configure(&staff.actor, calendar.state.area).is_ok(),
            would: shown.would,
            days: days(&frame, &form, &shown.errors),
            patrons: patrons(),
            closed: closed(&frame, &typed, today),
            feasts: text.feasts.len(),
            form,
            errors: shown.errors,
            frame: frame
                .clone()
                .titled(text.name.clone())
                .back_to(LIST, frame.t("admin-calendars")),
        })
    }
}

/// The next closed days, with why.
fn closed(frame: &Frame, text: &CalendarText, today: Date) -> Vec<ClosedDay> {
    let calendar = text.calendar();
    let days = std::iter::successors(Some(today), |day| day.tomorrow().ok()).take(AHEAD);
    let closed = days.filter(|day| calendar.closed_by(*day).is_some());
    let told = closed.map(|day| {
        let weekday = frame.t(&format!(
            "admin-day-short-{}",
            DAYS[day.weekday().to_monday_zero_offset() as usize]
        ));
        let reasons: Vec<_> = calendar.reasons(day).collect();
        let names: Vec<String> = reasons.iter().map(|reason| feast_name(frame, reason.name)).collect();
        let mut sources: Vec<&str> = reasons.iter().map(|reason| reason.source).collect();
        sources.retain(|source| !source.is_empty());
        ClosedDay {
            day: format!("{weekday} {}/{:02}/{}", day.day(), day.month(), day.year()),
            why: names.join(", "),
            source: sources.join(", "),
        }
    });
    told.take(TOLD).collect()
}

fn feast_name(frame: &Frame, why: &str) -> String {
    match calendar::is_known_feast(why) {
        true => frame.t(&format!("admin-feast-{why}")),
        false => why.to_owned(),
    }
}

/// Takes closed days over from an iCalendar file: another edition, and what in the file could not be taken over.
pub(super) async fn import_days(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    file: IcsFile,
) -> Result<Response, PageError> {
    let calendar = to_change::<ServiceCalendar>(&app, &staff, id).await?;
    let before = calendar.state.form();
    let taken = match file.text() {
        Ok(text) => take_days(&app, &staff, &calendar, text).await,
        Err(error) => Err(error),
    };
    match taken {
        Ok(left) if left.is_empty() => Ok(see_other(&format!("{LIST}/{id}"))),
        Ok(left) => {
            let calendar = staff.found::<ServiceCalendar>(&app, id).await?;
            let mut errors = Errors::default();
            let told = left.iter().map(|why| ics_words(&staff.frame, why));
            told.for_each(|words| errors.add("file", words));
            let (form, shown) = (calendar.state.form(), Shown { would: None, errors });
            Ok(html(&ServiceCalendar::page(&app, staff, &calendar, form, shown).await?))
        }
        Err(error) => refused(&app, staff, &calendar, before, error).await,
    }
}

async fn take_days(app: &App, staff: &Staff, calendar: &Loaded<ServiceCalendar>, text: &str) -> Outcome<Vec<IcsError>> {
    let (closures, feasts, left) = closures_from_ics(text);
    if closures.is_empty() && feasts.is_empty() {
        return Err(Refusal::field("file", "admin-calendar-file-empty").into());
    }
    let mut edition = calendar.state.text().clone();
    edition.closures.extend(
        closures
            .into_iter()
            .filter(|one| !calendar.state.text().closures.contains(one)),
    );
    edition.feasts.extend(
        feasts
            .into_iter()
            .filter(|one| !calendar.state.text().feasts.contains(one)),
    );
    let edition = Edition {
        text: Some(edition),
        ..Edition::default()
    };
    alter_calendar(
        &app.store,
        &staff.actor,
        calendar.id,
        edition,
        IfMatch::only(calendar.version),
    )
    .await?;
    Ok(left)
}

fn ics_words(frame: &Frame, why: &IcsError) -> String {
    match why {
        IcsError::NoCalendar => frame.t("admin-calendar-file-empty"),
        IcsError::TooMany => frame.t("admin-ics-too-many"),
        IcsError::NoDate(line) => frame.t1("admin-ics-no-date", "line", *line),
        IcsError::NotAllDay(line) => frame.t1("admin-ics-not-all-day", "line", *line),
        IcsError::Recurs(line) => frame.t1("admin-ics-recurs", "line", *line),
    }
}
