//! How one group works: how its tickets find somebody, when it is there, who takes what it cannot.

use super::LIST;
use crate::practice::may_set;
use crate::set_practice;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::same_menus;
use kernel::{Checks, Outcome, Refusal, Uuid};
use people::{Act, Group, Practice, Sharing, Visit, form_errors};
use service_level::ServiceCalendar;
use std::collections::BTreeMap;
use store::{Loaded, Store};
use ui::{Choice, Errors, Frame};
use web::{App, FormBody, IfMatch, PageError, PagePath, html, see_other, to_mend};

#[derive(Template)]
#[template(path = "routing/practice.html")]
struct Page {
    frame: Frame,
    name: String,
    action: String,
    version: i64,
    sharings: Vec<Choice>,
    most_each: String,
    most_waiting: String,
    calendars: Vec<Choice>,
    overflows: Vec<Choice>,
    people: Vec<Knows>,
    errors: Errors,
}

/// What somebody of the group knows.
struct Knows {
    name: String,
    any: bool,
    ticks: Vec<super::form::Tick>,
}

/// The form, as typed or as it is.
#[derive(Default)]
struct Typed {
    sharing: String,
    most_each: String,
    most_waiting: String,
    hours: String,
    overflow: String,
    /// Person and category of each box that is ticked.
    skills: Vec<(String, String)>,
}

impl Typed {
    fn of(form: &FormBody) -> Self {
        let text = |field: &str| form.text(field).trim().to_owned();
        let ticked = form
            .fields()
            .keys()
            .filter_map(|name| name.strip_prefix("skill_")?.split_once('_'));
        Self {
            sharing: text("sharing"),
            most_each: text("most_each"),
            most_waiting: text("most_waiting"),
            hours: text("hours"),
            overflow: text("overflow"),
            skills: ticked.map(|(who, what)| (who.to_owned(), what.to_owned())).collect(),
        }
    }

    fn as_it_is(practice: &Practice) -> Self {
        let number = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        let id = |id: Option<Uuid>| id.map_or_else(String::new, |id| id.to_string());
        let of_person = |(person, categories): (&Uuid, &Vec<Uuid>)| {
            let person = person.to_string();
            let each = categories
                .iter()
                .map(move |category| (person.clone(), category.to_string()));
            each.collect::<Vec<_>>()
        };
        Self {
            sharing: practice.sharing.code().to_owned(),
            most_each: number(practice.most_each),
            most_waiting: number(practice.most_waiting),
            hours: id(practice.hours),
            overflow: id(practice.overflow),
            skills: practice.skills.iter().flat_map(of_person).collect(),
        }
    }

    /// What is meant.
    ///
    /// # Errors
    /// A refusal that names every field that cannot be read.
    fn practice(&self) -> Outcome<Practice> {
        let mut checks = Checks::new();
        let mut number = |field: &'static str, typed: &str| match typed.parse() {
            _ if typed.is_empty() => None,
            Ok(number) => Some(number),
            Err(_) => {
                checks.wrong(field, "field-wrong-type");
                None
            }
        };
        let most_each = number("most_each", &self.most_each);
        let most_waiting = number("most_waiting", &self.most_waiting);
        checks.done()?;
        let sharing = Sharing::from_code(&self.sharing);
        let mut skills = BTreeMap::<Uuid, Vec<Uuid>>::new();
        for (person, category) in &self.skills {
            if let (Ok(person), Ok(category)) = (person.parse(), category.parse()) {
                skills.entry(person).or_default().push(category);
            }
        }
        // What is chosen in a menu and is no identity names nothing.
        let id = |typed: &str| (!typed.is_empty()).then(|| typed.parse().unwrap_or(kernel::NIL));
        Ok(Practice {
            sharing: sharing.ok_or_else(|| Refusal::field("sharing", "field-unknown-value"))?,
            most_each,
            most_waiting,
            hours: id(&self.hours),
            overflow: id(&self.overflow),
            skills,
        })
    }
}

