//! One rule: what it says, what it would have done with the tickets of the past, and what it did.

use super::LIST;
use super::typed::Typed;
use super::words::{happening_name, term};
use crate::api::RUNS;
use crate::row::{self, RunRow};
use crate::{AutomationRule, Draft, Happening, Rehearsal, add_rule, alter_rule};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::{Area, same_menus};
use kernel::{Instant, NIL, Outcome, Refusal, Uuid};
use people::{Act, Actor, Group, Visit, form_errors};
use serde::Deserialize;
use service_level::ServiceCalendar;
use store::{Loaded, Store};
use ticket::domain::{Channel, TicketKind};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, PageQuery, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "automation/form.html")]
struct RuleForm {
    frame: Frame,
    heading: String,
    action: String,
    area: String,
    area_name: String,
    rule: String,
    version: i64,
    /// Whether it acts; nothing for one that is new.
    active: Option<bool>,
    typed: Typed,
    menus: Menus,
    would: Option<Would>,
    runs: Vec<RunLine>,
    errors: Errors,
}

/// What the form lets one choose from.
struct Menus {
    happenings: Vec<Choice>,
    calendars: Vec<Choice>,
    unless: Vec<Tick>,
    kinds: Vec<Tick>,
    priorities: Vec<Tick>,
    channels: Vec<Tick>,
    categories: Vec<Tick>,
    groups: Vec<Tick>,
    to_priority: Vec<Choice>,
    to_group: Vec<Choice>,
}

/// A box to tick.
struct Tick {
    name: String,
    label: String,
    on: bool,
}

/// What a draft would have done, in words.
struct Would {
    said: String,
    examples: Vec<ExampleLine>,
}

struct ExampleLine {
    number: String,
    subject: String,
    at: String,
}

/// What a rule did.
struct RunLine {
    number: String,
    outcome: String,
    at: String,
}

/// For which area a new rule is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    area: Option<Uuid>,
}

/// A page of one rule: what it is about, and what is to be said beside it.
#[derive(Default)]
struct Shown<'r> {
    rule: Option<&'r Loaded<AutomationRule>>,
    area: Uuid,
    typed: Typed,
    would: Option<Would>,
    errors: Errors,
}

pub(super) async fn new(
    State(app): State<App>,
    visit: Visit,
    PageQuery(wanted): PageQuery<Wanted>,
) -> Result<Response, PageError> {
    let area = wanted.area.ok_or_else(Refusal::not_found)?;
    visit.actor.allow_in(Act::Configure, area)?;
    let rules = app.store.all::<AutomationRule>().await?;
    let own = rules.iter().filter(|rule| rule.state.area == area);
    let last = own.map(|rule| rule.state.text().place).max().unwrap_or(0);
    let shown = Shown {
        area,
        typed: Typed {
            // Between two rules there is room for nine more.
            place: (last / 10 * 10 + 10).min(999).to_string(),
            ..Typed::default()
        },
        ..Shown::default()
    };
    Ok(html(&page(&app.store, visit, shown).await?))
}

pub(super) async fn create(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    let area: Uuid = form.text("area").parse().map_err(|_| Refusal::not_found())?;
    visit.actor.allow_in(Act::Configure, area)?;
    let typed = Typed::of(&form);
    let added = match typed.text() {
        Ok(text) => add_rule(&app.store, &visit.actor, area, text, None).await,
        Err(error) => Err(error),
    };
    match added {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let shown = Shown {
                area,
                typed,
                errors: form_errors(error, visit.frame.language)?,
                ..Shown::default()
            };
            Ok(to_mend(&page(&app.store, visit, shown).await?))
        }
    }
}

