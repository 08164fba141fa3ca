//! What the board can be asked for: all that one may see, an area, a group.

use configuration::Area;
use kernel::{Outcome, Refusal, Uuid};
use people::{Act, Actor, Group};
use store::Store;

/// Areas and groups that somebody may choose, by name.
#[derive(Clone, Debug, Default)]
pub struct Choosable {
    pub(crate) areas: Vec<(Uuid, String)>,
    pub(crate) groups: Vec<(Uuid, String)>,
    /// Who belongs to which group.
    pub(crate) members: Vec<(Uuid, Vec<Uuid>)>,
}

/// What was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) area: Option<Uuid>,
    pub(crate) group: Option<Uuid>,
}

impl Choosable {
    /// What this person may choose; nothing exists for whoever is not of the desk.
    pub(crate) async fn of(store: &Store, actor: &Actor) -> Outcome<Self> {
        let scope = actor.scope(Act::ViewInternal);
        if !actor.is_staff() || scope.is_nothing() {
            return Err(Refusal::not_found().into());
        }
        let areas = store.all::<Area>().await?;
        let areas = areas.iter().filter(|area| area.state.active);
        let mine = areas.filter(|area| scope.all || scope.areas.contains(&area.id));
        let mut areas: Vec<(Uuid, String)> = mine.map(|area| (area.id, area.state.name.clone())).collect();
        let all = store.all::<Group>().await?;
        let is_mine = |id: Uuid, area: Option<Uuid>| {
            let of_area = !scope.areas.is_empty() && area.is_none_or(|area| scope.areas.contains(&area));
            scope.all || of_area || scope.groups.as_ref().is_some_and(|groups| groups.contains(&id))
        };
        let mine = all
            .iter()
            .filter(|group| !group.state.closed && is_mine(group.id, group.state.area));
        let (mut groups, mut members) = (Vec::new(), Vec::new());
        for group in mine {
            groups.push((group.id, group.state.name.clone()));
            members.push((group.id, group.state.members.clone()));
        }
        areas.sort_by(|one, other| one.1.cmp(&other.1));
        groups.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(Self { areas, groups, members })
    }

    /// Refuses what is not among them.
    pub(crate) fn check(&self, chosen: Chosen) -> Outcome<()> {
        let among =
            |all: &[(Uuid, String)], one: Option<Uuid>| one.is_none_or(|one| all.iter().any(|(id, _)| *id == one));
        if among(&self.areas, chosen.area) && among(&self.groups, chosen.group) {
            Ok(())
        } else {
            Err(Refusal::not_found().into())
        }
    }
}
