//! Agreements: how much time for what, for which tickets, and what another edition would move.

use crate::agreement_form::{AgreementForm, PRIORITIES, target_field};
use crate::commands::{Edition, add_agreement, alter_agreement, preview};
use crate::groups::area_name;
use crate::naming::{version_of, wanted};
use crate::replanning::{Progress, Shown, Would};
use crate::staff::{Staff, allow_configure, area_choices, area_of};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::Area;
use kernel::{Outcome, Uuid};
use people::{Act, form_errors};
use service_level::{Agreement, AgreementText, Draft, Metric, ServiceCalendar};
use std::collections::HashSet;
use store::Loaded;
use ticket::domain::{Channel, TicketKind, WaitingReason};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, PageError, PagePath, html, see_other, to_mend};

const LIST: &str = "/administration/agreements";

#[derive(Template)]
#[template(path = "administration/agreements.html")]
struct Agreements {
    frame: Frame,
    sections: Vec<Choice>,
    agreements: Vec<Row>,
    progress: Progress,
    areas: Vec<Choice>,
    fields: Fields,
    errors: Errors,
}

struct Row {
    href: String,
    name: String,
    calendar: String,
    solution: String,
    area: String,
    edition: i64,
    fallback: bool,
    active: bool,
}

#[derive(Template)]
#[template(path = "administration/agreement.html")]
struct AgreementPage {
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
    fields: Fields,
    errors: Errors,
}

/// The fields of an agreement, as typed or as they are.
struct Fields {
    form: AgreementForm,
    calendars: Vec<Choice>,
    metrics: Vec<MetricRow>,
    elapsed: Vec<Tick>,
    kinds: Vec<Tick>,
    channels: Vec<Tick>,
    categories: Vec<Tick>,
    pausing: Vec<Tick>,
}

/// The targets of a metric.
struct MetricRow {
    label: String,
    cells: Vec<Cell>,
}

struct Cell {
    name: String,
    label: String,
    value: String,
    error: String,
}

/// Something to be ticked.
struct Tick {
    name: String,
    label: String,
    on: bool,
}

fn ticks<'c>(
    frame: &Frame,
    list: &str,
    (beginning, codes): (&str, impl Iterator<Item = &'c str>),
    on: &HashSet<String>,
) -> Vec<Tick> {
    let tick = |code: &str| Tick {
        name: format!("{beginning}{code}"),
        label: frame.t(&format!("ticket-page-{list}-{}", code.replace('_', "-"))),
        on: on.contains(code),
    };
    codes.map(tick).collect()
}

fn metrics(frame: &Frame, form: &AgreementForm, errors: &Errors) -> Vec<MetricRow> {
    let row = |(metric, typed): (Metric, &[String; 5])| {
        let label = frame.t(&format!("ticket-page-metric-{}", metric.code().replace('_', "-")));
        let cell = |(place, priority): (usize, i64)| {
            let name = target_field(metric, priority);
            Cell {
                label: format!("{label}, P{priority}"),
                value: typed[place].clone(),
                error: errors.of(&name).to_owned(),
                name,
            }
        };
        MetricRow {
            cells: PRIORITIES.into_iter().enumerate().map(cell).collect(),
            label: label.clone(),
        }
    };
    Metric::ALL.into_iter().zip(&form.targets).map(row).collect()
}