/// A rule that somebody may set up.
fn mine<'r>(all: &'r [Loaded<AutomationRule>], actor: &Actor, id: Uuid) -> Outcome<&'r Loaded<AutomationRule>> {
    let seen = |rule: &&Loaded<AutomationRule>| rule.id == id && actor.works_in(Some(rule.state.area));
    let rule = all.iter().find(seen).ok_or_else(Refusal::not_found)?;
    actor.allow_in(Act::Configure, rule.state.area)?;
    Ok(rule)
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let all = app.store.all::<AutomationRule>().await?;
    let rule = mine(&all, &visit.actor, id)?;
    let shown = Shown {
        rule: Some(rule),
        area: rule.state.area,
        typed: Typed::as_it_is(rule.state.text()),
        ..Shown::default()
    };
    Ok(html(&page(&app.store, visit, shown).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let typed = Typed::of(&form);
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let saved = match typed.text() {
        Ok(text) => alter_rule(&app.store, &visit.actor, id, (Some(text), None), meant).await,
        Err(error) => Err(error),
    };
    answered(&app, visit, id, saved.map(drop), Some(typed)).await
}

pub(super) async fn set_standing(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let active = form.text("active").parse().ok();
    let set = alter_rule(&app.store, &visit.actor, id, (None, active), meant).await;
    answered(&app, visit, id, set.map(drop), None).await
}

async fn answered(
    app: &App,
    visit: Visit,
    id: Uuid,
    done: Outcome<()>,
    typed: Option<Typed>,
) -> Result<Response, PageError> {
    let Err(error) = done else {
        return Ok(see_other(LIST));
    };
    let errors = form_errors(error, visit.frame.language)?;
    let all = app.store.all::<AutomationRule>().await?;
    let rule = mine(&all, &visit.actor, id)?;
    let shown = Shown {
        rule: Some(rule),
        area: rule.state.area,
        typed: typed.unwrap_or_else(|| Typed::as_it_is(rule.state.text())),
        errors,
        ..Shown::default()
    };
    Ok(to_mend(&page(&app.store, visit, shown).await?))
}

/// The form again, with what its rule would have done: nothing is saved.
pub(super) async fn rehearse(State(app): State<App>, visit: Visit, form: FormBody) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let all = app.store.all::<AutomationRule>().await?;
    let rule = match form.text("rule").parse() {
        Ok(id) => Some(mine(&all, &visit.actor, id)?),
        Err(_) => None,
    };
    let asked = form.text("area").parse().map_err(|_| Refusal::not_found())?;
    let area = rule.map_or(asked, |rule| rule.state.area);
    visit.actor.allow_in(Act::Configure, area)?;
    let typed = Typed::of(&form);
    let tried = match typed.text() {
        Ok(text) => crate::rehearse(&app.store, &visit.actor, &Draft { area, text }).await,
        Err(error) => Err(error),
    };
    let (would, errors) = match tried {
        Ok(rehearsal) => (Some(would(&visit.frame, rehearsal)), Errors::default()),
        Err(error) => (None, form_errors(error, visit.frame.language)?),
    };
    let is_wrong = !errors.is_empty();
    let shown = Shown {
        rule,
        area,
        typed,
        would,
        errors,
    };
    let page = page(&app.store, visit, shown).await?;
    Ok(if is_wrong { to_mend(&page) } else { html(&page) })
}

fn would(frame: &Frame, rehearsal: Rehearsal) -> Would {
    let args = [
        ("tickets", rehearsal.tickets.into()),
        ("set_off", rehearsal.set_off.into()),
        ("prevented", rehearsal.prevented.into()),
        ("missed", rehearsal.missed.into()),
        ("acted", rehearsal.acted.into()),
    ];
    let said = frame.language.text_with("automation-would", &args);
    let examples = rehearsal.examples.into_iter().map(|one| ExampleLine {
        at: frame.instant(&one.at),
        number: one.number,
        subject: one.subject,
    });
    Would {
        said,
        examples: examples.collect(),
    }
}

async fn page(store: &Store, visit: Visit, shown: Shown<'_>) -> Outcome<RuleForm> {
    let Shown {
        rule,
        area,
        typed,
        would,
        errors,
    } = shown;
    let frame = visit.frame;
    let areas = store.all::<Area>().await?;
    let found = areas.iter().find(|one| one.id == area);
    let area_name = found.ok_or_else(Refusal::not_found)?.state.name.clone();
    let heading = rule.map_or_else(|| frame.t("automation-new"), |rule| rule.state.text().name.clone());
    let runs = match rule {
        Some(rule) => runs(store, &frame, rule.id).await?,
        None => Vec::new(),
    };
    Ok(RuleForm {
        action: rule.map_or_else(|| format!("{LIST}/new"), |rule| format!("{LIST}/{}", rule.id)),
        area: area.to_string(),
        area_name,
        rule: rule.map_or_else(String::new, |rule| rule.id.to_string()),
        version: rule.map_or(0, |rule| rule.version),
        active: rule.map(|rule| rule.state.active),
        menus: menus(store, &frame, area, &typed).await?,
        would,
        runs,
        errors,
        frame: frame
            .clone()
            .titled(heading.clone())
            .back_to(LIST, frame.t("automation-title")),
        heading,
        typed,
    })
}

