//! Areas, groups and categories as a command needs them, from memory.

use catalogue::Category;
use configuration::{Area, Parameters};
use kernel::{Outcome, Refusal, Uuid};
use people::{Group, GroupKind};
use std::sync::Arc;
use store::{Loaded, Store};

/// What a command looks up.
#[derive(Clone)]
pub(super) struct Directory {
    areas: Arc<Vec<Loaded<Area>>>,
    groups: Arc<Vec<Loaded<Group>>>,
    categories: Arc<Vec<Loaded<Category>>>,
    defaults: Parameters,
}

impl Directory {
    pub(super) async fn of(store: &Store) -> Outcome<Self> {
        Ok(Self {
            areas: store.all::<Area>().await?,
            groups: store.all::<Group>().await?,
            categories: store.all::<Category>().await?,
            defaults: Parameters::default(),
        })
    }

    /// An area's parameters.
    pub(super) fn parameters(&self, area: Uuid) -> &Parameters {
        let found = self.areas.iter().find(|known| known.id == area);
        found.map_or(&self.defaults, |area| &area.state.parameters)
    }

    /// An area by identity, code or name; the first one where none is named.
    pub(super) fn area(&self, named: Option<&str>) -> Outcome<Uuid> {
        let found = match named {
            None => self.areas.iter().find(|area| area.state.active),
            Some(named) => self.areas.iter().find(|area| {
                area.id.to_string() == named
                    || area.state.code.eq_ignore_ascii_case(named)
                    || area.state.name.eq_ignore_ascii_case(named)
            }),
        };
        found
            .map(|area| area.id)
            .ok_or_else(|| Refusal::field("area", "field-not-found").into())
    }

    /// The first of these areas, in the order of the house, that takes tickets.
    pub(super) fn first_of(&self, areas: &[Uuid]) -> Option<Uuid> {
        self.areas
            .iter()
            .find(|area| area.state.active && areas.contains(&area.id))
            .map(|area| area.id)
    }

    /// A group by identity or name.
    pub(super) fn group(&self, named: &str) -> Outcome<(Uuid, GroupKind)> {
        let found = self
            .groups
            .iter()
            .find(|group| group.id.to_string() == named || group.state.name.eq_ignore_ascii_case(named));
        found
            .map(|group| (group.id, group.state.kind))
            .ok_or_else(|| Refusal::field("group", "field-not-found").into())
    }

    /// The group that owns an area's new tickets: its front end, else any desk group of it (SD-018).
    pub(super) fn default_group(&self, area: Uuid) -> Option<Uuid> {
        let mut own = self
            .groups
            .iter()
            .filter(|group| group.state.area == Some(area) && group.state.kind.is_first_level());
        own.clone()
            .find(|group| group.state.kind == GroupKind::FrontEnd)
            .or_else(|| own.next())
            .map(|group| group.id)
    }

    /// A category by identity or name.
    pub(super) fn category(&self, named: &str) -> Outcome<Uuid> {
        let found = self.categories.iter().find(|category| {
            category.id.to_string() == named
                || category.state.name.eq_ignore_ascii_case(named)
                || category.state.full_name().eq_ignore_ascii_case(named)
        });
        found
            .map(|category| category.id)
            .ok_or_else(|| Refusal::field("category", "field-not-found").into())
    }
}