async fn fields(app: &App, frame: &Frame, form: AgreementForm, errors: &Errors) -> Outcome<Fields> {
    let calendars = app.store.all::<ServiceCalendar>().await?;
    let is_offered = |one: &&Loaded<ServiceCalendar>| !one.state.closed || one.id.to_string() == form.calendar;
    let calendars = calendars.iter().filter(is_offered);
    let calendar =
        |one: &Loaded<ServiceCalendar>| Choice::new(one.id.to_string(), one.state.text().name.clone(), &form.calendar);
    let categories = app.store.all::<Category>().await?;
    let categories = categories.iter().filter(|one| !one.state.closed);
    let category = |one: &Loaded<Category>| Tick {
        name: format!("category_{}", one.id),
        label: one.state.full_name(),
        on: form.categories.contains(&one.id.to_string()),
    };
    let elapsed = PRIORITIES.into_iter().zip(form.elapsed).map(|(priority, on)| Tick {
        name: format!("elapsed_{priority}"),
        label: frame.t1("admin-agreement-elapsed-of", "n", priority),
        on,
    });
    let reasons = WaitingReason::ALL.iter().map(|one| one.code());
    Ok(Fields {
        calendars: calendars.map(calendar).collect(),
        metrics: metrics(frame, &form, errors),
        elapsed: elapsed.collect(),
        kinds: ticks(
            frame,
            "kind",
            ("kind_", TicketKind::ALL.iter().map(|one| one.code())),
            &form.kinds,
        ),
        channels: ticks(
            frame,
            "channel",
            ("channel_", Channel::ALL.iter().map(|one| one.code())),
            &form.channels,
        ),
        categories: categories.map(category).collect(),
        pausing: ticks(frame, "waiting", ("pausing_", reasons), &form.pausing),
        form,
    })
}

pub(super) async fn list(State(app): State<App>, staff: Staff) -> Result<Response, PageError> {
    let calendars = app.store.all::<ServiceCalendar>().await?;
    let first = calendars.iter().find(|one| !one.state.closed).map(|one| one.id);
    let mut text = AgreementText::usual(String::new(), first.unwrap_or(kernel::NIL));
    text.fallback = false;
    let now = app.store.clock().now();
    let mut form = AgreementForm::of(&text);
    form.valid_from = staff.frame.machine(&now).chars().take(10).collect();
    Ok(html(&list_page(&app, staff, form, "", Errors::default()).await?))
}

async fn list_page(app: &App, staff: Staff, form: AgreementForm, area: &str, errors: Errors) -> Outcome<Agreements> {
    staff.actor.allow_any(Act::Configure)?;
    let (agreements, areas) = (app.store.all::<Agreement>().await?, app.store.all::<Area>().await?);
    let calendars = app.store.all::<ServiceCalendar>().await?;
    let frame = &staff.frame;
    let row = |agreement: &Loaded<Agreement>| {
        let text = agreement.state.text();
        let calendar = calendars.iter().find(|one| Some(one.id) == text.calendar);
        let solutions = AgreementForm::of(text).targets[2].clone();
        Row {
            href: format!("{LIST}/{}", agreement.id),
            name: text.name.clone(),
            calendar: calendar.map_or_else(
                || frame.t("ticket-page-ledger-always"),
                |calendar| calendar.state.text().name.clone(),
            ),
            solution: solutions
                .map(|one| if one.is_empty() { "–".to_owned() } else { one })
                .join(" · "),
            area: area_name(frame, &areas, agreement.state.area),
            edition: agreement.state.edition(),
            fallback: text.fallback,
            active: !agreement.state.closed,
        }
    };
    let title = frame.t("admin-agreements");
    Ok(Agreements {
        sections: staff.sections(app, LIST),
        agreements: agreements.iter().map(row).collect(),
        progress: Progress::of(app, frame, LIST).await?,
        areas: area_choices(app, area).await?,
        fields: fields(app, frame, form, &errors).await?,
        errors,
        frame: staff.frame.titled(title),
    })
}