/// What a rule did lately, in words.
async fn runs(store: &Store, frame: &Frame, rule: Uuid) -> Outcome<Vec<RunLine>> {
    let rows = row::of_rule(store, rule, (Instant::NEVER, NIL), RUNS).await?;
    let mut tickets: Vec<Uuid> = rows.iter().map(|row| row.ticket).collect();
    tickets.sort_unstable();
    tickets.dedup();
    let cards = store.read().cards(&tickets).await?;
    let line = |row: &RunRow| RunLine {
        number: cards
            .iter()
            .find(|card| card.id == row.ticket)
            .map(|card| card.number.clone())
            .unwrap_or_default(),
        outcome: frame.t1(
            &format!("automation-run-{}", row.outcome.code().replace('_', "-")),
            "rule",
            row.detail.as_str(),
        ),
        at: frame.instant(&row.at),
    };
    Ok(rows.iter().map(line).collect())
}

async fn menus(store: &Store, frame: &Frame, area: Uuid, typed: &Typed) -> Outcome<Menus> {
    let language = frame.language;
    let (groups, categories) = (store.all::<Group>().await?, store.all::<Category>().await?);
    let calendars = store.all::<ServiceCalendar>().await?;
    let happening = |one: &Happening| Choice::new(one.code(), happening_name(language, *one), &typed.on);
    let unless = Happening::ALL
        .iter()
        .map(|one| (one.code().to_owned(), happening_name(language, *one)));
    let kinds = TicketKind::ALL
        .iter()
        .map(|one| (one.code().to_owned(), term(language, "kind", one.code())));
    let channels = Channel::ALL
        .iter()
        .map(|one| (one.code().to_owned(), term(language, "channel", one.code())));
    let priorities = || {
        (1..=5)
            .map(|one| one.to_string())
            .map(|one| (one.clone(), term(language, "priority", &one)))
    };
    let offered = |closed: bool, of: Option<Uuid>, is_kept: bool| same_menus(of, Some(area)) && (is_kept || !closed);
    let category = |one: &&Loaded<Category>| {
        offered(
            one.state.closed,
            one.state.area,
            typed.categories.contains(&one.id.to_string()),
        )
    };
    let categories = categories
        .iter()
        .filter(category)
        .map(|one| (one.id.to_string(), one.state.full_name()));
    let group = |one: &&Loaded<Group>| {
        let is_kept = typed.groups.contains(&one.id.to_string()) || typed.group == one.id.to_string();
        offered(one.state.closed, one.state.area, is_kept)
    };
    let groups: Vec<&Loaded<Group>> = groups.iter().filter(group).collect();
    let calendar =
        |one: &&Loaded<ServiceCalendar>| offered(one.state.closed, one.state.area, typed.hours == one.id.to_string());
    let group_names = groups.iter().map(|one| (one.id.to_string(), one.state.name.clone()));
    Ok(Menus {
        happenings: Happening::ALL.iter().map(happening).collect(),
        calendars: calendars
            .iter()
            .filter(calendar)
            .map(|one| Choice::new(one.id.to_string(), &one.state.text().name, &typed.hours))
            .collect(),
        unless: ticks("unless", unless, &typed.unless),
        kinds: ticks("kind", kinds, &typed.kinds),
        priorities: ticks("priority", priorities(), &typed.priorities),
        channels: ticks("channel", channels, &typed.channels),
        categories: ticks("category", categories, &typed.categories),
        groups: ticks("group", group_names.clone(), &typed.groups),
        to_priority: priorities()
            .map(|(value, label)| Choice::new(value, label, &typed.priority))
            .collect(),
        to_group: group_names
            .map(|(value, label)| Choice::new(value, label, &typed.group))
            .collect(),
    })
}

fn ticks(list: &str, all: impl Iterator<Item = (String, String)>, ticked: &[String]) -> Vec<Tick> {
    all.map(|(value, label)| Tick {
        name: format!("{list}_{value}"),
        label,
        on: ticked.contains(&value),
    })
    .collect()
}
