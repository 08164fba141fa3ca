//! Who may be asked to do something in an area: groups that serve it, and the people in them.

use crate::task::{TaskView, serves};
use kernel::{Outcome, Uuid};
use people::Group;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::{Loaded, Store};
use ui::Choice;

/// Groups, and names of the people whom tasks are for.
pub(super) struct Assignees {
    groups: Arc<Vec<Loaded<Group>>>,
    names: HashMap<Uuid, String>,
}

impl Assignees {
    /// Those of some tasks: the people are asked for together.
    pub(super) async fn of(store: &Store, tasks: &[TaskView]) -> Outcome<Self> {
        let both = |task: &TaskView| [task.operator, task.ended_by];
        let people: Vec<Uuid> = tasks.iter().flat_map(both).flatten().collect();
        Ok(Self {
            groups: store.all::<Group>().await?,
            names: people::names(store.read(), people).await?,
        })
    }

    /// A person's name; empty for nobody.
    pub(super) fn name(&self, person: Option<Uuid>) -> String {
        person
            .and_then(|person| self.names.get(&person).cloned())
            .unwrap_or_default()
    }

    /// Who is to do a task, the person before the group.
    pub(super) fn who(&self, task: &TaskView) -> String {
        let group = self.groups.iter().find(|group| Some(group.id) == task.group);
        let names = [
            self.name(task.operator),
            group.map(|group| group.state.name.clone()).unwrap_or_default(),
        ];
        let named: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        named.join(" · ")
    }
}

/// The groups that serve an area, or any.
pub(super) async fn groups(store: &Store, area: Option<Uuid>, current: &str) -> Outcome<Vec<Choice>> {
    let all = store.all::<Group>().await?;
    let here = all
        .iter()
        .filter(|group| serves(&group.state, area) || group.id.to_string() == current);
    Ok(here
        .map(|group| Choice::new(group.id.to_string(), &group.state.name, current))
        .collect())
}

/// The people of those groups, and one more who may not be in any.
pub(super) async fn operators(store: &Store, area: Uuid, more: Uuid, current: &str) -> Outcome<Vec<Choice>> {
    let all = store.all::<Group>().await?;
    let here = all.iter().filter(|group| serves(&group.state, Some(area)));
    let members: HashSet<Uuid> = here.flat_map(|group| group.state.members.iter().copied()).collect();
    let staff = people::operators(store).await?;
    let offered = staff
        .iter()
        .filter(|one| members.contains(&one.id) || one.id == more || one.id.to_string() == current);
    Ok(offered
        .map(|one| Choice::new(one.id.to_string(), &one.identity.name, current))
        .collect())
}