pub(super) async fn edit(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
) -> Result<Response, PageError> {
    let group = mine(&app.store, &visit, id).await?;
    let typed = Typed::as_it_is(&group.state.practice);
    Ok(html(&page(&app.store, visit, &group, typed, Errors::default()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    visit: Visit,
    PagePath(id): PagePath<Uuid>,
    form: FormBody,
) -> Result<Response, PageError> {
    let group = mine(&app.store, &visit, id).await?;
    let typed = Typed::of(&form);
    let meant = form.text("version").parse().map(IfMatch::only).unwrap_or_default();
    let saved = match typed.practice() {
        Ok(practice) => set_practice(&app.store, &visit.actor, id, practice, meant).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => Ok(see_other(LIST)),
        Err(error) => {
            let errors = form_errors(error, visit.frame.language)?;
            Ok(to_mend(&page(&app.store, visit, &group, typed, errors).await?))
        }
    }
}

/// A group that somebody may set up.
async fn mine(store: &Store, visit: &Visit, id: Uuid) -> Outcome<Loaded<Group>> {
    visit.actor.allow_any(Act::Configure)?;
    let groups = store.all::<Group>().await?;
    let group = groups
        .iter()
        .find(|group| group.id == id)
        .ok_or_else(Refusal::not_found)?;
    may_set(&visit.actor, group)?;
    Ok(group.clone())
}

async fn page(store: &Store, visit: Visit, group: &Loaded<Group>, typed: Typed, errors: Errors) -> Outcome<Page> {
    let frame = visit.frame;
    let sharing = |one: Sharing| Choice::new(one.code(), sharing_name(&frame, one), &typed.sharing);
    Ok(Page {
        name: group.state.name.clone(),
        action: format!("{LIST}/groups/{}", group.id),
        version: group.version,
        sharings: Sharing::ALL.map(sharing).into(),
        calendars: calendars(store, group, &typed.hours).await?,
        overflows: overflows(store, group, &typed.overflow).await?,
        people: people(store, group, &typed.skills).await?,
        most_each: typed.most_each,
        most_waiting: typed.most_waiting,
        errors,
        frame: frame
            .clone()
            .titled(group.state.name.clone())
            .back_to(LIST, frame.t("routing-title")),
    })
}

/// A way of sharing, as people call it.
pub(super) fn sharing_name(frame: &Frame, sharing: Sharing) -> String {
    frame.t(&format!("routing-sharing-{}", sharing.code().replace('_', "-")))
}

async fn calendars(store: &Store, group: &Loaded<Group>, current: &str) -> Outcome<Vec<Choice>> {
    let all = store.all::<ServiceCalendar>().await?;
    let offered = all.iter().filter(|calendar| {
        let is_kept = calendar.id.to_string() == current;
        same_menus(calendar.state.area, group.state.area) && (is_kept || !calendar.state.closed)
    });
    let choice = |one: &Loaded<ServiceCalendar>| Choice::new(one.id.to_string(), &one.state.text().name, current);
    Ok(offered.map(choice).collect())
}

async fn overflows(store: &Store, group: &Loaded<Group>, current: &str) -> Outcome<Vec<Choice>> {
    let all = store.all::<Group>().await?;
    let takes = all.iter().filter(|other| {
        let is_kept = other.id.to_string() == current;
        let serves = other.state.kind.is_first_level() && same_menus(other.state.area, group.state.area);
        other.id != group.id && serves && (is_kept || !other.state.closed)
    });
    let choice = |one: &Loaded<Group>| Choice::new(one.id.to_string(), &one.state.name, current);
    Ok(takes.map(choice).collect())
}

async fn people(store: &Store, group: &Loaded<Group>, ticked: &[(String, String)]) -> Outcome<Vec<Knows>> {
    let names = people::names(store.read(), group.state.members.iter().copied()).await?;
    let all = store.all::<Category>().await?;
    let offered: Vec<_> = all
        .iter()
        .filter(|category| same_menus(category.state.area, group.state.area) && !category.state.closed)
        .collect();
    let knows = |person: &Uuid| {
        let tick = |category: &&Loaded<Category>| super::form::Tick {
            name: format!("skill_{person}_{}", category.id),
            label: category.state.full_name(),
            on: ticked
                .iter()
                .any(|(who, what)| *who == person.to_string() && *what == category.id.to_string()),
        };
        let ticks: Vec<_> = offered.iter().map(tick).collect();
        Knows {
            name: names.get(person).cloned().unwrap_or_default(),
            any: ticks.iter().any(|tick| tick.on),
            ticks,
        }
    };
    Ok(group.state.members.iter().map(knows).collect())
}
