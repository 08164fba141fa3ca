//! Agreements: how much time for what, for which tickets, and what another edition would move.

use crate::agreement_form::{AgreementForm, PRIORITIES, target_field};
use crate::commands::{Edition, add_agreement, alter_agreement};
use crate::editions::Editable;
use crate::groups::area_name;
use crate::replanning::{Progress, Shown, Would};
use crate::staff::{Staff, allow_configure, area_choices, area_of};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::Area;
use kernel::{Outcome, Uuid};
use people::{Act, Group, PersonCategory, form_errors};
use service_level::{Agreement, AgreementText, Draft, Metric, ServiceCalendar};
use std::collections::{BTreeSet, HashSet};
use store::Loaded;
use ticket::domain::{Channel, TicketKind, WaitingReason};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, html, see_other, to_mend};

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
pub(super) struct AgreementPage {
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
    services: Vec<Tick>,
    requesters: Vec<Tick>,
    groups: Vec<Tick>,
    pausing: Vec<Tick>,
}

/// The targets of a metric.
struct MetricRow {
    label: String,
    of_part: bool,
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
            of_part: metric.is_of_part(),
            label: label.clone(),
        }
    };
    Metric::ALL.into_iter().zip(&form.targets).map(row).collect()
}

/// The services of the categories that are offered, and those that are ticked.
fn services(categories: &[Loaded<Category>], on: &HashSet<String>) -> Vec<Tick> {
    let offered = categories
        .iter()
        .filter(|one| !one.state.closed)
        .map(|one| &one.state.service);
    let named: BTreeSet<&String> = offered.filter(|service| !service.is_empty()).chain(on).collect();
    let tick = |service: &String| Tick {
        name: format!("service_{service}"),
        label: service.clone(),
        on: on.contains(service),
    };
    named.into_iter().map(tick).collect()
}

fn requesters(frame: &Frame, on: &HashSet<String>) -> Vec<Tick> {
    let tick = |category: PersonCategory| Tick {
        name: format!("requester_{}", category.code()),
        label: frame.t(category.text_key()),
        on: on.contains(category.code()),
    };
    PersonCategory::ALL.into_iter().map(tick).collect()
}

async fn fields(app: &App, frame: &Frame, form: AgreementForm, errors: &Errors) -> Outcome<Fields> {
    let calendars = app.store.all::<ServiceCalendar>().await?;
    let is_offered = |one: &&Loaded<ServiceCalendar>| !one.state.closed || one.id.to_string() == form.calendar;
    let calendars = calendars.iter().filter(is_offered);
    let calendar =
        |one: &Loaded<ServiceCalendar>| Choice::new(one.id.to_string(), one.state.text().name.clone(), &form.calendar);
    let categories = app.store.all::<Category>().await?;
    let services = services(&categories, &form.services);
    let categories = categories.iter().filter(|one| !one.state.closed);
    let category = |one: &Loaded<Category>| Tick {
        name: format!("category_{}", one.id),
        label: one.state.full_name(),
        on: form.categories.contains(&one.id.to_string()),
    };
    let groups = app.store.all::<Group>().await?;
    let group = |one: &Loaded<Group>| Tick {
        name: format!("group_{}", one.id),
        label: one.state.name.clone(),
        on: form.groups.contains(&one.id.to_string()),
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
        services,
        requesters: requesters(frame, &form.requesters),
        groups: groups.iter().filter(|one| !one.state.closed).map(group).collect(),
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

impl Editable for Agreement {
    const LIST: &'static str = LIST;
    type Form = AgreementForm;
    type Text = AgreementText;
    type Page = AgreementPage;

    fn area(&self) -> Option<Uuid> {
        self.area
    }

    fn form(&self) -> AgreementForm {
        AgreementForm::of(self.text())
    }

    fn typed(body: &FormBody) -> AgreementForm {
        AgreementForm::typed(body)
    }

    fn said(&self, form: &AgreementForm) -> Outcome<AgreementText> {
        form.text()
    }

    fn draft(id: Uuid, text: AgreementText) -> Draft {
        Draft::Agreement(id, Box::new(text))
    }

    async fn alter(
        app: &App,
        staff: &Staff,
        id: Uuid,
        edition: Edition<AgreementText>,
        if_match: IfMatch,
    ) -> Outcome<()> {
        alter_agreement(&app.store, &staff.actor, id, edition, if_match)
            .await
            .map(drop)
    }

    async fn page(
        app: &App,
        staff: Staff,
        agreement: &Loaded<Self>,
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
}
