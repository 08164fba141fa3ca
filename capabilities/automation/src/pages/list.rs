//! The rules of each area, in the order in which they act.

use super::LIST;
use super::words::Named;
use crate::AutomationRule;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use catalogue::Category;
use configuration::Area;
use kernel::Outcome;
use people::{Act, Group, Visit, sections};
use store::Loaded;
use ui::{Choice, Frame};
use web::{App, PageError, html};

#[derive(Template)]
#[template(path = "automation/list.html")]
struct List {
    frame: Frame,
    sections: Vec<Choice>,
    areas: Vec<AreaRules>,
}

/// The rules of an area.
struct AreaRules {
    name: String,
    new: String,
    rules: Vec<Line>,
}

struct Line {
    href: String,
    place: i64,
    name: String,
    when: String,
    conditions: Vec<String>,
    deeds: Vec<String>,
    active: bool,
}

pub(super) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, PageError> {
    visit.actor.allow_any(Act::Configure)?;
    let areas = areas(&app, &visit).await?;
    let Visit { actor, frame } = visit;
    let title = frame.t("automation-title");
    Ok(html(&List {
        sections: sections(&app, &actor, &frame, LIST),
        areas,
        frame: frame.titled(title),
    }))
}

async fn areas(app: &App, visit: &Visit) -> Outcome<Vec<AreaRules>> {
    let (areas, rules) = (app.store.all::<Area>().await?, app.store.all::<AutomationRule>().await?);
    let (groups, categories) = (app.store.all::<Group>().await?, app.store.all::<Category>().await?);
    let named = Named {
        frame: &visit.frame,
        groups: &groups,
        categories: &categories,
    };
    let line = |rule: &Loaded<AutomationRule>| {
        let text = rule.state.text();
        Line {
            href: format!("{LIST}/{}", rule.id),
            place: text.place,
            name: text.name.clone(),
            when: named.when(text),
            conditions: named.conditions(text),
            deeds: named.deeds(&text.deeds),
            active: rule.state.active,
        }
    };
    let of_area = |area: &Loaded<Area>| {
        let own = rules.iter().filter(|rule| rule.state.area == area.id);
        let mut rules: Vec<Line> = own.map(line).collect();
        rules.sort_by_key(|rule| (!rule.active, rule.place));
        AreaRules {
            name: area.state.name.clone(),
            new: format!("{LIST}/new?area={}", area.id),
            rules,
        }
    };
    let mine = |area: &&Loaded<Area>| area.state.active && visit.actor.allow_in(Act::Configure, area.id).is_ok();
    Ok(areas.iter().filter(mine).map(of_area).collect())
}
