//! Names for what a page shows by identity, and the choices its forms offer.

use catalogue::Category;
use configuration::Area;
use i18n::Language;
use kernel::{Outcome, Uuid};
use people::{Group, Named};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Loaded, Store};
use ui::Choice;

/// Areas, groups, categories, people of the desk, and whoever else the page names.
pub(super) struct Names {
    pub(super) areas: Arc<Vec<Loaded<Area>>>,
    pub(super) groups: Arc<Vec<Loaded<Group>>>,
    categories: Arc<Vec<Loaded<Category>>>,
    operators: Arc<Vec<Named>>,
    people: HashMap<Uuid, String>,
}

impl Names {
    /// What is kept in memory, and the names of these people.
    pub(super) async fn of(store: &Store, people: impl IntoIterator<Item = Uuid>) -> Outcome<Self> {
        Ok(Self {
            areas: store.all::<Area>().await?,
            groups: store.all::<Group>().await?,
            categories: store.all::<Category>().await?,
            operators: people::operators(store).await?,
            people: people::names(store.read(), people).await?,
        })
    }

    pub(super) fn area(&self, id: Uuid) -> String {
        self.areas
            .iter()
            .find(|area| area.id == id)
            .map(|area| area.state.name.clone())
            .unwrap_or_default()
    }

    pub(super) fn group(&self, id: Uuid) -> String {
        self.groups
            .iter()
            .find(|group| group.id == id)
            .map(|group| group.state.name.clone())
            .unwrap_or_default()
    }

    pub(super) fn category(&self, id: Uuid) -> String {
        self.categories
            .iter()
            .find(|category| category.id == id)
            .map(|c| c.state.full_name())
            .unwrap_or_default()
    }

    pub(super) fn person(&self, id: Uuid) -> String {
        let operator = || {
            self.operators
                .iter()
                .find(|operator| operator.id == id)
                .map(|found| found.identity.name.clone())
        };
        self.people.get(&id).cloned().or_else(operator).unwrap_or_default()
    }

    /// Areas that take tickets, and the one chosen.
    pub(super) fn area_choices(&self, current: &str) -> Vec<Choice> {
        let offered = |area: &&Loaded<Area>| area.state.active || area.id.to_string() == current;
        self.areas
            .iter()
            .filter(offered)
            .map(|area| Choice::new(area.id.to_string(), &area.state.name, current))
            .collect()
    }

    /// Groups of one kind or the other that are in use, and the one chosen.
    pub(super) fn group_choices(&self, current: &str, wanted: impl Fn(&Group) -> bool) -> Vec<Choice> {
        let offered = |group: &&Loaded<Group>| !group.state.closed || group.id.to_string() == current;
        let wanted = self.groups.iter().filter(|group| wanted(&group.state)).filter(offered);
        sorted(
            wanted
                .map(|group| Choice::new(group.id.to_string(), &group.state.name, current))
                .collect(),
        )
    }

    /// Categories of an area, and those of all, as far as they are offered; and the one chosen.
    pub(super) fn category_choices(&self, current: &str, area: Option<Uuid>) -> Vec<Choice> {
        let takes_tickets = |id: Uuid| self.areas.iter().any(|area| area.id == id && area.state.active);
        let of_area = |own: Option<Uuid>| match (own, area) {
            (None, _) => true,
            (Some(own), Some(area)) => own == area,
            (Some(own), None) => takes_tickets(own),
        };
        let wanted = self.categories.iter().filter(|category| {
            let offered = !category.state.closed && of_area(category.state.area);
            offered || category.id.to_string() == current
        });
        sorted(
            wanted
                .map(|category| Choice::new(category.id.to_string(), category.state.full_name(), current))
                .collect(),
        )
    }

    /// People of the desk.
    pub(super) fn operator_choices(&self, current: &str) -> Vec<Choice> {
        self.operators
            .iter()
            .map(|one| Choice::new(one.id.to_string(), &one.identity.name, current))
            .collect()
    }
}

fn sorted(mut choices: Vec<Choice>) -> Vec<Choice> {
    choices.sort_by_key(|choice| choice.label.to_lowercase());
    choices
}

/// The word for a value of a closed list: `term(language, "state", "level1_work")`.
pub(crate) fn term(language: Language, list: &str, code: &str) -> String {
    language.text(&format!("ticket-page-{list}-{}", code.replace('_', "-")))
}

/// What a clock measures, with the group where it is a part's: `Lavoro del gruppo, Sistemi`.
pub(super) fn metric(language: Language, code: &str, group: &str) -> String {
    let name = term(language, "metric", code);
    if group.is_empty() {
        name
    } else {
        format!("{name}, {group}")
    }
}

/// Choices of a closed list.
pub(super) fn terms<'c>(
    language: Language,
    list: &str,
    codes: impl IntoIterator<Item = &'c str>,
    current: &str,
) -> Vec<Choice> {
    codes
        .into_iter()
        .map(|code| Choice::new(code, term(language, list, code), current))
        .collect()
}
