//! The rules of each area, in the order in which they are asked.

use super::LIST;
use super::practice::sharing_name;
use super::words::{conditions, group_name};
use crate::RoutingRule;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::{Area, same_menus};
use kernel::Outcome;
use people::{Act, Group, Visit, sections};
use service_level::ServiceCalendar;
use store::Loaded;
use ui::{Choice, Frame};
use web::{App, PageError, html};

#[derive(Template)]
#[template(path = "routing/list.html")]
struct List {
    frame: Frame,
    sections: Vec<Choice>,
    areas: Vec<AreaRules>,
}

/// The rules of an area, and who takes the rest.
struct AreaRules {
    name: String,
    new: String,
    rules: Vec<Line>,
    default: String,
    groups: Vec<GroupLine>,
}

/// How a group works, in words.
struct GroupLine {
    href: String,
    name: String,
    sharing: String,
    hours: String,
    overflow: String,
}

struct Line {
    href: String,
    place: i64,
    name: String,
    conditions: Vec<String>,
    group: String,
    active: bool,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let areas = areas(&app, &visit).await?;
    let Visit { actor, frame } = visit;
    let title = frame.t("routing-title");
    Ok(html(&List {
        sections: sections(&app, &actor, &frame, LIST),
        areas,
        frame: frame.titled(title),
    }))
}

async fn areas(app: &App, visit: &Visit) -> Outcome<Vec<AreaRules>> {
    let (areas, groups) = (app.store.all::<Area>().await?, app.store.all::<Group>().await?);
    let (rules, categories) = (
        app.store.all::<RoutingRule>().await?,
        app.store.all::<Category>().await?,
    );
    let frame = &visit.frame;
    let line = |rule: &Loaded<RoutingRule>| {
        let text = rule.state.text();
        Line {
            href: format!("{LIST}/{}", rule.id),
            place: text.place,
            name: text.name.clone(),
            conditions: conditions(frame, text, &categories),
            group: group_name(frame, &groups, Some(text.group)),
            active: rule.state.is_active(),
        }
    };
    let calendars = app.store.all::<ServiceCalendar>().await?;
    let group_line = |group: &Loaded<Group>| group_line(frame, &groups, &calendars, group);
    let of_area = |area: &Loaded<Area>| {
        let own = rules.iter().filter(|rule| rule.state.area == area.id);
        let mut rules: Vec<Line> = own.map(line).collect();
        rules.sort_by_key(|rule| (!rule.active, rule.place));
        AreaRules {
            name: area.state.name.clone(),
            new: format!("{LIST}/new?area={}", area.id),
            rules,
            default: group_name(frame, &groups, Group::default_of(&groups, area.id)),
            groups: groups
                .iter()
                .filter(|group| is_at_work(group, area.id))
                .map(group_line)
                .collect(),
        }
    };
    let mine = |area: &&Loaded<Area>| area.state.active && visit.actor.allow_in(Act::Configure, area.id).is_ok();
    Ok(areas.iter().filter(mine).map(of_area).collect())
}

/// Whether a group of the first level works for an area.
fn is_at_work(group: &Loaded<Group>, area: kernel::Uuid) -> bool {
    group.state.kind.is_first_level() && !group.state.closed && same_menus(group.state.area, Some(area))
}

fn group_line(
    frame: &Frame,
    groups: &[Loaded<Group>],
    calendars: &[Loaded<ServiceCalendar>],
    group: &Loaded<Group>,
) -> GroupLine {
    let practice = &group.state.practice;
    let hours = calendars.iter().find(|calendar| Some(calendar.id) == practice.hours);
    GroupLine {
        href: format!("{LIST}/groups/{}", group.id),
        name: group.state.name.clone(),
        sharing: sharing_name(frame, practice.sharing),
        hours: hours.map_or_else(|| frame.t("routing-hours-always"), |one| one.state.text().name.clone()),
        overflow: match practice.overflow {
            Some(overflow) => group_name(frame, groups, Some(overflow)),
            None => frame.t("routing-overflow-none"),
        },
    }
}