pub(super) async fn create(State(app): State<App>, staff: Staff, body: FormBody) -> Result<Response, PageError> {
    staff.actor.allow_any(Act::Configure)?;
    let form = AgreementForm::typed(&body);
    let once = body.once(staff.actor.person, "agreement");
    let added = match new_agreement(&app, &staff, &form, body.text("area")).await {
        Ok((area, text)) => add_agreement(&app.store, &staff.actor, area, text, once).await,
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

async fn new_agreement(
    app: &App,
    staff: &Staff,
    form: &AgreementForm,
    area: &str,
) -> Outcome<(Option<Uuid>, AgreementText)> {
    let area = area_of(app, area).await?;
    allow_configure(&staff.actor, area)?;
    Ok((area, form.text()?))
}

/// One of them, for whoever may change it.
async fn to_change(app: &App, staff: &Staff, id: Uuid) -> Outcome<Loaded<Agreement>> {
    let agreement = staff.found::<Agreement>(app, id).await?;
    allow_configure(&staff.actor, agreement.state.area)?;
    Ok(agreement)
}

pub(super) async fn show(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    let agreement = staff.found::<Agreement>(&app, id).await?;
    let form = AgreementForm::of(agreement.state.text());
    Ok(html(&page(&app, staff, &agreement, form, Shown::default()).await?))
}

async fn page(
    app: &App,
    staff: Staff,
    agreement: &Loaded<Agreement>,
    form: AgreementForm,
    shown: Shown,
) -> Outcome<AgreementPage> {
    let areas = app.store.all::<Area>().await?;
    let (frame, text) = (staff.frame, agreement.state.text());
    Ok(AgreementPage {
        own: format!("{LIST}/{}", agreement.id),
        look: format!("{LIST}/{}/preview", agreement.id),
        name: text.name.clone(),
        area: area_name(&frame, &areas, agreement.state.area),
        edition: agreement.state.edition(),
        version: agreement.version,
        active: !agreement.state.closed,
        may_change: allow_configure(&staff.actor, agreement.state.area).is_ok(),
        would: shown.would,
        fields: fields(app, &frame, form, &shown.errors).await?,
        errors: shown.errors,
        frame: frame
            .clone()
            .titled(text.name.clone())
            .back_to(LIST, frame.t("admin-agreements")),
    })
}

pub(super) async fn look(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    body: FormBody,
) -> Result<Response, PageError> {
    let agreement = to_change(&app, &staff, id).await?;
    let form = AgreementForm::typed(&body);
    let looked = match form.text() {
        Ok(text) => {
            preview(
                &app.store,
                &staff.actor,
                agreement.state.area,
                Draft::Agreement(id, Box::new(text)),
            )
            .await
        }
        Err(error) => Err(error),
    };
    match looked {
        Ok(looked) => {
            let would = Some(Would::of(&staff.frame, &looked));
            let shown = Shown {
                would,
                errors: Errors::default(),
            };
            Ok(html(&page(&app, staff, &agreement, form, shown).await?))
        }
        Err(error) => refused(&app, staff, &agreement, form, error).await,
    }
}

pub(super) async fn save(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    body: FormBody,
) -> Result<Response, PageError> {
    let agreement = to_change(&app, &staff, id).await?;
    let form = AgreementForm::typed(&body);
    let saved = match form.text() {
        Ok(text) => {
            let edition = Edition {
                text: Some(text),
                active: None,
                replan: body.text("replan") == "true",
            };
            alter_agreement(&app.store, &staff.actor, id, edition, version_of(&body)).await
        }
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => refused(&app, staff, &agreement, form, error).await,
    }
}

async fn refused(
    app: &App,
    staff: Staff,
    agreement: &Loaded<Agreement>,
    form: AgreementForm,
    error: kernel::Error,
) -> Result<Response, PageError> {
    let errors = form_errors(error, staff.frame.language)?;
    let shown = Shown { would: None, errors };
    Ok(to_mend(&page(app, staff, agreement, form, shown).await?))
}

pub(super) async fn set_standing(
    State(app): State<App>,
    staff: Staff,
    PagePath(id): PagePath<Uuid>,
    body: FormBody,
) -> Result<Response, PageError> {
    let agreement = to_change(&app, &staff, id).await?;
    let edition = Edition {
        active: wanted(&body),
        ..Edition::default()
    };
    match alter_agreement(&app.store, &staff.actor, id, edition, version_of(&body)).await {
        Ok(_) => Ok(see_other(&format!("{LIST}/{id}"))),
        Err(error) => {
            let form = AgreementForm::of(agreement.state.text());
            refused(&app, staff, &agreement, form, error).await
        }
    }
}
